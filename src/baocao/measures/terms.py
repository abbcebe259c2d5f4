"""The months that a ledger is about: which count, which are final, and which spans may be compared.

No clock is used. A month has begun when anything was submitted for it or for a later month; it is final when it is
sealed in the archive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from baocao.calendar import months_of_year_to_date, span
from baocao.config.models import Config
from baocao.intake.records import Records
from baocao.measures.ledger import SITE, Row, dims
from baocao.months import Month, Span, Term

STATES = ("closed", "open", "empty", "before")
"""States of a span's month: sealed; with reports but not sealed, so provisional; without reports; before the plan."""


def first_month(config: Config, term: Term) -> Month:
    """The first report month that counts: the plan's first, or the report month itself if it is earlier."""
    start = Month.parse(config.calendar.first_month)
    return min(start, term) if isinstance(term, Month) else start


def history(config: Config, term: Term) -> tuple[Month, ...]:
    """The months whose figures are in the ledger, oldest first; for a span, its own months since the plan's first."""
    if isinstance(term, Span):
        return tuple(month for month in term.months if month >= first_month(config, term))
    return first_month(config, term).upto(term)[-config.thresholds.history_months :]


def spans(config: Config, term: Term) -> dict[str, tuple[Month, ...]]:
    """Year to date and time since the plan's start, in this order: ledger period → its report months.

    A span that begins with the year is its own year to date; one before the plan is its own time since the start.
    """
    start, of_year = first_month(config, term), months_of_year_to_date(term)
    is_year_to_date = isinstance(term, Span) and term.first == of_year[0]
    return {
        str(term) if is_year_to_date else span(of_year[0], term.last): tuple(m for m in of_year if m >= start),
        str(term) if start > term.last else span(start, term.last): start.upto(term.last),
    }


def months_read(config: Config, term: Term, newest: Month | None) -> tuple[Month, ...]:
    """The months whose submissions the ledger is computed from; for a span, none after the newest with submissions."""
    months = first_month(config, term).upto(term.last)
    return months if isinstance(term, Month) else tuple(month for month in months if newest and month <= newest)


def newest_month(records: Records) -> Month | None:
    """The newest month with submissions; None if there is none."""
    months = records.files["month"]
    return Month.parse(str(months.max())) if len(months) else None


def compared(term: Term, reported: Collection[Month]) -> tuple[Span, ...]:
    """The spans that this one is compared with: the previous one and the same one of the previous year.

    Only if every month of both has a report: comparing a sum of two months with one of three would mislead.
    """
    if not set(term.months) <= set(reported):
        return ()
    return tuple(other for other in neighbours(term) if set(other.months) <= set(reported))


def neighbours(term: Term) -> tuple[Span, ...]:
    """The previous span and the same one of the previous year (for a year, these are one); for a month, none."""
    return () if isinstance(term, Month) else tuple(dict.fromkeys((term.plus(-1), term.year_before())))


def state_of(config: Config, month: Month, reported: Collection[Month], closed: Collection[Month]) -> str:
    """The state of a month: one of :data:`STATES`."""
    if month < Month.parse(config.calendar.first_month):
        return "before"
    if month in closed:
        return "closed"
    return "open" if month in reported else "empty"


def state_rows(term: Term, states: Mapping[Month, str]) -> Iterator[Row]:
    """Rows with the state of each month of a span, and with the number of months in each state."""
    for month, state in states.items():
        yield Row(str(month), SITE, "months", dims(state=state), "1")
    for state in STATES:
        yield Row(str(term), SITE, "months", dims(state=state), str(list(states.values()).count(state)))
