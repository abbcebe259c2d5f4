"""Settings of all sheets of a blank workbook: A4, margins, page numbers, protection."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

_A4 = 9
_MAY = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}


def print_on_a4(sheet: Worksheet, *, portrait: bool, repeat: tuple[int, int] | None = None) -> None:
    """Print as wide as A4 and on as many pages as needed; ``repeat``: first and last line to repeat on each page."""
    sheet.set_paper(_A4)
    (sheet.set_portrait if portrait else sheet.set_landscape)()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&L&9&A&R&9Trang &P/&N", {"margin": 0.3})
    sheet.hide_gridlines(2)
    if repeat:
        sheet.repeat_rows(*repeat)


def protect(sheet: Worksheet) -> None:
    """Allow changes only in cells to fill in. There is no password: this prevents mistakes, it hides nothing."""
    sheet.protect("", _MAY)
