from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao.calendar import deadline, month_of, months_of_year_to_date, period_of, refuse_before_plan, span
from baocao.config.models import Calendar, Deadline
from baocao.config.workdays import is_day_off, is_weekend
from baocao.errors import UserError
from baocao.months import Month, Period, parse_term

ZONE = "Asia/Ho_Chi_Minh"
DAY = {"day": 14}


def calendar(scheme: str = "mid-month", **changes: Any) -> Calendar:
    rules = dict.fromkeys(("cut_off", "unit_due", "site_due", "lock"), DAY)
    return Calendar.model_validate(
        {"scheme": scheme, "first_month": "2025-08", "starts": "2025-07-10", **rules, **changes}
    )


MID, WHOLE = calendar(), calendar("calendar-month")


@pytest.mark.parametrize(
    ("month", "start", "end"),
    [
        ("2025-10", date(2025, 9, 15), date(2025, 10, 14)),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2025-12", date(2025, 11, 15), date(2025, 12, 14)),
        ("2025-03", date(2025, 2, 15), date(2025, 3, 14)),
        ("2024-03", date(2024, 2, 15), date(2024, 3, 14)),
    ],
)
def test_a_mid_month_period_runs_from_the_15th_to_the_14th(month, start, end):
    assert period_of(MID, Month.parse(month)) == Period(start, end)


@pytest.mark.parametrize(("month", "day"), [("2025-09", 13), ("2025-12", 13), ("2026-01", 11), ("2026-02", 9)])
def test_a_deadline_that_changed_holds_for_the_months_that_it_is_for(month, day):
    rule = Deadline.model_validate(
        {"day": 10, "earlier": [{"day": 12, "last_month": "2026-01"}, {"day": 14, "last_month": "2025-12"}]}
    )
    m = Month.parse(month)
    assert deadline(MID, rule, m, ZONE).date() == date(m.year, m.number, day)


@pytest.mark.parametrize(
    ("month", "last"), [("2025-02", 28), ("2024-02", 29), ("2025-04", 30), ("2025-12", 31), ("2026-01", 31)]
)
def test_a_calendar_month_runs_from_its_first_to_its_last_day(month, last):
    m = Month.parse(month)
    assert period_of(WHOLE, m) == Period(date(m.year, m.number, 1), date(m.year, m.number, last))


@pytest.mark.parametrize(
    ("day", "mid", "whole"),
    [
        (date(2025, 9, 14), "2025-09", "2025-09"),
        (date(2025, 9, 15), "2025-10", "2025-09"),
        (date(2025, 12, 14), "2025-12", "2025-12"),
        (date(2025, 12, 15), "2026-01", "2025-12"),
        (date(2025, 12, 31), "2026-01", "2025-12"),
        (date(2024, 2, 29), "2024-03", "2024-02"),
    ],
)
def test_a_day_belongs_to_the_month_whose_period_holds_it(day, mid, whole):
    assert (str(month_of(MID, day)), str(month_of(WHOLE, day))) == (mid, whole)


@given(
    st.dates(date(2000, 2, 1), date(2990, 1, 1)),
    st.builds(calendar, st.sampled_from(["mid-month", "calendar-month"]), first_day=st.integers(2, 28)),
)
def test_periods_follow_each_other_without_gap_or_overlap(day, scheme):
    month = month_of(scheme, day)
    period = period_of(scheme, month)
    assert day in period
    assert period_of(scheme, month.plus(1)).start == period.end + timedelta(days=1)


@pytest.mark.parametrize(
    ("scheme", "term", "period"),
    [
        (MID, "2025", Period(date(2024, 12, 15), date(2025, 12, 14))),
        (MID, "2025-H1", Period(date(2024, 12, 15), date(2025, 6, 14))),
        (MID, "2025-H2", Period(date(2025, 6, 15), date(2025, 12, 14))),
        (MID, "2025-Q1", Period(date(2024, 12, 15), date(2025, 3, 14))),
        (MID, "2025-Q4", Period(date(2025, 9, 15), date(2025, 12, 14))),
        (WHOLE, "2025", Period(date(2025, 1, 1), date(2025, 12, 31))),
        (WHOLE, "2024-Q1", Period(date(2024, 1, 1), date(2024, 3, 31))),
    ],
)
def test_quarters_half_years_and_years_are_spans_of_report_months(scheme, term, period):
    assert period_of(scheme, parse_term(term)) == period


def test_the_report_year_begins_with_january():
    assert months_of_year_to_date(Month(2025, 3)) == (Month(2025, 1), Month(2025, 2), Month(2025, 3))
    assert months_of_year_to_date(Month(2026, 1)) == (Month(2026, 1),)


@pytest.mark.parametrize(
    ("term", "named"),
    [("2025-07", "kỳ 7/2025"), ("2025-Q2", "kỳ quý II/2025"), ("2025-H1", "6 tháng đầu năm"), ("2024", "năm 2024")],
)
def test_what_ends_before_the_plan_is_refused_with_its_first_month(term, named):
    with pytest.raises(UserError, match=named) as caught:
        refuse_before_plan(MID, parse_term(term))
    assert "kỳ đầu tiên là 8/2025" in caught.value.what


@pytest.mark.parametrize("term", ["2025-08", "2025-Q3", "2025-H2", "2025", "2026-01"])
def test_what_ends_with_the_plans_first_month_or_later_is_no_time_before_it(term):
    refuse_before_plan(MID, parse_term(term))


def test_a_span_is_written_with_both_ends():
    assert span(Month(2025, 1), Month(2025, 10)) == "2025-01..2025-10"


def due(month: str = "2025-10", scheme: Calendar = MID, **rule: Any) -> str:
    return deadline(scheme, Deadline.model_validate(rule), Month.parse(month), ZONE).isoformat()


@pytest.mark.parametrize(
    ("rule", "instant"),
    [
        ({"day": 14}, "2025-10-13T23:59:59+07:00"),
        ({"day": 14, "strict": False}, "2025-10-14T23:59:59+07:00"),
        ({"day": 14, "at": time(17)}, "2025-10-13T17:00:00+07:00"),
        ({"day": 1}, "2025-09-30T23:59:59+07:00"),
        ({"day": 1, "strict": False}, "2025-10-01T23:59:59+07:00"),
        ({"day": 3, "strict": False, "months_later": 1}, "2025-11-03T23:59:59+07:00"),
        ({"day": 3, "strict": False, "months_later": 2}, "2025-12-03T23:59:59+07:00"),
    ],
)
def test_before_a_day_ends_with_the_day_before_if_it_is_strict(rule, instant):
    assert due(**rule) == instant


@pytest.mark.parametrize(
    ("month", "rule", "instant"),
    [
        ("2025-12", {"day": 3, "strict": False, "months_later": 1}, "2026-01-03T23:59:59+07:00"),
        ("2026-01", {"day": 1}, "2025-12-31T23:59:59+07:00"),
        ("2025-02", {"day": 31, "strict": False}, "2025-02-28T23:59:59+07:00"),
        ("2024-02", {"day": 31, "strict": False}, "2024-02-29T23:59:59+07:00"),
        ("2025-02", {"day": 29}, "2025-02-28T23:59:59+07:00"),
        ("2025-04", {"day": 31}, "2025-04-30T23:59:59+07:00"),
        ("2025-05", {"day": 31}, "2025-05-30T23:59:59+07:00"),
    ],
)
def test_a_deadline_keeps_to_the_calendar_at_the_ends_of_months_and_years(month, rule, instant):
    assert due(month, **rule) == instant


@pytest.mark.parametrize(
    ("month", "instant"),
    [
        ("2025-09", "2025-09-12T23:59:59+07:00"),  # the 13th is a Saturday
        ("2025-07", "2025-07-11T23:59:59+07:00"),  # the 13th is a Sunday
        ("2025-10", "2025-10-13T23:59:59+07:00"),  # the 13th is a Monday
    ],
)
def test_a_deadline_on_a_day_off_moves_to_the_working_day_before_if_the_site_says_so(month, instant):
    assert due(month, calendar(move_to_working_day=True), day=14) == instant


def test_a_deadline_on_a_day_off_stays_by_default():
    assert due("2025-09", day=14) == "2025-09-13T23:59:59+07:00"


@pytest.mark.parametrize(
    ("month", "rule", "day"),
    [
        # Tết 2026 is on 17/02; people are off from Saturday 14/02 (15/02 is a Sunday) to Friday 20/02.
        ("2026-02", {"day": 18, "strict": False}, date(2026, 2, 13)),
        ("2026-02", {"day": 21}, date(2026, 2, 13)),
        ("2026-02", {"day": 14, "strict": False}, date(2026, 2, 13)),
        # Tết 2027 is on 06/02.
        ("2027-01", {"day": 10, "strict": False, "months_later": 1}, date(2027, 2, 3)),
        # 30/4, 01/5 and the swapped 02/5 2025; Saturday 26/4 was worked instead.
        ("2025-05", {"day": 3}, date(2025, 4, 29)),
        ("2025-04", {"day": 26, "strict": False}, date(2025, 4, 26)),
        ("2025-09", {"day": 2, "strict": False}, date(2025, 8, 29)),
        ("2026-01", {"day": 1, "strict": False}, date(2025, 12, 31)),
        ("2028-02", {"day": 29, "strict": False}, date(2028, 2, 29)),
    ],
)
def test_a_deadline_on_a_public_holiday_moves_to_the_working_day_before(month, rule, day):
    moving = calendar(move_to_working_day=True, country="VN")
    assert deadline(moving, Deadline.model_validate(rule), Month.parse(month), ZONE).date() == day


def test_another_countrys_holidays_are_its_own():
    moving = calendar(move_to_working_day=True, country="FR")
    assert deadline(moving, Deadline(day=14, strict=False), Month(2025, 7), "Europe/Paris").date() == date(2025, 7, 11)


def test_a_site_may_add_days_off_and_working_days():
    moving = calendar(
        move_to_working_day=True, country="VN", days_off=[date(2025, 10, 13)], working_days=[date(2025, 10, 12)]
    )
    assert deadline(moving, Deadline(day=14), Month(2025, 10), ZONE).date() == date(2025, 10, 12)


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)), st.sampled_from(["", "VN"]))
def test_a_moved_deadline_is_the_last_working_day_up_to_the_day_that_is_named(day, country):
    moving = calendar(move_to_working_day=True, country=country)
    rule = Deadline(day=day.day, strict=False)
    moved = deadline(moving, rule, Month(day.year, day.month), ZONE).date()
    assert moved <= day
    assert not is_day_off(moving, moved)
    assert all(is_day_off(moving, moved + timedelta(days=n)) for n in range(1, (day - moved).days + 1))


def test_the_deadline_is_an_instant_wherever_it_is_compared():
    instant = deadline(MID, Deadline(day=14), Month(2025, 10), ZONE)
    assert datetime.fromisoformat("2025-10-13T16:59:59+00:00") <= instant
    assert datetime.fromisoformat("2025-10-13T17:00:00+00:00") > instant


@pytest.mark.parametrize(("day", "off"), [(10, False), (11, True), (12, True), (13, False)])
def test_saturday_and_sunday_are_days_off(day, off):
    assert is_weekend(date(2025, 10, day)) is off
