"""Counts and sums of activities: by unit and month from the records, then added up to the site and to spans.

Only the figures of one unit in one month are computed from rows. All others are sums of these, so the site's totals
equal the sums over its units by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from baocao.config.models import Config
from baocao.intake.records import Records
from baocao.measures.ledger import dims
from baocao.measures.refs import ranges, reference

SUMS = ("quantity", "attendees", "reach", "cost")
STATED = ("attendees", "reach", "cost")
MEASURED = ("activities", *SUMS, *(f"{name}_stated" for name in STATED))
GROUPINGS: tuple[tuple[str, ...], ...] = (
    (),
    ("content",),
    ("bullet",),
    ("form",),
    ("channel",),
    ("funding",),
    ("content", "form"),
)

Key = tuple[str, str]
"""(measure, dimensions), as in the ledger's columns."""


@dataclass(frozen=True)
class Figure:
    """A whole number and the references to the rows behind it."""

    value: int
    rows: tuple[str, ...] = ()

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.value + other.value, self.rows + other.rows)


Figures = dict[Key, Figure]
"""The figures of one unit (or of the site) in one period."""

UnitMonth = tuple[str, str]


def unit_figures(records: Records, config: Config, reported: Iterable[UnitMonth]) -> dict[UnitMonth, Figures]:
    """The figures of each unit and month.

    Parameters
    ----------
    records
        Records of any number of months.
    config
        Its codes each get a zero if a unit reported and has no activity for them.
    reported
        The (unit, month) pairs with a report, filed or nil; no others get figures.

    Returns
    -------
    dict
        (unit, month) → figures.
    """
    zeros = _zeros(config)
    result = {pair: dict(zeros) for pair in reported}
    for keys in GROUPINGS:
        _count(result, "activities", records.activities, keys)
    for keys in ((), ("kind",)):
        _count(result, "notes", records.notes, keys)
    _count(result, "target_values", records.values, ())
    return result


def _count(result: dict[UnitMonth, Figures], table: str, frame: pd.DataFrame, keys: tuple[str, ...]) -> None:
    stated = frame
    for key in keys:
        stated = stated[stated[key] != ""]
    if stated.empty:
        return
    groups = stated.groupby(["unit", "month", *keys], sort=True)
    columns: dict[str, Any] = {table: groups.size(), "rows": groups["row"].agg(ranges)}
    if table == "activities":
        columns |= {name: groups[name].sum() for name in SUMS}
        columns |= {f"{name}_stated": groups[name].count() for name in STATED}
    names = [name for name in columns if name != "rows"]
    for row in pd.DataFrame(columns).reset_index().to_dict("records"):
        figures = result.get((str(row["unit"]), str(row["month"])))
        if figures is None:
            continue
        text = dims(**{key: str(row[key]) for key in keys})
        source = "" if table == "activities" else table
        behind = (reference(str(row["unit"]), str(row["month"]), str(row["rows"]), source),)
        figures |= {(name, text): Figure(int(row[name]), behind) for name in names}


def _zeros(config: Config) -> Figures:
    plan = config.plan
    codes = {
        "content": [area.code for area in plan.areas],
        "form": [form.code for form in plan.forms],
        "channel": [channel.code for channel in plan.channels],
        "funding": [source.code for source in plan.funding],
    }
    texts = ["", *(dims(**{key: code}) for key, listed in codes.items() for code in listed)]
    zeros = {(measure, text): Figure(0) for measure in MEASURED for text in texts}
    kinds = [("notes", text) for text in ("", *(dims(kind=kind) for kind in ("difficulty", "proposal", "plan")))]
    return zeros | {key: Figure(0) for key in [*kinds, ("target_values", "")]}


def add_up(parts: Iterable[Mapping[Key, Figure]]) -> Figures:
    """The sums of several units' or months' figures; empty if there are none."""
    values: dict[Key, int] = {}
    rows: dict[Key, list[str]] = {}
    for part in parts:
        for key, figure in part.items():
            values[key] = values.get(key, 0) + figure.value
            if figure.rows:  # of most there are none
                rows.setdefault(key, []).extend(figure.rows)
    return {key: Figure(value, tuple(rows.get(key, ()))) for key, value in values.items()}
