"""What a report period is called in an official document, and where its figures stand in the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from baocao.months import Period
from baocao.report import Report
from baocao.text import month_long, month_short


@dataclass(frozen=True)
class Label:
    """A period of any length.

    Attributes
    ----------
    code
        Its part of file names: ``2025-10``, ``2025-Q4``; also the name of its file under ``params/months/``.
    name, short
        ``tháng 10 năm 2025``, ``10/2025``.
    kind
        ``tháng``, ``quý``, ``6 tháng``, ``năm``.
    period
        The ledger's period code of its figures.
    days
        The days that it covers.
    previous, previous_name
        The ledger's period code of the period before, and its name; empty if the ledger has no figures of it.
    following
        The name of the period after it.
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

    @property
    def is_month(self) -> bool:
        return self.kind == "tháng"


def month_label(report: Report) -> Label:
    """The label of a report of one month."""
    month, before = report.month, report.previous
    return Label(
        code=str(month),
        name=month_long(month),
        short=month_short(month),
        kind="tháng",
        period=str(month),
        days=report.period,
        previous=str(before) if before else "",
        previous_name=f"tháng {month_short(month.plus(-1))}",
        following=month_long(month.plus(1)),
    )
