"""Finding a table's header row and columns, below titles and blank lines, in any order of columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from baocao.intake.contract import TABLES, Column, Table
from baocao.intake.findings import Finding, Place, found
from baocao.intake.grid import UNREADABLE, Grid, Limits, letters, reference
from baocao.intake.values import Raw, is_blank
from baocao.text import one_line

_WITHIN_LINES = 60

Lines = Mapping[int, list[int]]
"""Index of each line that is not blank → indexes of its filled cells, in order."""


@dataclass(frozen=True)
class Header:
    """A header row; ``headings`` are pairs of column index and text, ``matched`` maps fields to column indexes.

    ``shown`` maps the fields that the blank workbook fills by formula to their column indexes.
    """

    row: int
    headings: tuple[tuple[int, str], ...]
    matched: Mapping[str, Sequence[int]]
    shown: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def columns(self) -> dict[str, int]:
        """Field → index of its column."""
        return {name: indexes[0] for name, indexes in self.matched.items()}

    def cell(self, column: int) -> str:
        """The address of a column's heading."""
        return reference(self.row, column)


def cell(grid: Grid, row: int, column: int) -> Raw:
    """A cell's value; blank beyond the end of the line."""
    line = grid.rows[row]
    return line[column] if column < len(line) else ""


def filled_lines(grid: Grid) -> Lines:
    """The lines that are not blank; a formula without a result counts as filled."""
    filled = {i: [j for j, raw in enumerate(row) if not is_blank(raw)] for i, row in enumerate(grid.rows)}
    for (row, column), (code, _) in grid.remarks.faults.items():
        if code in UNREADABLE and row < len(grid.rows) and column not in filled[row]:
            filled[row] = sorted([*filled[row], column])
    return {i: columns for i, columns in filled.items() if columns}


def texts(grid: Grid, row: int, filled: list[int]) -> tuple[tuple[int, str], ...]:
    """The text cells of a line."""
    pairs = ((column, cell(grid, row, column)) for column in filled)
    return tuple((column, one_line(raw)) for column, raw in pairs if isinstance(raw, str))


def match_columns(table: Table, headings: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
    """Field → indexes of the columns with its heading."""
    columns: dict[str, list[int]] = {}
    for index, text in headings:
        if column := table.match(text):
            columns.setdefault(column.field, []).append(index)
    return columns


def find_header(table: Table, grid: Grid, lines: Lines) -> Header | None:
    """The line that matches most of the table's headings, the first if equal; None if no line matches well."""
    best: Header | None = None
    enough = max(2, (len(table.columns) - 1) // 2)
    for row in [i for i in lines if i < _WITHIN_LINES]:
        headings = texts(grid, row, lines[row])
        matched = match_columns(table, headings)
        best = _better(table, best, Header(row, headings, matched), enough)
        if both := _over_two_lines(table, grid, lines, row):
            best = _better(table, best, both, enough)
    return best and replace(best, shown=_match_shown(table, best.headings))


def _match_shown(table: Table, headings: Sequence[tuple[int, str]]) -> dict[str, int]:
    pairs = ((index, table.match_shown(text)) for index, text in headings)
    return {column.field: index for index, column in pairs if column}


def _better(table: Table, best: Header | None, other: Header, enough: int) -> Header | None:
    return other if _fits(table, other, enough) and (best is None or len(other.matched) > len(best.matched)) else best


def _fits(table: Table, header: Header, enough: int) -> bool:
    """Whether this is the table's header: it has many of the headings, or all the required ones."""
    found = header.matched.keys() - {"ordinal"}
    return len(found) >= enough or found >= {column.field for column in table.columns if column.required}


def _over_two_lines(table: Table, grid: Grid, lines: Lines, row: int) -> Header | None:
    """The header formed by a line and the one below it: a column's lower text counts, else the upper (merged cells).

    None if the lower line contains anything but text, for then it is data.
    """
    below = texts(grid, row + 1, lines.get(row + 1, []))
    if not below or len(below) < len(lines[row + 1]):
        return None
    headings = tuple(sorted((dict(texts(grid, row, lines[row])) | dict(below)).items()))
    return Header(row + 1, headings, match_columns(table, headings))


def holds_table(grid: Grid) -> Table | None:
    """The table whose header is in this sheet, whatever the sheet's name."""
    lines = filled_lines(grid)
    return next((table for table in TABLES if find_header(table, grid, lines) is not None), None)


def needed(table: Table) -> str:
    """The headings without which a table cannot be read."""
    return ", ".join(column.heading for column in table.columns if column.required)


def fatal_findings(
    table: Table, header: Header, place: Place, rows: Sequence[int], limits: Limits
) -> Iterator[Finding]:
    """Findings because of which no row of the table can be read; ``rows`` are the indexes of the rows."""
    words: dict[str, Any] = {"table": table.sheet, "rows": len(rows), "needed": needed(table), "limit": limits.rows}
    line = str(header.row + 1)
    for column in table.columns:
        if column.field in header.matched:
            if len(header.matched[column.field]) > 1:
                cells = ", ".join(header.cell(index) for index in header.matched[column.field])
                yield found("BANG-COTTRUNG", place, cell=cells, given=column.heading, **words)
        elif other := _in_another_unit(column, header):
            index, said = other
            words_here = {**words, "needed": column.heading}
            yield found("BANG-DONVITINH", place, cell=header.cell(index), given=said, **words_here)
        elif column.required:
            yield found("BANG-THIEUCOT", place, cell=line, given=column.heading, **words)
    if len(rows) > limits.rows:
        yield found("BANG-QUADONG", place, cell=str(rows[limits.rows] + 1), **words)


def _in_another_unit(column: Column, header: Header) -> tuple[int, str] | None:
    return next(((index, text) for index, text in header.headings if column.resembles(text)), None)


def column_remarks(
    table: Table, header: Header, place: Place, lines: Lines, unused: Collection[str] = ()
) -> Iterator[Finding]:
    """Findings about optional columns that are missing and columns that the contract does not know.

    Columns of the fields in ``unused`` are not missed: the plan has no use for them, so the blank workbook lacks them.
    """
    for column in table.columns:
        if column.field not in {*header.matched, *unused} and column.kind != "ordinal":
            yield found("BANG-COTVANG", place, cell=str(header.row + 1), table=table.sheet, given=column.heading)
    known, named = {*header.columns.values(), *header.shown.values()}, dict(header.headings)
    below = {index for row, filled in lines.items() if row > header.row for index in filled}
    for index in sorted((below | set(named)) - known):
        given = named.get(index) or f"{letters(index)} (không có tiêu đề)"
        yield found("BANG-COTTHUA", place, cell=header.cell(index), given=given)
