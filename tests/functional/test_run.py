"""``baocao run``: what changed runs, what failed costs its own chapter only."""

from __future__ import annotations

import json

import nbformat
import pytest


def states(done):
    return {one["name"]: one["state"] for one in json.loads(done.out)["notebooks"]}


def test_a_correction_of_one_unit_runs_its_own_chapter_and_no_other_units(own):
    path = next((own.root / "data" / "submissions" / "2026-01").glob("*.kho-khan.csv"))
    unit = path.name.split(".")[0]
    path.write_bytes(path.read_bytes().rstrip() + "\r\nKhó khăn;Một khó khăn mới.\r\n".encode())
    done = own.baocao("run", "--json")
    assert done.code == 0, done.err
    units = {name: state for name, state in states(done).items() if name.startswith("don-vi-")}
    assert units.pop(f"don-vi-{unit.lower()}") == "succeeded"
    assert set(units.values()) == {"unchanged"}
    chapter = own.root / "reports" / "chuong" / f"don-vi-{unit.lower()}.qmd"
    assert "Một khó khăn mới" in chapter.read_text("utf-8")


def test_a_failing_notebook_costs_its_own_chapter_and_the_run_ends_with_a_list(own):
    path = own.root / "notebooks" / "budget.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell("1 / 0", id="broken"))
    nbformat.write(notebook, path)
    done = own.baocao("run")
    assert done.code == 1
    assert "0 chạy xong, 11 không đổi, 1 lỗi" in done.err
    assert "LỖI  Kinh phí (build/2026-01/notebooks/kinh-phi.ipynb): ô" in done.err
    assert "ZeroDivisionError" in done.err
    chapter = (own.root / "reports" / "chuong" / "kinh-phi.qmd").read_text("utf-8")
    assert "Chương này chưa lập được" in chapter
    kept = nbformat.read(own.root / "build" / "2026-01" / "notebooks" / "kinh-phi.ipynb", 4)
    assert any(output.output_type == "error" for cell in kept.cells for output in cell.get("outputs", []))
    assert states(own.baocao("run", "--json"))["kinh-phi"] == "failed"


@pytest.mark.parametrize("source", ["month = 2025", 'monht = ""', ""])
def test_wrong_parameters_are_refused_before_anything_runs(own, source):
    path = own.root / "notebooks" / "budget.ipynb"
    notebook = nbformat.read(path, 4)
    next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])).source = source
    nbformat.write(notebook, path)
    done = own.baocao("run", "--force")
    assert done.code == 2
    assert "notebooks/budget.ipynb" in done.err
    assert "] xong" not in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "2026-13"], "không phải là một tháng báo cáo"),
        (["run", "--period", "2026-Q5"], "quý: 2025-Q4; sáu tháng đầu, cuối năm: 2026-H1, 2026-H2; năm: 2026"),
        (["run", "2026-01", "--period", "2026-Q1"], "chỉ chọn một trong bốn"),
        (["render", "2026-01", "--period", "2026-Q1"], "Chỉ ghi một trong hai"),
        (["check", "2026-Q1"], "không phải là một tháng báo cáo"),
        (["run", "thang-1"], "Viết tháng theo mẫu NĂM-THÁNG"),
        (["run", "--nhanh"], "không có tùy chọn --nhanh"),
        (["chay"], "không có lệnh"),
        (["--root", "không-có", "run"], "không tìm thấy thư mục dự án"),
    ],
)
def test_a_wrong_command_line_is_one_message_and_no_traceback(tiny, arguments, said):
    done = tiny[0].baocao(*arguments)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_fault_in_params_is_refused_with_file_and_key_path(own):
    path = own.root / "params" / "site.yml"
    path.write_text(path.read_text("utf-8") + "\nplce: X\n", "utf-8")
    done = own.baocao("run")
    assert done.code == 2
    assert "params/site.yml" in done.err
    assert "plce" in done.err
    assert "Traceback" not in done.err


def test_a_quarter_runs_into_a_folder_and_chapters_of_its_own(own):
    done = own.baocao("run", "--period", "2026-q1", "--json")
    assert done.code == 0, done.err
    assert set(states(done).values()) == {"succeeded"}
    ledger = (own.root / "build" / "2026-Q1" / "data" / "ledger.csv").read_text("utf-8")
    assert "\n2026-Q1|*|activities|," in ledger
    chapters = own.root / "reports" / "chuong"
    assert "output-file: bao-cao-2026-Q1" in (chapters / "_book.yml").read_text("utf-8")
    front = (chapters / "_mo-dau.md").read_text("utf-8")
    assert "tạm tính: tháng 01/2026 chưa khóa; tháng 02/2026 và 3/2026 chưa có báo cáo nào" in front
    assert set(states(own.baocao("run", "2026-Q1", "--json")).values()) == {"unchanged"}


def test_a_sealed_month_is_no_longer_provisional_in_its_quarter(own):
    own.baocao("run", "--period", "2026-Q1")
    seal = own.root / "data" / "archive" / "2026-01" / "r1"
    seal.mkdir(parents=True)
    (seal / "manifest.json").write_text("{}", "utf-8")
    done = own.baocao("run", "--period", "2026-Q1", "--json")
    assert done.code == 0, done.err
    assert "tháng 01/2026 đã khóa" in (own.root / "reports" / "chuong" / "_mo-dau.md").read_text("utf-8")
