"""Blank workbooks filled in as reporters do: by the headings, with choices from the drop-downs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from baocao.config.models import Config
from baocao.months import Month
from baocao.template.offer import offer_of
from baocao.template.workbook import blank_workbook

HEADING_ROW = 4
Line = Mapping[str, object]


def blank(config: Config, code: str, month: Month) -> bytes:
    """The blank workbook of a unit."""
    unit = next(unit for unit in config.units.units if unit.code == code)
    return blank_workbook(offer_of(config, unit, month))


def headings(sheet: Worksheet) -> dict[str, int]:
    """Heading → its column's number."""
    return {str(cell.value): cell.column for cell in sheet[HEADING_ROW] if cell.value}


def offered(book: openpyxl.Workbook, name: str) -> list[str]:
    """The choices of a drop-down, by the defined name of its list."""
    ((sheet, cells),) = book.defined_names[name].destinations
    block = book[sheet][cells.replace("$", "")]
    return [str(row[0].value) for row in (block if isinstance(block, tuple) else ((block,),))]


def fill(data: bytes, tables: Mapping[str, Iterable[Line]], info: Mapping[str, str] | None = None) -> bytes:
    """The workbook with lines filled into its tables and values for its keys."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell in book["Thông tin"]["A"]:
        if cell.value in (info or {}):
            book["Thông tin"].cell(cell.row, 2).value = (info or {})[cell.value]
    for name, lines in tables.items():
        sheet = book[name]
        at = headings(sheet)
        for row, line in enumerate(lines, start=HEADING_ROW + 1):
            for heading, value in line.items():
                sheet.cell(row, at[heading]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sound_lines(data: bytes, first: date, last: date) -> dict[str, list[Line]]:
    """Lines without findings, with values that file formats store differently: line breaks, delimiters, quotes, large
    and zero figures, an apostrophe, the first and last day of the period."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    contents, forms, channels, products, funding, kinds = (
        offered(book, f"DS_{name}") for name in ("NOI_DUNG", "HINH_THUC", "KENH", "SAN_PHAM", "NGUON", "LOAI")
    )
    common = {"Hình thức": forms[0], "Kênh": channels[0], "Sản phẩm": products[0], "Minh chứng": "anh 01.jpg"}
    activities: list[Line] = [
        common | {"Ngày": first, "Nội dung": contents[0], "Tên hoạt động": "Tin; “mới”, số 1", "Số lượng": 1,
                  "Lượt tiếp cận": 1234, "Kinh phí (đồng)": 12_500_000, "Nguồn kinh phí": funding[-1]},
        common | {"Ngày": last, "Nội dung": contents[1], "Tên hoạt động": "Tin 'hai'\ndòng\" nữa", "Số lượng": 1234,
                  "Lượt tiếp cận": 0, "Kinh phí (đồng)": 0, "Ghi chú": "12/2025"},
    ]  # fmt: skip
    targets = offered(book, "DS_CHI_TIEU") if "DS_CHI_TIEU" in book.defined_names else []
    values: list[Line] = [
        {"Mã chỉ tiêu": targets[0], "Tử số": 1234.5, "Mẫu số": 4310, "Ngày chốt": last, "Nguồn số liệu": "Sở, ban"},
    ] if targets else []  # fmt: skip
    notes: list[Line] = [{"Loại": kinds[i % len(kinds)], "Nội dung": f"Ý {i}; và, “thêm”"} for i in range(4)]
    return {"Hoạt động": activities, "Chỉ tiêu": values, "Khó khăn, kiến nghị": notes}
