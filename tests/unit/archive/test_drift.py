"""Figures of an earlier month that are no longer the sealed ones."""

from __future__ import annotations

from baocao.archive.drift import other_figures
from baocao.measures.ledger import Ledger, Row, dims

JANUARY, FEBRUARY = "2026-01", "2026-02"


def figures(period: str, late: int, *more: Row) -> Ledger:
    return Ledger([Row(period, "*", "timeliness", dims(state="late"), str(late)), *more])


def test_a_figure_of_the_sealed_month_that_is_another_now_is_found_and_no_other_months():
    now = Ledger([*figures(JANUARY, 2).rows, *figures(FEBRUARY, 5).rows])
    assert [row.id for row in other_figures(figures(JANUARY, 0), now, JANUARY)] == [figures(JANUARY, 2).rows[0].id]
    assert not other_figures(figures(JANUARY, 2), now, JANUARY)


def test_what_the_sealed_month_could_not_know_is_no_difference():
    added = Row(JANUARY, "*", "timeliness", dims(state="new"), "0")
    later = Row(JANUARY, "*", "activities", value="7")
    detailed = Row(JANUARY, "VP", "timeliness", dims(state="on_time"), "1")
    assert not other_figures(figures(JANUARY, 1, detailed), figures(JANUARY, 1, added, later), JANUARY)


def test_a_figure_that_the_sealed_month_had_not_is_a_difference():
    more = Row(JANUARY, "*", "timeliness", dims(state="on_time"), "1")
    assert other_figures(figures(JANUARY, 1), figures(JANUARY, 1, more), JANUARY) == [more]
