from __future__ import annotations

from datetime import date

import pytest

from baocao.errors import UserError
from baocao.months import ALLOWED_TERMS, Month, Period, parse_term


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-10", Month(2025, 10)),
        (" 2025-10\n", Month(2025, 10)),
        ("2000-01", Month(2000, 1)),
        ("2999-12", Month(2999, 12)),
    ],
)
def test_a_month_is_read_and_written_as_year_and_month(text, month):
    assert Month.parse(text) == month
    assert str(month) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "2025", "2025-13", "2025-00", "2025-1", "10/2025", "1999-12", "3000-01", "2025-10-01", "../2025-10", 7, None],
)
def test_anything_else_is_refused_with_the_form_that_is_allowed(text):
    with pytest.raises(UserError, match="2025-10") as caught:
        Month.parse(text)
    assert str(text) in caught.value.what


@pytest.mark.parametrize(("text", "is_a_span"), [("2025-Q4", True), ("2026", True), ("2025-13", False), (2026, False)])
def test_where_only_a_month_will_do_a_span_is_told_that(text, is_a_span):
    with pytest.raises(UserError) as caught:
        Month.parse(text)
    assert caught.value.hint.startswith("Ở đây chỉ nhận một tháng.") is is_a_span


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


@pytest.mark.parametrize(
    ("text", "code", "first", "last"),
    [
        ("2025-Q1", "2025-Q1", "2025-01", "2025-03"),
        ("2025-q4", "2025-Q4", "2025-10", "2025-12"),
        (" 2026-H1\n", "2026-H1", "2026-01", "2026-06"),
        ("2026-h2", "2026-H2", "2026-07", "2026-12"),
        ("2026", "2026", "2026-01", "2026-12"),
        ("2025-10", "2025-10", "2025-10", "2025-10"),
    ],
)
def test_a_term_is_a_month_a_quarter_a_half_year_or_a_year(text, code, first, last):
    term = parse_term(text)
    assert (str(term), str(term.first), str(term.last)) == (code, first, last)
    assert term.months == term.first.upto(term.last)
    assert parse_term(str(term)) == term


@pytest.mark.parametrize(
    "text",
    ["2025-Q0", "2025-Q5", "2025-H3", "Q4", "2025Q4", "2025-4", "1999", "3000-Q1", "../2025", "2025-13", ""],
)
def test_any_other_term_is_refused_with_the_forms_that_are_allowed(text):
    with pytest.raises(UserError) as caught:
        parse_term(text)
    assert str(text) in caught.value.what
    assert caught.value.hint == ALLOWED_TERMS


@pytest.mark.parametrize("given", [2026, 2025 - 10, None])
def test_a_term_that_a_notebook_gives_without_quotes_is_refused_and_told_of_them(given):
    with pytest.raises(UserError) as caught:
        parse_term(given)
    assert str(given) in caught.value.what
    assert caught.value.hint.startswith(ALLOWED_TERMS)
    assert "dấu nháy" in caught.value.hint
    assert "-r month" in caught.value.hint


@pytest.mark.parametrize(
    ("term", "before", "year_before"),
    [
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026-H2", "2026-H1", "2025-H2"),
        ("2026-H1", "2025-H2", "2025-H1"),
        ("2026", "2025", "2025"),
        ("2026-01", "2025-12", "2025-01"),
    ],
)
def test_before_a_term_is_one_of_its_own_kind(term, before, year_before):
    assert str(parse_term(term).plus(-1)) == before
    assert str(parse_term(term).year_before()) == year_before


@pytest.mark.parametrize("term", ["2025-Q2", "2025-H1", "2025", "2025-03"])
def test_terms_of_a_kind_follow_each_other_without_a_gap(term):
    one = parse_term(term)
    assert one.last.plus(1) == one.plus(1).first


@pytest.mark.parametrize("read", [Month.parse, parse_term])
@pytest.mark.parametrize("text", ["２０２５-10", "2025-１０"])
def test_digits_of_another_script_are_refused(read, text):
    with pytest.raises(UserError, match=text):
        read(text)
