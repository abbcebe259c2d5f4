"""Locating a table in its sheet: which lines are its rows.

Every line below the header with a filled cell counts as a row, except lines of the blank form: those with only an
ordinal number and formulas without a result, and a line that numbers the columns. A line above the header that looks
like data counts as a row, too, and is rejected; titles and help above the header do not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from baocao.intake.contract import Column, Table
from baocao.intake.findings import Finding, Place, found
from baocao.intake.form_lines import is_of_the_form, other_money
from baocao.intake.grid import Grid, Limits
from baocao.intake.header import (
    Header,
    Lines,
    cell,
    column_remarks,
    fatal_findings,
    filled_lines,
    find_header,
    match_columns,
    needed,
    texts,
)
from baocao.intake.lookups import NOTE_KIND
from baocao.intake.values import Fault, Raw, is_blank, looks_legacy, parse_date, parse_number, parse_text
from baocao.text import fold

_DATA_ABOVE = 4
_LINES_NAMED = 8
_TOTAL = re.compile(
    r"(?:tong|cong|tong cong|tong so|cong tong|cong don|luy ke)(?: (?:hoat dong|san pham|chung))? ?[:.]?"
)

_LONGEST_TOTAL = 30
"""Upper limit for the length of a text that the pattern above matches."""
_IN_FULL = re.compile(r"(?:tong cong|tong so|cong tong|cong don|luy ke) ?[:.]?")
"""Words for a total that are never an activity's name, whatever else is in the line."""


@dataclass(frozen=True)
class Located:
    """A table in its sheet.

    Attributes
    ----------
    columns
        Field → column's index, from 0.
    lines
        Indexes of the rows to check, from 0.
    refused
        Number of rows rejected so far; all rows if the table as a whole could not be read.
    findings
        Findings about the sheet, the table as a whole, and the rows counted in ``refused``.
    readable
        Whether the table as a whole could be read.
    """

    table: Table
    grid: Grid
    place: Place
    columns: dict[str, int]
    lines: tuple[int, ...]
    refused: int
    findings: tuple[Finding, ...]
    readable: bool = True

    @property
    def rows_in(self) -> int:
        return len(self.lines) + self.refused


def locate(table: Table, grid: Grid, place: Place, limits: Limits, unused: Collection[str] = ()) -> Located:
    """Find the table in its sheet, and its rows; columns of the fields in ``unused`` may be missing."""
    lines = filled_lines(grid)
    header = find_header(table, grid, lines)
    if header is None:
        return _without_header(table, grid, place, lines)
    rows = [i for i, filled in lines.items() if i > header.row and not is_of_the_form(grid, header, i, filled)]
    above = [i for i in lines if i < header.row and _looks_like_data(table, grid, header, (i, lines[i]))]
    fatal = tuple(fatal_findings(table, header, place, above + rows, limits))
    if not fatal and (said := other_money(table, grid, header, lines)):
        words: dict[str, Any] = {
            "table": table.sheet,
            "rows": len(rows) + len(above),
            "needed": table.column("cost").heading,
        }
        fatal = (found("BANG-DONVITINH", place, cell=said[0], given=said[1], **words),)
    if fatal:
        return Located(table, grid, place, {}, (), len(rows) + len(above), fatal, readable=False)
    strays = {i: found("DONG-TRENTIEUDE", place, cell=str(i + 1), line=i + 1) for i in above}
    width = _width(grid, header, rows)
    for i in rows:
        if finding := _stray(table, grid, place, header, (i, lines[i]), width):
            strays[i] = finding
    hidden = (*_hidden(table, grid, place, rows), *_hidden_columns(table, grid, place, header, rows))
    findings = (*column_remarks(table, header, place, lines, unused), *hidden, *strays.values())
    kept = tuple(i for i in rows if i not in strays)
    return Located(table, grid, place, header.columns | dict(header.shown), kept, len(strays), findings)


def refuse(table: Table, grid: Grid, place: Place) -> Located:
    """Reject the rows of a table in a sheet of another name, or found twice; a table without rows is only named."""
    lines = filled_lines(grid)
    header = find_header(table, grid, lines)
    if header is None:
        rows = list(lines)
    else:
        rows = [i for i, filled in lines.items() if i > header.row and not is_of_the_form(grid, header, i, filled)]
    words: dict[str, Any] = {"given": grid.sheet, "table": table.sheet, "rows": len(rows)}
    finding = found("BANG-TENTRANG" if rows else "BANG-TRANGTHUA", place, cell=_numbers(rows), **words)
    return Located(table, grid, place, {}, (), len(rows), (finding,), readable=False)


def _without_header(table: Table, grid: Grid, place: Place, lines: Lines) -> Located:
    if not lines:
        return Located(table, grid, place, {}, (), 0, ())
    sample = " ".join(parse_text(cell(grid, i, j)) for i in list(lines)[:20] for j in lines[i])
    code = "BANG-PHONG" if looks_legacy(sample) else "BANG-TIEUDE"
    words: dict[str, Any] = {"table": table.sheet, "rows": len(lines), "needed": needed(table)}
    finding = found(code, place, cell=_numbers(lines), **words)
    return Located(table, grid, place, {}, (), len(lines), (finding,), readable=False)


def _looks_like_data(table: Table, grid: Grid, header: Header, line: tuple[int, list[int]]) -> bool:
    """Whether a line above the header has content that titles do not have.

    This is a number or date cell among several cells; or a text that can be read as a number, date or kind of note in
    such a column. If the line has few cells, it must also fill every column that each row must fill, with target codes
    of one word.
    """
    row, filled = line
    many = len(filled) >= _DATA_ABOVE
    if many and any(isinstance(cell(grid, row, at), int | float | date) for at in filled):
        return True
    under = [(column, header.columns.get(column.field, -1)) for column in table.columns]
    if not any(at in filled and _is_typed(column, cell(grid, row, at)) for column, at in under):
        return False
    return many or all(
        at in filled and _may_be_code(column, cell(grid, row, at)) for column, at in under if column.filled
    )


def _is_typed(column: Column, raw: Raw) -> bool:
    if column.kind == "date":
        return not isinstance(parse_date(raw), Fault)
    if column.kind in ("whole", "count", "decimal"):
        return not isinstance(parse_number(raw, column.kind), Fault)
    return column.kind == "note-kind" and not isinstance(NOTE_KIND.find(raw), Fault)


def _may_be_code(column: Column, raw: Raw) -> bool:
    return column.kind != "target" or len(parse_text(raw).split()) == 1


def _hidden(table: Table, grid: Grid, place: Place, rows: list[int]) -> Iterator[Finding]:
    if grid.hidden and rows:
        yield found("BANG-AN", place, table=table.sheet, rows=len(rows))
    if hidden := [row for row in rows if row in grid.remarks.hidden_rows]:
        named = _numbers(hidden[:_LINES_NAMED]) + (", …" if len(hidden) > _LINES_NAMED else "")
        yield found("BANG-DONGAN", place, cell=_numbers(hidden), table=table.sheet, rows=len(hidden), line=named)


def _hidden_columns(table: Table, grid: Grid, place: Place, header: Header, rows: list[int]) -> Iterator[Finding]:
    """One finding for all hidden columns that are read and not empty."""
    read = {header.columns[name]: table.column(name).heading for name in header.columns if name != "ordinal"}
    hidden = [at for at in sorted(read) if at in grid.remarks.hidden_columns]
    if filled := [at for at in hidden if any(not is_blank(cell(grid, row, at)) for row in rows)]:
        cells, given = ", ".join(map(header.cell, filled)), ", ".join(read[at] for at in filled)
        yield found("BANG-COTAN", place, cell=cells, given=given, table=table.sheet)


def _numbers(rows: Iterable[int]) -> str:
    """Line numbers of rows as the office program shows them, in words."""
    return ", ".join(str(row + 1) for row in rows)


def _width(grid: Grid, header: Header, rows: list[int]) -> int:
    """Largest normal number of cells in a line of a CSV: that of the header, or that of most lines if larger."""
    counts = Counter(len(grid.rows[i]) for i in rows)
    usual = max(counts, key=lambda width: (counts[width], width), default=0)
    return max(usual, len(grid.rows[header.row]))


def _stray(
    table: Table, grid: Grid, place: Place, header: Header, line: tuple[int, list[int]], width: int
) -> Finding | None:
    """The finding about a line below the header that is not a row of data; None for a row."""
    row, filled = line
    if not grid.sheet and (len(grid.rows[row]) > width or filled[-1] >= len(grid.rows[header.row])):
        return found("DONG-THUAO", place, cell=str(row + 1), line=row + 1)
    words = texts(grid, row, filled)
    first = words[0][1] if words else parse_text(cell(grid, row, filled[0]))
    code = _stray_code(table, header, words, filled)
    return found(code, place, cell=str(row + 1), line=row + 1, given=first) if code else None


def _stray_code(table: Table, header: Header, words: tuple[tuple[int, str], ...], filled: list[int]) -> str:
    if _is_header_again(table, header, words):
        return "DONG-TIEUDE"
    if _is_total(table, header, words, filled):
        return "DONG-TONG"
    return "DONG-LAC" if _is_lonely(table, header, filled) else ""


def _is_header_again(table: Table, header: Header, words: tuple[tuple[int, str], ...]) -> bool:
    key = header.columns[_filled_fields(table)[0]]
    if not any(index == key and table.match(text) for index, text in words):
        return False
    return len(match_columns(table, words)) >= max(2, len(header.matched) // 2)


def _is_total(table: Table, header: Header, words: tuple[tuple[int, str], ...], filled: list[int]) -> bool:
    key, name = header.columns[_filled_fields(table)[0]], header.columns.get("name")
    free = {header.columns.get(column.field) for column in table.columns if column.kind == "text"}
    free -= {name, header.columns.get("product")}
    if key in filled:
        by_column = dict(words)
        if key not in free and _says_total(by_column.get(key, "")):
            return True
        if name not in by_column or not _IN_FULL.fullmatch(fold(by_column[name])):
            return False
    return any(index not in free and _says_total(text) for index, text in words)


def _says_total(text: str) -> bool:
    return len(text) <= _LONGEST_TOTAL and bool(_TOTAL.fullmatch(fold(text)))


def _is_lonely(table: Table, header: Header, filled: list[int]) -> bool:
    must = _filled_fields(table)
    known = [field for field, index in header.columns.items() if index in filled and field != "ordinal"]
    return not known or (len(known) == 1 and (len(must) > 2 or known[0] not in must))


def _filled_fields(table: Table) -> list[str]:
    return [column.field for column in table.columns if column.filled]
