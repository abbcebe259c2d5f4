"""The sheets to fill in: headings with help lines, drop-downs, bounds, and marks for missing values."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from baocao.intake.contract import ACTIVITIES, NOTES, VALUES, Column, Table
from baocao.intake.grid import letters
from baocao.template import formulas
from baocao.template.offer import Offer
from baocao.template.page import print_on_a4, protect
from baocao.template.rules import rule
from baocao.template.styles import Styles
from baocao.text import capital, month_long, period_long

HELP_ROW, HEADING_ROW, FIRST_ROW = 2, 3, 4
ROWS = 2000
"""Number of lines that have validation rules."""
_LINED = 15
_WIDTHS = {
    "ordinal": 5, "date": 11, "content": 30, "form": 19, "channel": 19, "name": 28, "product": 13, "quantity": 8,
    "attendees": 9, "reach": 9, "cost": 12, "funding": 10, "evidence": 17, "note": 13, "target": 34, "numerator": 11,
    "denominator": 11, "value": 11, "rate": 10, "as_of": 11, "source": 18, "meaning": 38, "kind": 18, "text": 78,
}  # fmt: skip


def columns_of(table: Table, offer: Offer | None = None) -> tuple[Column, ...]:
    """A sheet's columns from left to right: the line number first, a rate after its figures.

    Columns without any choice in ``offer`` are left out, such as the source of funding if the plan names none.
    """
    left_out = {"funding"} if offer and not offer.funding else set()
    columns = [column for column in table.columns if column.field not in left_out]
    for shown in table.shown:
        behind = [column.field for column in columns].index("value") if shown.field == "rate" else len(columns) - 1
        columns.insert(behind + 1, shown)
    return tuple(columns)


def letter(table: Table, field: str) -> str:
    """The letter of a column."""
    return letters([column.field for column in columns_of(table)].index(field))


def write_table(sheet: Worksheet, table: Table, offer: Offer, styles: Styles) -> None:
    """Fill the sheet of one table; without anything owed by the unit it has no cells to fill in."""
    columns = columns_of(table, offer)
    closed = table is VALUES and not offer.targets
    lined = max(_LINED if table is ACTIVITIES else 10, 3 * len(offer.targets) if table is VALUES else 0)
    sheet.write_string(0, 0, f"{table.sheet} {month_long(offer.month)}: {offer.unit.name}", styles.title)
    sheet.write_string(1, 0, _legend(table, offer), styles.note)
    sheet.set_row(0, 22)
    sheet.set_row(HELP_ROW, 38 if table is not NOTES else 16)
    sheet.set_row(HEADING_ROW, 32 if table is not NOTES else 20)
    for index, column in enumerate(columns):
        _write_column(sheet, index, column, 0 if closed else lined, styles)
        if not closed and (found := rule(column, offer)):
            sheet.data_validation(FIRST_ROW, index, FIRST_ROW + ROWS - 1, index, found)
    if not closed:
        _write_formulas(sheet, table, lined, styles)
        _mark(sheet, columns, styles)
    sheet.freeze_panes(FIRST_ROW, 2 if table is not NOTES else 0)
    print_on_a4(sheet, portrait=table is NOTES, repeat=(HELP_ROW, HEADING_ROW))
    protect(sheet)


def _legend(table: Table, offer: Offer) -> str:
    if table is VALUES and not offer.targets:
        return "Đơn vị không có chỉ tiêu phải báo cáo; để trống trang này."
    tail = "Cột có tiêu đề nền đậm bắt buộc điền; ô nền vàng còn thiếu."
    return f"{capital(period_long(offer.period))}. {tail}" if table is ACTIVITIES else tail


def _write_column(sheet: Worksheet, index: int, column: Column, lined: int, styles: Styles) -> None:
    """Write a column's width, help and heading, and its first lines with borders, numbered in the first column."""
    shown = column.kind == "shown" or not lined
    sheet.set_column(index, index, _WIDTHS[column.field], styles.plain if shown else styles.inputs[column.kind])
    for row in range(2):
        if index:
            sheet.write_blank(row, index, None, styles.plain)
    sheet.write_string(HELP_ROW, index, column.help, styles.help)
    sheet.write_string(HEADING_ROW, index, column.heading, styles.required if column.filled else styles.heading)
    for row in range(FIRST_ROW, FIRST_ROW + lined):
        if column.kind == "ordinal":
            sheet.write_number(row, index, row - FIRST_ROW + 1, styles.lined[column.kind])
        elif not shown:
            sheet.write_blank(row, index, None, styles.lined[column.kind])


def _write_formulas(sheet: Worksheet, table: Table, lined: int, styles: Styles) -> None:
    at = {column.field: index for index, column in enumerate(columns_of(table))}
    for row in range(FIRST_ROW, FIRST_ROW + lined) if table.shown else ():
        cells = {field: f"${letters(index)}{row + 1}" for field, index in at.items()}
        sheet.write_formula(row, at["rate"], formulas.rate(cells), styles.rate, "")
        sheet.write_formula(row, at["meaning"], formulas.meaning(cells), styles.shown, "")


def _mark(sheet: Worksheet, columns: tuple[Column, ...], styles: Styles) -> None:
    """Mark missing cells of begun lines in yellow; draw borders around used lines beyond the first ones."""
    entered = [index for index, column in enumerate(columns) if column.kind not in ("ordinal", "shown")]
    line = f"${letters(entered[0])}{FIRST_ROW + 1}:${letters(entered[-1])}{FIRST_ROW + 1}"
    begun = f'SUMPRODUCT(--({line}<>""))>0'  # a formula with an empty result does not count
    for index, column in enumerate(columns):
        if column.filled:
            lacking = f'=AND({letters(index)}{FIRST_ROW + 1}="",{begun})'
            _conditional(sheet, index, index, lacking, styles.missing)
    _conditional(sheet, 0, len(columns) - 1, f"={begun}", styles.lines)


def _conditional(sheet: Worksheet, first: int, last: int, formula: str, look: Format) -> None:
    options = {"type": "formula", "criteria": formula, "format": look}
    sheet.conditional_format(FIRST_ROW, first, FIRST_ROW + ROWS - 1, last, options)
