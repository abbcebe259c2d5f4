"""The tables of a book as data: the text of each cell, and its number if there is a ledger row behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from baocao.measures.ledger import Ledger, Row
from baocao.present.traced import row_id
from baocao.text import number

DATA_PREFIX = "data-"
_NUMERAL = re.compile(r"[+\u2212]?((?>[\d.]+(?:,\d+)?))(?!\s/\s)")


@dataclass(frozen=True)
class Cell:
    """A cell: its text, the keys of the ledger rows that it prints, and the key of a row that was subtracted."""

    text: str
    rows: str = ""
    before: str = ""


@dataclass(frozen=True)
class BookTable:
    """A numbered table of a chapter, or the data of one of its figures.

    Attributes
    ----------
    label, number
        ``tbl-…`` or ``data-…``, and the number of the table or the figure, ``2.1``.
    source, chapter
        Path of the chapter's source in the project, and its title.
    right
        For each column, whether it holds figures or days.
    """

    label: str
    number: str
    source: str
    chapter: str
    caption: str
    heads: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def name(self) -> str:
        """Its name in the book: ``Bảng 2.1``, ``Hình 2.1``."""
        return f"{'Hình' if self.label.startswith(DATA_PREFIX) else 'Bảng'} {self.number}"


def figure(cell: Cell, ledger: Ledger) -> Decimal | None:
    """The cell's number: a ledger row's, a difference of two rows, or a number of rows; None if it has only words.

    It may be a row's numerator or denominator alone; a cell that prints both has no single number.
    """
    keys = cell.rows.split()
    if not keys:
        return None
    if len(keys) > 1:
        return Decimal(len(keys))
    if not cell.before:
        return _printed(cell.text, row_of(ledger, keys[0]))
    value, before = (_value(ledger, key) for key in (keys[0], cell.before))
    return None if value is None or before is None else value - before


def _printed(text: str, row: Row | None) -> Decimal | None:
    """The row's number that a text begins with: the one of its numbers that looks the same, else the value."""
    numeral = _NUMERAL.match(text)
    if row is None or numeral is None:
        return None
    figures = [Decimal(one) for one in (row.value, row.numerator, row.denominator) if one]
    alike = (one for one in figures if number(abs(one)) == numeral[1])
    return next(alike, Decimal(row.value) if row.value else None)


def row_of(ledger: Ledger, key: str) -> Row | None:
    """The ledger row with this key (:func:`baocao.present.traced.key`), or None."""
    return ledger.by_id(row_id(key))


def _value(ledger: Ledger, key: str) -> Decimal | None:
    row = row_of(ledger, key) if key else None
    return Decimal(row.value) if row and row.value else None


def file_name(table: BookTable) -> str:
    """The name of the table's CSV file."""
    return f"{table.label}.csv"
