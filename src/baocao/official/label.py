"""The names of a report period in an official document, and the ledger period of its figures."""

from __future__ import annotations

from dataclasses import dataclass

from baocao.months import Month, Period
from baocao.report import Report
from baocao.text import term_before, term_long, term_short


@dataclass(frozen=True)
class Label:
    """A period of any length.

    Attributes
    ----------
    code
        Its code in file names: ``2025-10``, ``2025-Q4``; also the name of its file under ``params/months/``.
    name, short
        ``tháng 10 năm 2025``, ``tháng 10/2025``.
    kind
        ``tháng``, ``quý``, ``6 tháng``, ``năm``.
    period
        The ledger's period code for its figures.
    days
        The days that it covers.
    previous, previous_name
        The ledger's period code of the previous period, empty if there is nothing to compare with; and its name.
    following
        The name of the next period.
    is_month
        Whether it is a single month, for which each unit has one report.
    """

    code: str
    name: str
    short: str
    kind: str
    period: str
    days: Period
    previous: str
    previous_name: str
    following: str
    is_month: bool


def label_of(report: Report) -> Label:
    """The label of a report on a month, a quarter, a half-year or a year."""
    term, before = report.month, report.previous
    return Label(
        code=str(term),
        name=term_long(term),
        short=term_short(term),
        kind=term_before(term).rsplit(" ", 1)[0],
        period=str(term),
        days=report.period,
        previous=str(before) if before else "",
        previous_name=term_short(term.plus(-1)),
        following=term_long(term.plus(1)),
        is_month=isinstance(term, Month),
    )
