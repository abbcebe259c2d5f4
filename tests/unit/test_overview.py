"""Where months stand: gaps among them, what comes next, one month unit by unit."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from baocao import kept
from baocao.errors import UserError
from baocao.intake.intake import read_month
from baocao.intake.schema import concat
from baocao.many import Wanted
from baocao.measures.compute import compute_ledger
from baocao.months import Month
from baocao.overview import detail, overview
from receiving import Desk, book, fresh_desk, line

NOW = datetime.fromisoformat("2026-02-02T08:00:00+07:00")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return fresh_desk(tmp_path)


def test_a_month_between_others_for_which_nobody_sent_anything_is_listed_as_missing(desk):
    desk.receive(desk.put("a.xlsx", book([line("Họp")])))
    desk.receive(desk.put("b.xlsx", book([line("Họp", day=date(2026, 3, 5))], month="3/2026")), at="05/03/2026 09:00")
    seen = overview(desk.space, NOW)
    assert [(str(one.month), one.count("missing")) for one in seen.months] == [
        ("2026-01", 2), ("2026-02", 3), ("2026-03", 2),
    ]  # fmt: skip
    assert [(rate.unit, rate.owed, rate.reported) for rate in seen.rates] == [
        ("VP", 3, 2), ("BanMay", 3, 0), ("BanGio", 3, 0),
    ]  # fmt: skip


def test_months_of_the_plan_before_the_first_file_count_in_the_rates_as_in_the_books(desk):
    desk.receive(desk.put("b.xlsx", book([line("Họp", day=date(2026, 3, 5))], month="3/2026")), at="05/03/2026 09:00")
    seen = overview(desk.space, NOW)
    assert [str(one.month) for one in seen.months] == ["2026-01", "2026-02", "2026-03"]
    rates = compute_ledger(concat(list(desk.space.records(Month(2026, 3)))), desk.space.config, Month(2026, 3))
    span = "2026-01..2026-03"
    assert [(rate.unit, rate.reported, rate.owed) for rate in seen.rates] == [
        (row.unit, int(row.numerator), int(row.denominator))
        for row in rates.of("report_rate")
        if row.unit != "*" and row.period == span
    ]


def test_months_past_their_deadline_without_any_file_are_named(desk):
    assert overview(desk.space, NOW).unsent == ()
    desk.receive(desk.put("a.xlsx", book([line("Họp")])))
    for now, months in (
        ("2026-03-03", ()),
        ("2026-03-04", ("2026-02",)),
        ("2026-05-04", ("2026-02", "2026-03", "2026-04")),
    ):
        seen = overview(desk.space, datetime.fromisoformat(f"{now}T12:00:00+07:00"))
        assert tuple(map(str, seen.unsent)) == months


def test_months_that_a_run_has_read_are_not_read_again(desk, monkeypatch):
    desk.receive(desk.put("a.xlsx", book([line("Họp")])))
    desk.receive(desk.put("b.xlsx", book([line("Họp", day=date(2026, 3, 5))], month="3/2026")), at="05/03/2026 09:00")
    before = overview(desk.space, NOW)
    list(desk.space.records(Month(2026, 2), keep=kept.keep_records))
    read = []
    monkeypatch.setattr(kept, "read_month", lambda *given, **more: read.append(given[1]) or read_month(*given, **more))
    assert overview(desk.space, NOW) == before
    assert read == [Month(2026, 3)]


def test_files_of_a_month_before_the_plan_are_told_of_and_counted_nowhere(desk):
    desk.receive(desk.put("a.xlsx", book([line("Họp")])))
    units = desk.space.root / "params" / "units.yml"
    units.write_text(units.read_text("utf-8").replace("2026-01-01", "2025-01-01"), "utf-8")
    early = desk.space.submissions / "2025-12"
    early.mkdir()
    (early / "VP.xlsx").write_bytes(book([line("Họp")], month="12/2025"))
    seen = overview(desk.space, NOW)
    assert [str(one.month) for one in seen.before_plan] == ["2025-12"]
    assert [(str(one.month), one.before_plan) for one in seen.months] == [("2026-01", False)]
    assert [rate.owed for rate in seen.rates] == [1, 1, 1]
    assert Wanted(everything=True).of(desk.space) == (Month(2026, 1),)
    (desk.space.submissions / "2026-01" / "VP.xlsx").unlink()
    with pytest.raises(UserError, match="kế hoạch chưa có kỳ 12/2025"):
        desk.space.month()


@pytest.mark.parametrize(
    ("now", "month"),
    [
        ("2025-06-01T00:00:00+07:00", "2026-01"),
        ("2026-02-03T23:59:59+07:00", "2026-01"),
        ("2026-02-04T00:00:00+07:00", "2026-02"),
        ("2027-01-03T12:00:00+07:00", "2026-12"),
        ("2027-01-04T00:00:00+07:00", "2027-01"),
    ],
)
def test_the_next_deadline_is_the_first_that_has_not_passed(desk, now, month):
    assert str(overview(desk.space, datetime.fromisoformat(now)).next_due) == month


def test_one_month_tells_what_each_unit_owes_and_what_changed(desk):
    desk.receive(desk.put("a.xlsx", book([line("Họp")])), at="30/01/2026 08:00")
    desk.receive(desk.put("a.xlsx", book([line("Họp", Số_lượng=3)])), at="02/02/2026 08:00")
    vp, ban_may, _ = detail(desk.space, Month(2026, 1), NOW).units
    assert (vp.submission.time, vp.submission.finality, vp.areas, vp.areas_without) == (
        "on_time", "revised", ("ND1", "ND3"), ("ND3",),
    )  # fmt: skip
    assert (vp.targets, vp.targets_without) == (("SM-1",), ("SM-1",))
    assert [version["received_at"] for version in vp.versions] == [
        "2026-01-30T08:00:00+07:00",
        "2026-02-02T08:00:00+07:00",
    ]
    assert [(c["column"], c["before"], c["after"]) for c in vp.changes] == [("Số lượng", "1", "3")]
    assert (ban_may.submission.state, ban_may.areas_without, ban_may.versions) == ("missing", (), ())
    assert ban_may.reminder is not None
    assert "còn 1 ngày" in ban_may.reminder.text


def test_a_month_for_which_nothing_came_yet_can_be_asked_about(desk):
    seen = detail(desk.space, Month(2028, 2), datetime.fromisoformat("2028-02-29T12:00:00+07:00"))
    assert seen.status.deadlines.cut_off.isoformat() == "2028-02-29T23:59:59+07:00"
    assert [one.submission.state for one in seen.units] == ["missing"] * 3
    assert overview(desk.space, NOW).months == ()
