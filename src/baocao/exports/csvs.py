"""A table as CSV for Excel: UTF-8 with a byte order mark, semicolons, decimal comma, no thousands dots.

Submissions may have the same form (design, section 3). Every cell is in quotes, because LibreOffice by default splits
lines at commas as well. A text that a spreadsheet would take for a formula is preceded by an apostrophe, which is how
Excel itself marks text.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO

from baocao.exports.tables import BookTable, Cell, figure
from baocao.measures.ledger import Ledger

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def table_csv(table: BookTable, ledger: Ledger) -> bytes:
    """The file of one table."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([inert(head) for head in table.heads])
    writer.writerows([_cell(cell, ledger) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Cell, ledger: Ledger) -> str:
    value = figure(cell, ledger)
    return inert(cell.text) if value is None else decimal_comma(value)


def decimal_comma(value: Decimal) -> str:
    """``1234,5``: the form that spreadsheets with Vietnamese settings read as a number."""
    return f"{value:f}".replace(".", ",")


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_ACTIVE) else text
