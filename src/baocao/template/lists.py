"""The sheet of lists: the choices of the drop-downs with the plan's words, and the figures of each target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from baocao.intake.contract import LIST_SHEET
from baocao.template.names import NAMES, TARGET_TABLE
from baocao.template.offer import Offer
from baocao.template.page import print_on_a4, protect
from baocao.template.styles import Styles
from baocao.workbooks import height

_WIDTHS = (62, 40, 40, 26, 26)

Lines = Sequence[Sequence[str]]


def write_lists(book: Workbook, sheet: Worksheet, offer: Offer, styles: Styles) -> None:
    """Fill the sheet and define names for its lists; an empty list gets no name."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width, styles.plain)
    sheet.write_string(0, 0, f"{LIST_SHEET}: những gì chọn được ở các ô có danh sách", styles.title)
    sheet.set_row(0, 22)
    row = 2
    for name, headings, lines in _sections(offer):
        if lines:
            _write_section(sheet, row, headings, lines, styles)
            _define(book, name, row + 1, len(lines), 0)
            if name == NAMES["target"]:
                _define(book, TARGET_TABLE, row + 1, len(lines), len(_WIDTHS) - 1)
            row += len(lines) + 2
    print_on_a4(sheet, portrait=False)
    protect(sheet)


def _sections(offer: Offer) -> list[tuple[str, tuple[str, ...], Lines]]:
    """Name, headings and lines of each list. The headings must not be those of a table to fill in."""
    targets = [(t.label, t.numerator, t.denominator, t.needed, t.rate) for t in offer.targets]
    heads = ("Chỉ tiêu đơn vị phải báo cáo", "Tử số là", "Mẫu số là", "Cần ghi", "Tỷ lệ tự tính bằng")
    return [
        (NAMES["content"], ("Nội dung chọn được", "Nguyên văn kế hoạch"), offer.contents),
        (NAMES["form"], ("Hình thức chọn được", "Nguyên văn kế hoạch"), offer.forms),
        (NAMES["channel"], ("Kênh chọn được",), _single(offer.channels)),
        (NAMES["product"], ("Sản phẩm gợi ý (ghi loại khác cũng được)",), _single(offer.products)),
        (NAMES["funding"], ("Nguồn kinh phí chọn được",), _single(offer.funding)),
        (NAMES["target"], heads, targets),
        (NAMES["note-kind"], ("Loại ý kiến chọn được",), _single(offer.note_kinds)),
    ]


def _single(items: Sequence[str]) -> Lines:
    return [(item,) for item in items]


def _write_section(sheet: Worksheet, top: int, headings: Sequence[str], lines: Lines, styles: Styles) -> None:
    for column, heading in enumerate(headings):
        _write(sheet, top, column, heading, len(headings), styles.heading)
    for row, line in enumerate(lines, start=top + 1):
        for column, text in enumerate(line):
            _write(sheet, row, column, text, len(line), styles.given)
        _fit(sheet, row, line)


def _write(sheet: Worksheet, row: int, column: int, text: str, columns: int, style: Any) -> None:
    """Write a cell; a second cell of two takes the rest of the sheet's width."""
    if columns == 2 and column == 1:
        sheet.merge_range(row, 1, row, len(_WIDTHS) - 1, "", style)
    sheet.write_string(row, column, text, style)


def _fit(sheet: Worksheet, row: int, line: Sequence[str]) -> None:
    """Set a height in which the texts are fully visible; programs do not compute it for merged cells."""
    widths = _WIDTHS if len(line) != 2 else (_WIDTHS[0], sum(_WIDTHS[1:]))
    sheet.set_row(row, height(line, [1.12 * width for width in widths]))  # the font's letters are narrower than average


def _define(book: Workbook, name: str, first: int, count: int, last_column: int) -> None:
    quoted = f"'{LIST_SHEET}'!$A${first + 1}:${chr(ord('A') + last_column)}${first + count}"
    book.define_name(name, f"={quoted}")
