from __future__ import annotations

from datetime import date

import pytest

from baocao.errors import UserError
from baocao.months import Month, Period


@pytest.mark.parametrize("text", ["2025-10", " 2025-10\n"])
def test_a_month_is_read_and_written_as_year_and_month(text):
    assert Month.parse(text) == Month(2025, 10)
    assert str(Month.parse(text)) == "2025-10"


@pytest.mark.parametrize(
    "text",
    ["", "2025", "2025-13", "2025-00", "2025-1", "10/2025", "1999-12", "3000-01", "2025-10-01", "../2025-10", 7, None],
)
def test_anything_else_is_refused_with_the_form_that_is_allowed(text):
    with pytest.raises(UserError, match="2025-10") as caught:
        Month.parse(text)
    assert str(text) in caught.value.what


@pytest.mark.parametrize(
    ("months", "expected"), [(0, "2025-12"), (1, "2026-01"), (-11, "2025-01"), (-12, "2024-12"), (14, "2027-02")]
)
def test_months_are_added_across_the_ends_of_years(months, expected):
    assert str(Month(2025, 12).plus(months)) == expected


def test_months_in_a_row_hold_both_ends():
    assert list(map(str, Month(2025, 11).upto(Month(2026, 2)))) == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert Month(2025, 11).upto(Month(2025, 11)) == (Month(2025, 11),)


def test_there_are_no_months_up_to_an_earlier_one():
    assert Month(2025, 11).upto(Month(2025, 10)) == ()
    assert Month(2025, 11).upto(Month(2024, 1)) == ()


def test_months_sort_by_time():
    assert sorted([Month(2026, 1), Month(2025, 12), Month(2025, 2)]) == [
        Month(2025, 2),
        Month(2025, 12),
        Month(2026, 1),
    ]


@pytest.mark.parametrize(("day", "inside"), [(14, False), (15, True), (20, True), (21, False)])
def test_a_period_holds_both_its_ends(day, inside):
    assert (date(2025, 9, day) in Period(date(2025, 9, 15), date(2025, 9, 20))) is inside
