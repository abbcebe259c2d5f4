"""Differences between two versions of a submission: rows added, changed (value by value) or gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from baocao.intake.contract import ACTIVITIES, NOTE_KINDS, NOTES, VALUES, Table
from baocao.intake.privacy import mask
from baocao.text import day_short, fold, number, one_line

Record = Mapping[str, Any]
Pair = tuple[Record, Record]

_SKIPPED = frozenset(("unit", "month", "row", "line", "file", "sheet"))
_ALIKE = 0.6
"""Similarity (0 to 1) from which two texts count as one text reworded."""
_MOST_COMPARED = 10_000
"""Largest number of pairs of rows whose texts are compared."""

# By table, what identifies a row, the strictest key first. Rows equal in all values are paired before that.
_KEYS: dict[str, tuple[Callable[[Record], Hashable], ...]] = {
    ACTIVITIES.name: (
        lambda r: (r["date"], r["bullet"] or r["content"], r["form"], r["channel"], fold(r["name"])),
        lambda r: (r["date"], fold(r["name"])),
        lambda r: (r["content"], fold(r["name"])),
        lambda r: fold(r["name"]),
    ),
    VALUES.name: (lambda r: (r["target"], r["as_of"]), lambda r: r["target"]),
    NOTES.name: (lambda r: fold(r["text"]),),
}
_TEXTS = {ACTIVITIES.name: "name", NOTES.name: "text"}


@dataclass(frozen=True)
class Change:
    """A row that was added or is gone, or one value of a row that changed.

    Attributes
    ----------
    kind
        ``added``, ``changed`` or ``gone``.
    record
        Number of the changed row, from 1; several changed values of one row share it.
    line
        Line in the newer version; in the older one for a row that is gone.
    label
        Words that say what the row is about.
    column
        The column's heading; empty for a whole row.
    before, after
        The values as text with personal data masked; empty for a blank cell.
    """

    table: str
    kind: str
    record: int
    line: int
    label: str
    column: str = ""
    before: str = ""
    after: str = ""


def changes_of(table: Table, before: Sequence[Record], after: Sequence[Record]) -> tuple[Change, ...]:
    """The changes between a table's accepted rows: changed rows first, by line, then added rows, then gone ones."""
    pairs, gone, added = _paired(table, before, after)
    changed = [(old, new, cells) for old, new in pairs if (cells := tuple(_differing(table, old, new)))]
    found: list[Change] = []
    for number_, (_, new, cells) in enumerate(sorted(changed, key=lambda item: item[1]["line"]), start=1):
        head = (table.name, "changed", number_, new["line"], label_of(table, new))
        found += [Change(*head, heading, *values) for heading, *values in cells]
    rows = [*(("added", row) for row in added), *(("gone", row) for row in gone)]
    for number_, (kind, row) in enumerate(rows, start=len(changed) + 1):
        found.append(Change(table.name, kind, number_, row["line"], label_of(table, row)))
    return tuple(found)


def _values(record: Record) -> tuple[Any, ...]:
    return tuple(value for key, value in record.items() if key not in _SKIPPED)


def _paired(
    table: Table, before: Sequence[Record], after: Sequence[Record]
) -> tuple[list[Pair], list[Record], list[Record]]:
    """Pairs of rows that are the same row in both versions; the remaining older rows; the remaining newer rows."""
    pairs: list[Pair] = []
    old, new = list(before), list(after)
    for key in (_values, *_KEYS[table.name]):
        found, old, new = _matched(key, old, new)
        pairs += found
    if (text := _TEXTS.get(table.name)) and 0 < len(old) * len(new) <= _MOST_COMPARED:
        found, old, new = _reworded(text, old, new)
        pairs += found
    return pairs, old, new


def _matched(
    key: Callable[[Record], Hashable], old: list[Record], new: list[Record]
) -> tuple[list[Pair], list[Record], list[Record]]:
    waiting: dict[Hashable, list[Record]] = {}
    for record in old:
        waiting.setdefault(key(record), []).append(record)
    pairs, rest = [], []
    for record in new:
        same = waiting.get(key(record))
        if same:
            pairs.append((same.pop(0), record))
        else:
            rest.append(record)
    paired = {id(earlier) for earlier, _ in pairs}
    return pairs, [record for record in old if id(record) not in paired], rest


def _reworded(text: str, old: list[Record], new: list[Record]) -> tuple[list[Pair], list[Record], list[Record]]:
    """Pairs of rows of the same kind or day whose texts are similar, the most similar first.

    Texts with different numbers (“lớp 1”, “lớp 2”) are about different things and are not paired.
    """
    scores = []
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            if _occasion(text, one) == _occasion(text, other):
                score = SequenceMatcher(None, fold(one[text]), fold(other[text]), autojunk=False).ratio()
                scores.append((-score, i, j))
    used_old: set[int] = set()
    used_new: set[int] = set()
    pairs = []
    for score, i, j in sorted(scores):
        if -score >= _ALIKE and i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            pairs.append((old[i], new[j]))
    rest_old = [record for i, record in enumerate(old) if i not in used_old]
    return pairs, rest_old, [record for j, record in enumerate(new) if j not in used_new]


def _occasion(text: str, record: Record) -> tuple[Any, ...]:
    return record.get("kind"), record.get("date"), re.findall(r"\d+", record[text])


def _differing(table: Table, old: Record, new: Record) -> Iterator[tuple[str, str, str]]:
    """Heading, value before and value after for each column that differs; area and bullet count as one column."""
    for column in table.columns:
        if column.kind == "ordinal":
            continue
        was, is_now = _cell(table, column.field, old), _cell(table, column.field, new)
        if was != is_now:
            yield column.heading, was, is_now


def _cell(table: Table, field: str, record: Record) -> str:
    if table is ACTIVITIES and field == "content":
        return str(record["bullet"] or record["content"])
    if table is NOTES and field == "kind":
        return NOTE_KINDS.get(str(record["kind"]), str(record["kind"]))
    value, column = record[field], table.column(field)
    if column.kind == "date" and isinstance(value, str) and value:
        value = date.fromisoformat(value)
    return _shown(value, numeric=column.numeric)


def _shown(value: Any, *, numeric: bool) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return day_short(value)
    if numeric:
        return number(value, _places(str(value)))
    return mask(one_line(str(value)))


def _places(text: str) -> int:
    """Number of decimals as written, so that rounding hides no change."""
    return len(text.partition(".")[2])


def label_of(table: Table, record: Record) -> str:
    """Words that say what a row is about, on one line."""
    if table is ACTIVITIES:
        return f"{_shown(record['date'], numeric=False)} {mask(one_line(record['name']))}".strip()
    if table is VALUES:
        return str(record["target"])
    return f"{NOTE_KINDS.get(record['kind'], record['kind'])}: {mask(one_line(record['text']))}"
