"""The ledger: every figure that a book prints is one of its rows.

Columns (design, section 4)
---------------------------
id
    ``period|unit|measure|dimensions``: unique, and stable from run to run.
period
    A report month ``2025-10``; a quarter ``2025-Q4``, half-year ``2026-H1`` or year ``2026``; or a span of report
    months ``2025-01..2025-10``.
unit
    A unit's code, or ``*`` for all units together (the site).
measure
    One of :data:`MEASURES`.
dimensions
    ``key=code`` pairs joined by ``;`` in the order of their keys; empty for a total.
value
    A decimal text (``12``, ``63.709677``), empty if the figure is not known (which is not zero).
numerator, denominator
    Decimal texts behind a ratio, else empty.
as_of
    ISO day of a target's value, else empty.
rows
    The record rows behind the figure, as ``UNIT@MONTH#1-4,7`` joined by blanks; empty if there are none.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from io import StringIO
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

SITE = "*"

MEASURES = {
    # name: (Vietnamese definition, unit of measure)
    "activities": ("Số hoạt động (số dòng hợp lệ của bảng Hoạt động)", "hoạt động"),
    "quantity": ("Tổng số lượng sản phẩm", "sản phẩm"),
    "attendees": ("Tổng số người tham dự, tính trên các dòng có ghi", "lượt người"),
    "attendees_stated": ("Số hoạt động có ghi số người tham dự", "hoạt động"),
    "reach": ("Tổng lượt tiếp cận, tính trên các dòng có ghi", "lượt"),
    "reach_stated": ("Số hoạt động có ghi lượt tiếp cận", "hoạt động"),
    "cost": ("Tổng kinh phí, tính trên các dòng có ghi", "đồng"),
    "cost_stated": ("Số hoạt động có ghi kinh phí", "hoạt động"),
    "notes": ("Số khó khăn, kiến nghị, phương hướng đã nêu", "ý kiến"),
    "target_values": ("Số giá trị chỉ tiêu đã báo cáo", "giá trị"),
    "reports": ("Số báo cáo theo tình trạng nộp", "báo cáo"),
    "timeliness": ("Số báo cáo theo thời hạn nộp", "báo cáo"),
    "finality": ("Số báo cáo theo mức chốt của số liệu", "báo cáo"),
    "versions": ("Số lần gửi báo cáo", "lần gửi"),
    "resubmitted": ("Số báo cáo gửi nhiều hơn một lần", "báo cáo"),
    "version_rows": ("Số dòng của một lần gửi, và số dòng, số ô khác với lần gửi trước", "dòng"),
    "owed_areas": ("Số nội dung đơn vị được giao chủ trì", "nội dung"),
    "owed_targets": ("Số chỉ tiêu đơn vị phải báo giá trị", "chỉ tiêu"),
    "owed_targets_reported": ("Số chỉ tiêu phải báo đã có giá trị trong tháng", "chỉ tiêu"),
    "report_rate": ("Tỷ lệ báo cáo đã nộp (kể cả không phát sinh) trên số phải nộp", "%"),
    "on_time_rate": ("Tỷ lệ báo cáo đúng hạn trên số phải nộp, không kể báo cáo chưa ghi ngày nhận", "%"),
    "lead_activities": ("Số hoạt động của đơn vị chủ trì ở nội dung được giao chủ trì", "hoạt động"),
    "lead_gaps": ("Số lượt đơn vị chủ trì đã nộp báo cáo mà không có hoạt động ở nội dung được giao", "lượt"),
    "areas_covered": ("Số nội dung có ít nhất một hoạt động", "nội dung"),
    "target_value": ("Giá trị mới nhất của chỉ tiêu", ""),
    "target_level": ("Giá trị chỉ tiêu như đơn vị báo cáo, khi chưa tính được giá trị so với mục tiêu", ""),
    "target_required": (
        "Mức cần đạt của chỉ tiêu trên đường thẳng từ giá trị gốc đến năm đích, khi đã nhập giá trị gốc",
        "",
    ),
    "target_change": ("Thay đổi của chỉ tiêu so với kỳ trước", ""),
    "target_status": ("Đánh giá chỉ tiêu", ""),
    "targets_by_status": ("Số chỉ tiêu theo kết quả đánh giá", "chỉ tiêu"),
    "months": ("Số tháng của kỳ theo tình trạng số liệu: đã khóa, tạm tính, chưa có báo cáo, trước kế hoạch", "tháng"),
    "rows_in": ("Số dòng nhận được", "dòng"),
    "rows_accepted": ("Số dòng được tính", "dòng"),
    "rows_rejected": ("Số dòng bị trả lại", "dòng"),
    "findings": ("Số phát hiện khi kiểm tra số liệu", "phát hiện"),
}


class Row(NamedTuple):
    """One figure; the module's docstring describes the fields."""

    period: str
    unit: str
    measure: str
    dimensions: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    as_of: str = ""
    rows: str = ""

    @property
    def id(self) -> str:
        return "|".join(self[:4])


COLUMNS = ("id", *Row._fields)


def dims(**codes: str) -> str:
    """The text of the ``dimensions`` column."""
    return ";".join(f"{key}={codes[key]}" for key in sorted(codes))


def undims(text: str) -> dict[str, str]:
    """The reverse of :func:`dims`."""
    return dict(part.split("=", 1) for part in text.split(";")) if text else {}


class Ledger:
    """An ordered set of ledger rows, with access to single figures and to series."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._by_id = {row.id: row for row in self.rows}
        if len(self._by_id) != len(self.rows):
            counts = Counter(row.id for row in self.rows)
            raise ValueError(f"two ledger rows with one id: {counts.most_common(1)[0][0]}")

    def __len__(self) -> int:
        return len(self.rows)

    def __getstate__(self) -> tuple[list[str], list[tuple[str, ...]]]:
        # By column, which takes half the time of rows. What can be found again is left out.
        return list(self._by_id), list(zip(*self.rows, strict=True))

    def __setstate__(self, state: tuple[list[str], list[tuple[str, ...]]]) -> None:
        ids, columns = state
        self.rows = tuple(map(Row._make, zip(*columns, strict=True)))
        self._by_id = dict(zip(ids, self.rows, strict=True))

    def row(self, period: str, measure: str, unit: str = SITE, **codes: str) -> Row | None:
        """The row of a figure, or None."""
        return self._by_id.get("|".join((period, unit, measure, dims(**codes))))

    def by_id(self, row_id: str) -> Row | None:
        """The row with this id, or None."""
        return self._by_id.get(row_id)

    def value(self, period: str, measure: str, unit: str = SITE, **codes: str) -> Decimal | None:
        """The figure; None if it is not known, zero only if the ledger says zero."""
        row = self.row(period, measure, unit, **codes)
        return Decimal(row.value) if row and row.value else None

    def select(
        self,
        measure: str,
        *,
        period: str | None = None,
        unit: str | None = None,
        by: Iterable[str] = (),
        where: Mapping[str, str] | None = None,
    ) -> tuple[Row, ...]:
        """Rows of a measure, in order, with exactly the dimensions ``by`` and ``where``, and the codes of ``where``."""
        wanted = dict(where or {})
        keys = sorted({*by, *wanted})
        found = []
        for row in self.of(measure):
            if (period is None or row.period == period) and (unit is None or row.unit == unit):
                codes = undims(row.dimensions)
                if sorted(codes) == keys and all(codes[k] == v for k, v in wanted.items()):
                    found.append(row)
        return tuple(found)

    def of(self, measure: str, unit: str | None = None) -> tuple[Row, ...]:
        """All rows of a measure, or one unit's rows of it."""
        return tuple(self._by_measure.get(measure, ()) if unit is None else self._by_unit.get((unit, measure), ()))

    def only(self, units: Iterable[str]) -> Ledger:
        """A ledger with only the rows of these units."""
        kept = set(units)
        return Ledger(row for row in self.rows if row.unit in kept)

    @cached_property
    def _by_measure(self) -> dict[str, list[Row]]:
        index: dict[str, list[Row]] = {}
        for row in self.rows:
            index.setdefault(row.measure, []).append(row)
        return index

    @cached_property
    def _by_unit(self) -> dict[tuple[str, str], list[Row]]:
        index: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows:
            index.setdefault((row.unit, row.measure), []).append(row)
        return index

    def frame(self) -> pd.DataFrame:
        """All rows as a frame with the text columns :data:`COLUMNS`."""
        return pd.DataFrame([(row.id, *row) for row in self.rows], columns=list(COLUMNS), dtype="str")

    def to_csv(self) -> str:
        """The ledger as CSV text (comma, ``\\n``); equal rows give equal text."""
        return self._csv

    @cached_property
    def _csv(self) -> str:
        text = StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((row.id, *row) for row in self.rows)
        return text.getvalue()

    @classmethod
    def from_csv(cls, text: str) -> Ledger:
        """The reverse of :meth:`to_csv`; the columns may be in any order, as after saving with an office program.

        Raises
        ------
        ValueError
            If a column or a row's value is missing, or two rows have one id.
        """
        head, *lines = [line for line in csv.reader(StringIO(text, newline="")) if line] or [[]]
        if missing := sorted(set(COLUMNS) - set(head)):
            raise ValueError(f"no column {', '.join(missing)}")
        if any(len(line) != len(head) for line in lines):
            raise ValueError("a row with too few or too many values")
        places = itemgetter(*map(head.index, Row._fields))
        return cls(Row(*places(line)) for line in lines)
