"""A unit's blank workbook for a month as bytes; equal ``params/`` give equal bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import xlsxwriter

from baocao.intake.contract import INFO, LIST_SHEET, TABLES
from baocao.template.info import write_info
from baocao.template.lists import write_lists
from baocao.template.offer import Offer
from baocao.template.styles import styles
from baocao.template.tables import write_table
from baocao.text import month_long
from baocao.workbooks import OPTIONS


def blank_workbook(offer: Offer) -> bytes:
    """The workbook for a unit to fill in: a sheet of keys and values, one for each table, and one of lists."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    made = datetime(offer.month.year, offer.month.number, 1)  # not the clock, so that the bytes are the same each time
    book.set_properties({"title": f"Báo cáo {month_long(offer.month)}: {offer.unit.name}", "author": offer.site,
                         "created": made})  # fmt: skip
    looks = styles(book, frozenset(column.kind for table in TABLES for column in table.columns))
    sheets = {name: book.add_worksheet(name) for name in (INFO.sheet, *(table.sheet for table in TABLES), LIST_SHEET)}
    write_info(sheets[INFO.sheet], offer, looks)
    for table in TABLES:
        write_table(sheets[table.sheet], table, offer, looks)
    write_lists(book, sheets[LIST_SHEET], offer, looks)
    book.close()
    return stream.getvalue()
