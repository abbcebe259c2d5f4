"""The frozen bundle from which a chapter is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from baocao.config.models import Config, Unit
from baocao.identity import Identity
from baocao.intake.records import Records
from baocao.measures.ledger import Ledger
from baocao.months import Month, Period


@dataclass(frozen=True)
class Report:
    """All that a chapter of one month may use: configuration, ledger, and the month's records (for their words).

    Attributes
    ----------
    month, period
        The report month and the days that it covers.
    ledger
        Every figure, of this month and of the months before it (``config.thresholds.history_months``).
    records
        The month's records and findings; figures are never taken from them, only texts.
    units
        The units that owe a report for the month, in the register's order.
    history
        Report months with figures in the ledger, oldest first, ``month`` last.
    year_to_date, since_start
        The ledger's ``period`` codes of the two spans.
    unit
        The unit of a unit chapter, else none.
    provenance
        Name → text: hashes, versions and parameters behind the month.
    identity
        What the pages say of their origin; notebooks do not have it, for it changes with every commit.
    earlier_ledger
        The ledger of the sealed revision that this one takes the place of, if there is one.
    """

    config: Config
    month: Month
    period: Period
    ledger: Ledger
    records: Records
    units: tuple[Unit, ...]
    history: tuple[Month, ...]
    year_to_date: str
    since_start: str
    unit: Unit | None = None
    provenance: dict[str, str] = field(default_factory=dict)
    identity: Identity = field(default_factory=lambda: Identity(""))
    earlier_ledger: Ledger | None = None

    @property
    def previous(self) -> Month | None:
        """The month before, if it has figures in the ledger."""
        before = self.month.plus(-1)
        return before if before in self.history else None
