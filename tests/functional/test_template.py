"""``baocao template``: blank workbooks that come back as reports."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from filled_templates import fill, sound_lines


def test_a_template_filled_in_and_put_into_its_month_is_a_report_without_a_finding(own):
    done = own.baocao("template", "2026-02", "--json")
    assert done.code == 0, done.err
    made = {one["unit"]: Path(one["path"]) for one in json.loads(done.out)["templates"]}
    assert list(made) == ["VP", "BanMay", "BanGio"]
    lines = sound_lines(made["VP"].read_bytes(), date(2026, 2, 1), date(2026, 2, 28))
    target = own.submission("2026-02", "VP.xlsx")
    target.parent.mkdir(parents=True)
    target.write_bytes(fill(made["VP"].read_bytes(), lines))
    checked = own.baocao("check", "2026-02", "--json")
    assert checked.code == 0, checked.err
    result = json.loads(checked.out)
    assert (result["rows_in"], result["accepted"], result["findings"]) == (7, 7, [])


def test_one_unit_in_a_folder_of_ones_own(own, tmp_path):
    done = own.baocao("template", "2026-02", "--unit", "BanGio", "--to", str(tmp_path / "ra"))
    assert done.code == 0, done.err
    assert [path.name for path in (tmp_path / "ra").iterdir()] == ["BanGio.xlsx"]
    assert str(tmp_path / "ra" / "BanGio.xlsx") in done.out


def test_an_unknown_unit_is_one_message_and_exit_2(own):
    done = own.baocao("template", "--unit", "KHAC")
    assert done.code == 2
    assert done.err.startswith("Lỗi: --unit: KHAC không có trong danh bạ")
    assert "Traceback" not in done.err
