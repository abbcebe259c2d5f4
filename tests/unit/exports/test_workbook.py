"""The month's tables as one workbook."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from baocao.exports.tables import Cell
from baocao.exports.workbook import sheets, workbook
from baocao.measures.ledger import Ledger

USED = frozenset({"2026-02|*|cost|", "2026-02|*|target_value|target=SM-1"})


@pytest.fixture
def book(report, table):
    return openpyxl.load_workbook(BytesIO(workbook(report, sheets([table], {}), USED)))


def test_figures_are_numbers_and_nothing_is_a_formula(book):
    cells = [[cell.value for cell in row] for row in book["Bảng 1.1"].iter_rows(min_row=3)]
    assert cells == [
        ["Tên", "Kinh phí", "Thay đổi"],
        ["=1+1", 2_500_000, 1_500_000],
        ["@a; “b”", "không nêu", 2],
    ]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_it_lists_its_sheets_the_ledger_rows_in_use_and_a_dictionary(book):
    assert book.sheetnames == ["Mục lục", "Bảng 1.1", "Sổ cái", "Từ điển"]
    ledger = [[cell.value for cell in row] for row in book["Sổ cái"].iter_rows(min_row=4)]
    assert [row[0] for row in ledger] == ["2026-02|*|cost|", "2026-02|*|target_value|target=SM-1"]
    assert ledger[1][5:8] == [63.709677, 79, 124]
    assert "activities" in {row[0].value for row in book["Từ điển"].iter_rows(min_row=4)}


def test_each_sheet_prints_on_a4_as_wide_as_its_columns(book):
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_line_is_as_high_as_its_texts_and_a_head_takes_several_rather_than_a_wide_column(report, table):
    long, heads = "lời văn " * 60, ("Tên", "Lũy kế từ khi thực hiện kế hoạch", "Thay đổi")
    told = replace(table, caption=long, heads=heads, rows=((Cell(long), *table.rows[0][1:]), table.rows[1]))
    book = openpyxl.load_workbook(BytesIO(workbook(report, sheets([told], {}), USED)))
    page = book["Bảng 1.1"]
    assert page.column_dimensions["B"].width < 15
    assert [page.row_dimensions[row].height for row in (3, 4, 5)] == [60.75, 120.75, 15.75]
    assert book["Mục lục"].row_dimensions[4].height == 75.75
    assert book["Sổ cái"].row_dimensions[4].height > 15


def test_words_among_figures_stand_right_and_a_percentage_keeps_its_sign(report, table):
    rate = Cell("63,71% (79 / 124)", "2026-02:*:target_value:target=SM-1")
    told = replace(table, rows=((Cell("a"), Cell("không nêu"), rate),))
    page = openpyxl.load_workbook(BytesIO(workbook(report, sheets([told], {}), USED)))["Bảng 1.1"]
    assert (page["A4"].alignment.horizontal, page["B4"].alignment.horizontal) == (None, "right")
    assert (page["C4"].value, page["C4"].number_format) == (63.709677, '#,##0.######"%"')


def test_more_rows_behind_a_figure_than_a_cell_takes_are_told_and_none_is_cut_in_two(report, table):
    references = [f"KDC{i:04}@2026-02#1-4" for i in range(2_000)]
    rows = tuple(row._replace(rows=" ".join(references)) if row.id in USED else row for row in report.ledger.rows)
    many = replace(report, ledger=Ledger(rows))
    book = openpyxl.load_workbook(BytesIO(workbook(many, sheets([table], {}), USED)))
    *kept, _, _, _, _ = words = book["Sổ cái"]["J4"].value.split(" ")
    assert kept == references[: len(kept)]
    assert len(kept) > 1_000
    assert " ".join(words[len(kept) :]) == "… (đủ trong ledger.csv)"


def test_the_same_month_gives_the_same_bytes(report, table):
    assert workbook(report, sheets([table], {}), USED) == workbook(report, sheets([table], {}), USED)


def test_the_same_table_of_several_units_is_one_sheet_with_the_units_named(table):
    units = {"don-vi-a": "Thôn A", "don-vi-b": "Thôn B"}
    mine = [replace(table, label=f"tbl-{c}-so-lieu", source=f"reports/chuong/{c}.qmd") for c in units]
    (sheet,) = sheets(mine, units)
    assert sheet.heads == ("Đơn vị", *table.heads)
    assert [row[0].text for row in sheet.rows] == ["Thôn A", "Thôn A", "Thôn B", "Thôn B"]


def test_titles_that_excel_would_refuse_are_changed(table):
    alike = [replace(table, number="1/2", label=f"tbl-{i}") for i in range(3)]
    assert [sheet.title for sheet in sheets(alike, {})] == ["Bảng 12", "Bảng 12 2", "Bảng 12 3"]
