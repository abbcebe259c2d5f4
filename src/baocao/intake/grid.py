"""The common result of all readers: sheets of cells, with remarks on what the values alone do not show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from baocao.intake.values import Raw

MAX_COLUMNS = 16_384
"""Largest number of columns in a sheet of any office program."""
MERGED, UNSAVED_FORMULA, FORMULA_ERROR = "O-GOP", "O-CONGTHUC", "O-LOI"
UNSAVED_VALUE = "O-KHONGLUU"
UNREADABLE = frozenset((UNSAVED_FORMULA, FORMULA_ERROR, UNSAVED_VALUE))
"""Faults of cells that show something but have no stored value."""


class RefusedError(Exception):
    """A whole file is refused; ``code`` is that of the finding, ``texts`` fill its placeholders.

    If one sheet is the reason, ``sheet`` names it, and ``cell`` among the texts is the cell in it.
    """

    def __init__(self, code: str, sheet: str = "", **texts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.sheet = sheet
        self.texts = texts


@dataclass(frozen=True)
class Remarks:
    """What a sheet's source contains besides values; rows and columns count from 0.

    Attributes
    ----------
    hidden_rows
        Rows that the office program does not show, hidden by hand or by a filter.
    hidden_columns
        Columns that it does not show.
    signs
        Cell → the sign shown with its number: ``%``, or a foreign currency.
    texts
        Cell → the text that it shows, if the reader library gives something else.
    faults
        Cell without a usable value → why: finding code, and what the cell shows.
    linked
        Whether the workbook takes values from other files.
    """

    hidden_rows: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    linked: bool = False
    hidden_columns: frozenset[int] = frozenset()
    signs: Mapping[tuple[int, int], str] = field(default_factory=dict)
    texts: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """A sheet: ``rows[0][0]`` is the cell A1, blank cells are empty texts, rows may be of unequal length.

    Attributes
    ----------
    sheet
        The sheet's name; empty for a CSV.
    hidden
        Whether the office program hides the sheet.
    """

    sheet: str
    rows: list[list[Raw]]
    hidden: bool = False
    remarks: Remarks = Remarks()


@dataclass(frozen=True)
class Limits:
    """How large a file may be; larger ones are refused.

    Attributes
    ----------
    file_mb
        Size on disk in MiB.
    rows
        Data rows in a table; a few more lines are allowed for titles.
    """

    file_mb: int = 20
    rows: int = 50_000
    cells: int = 3_000_000
    inflated: int = 100 * 1024 * 1024
    ratio: int = 150

    @property
    def lines(self) -> int:
        return self.rows + 200


def letters(column: int) -> str:
    """A column's letters: 0 → ``A``, 26 → ``AA``."""
    text = ""
    while column >= 0:
        text = chr(ord("A") + column % 26) + text
        column = column // 26 - 1
    return text


def reference(row: int, column: int) -> str:
    """A cell's address as office programs show it: (6, 5) → ``F7``."""
    return f"{letters(column)}{row + 1}"


def hidden_columns(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The columns of spans (first, last), counted from 0; each once, however often a file lists it."""
    found: list[int] = []
    for first, last in sorted(spans):
        found.extend(range(max(first, found[-1] + 1 if found else 0), min(last + 1, MAX_COLUMNS)))
    return frozenset(found)


def column_number(name: str) -> int:
    """The reverse of :func:`letters`."""
    number = 0
    for char in name:
        number = number * 26 + ord(char) - ord("A") + 1
    return number - 1
