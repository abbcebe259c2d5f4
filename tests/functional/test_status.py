"""``baocao status``: what came in, what is due, what is made."""

from __future__ import annotations

import json


def test_every_owed_report_has_its_state_and_a_unit_without_a_file_is_missing(tiny):
    done = tiny[0].baocao("status", "--json")
    assert done.code == 0, done.err
    (month,) = json.loads(done.out)
    assert month["month"] == "2026-01"
    assert month["book"] is True
    states = {one["unit"]: one["label"] for one in month["reports"]}
    assert sorted(states.values()).count("chưa nộp") == 1
    assert set(states.values()) == {"đã nộp", "chưa nộp"}


def test_the_table_names_who_has_not_reported(tiny):
    done = tiny[0].baocao("status")
    assert done.code == 0
    assert "2026-01 chưa có báo cáo dùng được của: BanGio" in done.out


def test_a_site_without_submissions_is_told_so(own):
    for path in (own.root / "data" / "submissions" / "2026-01").iterdir():
        path.unlink()
    (own.root / "data" / "submissions" / "2026-01").rmdir()
    assert "Chưa có tháng nào" in own.baocao("status").out
    assert own.baocao("run").code == 2
