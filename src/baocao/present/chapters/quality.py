"""Data quality: the conservation law of rows, and every finding by file, sheet and cell."""

from __future__ import annotations

from typing import Any

from baocao.intake.findings import named_cells
from baocao.measures.ledger import SITE
from baocao.present import spans
from baocao.present.blocks import Column, Prose, Table
from baocao.present.common import Place, month_name, unit_name
from baocao.present.figures import shown, value, whole
from baocao.present.words import RECORD_TABLES, SEVERITIES, submitted
from baocao.report import Report
from baocao.text import markdown

NOTEBOOK = "quality"
_COUNTS = ("rows_in", "rows_accepted", "rows_rejected")
_NO_FILES = "Chưa nhận được tệp nào."


def summary(report: Report) -> Prose:
    """Rows in, accepted, rejected."""
    if not whole(report, "rows_in") and not whole(report, "findings"):
        return Prose(f"Trong {month_name(report)} chưa nhận được dòng số liệu nào.")
    balance = (
        f"Trong {month_name(report)} nhận được {shown(report, 'rows_in')} dòng số liệu: "
        f"{shown(report, 'rows_accepted')} dòng được tính, {shown(report, 'rows_rejected')} dòng bị trả lại."
    )
    found = (
        f"Khi kiểm tra có {shown(report, 'findings', severity='error')} lỗi và "
        f"{shown(report, 'findings', severity='warning')} cảnh báo."
    )
    rule = "Số dòng nhận được luôn bằng số dòng được tính cộng số dòng bị trả lại; không dòng nào bị bỏ mà không nêu."
    return Prose(f"{balance} {found} {rule}")


def rows_table(report: Report) -> Table | Prose:
    """Rows by unit and table."""
    columns = [
        Column("Đơn vị", 30),
        Column("Bảng", 24),
        Column("Nhận được", 10, right=True),
        Column("Được tính", 10, right=True),
        Column("Bị trả lại", 10, right=True),
    ]
    rows = [row for unit in _units(report) for row in _unit_rows(report, unit)]
    if rows:
        rows.append(("**Tất cả đơn vị**", "", *(shown(report, name) for name in _COUNTS)))
    caption = f"Số dòng nhận được, được tính và bị trả lại, {month_name(report)}."
    empty = "Không có dòng số liệu nào đọc được từ các tệp đã nhận." if len(report.records.submissions) else _NO_FILES
    return Place(report, NOTEBOOK).table("so-dong", caption, columns, rows, empty)


def _units(report: Report) -> list[str]:
    """Units with counted rows, those that owe a report first."""
    sent = {row.unit for row in report.ledger.of("rows_in")} - {SITE}
    order = [unit.code for unit in report.units]
    return [code for code in order if code in sent] + sorted(sent.difference(order))


def _unit_rows(report: Report, unit: str) -> list[tuple[str, ...]]:
    name = markdown(unit_name(report, unit))
    return [
        (name, words, *(shown(report, measure, unit, table=table) for measure in _COUNTS))
        for table, words in RECORD_TABLES.items()
        if value(report, "rows_in", unit, table=table) is not None
    ]


def findings(report: Report) -> Table | Prose:
    """All findings of the month."""
    sent = report.records.submissions  # not files, whose hashes change with each correction
    empty = "Không có phát hiện nào khi kiểm tra các tệp của kỳ." if len(sent) else _NO_FILES
    return findings_of(Place(report, NOTEBOOK), SITE, empty)


def findings_of(place: Place, unit: str, empty: str) -> Table | Prose:
    """Findings of a unit or of all, in the order of the files."""
    found = place.report.records.findings
    mine = found if unit == SITE else found[found["unit"] == unit]
    columns = (
        Column("Tệp", 20),
        Column("Trang", 12),
        Column("Ô", 6),
        Column("Mức", 9),
        Column("Phát hiện", 36),
        Column("Được phép", 26),
        Column("Việc cần làm", 26),
    )
    caption = (
        f"Phát hiện khi kiểm tra số liệu, {month_name(place.report)}. Lỗi: dòng bị trả lại; cảnh báo: dòng vẫn tính."
    )
    return place.table("phat-hien", caption, columns, [_finding(row) for row in mine.to_dict("records")], empty)


def _finding(row: dict[Any, Any]) -> tuple[str, ...]:
    texts = (row[name] for name in ("message", "allowed", "action"))
    severity = SEVERITIES.get(row["severity"], str(row["severity"]))
    cells = {**row, "cell": named_cells(row["cell"])}
    places = (submitted(cells[name]) for name in ("file", "sheet", "cell"))
    return *places, severity, *(submitted(text) for text in texts)


def months(report: Report) -> Prose:
    """For a quarter, half-year or year: rows in, accepted and rejected, month by month."""
    names = ("Nhận được", "Được tính", "Bị trả lại")
    lines = [spans.Line(name, measure) for name, measure in zip(names, _COUNTS, strict=True)]
    table = spans.by_month(Place(report, NOTEBOOK), "so-dong-theo-thang", "Số dòng số liệu", "Dòng", lines)
    return spans.section("Số dòng theo từng tháng", table)
