"""What a month's submissions are compared with: earlier months, and units read earlier in the same month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from baocao.intake.check_activities import identity
from baocao.intake.records import Records
from baocao.months import Month

FIGURES = ("quantity", "attendees", "reach", "cost")
"""Columns of the activities whose totals are compared with those of earlier months."""
TARGET_FIGURES = ("numerator", "denominator", "value")
ROWS = "rows"
"""Name of the series of numbers of activities."""


@dataclass(frozen=True)
class Sighting:
    """Where something was seen before: month, unit, file, line and, for target values, the figures."""

    month: str
    unit: str
    file: str
    line: int = 0
    figures: tuple[str, ...] = ()


@dataclass
class History:
    """Memory of earlier months and units; :class:`MonthsBefore` fills in the months.

    Attributes
    ----------
    activities, values, files
        Identity of an activity, target and day, SHA-256 of a file with rows → where it was seen.
    series
        Unit and name of a series → its figures, one for each month, oldest first.
    """

    activities: dict[tuple[Any, ...], Sighting] = field(default_factory=dict)
    values: dict[tuple[str, str], Sighting] = field(default_factory=dict)
    files: dict[str, Sighting] = field(default_factory=dict)
    series: Mapping[tuple[str, str], Sequence[Decimal]] = field(default_factory=dict)


class MonthsBefore:
    """The months before a month, oldest first; each month's figures are gathered once for all later months."""

    def __init__(self, months: Iterable[Records] = ()) -> None:
        self._months = list(months)
        self._gathered = 0
        self._series: dict[tuple[str, str], list[Decimal]] = {}

    def append(self, records: Records) -> None:
        """Add a month that is newer than the others."""
        self._months.append(records)

    def history(self, month: Month, duplicate_months: int) -> History:
        """The memory of these months, for a month that follows them."""
        for records in self._months[self._gathered :]:
            for series, figure in _figures(records):
                self._series.setdefault(series, []).append(figure)
        self._gathered = len(self._months)
        history = History(series=self._series)
        oldest = str(month.plus(-duplicate_months))
        for records in self._months:
            if not records.submissions.empty and str(records.submissions["month"].iloc[0]) >= oldest:
                _remember(history, records)
        return history


def _remember(history: History, records: Records) -> None:
    for row in records.activities.to_dict("records"):
        record = {str(key): value for key, value in row.items()}
        key = identity(record | {"date": record["date"].date()})
        history.activities.setdefault(key, Sighting(record["month"], record["unit"], record["file"], record["line"]))
    filled = records.files[(records.files["rows_in"] > 0)]
    for month, unit, file, sha256 in filled[["month", "unit", "file", "sha256"]].itertuples(index=False):
        history.files.setdefault(sha256, Sighting(month, unit, file))


def _figures(records: Records) -> Iterator[tuple[tuple[str, str], Decimal]]:
    """Each figure of a month with its series (unit and name)."""
    if records.submissions.empty:
        return
    units = records.activities.groupby("unit", sort=False)
    counts, totals = units.size(), units[[*FIGURES]].sum(min_count=1)  # missing is not zero
    for unit, count, *figures in zip(counts.index, counts, *(totals[name] for name in FIGURES), strict=True):
        yield (str(unit), ROWS), Decimal(int(count))
        for name, figure in zip(FIGURES, figures, strict=True):
            if not pd.isna(figure):
                yield (str(unit), name), Decimal(int(figure))
    values = records.values.drop_duplicates(["unit", "target"], keep="last")
    for unit, target, *said in values[["unit", "target", *TARGET_FIGURES]].itertuples(index=False):
        for name, figure in zip(TARGET_FIGURES, said, strict=True):
            if figure:
                yield (unit, f"{target} {name}"), Decimal(figure)
