"""The submission contract (design, section 3) as data: the tables, their columns, and what each column takes.

Readers use it to find sheets and headings, the row checks to say what is allowed, and the blank workbooks are made from
it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from baocao.text import fold

Kind = Literal[
    "ordinal", "text", "date", "whole", "count", "decimal", "mark", "month", "unit",
    "content", "form", "channel", "funding", "target", "note-kind", "shown",
]  # fmt: skip
"""The kind of value in a column. ``whole``: a whole number; ``count``: a decimal number that is usually whole, so that
a single dot before three digits groups thousands; ``decimal``: any other number, for which such a dot is ambiguous;
``shown``: the result of a formula in the blank workbook, never read."""

_PARENTHESES = re.compile(r"\([^()]*\)")
_LONGEST_HEADING = 120
_NOT_WORD = re.compile(r"[\W_]+")


def heading_key(text: str) -> str:
    """A heading without case, accents, blanks, line breaks and punctuation, for matching."""
    return _NOT_WORD.sub("", fold(text))


def loose_heading_key(text: str) -> str:
    """The same without text in parentheses."""
    return heading_key(_PARENTHESES.sub("", text))


@dataclass(frozen=True)
class Column:
    """A column of a table, or a key of the sheet of keys and values.

    Attributes
    ----------
    field
        The column's name in the records.
    heading
        The column's heading in the sheet.
    required
        Whether the table cannot be read without the column.
    filled
        Whether each row must fill it.
    aliases
        Other accepted headings.
    allowed
        The allowed values, as a sentence for a clerk.
    help
        A line of help for whoever fills in the column.
    """

    field: str
    heading: str
    kind: Kind
    required: bool = False
    filled: bool = False
    aliases: tuple[str, ...] = ()
    allowed: str = ""
    help: str = ""

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(heading_key(text) for text in (self.heading, *self.aliases))

    @property
    def numeric(self) -> bool:
        return self.kind in ("whole", "count", "decimal")

    def resembles(self, heading: str) -> bool:
        """Whether the heading is that of a numeric column with a remark added, such as another unit of measure."""
        return self.numeric and heading_key(heading) not in self.keys and loose_heading_key(heading) in self.keys


@dataclass(frozen=True)
class Table:
    """A sheet of the workbook, or a CSV of its own.

    Attributes
    ----------
    shown
        Columns that the blank workbook fills by formula; they may be missing, and are not part of the records.
    """

    name: str
    sheet: str
    csv_suffix: str
    columns: tuple[Column, ...]
    shown: tuple[Column, ...] = ()

    @property
    def key(self) -> str:
        return heading_key(self.sheet)

    @cached_property
    def _by_field(self) -> dict[str, Column]:
        return {column.field: column for column in (*self.columns, *self.shown)}

    def column(self, field: str) -> Column:
        return self._by_field[field]

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {key: column for column in self.columns for key in column.keys}

    def match_shown(self, heading: str) -> Column | None:
        """The formula column with this heading, or None."""
        return next((column for column in self.shown if heading_key(heading) in column.keys), None)

    def match(self, heading: str) -> Column | None:
        """The column with this heading, or None.

        The heading may have a remark in parentheses, except for a number, where a remark may change the unit of
        measure.
        """
        if len(heading) > _LONGEST_HEADING:
            return None
        column = self._by_key.get(heading_key(heading))
        if column is None and "(" in heading:
            loose = self._by_key.get(loose_heading_key(heading))
            return None if loose is None or loose.numeric else loose
        return column


_WHOLE = "Số nguyên từ {low} trở lên, viết 1234 hoặc 1.234"
_DATE = "Ngày/tháng/năm, ví dụ 05/9/2025"
_COUNT = "Số từ 0 trở lên, viết 1234, 1.234 hoặc 1.234,5"

INFO = Table(
    "info", "Thông tin", "thong-tin",
    (
        Column("unit", "Đơn vị", "unit", aliases=("Mã đơn vị",), allowed="Mã đơn vị, trùng với tên tệp",
               help="Đã ghi sẵn, không sửa"),
        Column("unit_name", "Tên đơn vị", "text", allowed="Tên đơn vị", help="Đã ghi sẵn, không sửa"),
        Column("month", "Kỳ báo cáo", "month", aliases=("Tháng báo cáo", "Kỳ"),
               allowed="Tháng/năm, ví dụ 09/2025, trùng với tháng của thư mục", help="Đã ghi sẵn, không sửa"),
        Column("nil", "Không phát sinh hoạt động", "mark", aliases=("Không phát sinh",),
               allowed="“x” nếu trong kỳ không có hoạt động, để trống nếu có",
               help="Ghi “x” nếu trong kỳ không có hoạt động nào; có hoạt động thì để trống"),
        Column("reporter", "Người lập", "text", aliases=("Người lập biểu", "Người báo cáo"), allowed="Họ và tên",
               help="Họ và tên người lập báo cáo"),
    ),
)  # fmt: skip

ACTIVITIES = Table(
    "activities", "Hoạt động", "hoat-dong",
    (
        Column("ordinal", "STT", "ordinal", aliases=("TT", "Số thứ tự", "Số TT"), allowed="Số thứ tự",
               help="Số thứ tự"),
        Column("date", "Ngày", "date", True, True, ("Ngày thực hiện", "Ngày tháng"), _DATE,
               "Ngày thực hiện, trong kỳ"),
        Column("content", "Nội dung", "content", True, True, ("Mã nội dung", "Nội dung tuyên truyền"),
               "Mã nội dung của kế hoạch hoặc mã một ý của nội dung", "Chọn nội dung, hoặc ý của nội dung"),
        Column("form", "Hình thức", "form", True, True, ("Mã hình thức", "Hình thức tuyên truyền"),
               "Mã hình thức của kế hoạch", "Chọn trong danh sách"),
        Column("channel", "Kênh", "channel", False, False, ("Mã kênh", "Kênh truyền thông", "Kênh tuyên truyền"),
               "Mã hoặc tên kênh trong danh mục", "Chọn kênh đi với hình thức"),
        Column("name", "Tên hoạt động", "text", True, True, ("Hoạt động",), "Tên hoạt động",
               "Tên ngắn gọn, mỗi hoạt động một dòng"),
        Column("product", "Sản phẩm", "text", False, False, ("Loại sản phẩm",), "Loại sản phẩm",
               "Chọn, hoặc ghi loại khác"),
        Column("quantity", "Số lượng", "whole", True, True, ("Số lượng (sản phẩm)", "SL"), _WHOLE.format(low=1),
               "Từ 1 trở lên"),
        Column("attendees", "Người tham dự", "whole", False, False,
               ("Số người tham dự", "Người tham dự (người)", "Số người tham dự (người)"),
               _WHOLE.format(low=0) + ", hoặc để trống", "Số người, để trống nếu không thống kê"),
        Column("reach", "Lượt tiếp cận", "whole", False, False, ("Số lượt tiếp cận", "Lượt tiếp cận (lượt)"),
               _WHOLE.format(low=0) + ", hoặc để trống", "Số lượt, để trống nếu không thống kê"),
        Column("cost", "Kinh phí (đồng)", "whole", False, False, ("Kinh phí", "Kinh phí (VNĐ)", "Kinh phí (VND)"),
               _WHOLE.format(low=0) + " (đồng), hoặc để trống", "Số đồng, để trống nếu không có"),
        Column("funding", "Nguồn kinh phí", "funding", False, False, ("Nguồn",), "Tên nguồn kinh phí trong danh mục",
               "Chọn khi có kinh phí"),
        Column("evidence", "Minh chứng", "text", False, False, ("Link minh chứng", "Đường dẫn minh chứng"),
               "Đường dẫn hoặc tên tài liệu", "Đường dẫn, tên tệp hoặc số văn bản"),
        Column("note", "Ghi chú", "text", False, False, (), "Chữ", "Nếu cần nói thêm"),
    ),
)  # fmt: skip

VALUES = Table(
    "values", "Chỉ tiêu", "chi-tieu",
    (
        Column("ordinal", "STT", "ordinal", aliases=("TT", "Số thứ tự", "Số TT"), allowed="Số thứ tự",
               help="Số thứ tự"),
        Column("target", "Mã chỉ tiêu", "target", True, True, ("Chỉ tiêu", "Mã"), "Mã chỉ tiêu trong danh mục",
               "Chọn chỉ tiêu của đơn vị"),
        Column("numerator", "Tử số", "count", True, False, (), _COUNT, "Số đạt được, xem Cách tính"),
        Column("denominator", "Mẫu số", "count", True, False, (), "Số lớn hơn 0, viết 1234, 1.234 hoặc 1.234,5",
               "Tổng số, xem Cách tính"),
        Column("value", "Giá trị", "decimal", True, False, (), "Số, viết 1234 hoặc 1234,5",
               "Chỉ ghi khi không có tử số, mẫu số"),
        Column("as_of", "Ngày chốt", "date", False, False, ("Ngày chốt số liệu",), _DATE, "Số liệu tính đến ngày"),
        Column("source", "Nguồn số liệu", "text", False, False, ("Nguồn",), "Cơ quan, tài liệu",
               "Ai cung cấp số liệu"),
        Column("note", "Ghi chú", "text", False, False, (), "Chữ", "Nếu cần nói thêm"),
    ),
    (
        Column("rate", "Tỷ lệ (tự tính)", "shown", allowed="Công thức của tệp mẫu, không gõ",
               help="Không gõ vào cột này"),
        Column("meaning", "Cách tính (tự hiện)", "shown", allowed="Công thức của tệp mẫu, không gõ",
               help="Tử số, mẫu số của chỉ tiêu đã chọn"),
    ),
)  # fmt: skip

NOTES = Table(
    "notes", "Khó khăn, kiến nghị", "kho-khan",
    (
        Column("ordinal", "STT", "ordinal", aliases=("TT", "Số thứ tự", "Số TT"), allowed="Số thứ tự",
               help="Số thứ tự"),
        Column("kind", "Loại", "note-kind", True, True, (), "Khó khăn, Kiến nghị hoặc Phương hướng",
               "Chọn trong danh sách"),
        Column("text", "Nội dung", "text", True, True, (), "Chữ", "Mỗi ý một dòng"),
    ),
)  # fmt: skip

TABLES = (ACTIVITIES, VALUES, NOTES)
"""The tables of rows, in the order in which they are read and listed."""

ALL_TABLES = (INFO, *TABLES)

LIST_SHEET = "Danh mục"
"""The sheet of a blank workbook with the choices of its drop-downs; it is never read."""

FINDINGS_SHEET = "Phát hiện"
"""The sheet with the list of findings in a workbook that was sent back to its unit; it is never read."""

NOTE_KINDS = {"difficulty": "Khó khăn", "proposal": "Kiến nghị", "plan": "Phương hướng"}
"""Code of a note's kind → what a reporter writes."""
NOTE_KIND_ALIASES = {
    "difficulty": ("Khó khăn, vướng mắc", "Vướng mắc", "Tồn tại"),
    "proposal": ("Đề xuất", "Kiến nghị, đề xuất", "Đề xuất, kiến nghị"),
    "plan": ("Phương hướng, nhiệm vụ", "Nhiệm vụ", "Phương hướng nhiệm vụ"),
}


def table_of_sheet(name: str) -> Table | None:
    """The table whose sheet has this name, ignoring case, accents, blanks and punctuation."""
    return next((table for table in ALL_TABLES if table.key == heading_key(name)), None)


def is_of_ours(name: str) -> bool:
    """Whether this is the name of a sheet without a table in workbooks of our own."""
    return heading_key(name) in map(heading_key, (LIST_SHEET, FINDINGS_SHEET))


def table_of_suffix(suffix: str) -> Table | None:
    """The table that a part of a CSV's name stands for (``hoat-dong``); None if it stands for none."""
    return next((table for table in ALL_TABLES if table.csv_suffix == suffix.casefold()), None)
