"""``baocao run``: what changed runs, what failed costs its own chapter only."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys

import nbformat
import psutil
import pytest

from projects import Project, built_once


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
    assert re.search(r": 0 chạy xong, \d+ không đổi, 1 lỗi\.", done.err)
    assert "LỖI  Kinh phí (build/2026-01/notebooks/kinh-phi.ipynb): ô" in done.err
    assert "ZeroDivisionError" in done.err
    chapter = (own.root / "reports" / "chuong" / "kinh-phi.qmd").read_text("utf-8")
    assert "Chương này chưa lập được" in chapter
    kept = nbformat.read(own.root / "build" / "2026-01" / "notebooks" / "kinh-phi.ipynb", 4)
    assert any(output.output_type == "error" for cell in kept.cells for output in cell.get("outputs", []))
    assert states(own.baocao("run", "--json"))["kinh-phi"] == "failed"


def test_options_of_a_cell_that_cannot_be_read_are_told_before_anything_runs(own):
    path = own.root / "notebooks" / "budget.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell("#| fig-cap: a: b\n1", id="told"))
    nbformat.write(notebook, path)
    before = {one: one.read_bytes() for one in (own.root / "build").rglob("*.ipynb")}
    done = own.baocao("run")
    assert done.code == 2
    assert f"notebooks/budget.ipynb, ô {len(notebook.cells)}" in done.err
    assert before == {one: one.read_bytes() for one in (own.root / "build").rglob("*.ipynb")}


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
        (["check", "2026-Q1"], "không phải là một tháng báo cáo.\n→ Ở đây chỉ nhận một tháng."),
        *(
            ([command, "2025-12"], "kế hoạch chưa có kỳ 12/2025; kỳ đầu tiên là 01/2026.")
            for command in ("report", "run", "render", "official", "check", "close", "template")
        ),
        (["report", "--period", "2025-H2"], "kế hoạch chưa có kỳ 6 tháng cuối năm 2025; kỳ đầu tiên là 01/2026."),
        (["official", "2025"], "kế hoạch chưa có kỳ năm 2025; kỳ đầu tiên là 01/2026."),
        (["run", "--months", "2025-12..2026-01"], "kế hoạch chưa có kỳ 12/2025"),
        (["run", "thang-1"], "Viết tháng theo mẫu NĂM-THÁNG"),
        (["run", "--nhanh"], "không có tùy chọn --nhanh"),
        (["chay"], "không có lệnh"),
        (["--root", "."], "Lỗi: thiếu tên lệnh.\n→ Xem cách dùng: baocao --help"),
        (["render", "--to", "docx"], "giá trị “docx” không hợp lệ cho tùy chọn --to; cho phép: html, pdf, all."),
        (["report", "--engine", "foo"], "“foo” không hợp lệ cho tùy chọn --engine; cho phép: auto, quarto, pandoc."),
        (["run", "--workers", "0"], "“0” không hợp lệ cho tùy chọn --workers; cho phép: số nguyên từ 1 đến 64."),
        (["run", "--workers", "x"], "“x” không hợp lệ cho tùy chọn --workers; cho phép: số nguyên từ 1 đến 64."),
        (["audit", "--revision", "0"], "“0” không hợp lệ cho tùy chọn --revision; cho phép: số nguyên từ 1 trở lên."),
        (["run", "--sites", "không có"], "cho tùy chọn --sites; cho phép: thư mục đã có, đọc được."),
        (["close", "2026-01", "--sign", "x"], "“x” không hợp lệ cho tùy chọn --sign; cho phép: tệp đã có, đọc được."),
        (["run", "--workers"], "tùy chọn --workers cần một giá trị."),
        (["run", "--json=1"], "tùy chọn --json không nhận giá trị."),
        (["receive"], "thiếu TỆP.\n"),
        (["reopen", "2026-01"], "thiếu tùy chọn --reason.\n→ Xem cách dùng: baocao reopen --help"),
        (["--root", "không-có", "run"], "không tìm thấy thư mục dự án"),
    ],
)
def test_a_wrong_command_line_is_one_message_and_no_traceback(tiny, arguments, said):
    done = tiny[0].baocao(*arguments)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("arguments", [["check", "--json"], ["status"], ["audit", "2026-01"], ["chay"]])
def test_a_command_that_the_tests_have_forked_is_as_one_that_starts_anew(tiny, arguments):
    assert tiny[0].baocao(*arguments) == tiny[0].baocao(*arguments, anew=True)


def test_filters_of_another_version_than_the_program_are_told_as_that(own):
    own.keep_chapters("tong-quan", "kinh-phi")
    shared = own.root / "_extensions" / "baocao" / "shared.lua"
    shared.write_text(shared.read_text("utf-8").replace("M.plain_cells", "M.cells_of_old"), "utf-8")
    done = own.baocao("run", "--force")
    assert done.code == 2
    assert "_extensions/baocao/shared.lua: là của phiên bản khác với baocao đang chạy" in done.err
    assert "plain_cells" in done.err
    assert "→ Đưa cả dự án về cùng một phiên bản: " in done.err
    assert "Traceback" not in done.err


def test_a_folder_that_is_a_file_is_one_message_and_no_traceback(own):
    shutil.rmtree(own.root / "build")
    (own.root / "build").write_text("", "utf-8")
    done = own.baocao("run", "--json")
    assert (done.code, done.out) == (2, "")
    assert "build: không đọc hoặc ghi được (ở đây đã có tệp hoặc thư mục khác)." in done.err
    assert "Traceback" not in done.err


def test_the_command_without_a_word_prints_its_help(tiny):
    done = tiny[0].baocao()
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Cách dùng: baocao ")
    assert done.err.endswith(tiny[0].baocao("--help").out.splitlines()[-1] + "\n")


def test_a_fault_in_params_is_refused_with_file_and_key_path(own):
    path = own.root / "params" / "site.yml"
    path.write_text(path.read_text("utf-8") + "\nplce: X\n", "utf-8")
    done = own.baocao("run")
    assert done.code == 2
    assert "params/site.yml" in done.err
    assert "plce" in done.err
    assert "Traceback" not in done.err


@pytest.fixture(scope="session")
def quarter(shared_folder, tiny):
    """The built tiny site with its quarter run too, and what the command printed. Not to be written to."""
    arguments = ("run", "--period", "2026-q1", "--json")
    return built_once(shared_folder, "quarter", tiny[0], lambda project: project.baocao(*arguments))


@pytest.fixture
def own_quarter(tmp_path, quarter):
    """A copy of it, to change."""
    shutil.copytree(quarter[0].root, tmp_path / "own")
    return Project(tmp_path / "own")


def test_a_quarter_runs_into_a_folder_and_chapters_of_its_own(quarter, own_quarter):
    own, done = own_quarter, quarter[1]
    assert done.code == 0, done.err
    assert set(states(done).values()) == {"succeeded"}
    ledger = (own.root / "build" / "2026-Q1" / "data" / "ledger.csv").read_text("utf-8")
    assert "\n2026-Q1|*|activities|," in ledger
    chapters = own.root / "reports" / "chuong"
    assert "output-file: bao-cao-2026-Q1" in (chapters / "_book.yml").read_text("utf-8")
    front = (chapters / "_mo-dau.md").read_text("utf-8")
    assert "tạm tính: tháng 01/2026 chưa khóa; tháng 02/2026 và 3/2026 chưa có báo cáo nào" in front
    assert set(states(own.baocao("run", "2026-Q1", "--json")).values()) == {"unchanged"}


def test_a_sealed_month_is_no_longer_provisional_in_its_quarter(own_quarter):
    own = own_quarter
    own.keep_chapters("tong-quan", "kinh-phi")
    seal = own.root / "data" / "archive" / "2026-01" / "r1"
    seal.mkdir(parents=True)
    (seal / "manifest.json").write_text("{}", "utf-8")
    done = own.baocao("run", "--period", "2026-Q1", "--json")
    assert done.code == 0, done.err
    assert "tháng 01/2026 đã khóa" in (own.root / "reports" / "chuong" / "_mo-dau.md").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.usefixtures("heeded")
def test_ctrl_c_ends_everything_and_keeps_what_is_done(own):
    # All run at once and one of them ends: no second one may be done, and not yet told of, when the signal comes.
    own.keep_chapters("tong-quan", "don-vi")
    path = own.root / "notebooks" / "unit.ipynb"
    kept = path.read_bytes()
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell("import time; time.sleep(3600)", id="sleeps"))
    nbformat.write(notebook, path)
    command = [sys.executable, "-m", "baocao", "run", "--force", "--workers", "4"]
    running = subprocess.Popen(command, cwd=own.root, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    said = [running.stderr.readline()]
    children = psutil.Process(running.pid).children(recursive=True)
    running.send_signal(signal.SIGINT)
    said.append(running.communicate(timeout=300)[1])
    assert running.returncode == 130
    assert "Đã dừng theo yêu cầu" in said[1]
    assert "Traceback" not in said[1]
    assert not psutil.wait_procs(children, timeout=60)[1]
    path.write_bytes(kept)
    done = states(own.baocao("run", "--json"))
    finished = [line for line in "".join(said).splitlines() if "] xong" in line]
    assert list(done.values()).count("unchanged") == len(finished) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.usefixtures("heeded")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_whoever_asks_the_command_to_end_leaves_no_records_behind(own, tmp_path, name):
    own.keep_chapters("tong-quan", "don-vi")
    number = getattr(signal, name)
    sleep = nbformat.v4.new_code_cell("import time; time.sleep(3600)", id="sleeps")
    path = own.root / "notebooks" / "unit.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[*nbformat.read(path, 4).cells, sleep]), path)
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "baocao", "run", "--force", "--workers", "2"]
    env = os.environ | {"TMPDIR": str(tmp_path / "tmp")}
    running = subprocess.Popen(command, cwd=own.root, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=env)
    assert "] xong" in running.stderr.readline()
    assert any((tmp_path / "tmp").glob("baocao-slices-*"))
    children = psutil.Process(running.pid).children(recursive=True)
    running.send_signal(number)
    said = running.communicate(timeout=300)[1]
    assert running.returncode == 128 + number
    assert said.endswith("Đã dừng theo yêu cầu; những gì đã xong được giữ lại.\n")
    assert "Traceback" not in said
    assert not list((tmp_path / "tmp").glob("baocao-*"))
    assert not psutil.wait_procs(children, timeout=60)[1]


# At the import of a module that the command needs before it does anything.
EARLY = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "baocao.cli.show":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.usefixtures("heeded")
def test_ctrl_c_before_the_command_has_begun_is_one_line_too(tiny, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(EARLY, "utf-8")
    done = tiny[0].baocao("run", PYTHONPATH=os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    assert (done.code, done.err) == (130, "Đã dừng theo yêu cầu; những gì đã xong được giữ lại.\n")


def test_memory_is_bounded_as_asked_and_told(own):
    path = own.root / "notebooks" / "budget.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell("x = bytearray(1 << 31)", id="greedy"))
    nbformat.write(notebook, path)
    told = json.loads(own.baocao("run", "--memory", "900", "--json").out)
    greedy = next(one for one in told["notebooks"] if one["name"] == "kinh-phi")
    assert (greedy["state"], "MemoryError" in greedy["reason"], greedy["died"]) == ("failed", True, False)
    assert 50 < greedy["peak_mib"] < 900 == told["memory_bound_mib"]
    assert told["summary"] == {"succeeded": 0, "excepted": 1, "errored": 0, "skipped": len(told["notebooks"]) - 1}


def results(project):
    folder = project.root / "build" / "2026-01" / "notebooks"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.ipynb"))}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("workers", "engine"), [("1", ""), ("8", ""), ("2", "spawn")], ids=["one", "eight", "two-spawned"]
)
def test_bytes_do_not_depend_on_how_many_workers_there_are_nor_on_how_they_start(own, workers, engine):
    before = results(own)
    some = ("tong-quan", "noi-dung", "hinh-thuc-kenh", "don-vi-vp", "phuong-phap-nguon-goc")
    again = ["--force"] if workers == "8" else []
    if not again:  # a single one takes long, and so do two of which each has an interpreter of its own
        for name in some:
            (own.root / "build" / "2026-01" / "notebooks" / f"{name}.ipynb").unlink()
    done = own.baocao("run", *again, "--workers", workers, BAOCAO_PAPERMILL_ENGINE=engine)
    assert done.code == 0, done.err
    assert done.err.count("] xong") == (len(before) if again else len(some))
    assert results(own) == before
    assert ("trình thông dịch mở sẵn" in done.err) == bool(engine)
    assert done.err.count("BAOCAO_PAPERMILL_ENGINE") == bool(engine)
