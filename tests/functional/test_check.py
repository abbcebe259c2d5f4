"""``baocao check``: faults by file, sheet and cell; nothing lost."""

from __future__ import annotations

import json
import os

import openpyxl
import pytest

from projects import REPOSITORY


def test_a_clean_month_ends_0(tiny):
    done = tiny[0].baocao("check")
    assert done.code == 0, done.err
    assert "trả lại 0" in done.out


def test_a_month_for_which_nothing_came_in_is_told_as_that_and_ends_0(tiny):
    done = tiny[0].baocao("check", "2026-02")
    assert (done.code, done.out) == (
        0,
        "Tháng 02 năm 2026: nhận 0 dòng, tính 0, trả lại 0; 0 phát hiện.\n"
        "→ Chưa có tệp nào của đơn vị trong data/submissions/2026-02/.\n",
    )


def test_a_bad_row_is_listed_by_file_and_cell_its_neighbours_count_and_the_command_ends_1(own):
    path = next((own.root / "data" / "submissions" / "2026-01").glob("*.hoat-dong.csv"))
    lines = path.read_text("utf-8-sig").strip().splitlines()
    first = lines[1].split(";")
    bad = [*first[:7], "hai", *first[8:]]
    path.write_text("\n".join([*lines, ";".join(bad)]) + "\n", "utf-8")
    done = own.baocao("check", "--json")
    assert done.code == 1
    result = json.loads(done.out)
    assert result["rows_in"] == result["accepted"] + result["rejected"]
    assert result["rejected"] == 1
    errors = [one for one in result["findings"] if one["severity"] == "error"]
    assert [(one["file"], one["cell"]) for one in errors] == [(f"2026-01/{path.name}", f"H{len(lines) + 1}")]
    shown = own.baocao("check")
    assert shown.code == 1
    assert path.name in shown.out.replace("\n", "")
    assert "baocao check 2026-01" in shown.out


def test_faulty_cells_go_back_to_the_unit_in_a_workbook_of_its_own(own, tmp_path):
    path = next((own.root / "data" / "submissions" / "2026-01").glob("*.hoat-dong.csv"))
    unit = path.name.split(".")[0]
    lines = path.read_text("utf-8-sig").strip().splitlines()
    cells = lines[1].split(";")
    path.write_text("\n".join([*lines, ";".join([*cells[:7], "hai", *cells[8:]])]) + "\n", "utf-8")
    before = path.read_bytes()
    done = own.baocao("check", "2026-01", "--send-back")
    made = own.root / "build" / "2026-01" / "tra-lai" / f"{unit}-tra-lai.xlsx"
    assert done.code == 1
    assert str(made) in done.err
    cell = openpyxl.load_workbook(made)["Hoạt động"][f"H{len(lines) + 1}"]
    assert (cell.value, "không phải là một số" in cell.comment.text) == ("hai", True)
    assert path.read_bytes() == before
    own.baocao("check", "2026-01", "--send-back", str(tmp_path / "ra"))
    assert (tmp_path / "ra" / made.name).read_bytes() == made.read_bytes()


@pytest.mark.parametrize("term", ["2026-01", "2026-Q1", "2026"])
def test_a_month_in_the_place_of_the_folder_is_refused_and_said_where_it_goes(own, term):
    done = own.baocao("check", "--send-back", term)
    assert (done.code, done.out) == (2, "")
    assert f"baocao check {term} --send-back" in done.err
    assert not (own.root / term).exists()
    assert own.baocao("check", "--send-back", f"./{term}").code == 0


def test_a_check_is_changed_in_params_alone(own):
    path = next((own.root / "data" / "submissions" / "2026-01").glob("*.hoat-dong.csv"))
    lines = path.read_text("utf-8-sig").strip().splitlines()
    cells = lines[1].split(";")
    path.write_text("\n".join([lines[0], ";".join([*cells[:4], "", *cells[5:]])]) + "\n", "utf-8")
    assert lines[0].split(";")[4] == "Kênh"
    found = json.loads(own.baocao("check", "--json").out)["findings"]
    assert "warning" in [one["severity"] for one in found if one["code"] == "HD-KENH"]
    text = (REPOSITORY / "params" / "checks.yml").read_text("utf-8").replace("Chưa ghi kênh.", "Thiếu kênh rồi.")
    text = text.replace("HD-KENH:\n    severity: warning", "HD-KENH:\n    severity: error")
    (own.root / "params" / "checks.yml").write_text(text, "utf-8")
    done = own.baocao("check", "--json")
    assert done.code == 1
    result = json.loads(done.out)
    assert [one["message"] for one in result["findings"] if one["code"] == "HD-KENH"] == [
        "Ô E2 (cột Kênh): Thiếu kênh rồi."
    ]
    assert result["rows_in"] == result["accepted"] + result["rejected"]


def test_a_file_that_is_no_report_is_named_and_loses_nothing(own):
    path = own.submission("2026-01", "ghi-chu.docx")
    path.write_bytes(b"PK\x03\x04")
    done = own.baocao("check", "--json")
    assert any("ghi-chu.docx" in one["file"] for one in json.loads(done.out)["findings"])


def test_a_name_that_is_no_utf8_stops_no_command(own):
    path = own.submission("2026-01", os.fsdecode(b"VP2\xff.xlsx"))
    path.write_bytes(b"PK\x03\x04")
    (one,) = [f for f in json.loads(own.baocao("check", "--json").out)["findings"] if f["severity"] == "error"]
    assert (one["code"], one["file"]) == ("TEP-LA", "2026-01/VP2\ufffd.xlsx")
    done = [own.baocao("check"), own.baocao("status"), own.baocao("report", "--engine", "pandoc")]
    assert [one.code for one in done] == [1, 0, 0], done[-1].err
    refused = own.baocao("close", "2026-01", "--errors-read", "--early", "thử", "--approved-by", "A")
    assert refused.code == 2
    assert "tên tệp 2026-01/VP2\ufffd.xlsx không theo mã UTF-8" in refused.err
