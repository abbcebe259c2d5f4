"""The frozen bundle from which a chapter is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from baocao.config.models import Config, Unit
from baocao.identity import Identity
from baocao.intake.records import Records
from baocao.measures.ledger import Ledger
from baocao.months import Month, Period, Span, Term


@dataclass(frozen=True)
class Report:
    """All that a chapter may use: configuration, ledger, and the records of its month or months (for their texts).

    Attributes
    ----------
    month, period
        The report month, or the quarter, half-year or year; and the days that it covers. ``str(month)`` is the
        ledger's ``period`` code.
    ledger
        All figures of this month and of the earlier months (``config.thresholds.history_months``), or of a span and
        its months.
    records
        The records and findings; only texts are taken from them, never figures.
    units
        The units that owe a report for the month, or for any month of the span, in the register's order.
    history
        Report months to show side by side, oldest first: up to ``month``, or a span's own since the plan's first.
    year_to_date, since_start
        The ledger's ``period`` codes of the two spans.
    states
        The state of each month of a span (:data:`baocao.measures.terms.STATES`); empty for a month.
    compared
        The spans that this one may be compared with, because all months of both have figures.
    unit
        The unit of a unit chapter, else None.
    provenance
        Name → text: hashes, versions and parameters behind the month.
    identity
        What the pages say about their origin. Not given to notebooks, because it changes with every commit.
    earlier_ledger
        The ledger of the sealed revision that this one replaces, if there is one.
    """

    config: Config
    month: Term
    period: Period
    ledger: Ledger
    records: Records
    units: tuple[Unit, ...]
    history: tuple[Month, ...]
    year_to_date: str
    since_start: str
    states: Mapping[Month, str] = field(default_factory=dict)
    compared: tuple[Span, ...] = ()
    unit: Unit | None = None
    provenance: dict[str, str] = field(default_factory=dict)
    identity: Identity = field(default_factory=lambda: Identity(""))
    earlier_ledger: Ledger | None = None

    @property
    def previous(self) -> Term | None:
        """The previous month or span; None if the ledger has no figures of it."""
        return self._known(self.month.plus(-1))

    @property
    def year_before(self) -> Term | None:
        """The same month or span of the previous year; None if the ledger has no figures of it."""
        return self._known(self.month.year_before())

    def _known(self, other: Term) -> Term | None:
        return other if other in (self.history if isinstance(self.month, Month) else self.compared) else None
