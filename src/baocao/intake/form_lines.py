"""Lines that are part of the form and not data: numbered but blank lines, a line that numbers the columns."""

from __future__ import annotations

import re

from baocao.intake.contract import Table
from baocao.intake.grid import Grid, reference
from baocao.intake.header import Header, Lines, cell, texts
from baocao.intake.values import Raw
from baocao.text import fold, one_line

_NUMBERED = re.compile(r"\(?([0-9]{1,2})\)?\.?")
_ORDINAL = re.compile(r"\(?(?:[0-9]+(?:\.[0-9]+)*|[IVXLCivxlc]{1,5}|[^\W\d_])\)?[.)]?")
_MONEY = re.compile(
    r"(?:don vi(?: tinh)?|dvt|tinh bang)\W*(?:la )?"
    r"(?:1[., ]?000|(?:1[., ]?000 )?(?:nghin|ngan|tram|trieu|ty)) ?(?:dong|vnd|d)\b"
)


def is_of_the_form(grid: Grid, header: Header, row: int, filled: list[int]) -> bool:
    """Whether a line below the header is not a row: only an ordinal number and formulas, or numbers of columns."""
    return _is_blank(grid, header, row, filled) or (row == header.row + 1 and _numbers_columns(grid, row, filled))


def _is_blank(grid: Grid, header: Header, row: int, filled: list[int]) -> bool:
    """Whether only the ordinal is filled in; a formula without a result counts as blank, a value typed over it not."""
    ordinal, formulas = header.columns.get("ordinal"), set(header.shown.values())
    return all(
        (j == ordinal and _is_ordinal(cell(grid, row, j))) or (j in formulas and (row, j) in grid.remarks.faults)
        for j in filled
    )


def _is_ordinal(raw: Raw) -> bool:
    return not isinstance(raw, str) or bool(_ORDINAL.fullmatch(one_line(raw)))


def _numbers_columns(grid: Grid, row: int, filled: list[int]) -> bool:
    """Whether the cells are 1, 2, 3 … without a gap, which no row of data is."""
    numbers = [_number(cell(grid, row, j)) for j in filled]
    return len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1))


def _number(raw: Raw) -> int | None:
    if isinstance(raw, int | float):
        return int(raw) if raw == int(raw) else None
    match = _NUMBERED.fullmatch(raw.strip()) if isinstance(raw, str) else None
    return int(match[1]) if match else None


def other_money(table: Table, grid: Grid, header: Header, lines: Lines) -> tuple[str, str] | None:
    """Address and text of a cell above the header that states amounts in thousands or millions, or None."""
    if not any(column.kind == "whole" and "(" in column.heading for column in table.columns):
        return None
    said = (
        (reference(row, at), text) for row in lines if row < header.row for at, text in texts(grid, row, lines[row])
    )
    return next(((cell, text) for cell, text in said if _MONEY.search(fold(text))), None)
