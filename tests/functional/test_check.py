"""``baocao check``: faults by file, sheet and cell; nothing lost."""

from __future__ import annotations

import json


def test_a_clean_month_ends_0(tiny):
    done = tiny[0].baocao("check")
    assert done.code == 0, done.err
    assert "trả lại 0" in done.out


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


def test_a_file_that_is_no_report_is_named_and_loses_nothing(own):
    path = own.submission("2026-01", "ghi-chu.docx")
    path.write_bytes(b"PK\x03\x04")
    done = own.baocao("check", "--json")
    assert any("ghi-chu.docx" in one["file"] for one in json.loads(done.out)["findings"])
