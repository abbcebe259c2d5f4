"""Tables about receipt: what each unit owes, how well it keeps deadlines, its versions and their changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from baocao.config.models import Unit
from baocao.config.owed import owed_areas, owed_targets
from baocao.intake.contract import ACTIVITIES, TABLES
from baocao.measures.ledger import SITE
from baocao.months import Month
from baocao.present.blocks import Column, Prose, Table, bullets
from baocao.present.common import Place, left_name, left_units, month_name
from baocao.present.due import moment
from baocao.present.figures import NOTHING, shown, value, whole
from baocao.present.reminders import reminders
from baocao.present.targets_text import reported_row
from baocao.present.traced import traced
from baocao.present.words import FINALITIES, STATES, listed, setting, submitted, verbatim
from baocao.report import Report
from baocao.text import markdown, month_short

MOST_CHANGES = 200
"""Most changes in a chapter's table; the month's data has all of them."""
KINDS = {"added": "thêm dòng", "changed": "sửa", "gone": "mất dòng"}
_SHEETS = {table.name: table.sheet for table in TABLES}
_FUNDING = ACTIVITIES.column("funding").heading


_TARGETS = (
    Column("Chỉ tiêu phải báo", 10, right=True),
    Column("Đã báo", 8, right=True),
    Column("Chỉ tiêu còn thiếu", 26),
)
"""Further columns if the plan has targets."""


def owed_table(place: Place) -> Table | Prose:
    """What each unit owes for the month, and how much of it was reported."""
    report = place.report
    columns = [
        Column("Đơn vị", 26),
        Column("Nội dung chủ trì: số hoạt động", 30),
        *(_TARGETS if report.config.targets.targets else ()),
        Column("Ý kiến đã nêu", 8, right=True),
    ]
    rows = [_owed_row(report, unit) for unit in report.units]
    caption = f"Phần phải báo cáo của từng đơn vị và phần đã có, {month_name(report)}."
    return place.table("phai-bao", caption, columns, rows, "Kỳ này không đơn vị nào phải báo cáo.")


def _owed_row(report: Report, unit: Unit) -> tuple[str, ...]:
    areas, targets = owed_areas(report.config, unit, report.month), owed_targets(report.config, unit)
    lacking = [markdown(target.code) for target in targets if reported_row(report, target, unit.code) is None]
    reported = value(report, "activities", unit.code) is not None
    counts = [
        f"{markdown(area.code)}: {shown(report, 'lead_activities', unit.code, content=area.code)}" for area in areas
    ]
    if not reported:
        counts = [markdown(area.code) for area in areas] + (["chưa có báo cáo"] if areas else [])
    owed = (
        shown(report, "owed_targets", unit.code) if targets else NOTHING,
        shown(report, "owed_targets_reported", unit.code) if targets else NOTHING,
        ", ".join(lacking) or NOTHING,
    )
    return (
        markdown(unit.name),
        "; ".join(counts) or NOTHING,
        *(owed if report.config.targets.targets else ()),
        shown(report, "notes", unit.code) if reported else NOTHING,
    )


def rates_table(place: Place) -> Table | Prose:
    """How well each unit has kept its deadlines since the plan's start."""
    report = place.report
    columns = [
        Column("Đơn vị", 30),
        Column("Phải nộp", 10, right=True),
        Column("Đã nộp", 10, right=True),
        Column("Tỷ lệ nộp", 12, right=True),
        Column("Biết ngày nhận hoặc chưa nộp", 12, right=True),
        Column("Đúng hạn", 10, right=True),
        Column("Tỷ lệ đúng hạn", 12, right=True),
    ]
    rows = [(markdown(unit.name), *_rates(report, unit.code)) for unit in report.units]
    if rows:
        rows += [(left_name(unit), *_rates(report, unit.code)) for unit in left_units(report)]
        rows.append(("**Tất cả đơn vị**", *_rates(report, SITE)))
    caption = f"Tỷ lệ nộp báo cáo và tỷ lệ đúng hạn của từng đơn vị, {_since(report)}."
    return place.table("ty-le", caption, columns, rows, "Kỳ này không đơn vị nào phải báo cáo.")


def _since(report: Report) -> str:
    first, dots, _ = report.since_start.partition("..")
    first_month = Month.parse(first) if dots else report.month.first
    last = f"tháng {month_short(report.month.last)}"
    return f"từ tháng {month_short(first_month)} đến {last}" if first_month < report.month.last else last


def _rates(report: Report, unit: str) -> tuple[str, ...]:
    cells: list[str] = []
    for measure in ("report_rate", "on_time_rate"):
        row = report.ledger.row(report.since_start, measure, unit)
        rate = shown(report, measure, unit, report.since_start)
        pair = (row.denominator, row.numerator) if row else ("", "")
        cells += [
            *(traced(text, row.id) if row and text else NOTHING for text in pair),
            f"{rate}%" if row and row.value else NOTHING,
        ]
    return tuple(cells)


def versions_table(place: Place, units: tuple[Unit, ...]) -> Table | Prose:
    """The versions of units that sent more than one: time of receipt, content, changes."""
    report = place.report
    if not isinstance(report.month, Month):
        return Prose("Các lần gửi của một báo cáo và từng giá trị thay đổi ở trong sách của tháng đó.")
    columns = [
        *([] if place.unit else [Column("Đơn vị", 24)]),
        Column("Lần gửi", 7, right=True),
        Column("Nhận lúc", 14),
        Column("Tình trạng", 14),
        Column("Dòng tính", 8, right=True),
        Column("Trả lại", 8, right=True),
        Column("Thêm dòng", 8, right=True),
        Column("Sửa dòng", 8, right=True),
        Column("Sửa ô", 8, right=True),
        Column("Mất dòng", 8, right=True),
    ]
    codes = {unit.code: unit for unit in units if whole(report, "versions", unit.code) > 1}
    frame = report.records.versions
    mine = [row for row in frame.to_dict("records") if row["unit"] in codes]
    rows = [_version_row(report, codes[row["unit"]], row)[1 if place.unit else 0 :] for row in mine]
    whose = "đơn vị" if place.unit else "những đơn vị gửi lại báo cáo"
    caption = f"Các lần gửi của {whose}, {month_name(report)}; lần mới nhất được tính."
    caption += "" if place.unit else " Từng giá trị thay đổi có ở chương của đơn vị."
    empty = "Đơn vị không gửi lại báo cáo." if place.unit else "Không có báo cáo nào được gửi lại trong kỳ."
    return place.table("lan-gui", caption, columns, rows, empty)


def _version_row(report: Report, unit: Unit, row: dict[Any, Any]) -> tuple[str, ...]:
    version = str(row["version"])
    when = moment(report.config, report.month, str(row["received_at"])) if row["received_at"] else NOTHING
    return (
        markdown(unit.name),
        verbatim(version),
        when,
        STATES[str(row["state"])],
        *_version_counts(report, unit, version),
    )


def _version_counts(report: Report, unit: Unit, version: str) -> Iterator[str]:
    for kind in ("accepted", "rejected", "added", "changed", "cells", "gone"):
        there = value(report, "version_rows", unit.code, kind=kind, version=version) is not None
        yield shown(report, "version_rows", unit.code, kind=kind, version=version) if there else NOTHING


def changes_table(place: Place, unit: Unit) -> Table | Prose:
    """What changed in a unit's report from version to version, value by value, in the unit's words."""
    report = place.report
    if not isinstance(report.month, Month):
        return Prose("")  # the versions, of which the months' books tell, are named above
    columns = [
        Column("Lần gửi", 7, right=True),
        Column("Bảng", 12),
        Column("Dòng", 6, right=True),
        Column("Về", 30),
        Column("Thay đổi", 14),
        Column("Trước", 18),
        Column("Sau", 18),
    ]
    frame = report.records.changes
    mine = frame[frame["unit"] == unit.code]
    sources = {source.code: source.name for source in report.config.plan.funding}
    rows = [_change_row(row, sources) for row in mine.head(MOST_CHANGES).to_dict("records")]
    more = (
        f" In {setting(MOST_CHANGES)} thay đổi đầu; đủ trong tệp changes.csv của tháng."
        if len(mine) > MOST_CHANGES
        else ""
    )
    caption = f"Thay đổi giữa các lần gửi của đơn vị, {month_name(report)}.{more}"
    # If there is only one version, the text above says so.
    empty = "Không có thay đổi giữa các lần gửi." if whole(report, "versions", unit.code) > 1 else ""
    return place.table("thay-doi", caption, columns, rows, empty)


def _change_row(row: dict[Any, Any], sources: Mapping[str, str]) -> tuple[str, ...]:
    """A row for one change; funding sources are shown by name, as units write them, not by code."""
    what = f"{KINDS[row['kind']]}: {row['column']}" if row["column"] else KINDS[row["kind"]]
    names = sources if row["column"] == _FUNDING else {}
    values = (names.get(row[key], row[key]) for key in ("before", "after"))
    before, after = (submitted(one) if row["column"] else NOTHING for one in values)
    return (
        verbatim(row["version"]),
        _SHEETS[row["table"]],
        verbatim(row["line"]),
        submitted(row["label"]),
        markdown(what),
        before,
        after,
    )


def reminder_list(report: Report) -> Prose:
    """The month's reminder letters, each as a quote; for a span, only a remark where to find them."""
    if not isinstance(report.month, Month):
        return Prose("Lời nhắc được soạn trong sách của từng tháng.")
    letters = reminders(report.config, report.ledger, report.month)
    if not letters:
        return Prose("Không phải nhắc đơn vị nào.")
    head = "Lời nhắc soạn sẵn cho từng đơn vị còn thiếu; chép nguyên văn để gửi."
    return Prose("\n\n".join([head, *(_letter(letter.unit, letter.why, letter.text) for letter in letters)]))


def _letter(unit: Unit, why: str, text: str) -> str:
    lines = text.split("\n")
    items = [markdown(line[2:]) for line in lines if line.startswith("- ")]
    before = [markdown(line) for line in lines if not line.startswith("- ")]
    body = [*before[:-1], *([bullets(items)] if items else []), before[-1]]
    quoted = "\n>\n".join("\n".join(f"> {line}" for line in part.split("\n")) for part in body)
    return f"**{markdown(unit.name)}** ({markdown(why)})\n\n{quoted}"


def revision_sentences(report: Report) -> Iterator[str]:
    """Sentences on how final the month's figures are, and on how many reports were sent again."""
    counts = [
        f"{shown(report, 'finality', state=code)} {words}"
        for code, words in FINALITIES.items()
        if whole(report, "finality", state=code)
    ]
    if any(whole(report, "finality", state=code) for code in FINALITIES if code != "undated"):
        yield f"Về mức chốt của số liệu: {listed(counts)}."
    if whole(report, "resubmitted"):
        counted = "đơn vị" if isinstance(report.month, Month) else "lượt báo cáo"
        yield f"Gửi lại báo cáo: {shown(report, 'resubmitted')} {counted}."
