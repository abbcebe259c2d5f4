"""The submitted rows behind a figure, in words: units, files and lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from baocao.measures.refs import ranges
from baocao.months import Month
from baocao.present.words import submitted_plain
from baocao.report import Report
from baocao.text import month_short, number

_REFERENCE = re.compile(r"(?P<unit>[^@\s]+)@(?P<month>\d{4}-\d{2})(?:/(?P<table>\w+))?#(?P<rows>[\d,-]+)")
_FRAMES = {"": "activities", "target_values": "values", "notes": "notes"}
Lines = dict[tuple[str, str, str], dict[int, tuple[str, str, int]]]
"""(record frame, unit, month) → row → file, sheet, line, for the months whose records are available."""


@dataclass(frozen=True)
class Behind:
    """Number of rows and of units, and the rows month by month."""

    count: int
    units: int
    months: tuple[str, ...]

    @property
    def short(self) -> str:
        """``143 dòng của 12 đơn vị``; empty if no row is behind the figure."""
        return f"{number(self.count)} dòng số liệu của {number(self.units)} đơn vị" if self.count else ""


def lines_of(report: Report) -> Lines:
    """The place of each record row, of the report month or the span's months, in the submitted files."""
    found: Lines = {}
    for frame in _FRAMES.values():
        table = getattr(report.records, frame)
        columns = (table[name] for name in ("unit", "month", "row", "file", "sheet", "line"))
        for unit, month, row, file, sheet, line in zip(*columns, strict=True):
            found.setdefault((frame, str(unit), str(month)), {})[int(row)] = (str(file), str(sheet), int(line))
    return found


def behind(rows: str, lines: Lines) -> Behind:
    """The rows that a ledger row refers to (``KDC01@2025-10#1-4,7 …``), newest month first."""
    by_month: dict[str, list[str]] = {}
    count, units = 0, set()
    for match in _REFERENCE.finditer(rows):
        numbers = expanded(match["rows"])
        count += len(numbers)
        units.add(match["unit"])
        words = f"{match['unit']} (dòng {_spaced(match['rows'])})"
        known = lines.get((_FRAMES.get(match["table"] or "", ""), match["unit"], match["month"]), {})
        if known:
            words = f"{match['unit']} ({'; '.join(_places(numbers, known)) or 'dòng ' + _spaced(match['rows'])})"
        by_month.setdefault(match["month"], []).append(words)
    texts = (
        f"Tháng {month_short(Month.parse(one))}: {'; '.join(by_month[one])}." for one in sorted(by_month, reverse=True)
    )
    return Behind(count, len(units), tuple(texts))


def _places(numbers: tuple[int, ...], known: dict[int, tuple[str, str, int]]) -> Iterator[str]:
    files: dict[tuple[str, str], list[int]] = {}
    for row in numbers:
        if row in known:
            file, sheet, line = known[row]
            files.setdefault((file, sheet), []).append(line)
    for (file, sheet), listed in files.items():
        where = submitted_plain(file.rsplit("/", 1)[-1]) + (f", trang {submitted_plain(sheet)}" if sheet else "")
        yield f"tệp {where}, dòng {_spaced(ranges(listed))}"


@lru_cache(maxsize=4096)
def expanded(text: str) -> tuple[int, ...]:
    """The reverse of :func:`baocao.measures.refs.ranges`."""
    parts = (part.split("-") for part in text.split(","))
    return tuple(n for first, *rest in parts for n in range(int(first), int(rest[0] if rest else first) + 1))


def _spaced(rows: str) -> str:
    return rows.replace(",", ", ").replace("-", "–")
