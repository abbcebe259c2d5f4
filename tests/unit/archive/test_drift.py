"""Figures of an earlier month that are no longer the sealed ones."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from baocao.archive import drift
from baocao.archive.drift import drifts, other_figures
from baocao.closed import Seal
from baocao.identity import Earlier
from baocao.measures.ledger import Ledger, Row, dims
from baocao.months import Month, Span

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


def standing(*targets: tuple[str, str], counts: dict[str, int]) -> Ledger:
    """Targets with their status, and how many have which."""
    each = [Row(JANUARY, "*", "target_status", dims(status=state, target=code), "1") for code, state in targets]
    return Ledger([*each, *(counted(state, number) for state, number in counts.items())])


def counted(state: str, number: int) -> Row:
    return Row(JANUARY, "*", "targets_by_status", dims(status=state), str(number))


SEALED = standing(("A", "met"), counts={"met": 1, "no_data": 0})


def test_that_a_target_was_added_is_no_difference_of_the_months_before():
    now = standing(("A", "met"), ("B", "no_data"), counts={"met": 1, "no_data": 1})
    assert not other_figures(SEALED, now, JANUARY)


def test_beside_an_added_target_the_others_are_compared():
    now = standing(("A", "not_met"), ("B", "no_data"), counts={"met": 0, "not_met": 1, "no_data": 1})
    assert [row.dimensions for row in other_figures(SEALED, now, JANUARY)] == [dims(status="not_met", target="A")]


def test_a_value_of_an_added_target_is_a_difference_where_the_month_had_values():
    value = Row(JANUARY, "*", "target_value", dims(target="A"), "7")
    of_added = Row(JANUARY, "*", "target_value", dims(target="B"), "9")
    now = standing(("A", "met"), ("B", "met"), counts={"met": 2, "no_data": 0})
    found = other_figures(Ledger([*SEALED.rows, value]), Ledger([*now.rows, value, of_added]), JANUARY)
    assert found == [of_added]


def test_a_target_that_was_taken_away_is_a_difference():
    now = standing(("B", "no_data"), counts={"met": 0, "no_data": 1})
    assert counted("met", 0) in other_figures(SEALED, now, JANUARY)


@pytest.mark.parametrize(("carried", "told"), [(JANUARY, 1), (FEBRUARY, 0)])
def test_a_sealed_ledger_is_opened_only_where_the_new_one_tells_of_the_month(tmp_path, monkeypatch, carried, told):
    monkeypatch.setattr(drift, "earlier_of", lambda *_: [Earlier(JANUARY, 1)])
    monkeypatch.setattr(drift, "seal_of", lambda _, month: Seal(month, 1))
    monkeypatch.setattr(drift, "load_report", lambda *_: SimpleNamespace(ledger=figures(carried, 2)))
    for term in (Month(2030, 12), Span(Month(2026, 1), 3)):
        assert len(list(drifts(SimpleNamespace(archive=tmp_path), term))) == told  # there is none to open
