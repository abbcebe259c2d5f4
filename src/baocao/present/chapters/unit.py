"""One unit: its report, its activities, what it leads, its targets, its words, and what was wrong with its files.

Only the unit's own ledger rows are used, so that its chapter stays as it is when other units' figures change.
"""

from __future__ import annotations

from baocao.config.units import leads_of
from baocao.months import Month
from baocao.present import receipts, spans
from baocao.present.blocks import Column, Prose, Table
from baocao.present.chapters import notes as notes_chapter
from baocao.present.chapters.quality import findings_of
from baocao.present.chapters.submissions import state_of, time_of
from baocao.present.common import Place, area_name, month_name, of_the_plan
from baocao.present.due import moment
from baocao.present.figures import NOTHING, change, periods, shown, value, whole
from baocao.present.labels import unit_of
from baocao.present.targets_text import behind, counted_traced, measured, note_alone, reported_row
from baocao.present.traced import traced
from baocao.present.unit_activities import COLUMNS, STATED, activity_row, in_order
from baocao.present.words import NOTE_KINDS, STATES, TIMELINESS, ZERO, bound, listed, verbatim
from baocao.report import Report
from baocao.text import NO_DATA, capital, markdown, within

NOTEBOOK = "unit"
_STATE_TEXTS = {
    "missing": f"Đơn vị **chưa nộp** báo cáo. Chưa có báo cáo thì chưa biết số liệu, không có nghĩa là bằng {ZERO}.",
    "refused": "Báo cáo của đơn vị **bị trả lại** vì tệp không dùng được, nên chưa có số liệu của đơn vị.",
    "nil": "Đơn vị đã báo cáo **không phát sinh** hoạt động trong kỳ.",
}


_FIGURES = {
    "activities": "Hoạt động",
    "quantity": "Sản phẩm",
    "attendees": "Người tham dự (lượt người)",
    "reach": "Lượt tiếp cận",
    "cost": "Kinh phí (đồng)",
    "notes": "Khó khăn, kiến nghị, phương hướng",
    "target_values": "Giá trị chỉ tiêu đã báo cáo",
}


def _place(report: Report) -> Place:
    return Place(report, NOTEBOOK, unit_of(report))


def summary(report: Report) -> Prose:
    """The unit's state and main figures."""
    unit = unit_of(report)
    kind = report.config.units.kinds.get(unit.kind, unit.kind)
    about = f"mã {verbatim(unit.code)}; loại đơn vị: {markdown(within(kind))}"
    head = f"{verbatim(capital(unit.name))} ({about}), {month_name(report)}."
    if not isinstance(report.month, Month):
        return Prose(f"{head} {spans.unit_sentence(report, unit.code)} {_work_sentence(report, 'filed')}".strip())
    state = state_of(report, unit.code)
    text = _STATE_TEXTS.get(state) or f"Đơn vị **{STATES[state]}** báo cáo."
    return Prose(" ".join(filter(None, [head, text, _time_sentence(report), _work_sentence(report, state)])))


def _time_sentence(report: Report) -> str:
    unit = unit_of(report)
    time = time_of(report, unit.code)
    if not time:
        return ""
    received = _received(report, unit.code) if time != "undated" else ""
    when = f" (nhận lúc {moment(report.config, report.month, received)})" if received else ""
    return f"Thời hạn: {TIMELINESS[time]}{when}."


def _received(report: Report, unit: str) -> str:
    """Time of receipt of the version that decides timeliness: the first that can be read, else the newest."""
    versions, newest = report.records.versions, report.records.submissions
    readable = versions[(versions["unit"] == unit) & (versions["state"] != "refused")]
    times = readable if len(readable) else newest[newest["unit"] == unit]
    return next((str(at) for at in times["received_at"] if at), "")


def _work_sentence(report: Report, state: str) -> str:
    code = unit_of(report).code
    if state != "filed" or value(report, "activities", code) is None:
        return ""
    parts = [f"{shown(report, 'activities', code)} hoạt động ({change(report, 'activities', code)})"]
    for measure, words in (("attendees", "lượt người tham dự"), ("reach", "lượt tiếp cận"), ("cost", "đồng kinh phí")):
        if value(report, f"{measure}_stated", code):
            parts.append(f"{shown(report, measure, code)} {words}")
    return f"Kết quả: {'; '.join(parts)}."


def figures_table(report: Report) -> Table | Prose:
    """The unit's figures of the month and of the spans."""
    code = unit_of(report).code
    spans = periods(report)
    columns = [Column("Chỉ số", 24), *(Column(name, 14, right=True) for _, name in spans)]
    rows = [
        (name, *(shown(report, measure, code, period) for period, _ in spans))
        for measure, name in of_the_plan(report, _FIGURES, code).items()
    ]
    return _place(report).table("so-lieu", f"Số liệu của đơn vị, {month_name(report)}.", columns, rows)


def contents_table(report: Report) -> Table | Prose:
    """The unit's activities by area, with the areas that it leads marked."""
    unit = unit_of(report)
    if value(report, "activities", unit.code) is None:
        return Prose("Chưa có số liệu của đơn vị trong kỳ.")
    leads = {a.code for a in report.config.plan.areas if unit in leads_of(report.config, a, report.month)}
    columns = [
        Column("Nội dung", 40),
        Column("Vai trò", 12),
        *(Column(f"Hoạt động: {within(name)}", 14, right=True) for _, name in periods(report)),
    ]
    areas = [
        area
        for area in report.config.plan.areas
        if area.code in leads or whole(report, "activities", unit.code, report.since_start, content=area.code)
    ]
    rows = [
        (
            markdown(area_name(area)),
            "chủ trì" if area.code in leads else NOTHING,
            *(shown(report, "activities", unit.code, period, content=area.code) for period, _ in periods(report)),
        )
        for area in areas
    ]
    caption = f"Hoạt động của đơn vị theo nội dung đã có hoạt động hoặc được giao chủ trì, {month_name(report)}."
    empty = "Từ khi thực hiện kế hoạch, đơn vị chưa có hoạt động nào được báo cáo."
    return _place(report).table("noi-dung", caption, columns, rows, empty)


def duties(report: Report) -> Prose:
    """The areas that the unit leads, and whether it reported activity on them."""
    unit = unit_of(report)
    areas = [a for a in report.config.plan.areas if unit in leads_of(report.config, a, report.month)]
    if not areas:
        return Prose("Đơn vị không được giao chủ trì nội dung nào.")
    text = f"Đơn vị được giao chủ trì: {listed([f'“{verbatim(area_name(area))}”' for area in areas])}."
    counts = {area: value(report, "lead_activities", unit.code, content=area.code) for area in areas}
    if any(count is None for count in counts.values()):
        return Prose(f"{text} Chưa có báo cáo nên chưa biết kết quả.")
    none = [f"“{verbatim(area_name(area))}”" for area, count in counts.items() if count == 0]
    if not none:
        return Prose(f"{text} {'Nội dung nào cũng' if len(areas) > 1 else 'Nội dung này'} có hoạt động trong kỳ.")
    return Prose(f"{text} **Không có hoạt động** ở: {listed(none)}.")


def activities_table(report: Report) -> Table | Prose:
    """The unit's activities in its own words, by day."""
    unit = unit_of(report)
    stated = of_the_plan(report, STATED, unit.code)
    rows = [activity_row(report, row, stated) for row in in_order(report.records.activities, unit.code)]
    columns = (*COLUMNS, *stated.values())
    caption = (
        f"Hoạt động của đơn vị, {month_name(report)}, theo ngày. Mã hình thức: xem chương về hình thức và kênh. "
        "Ô “không nêu”: đơn vị để trống."
    )
    return _place(report).table("hoat-dong", caption, columns, rows, _no_activities(report))


def _no_activities(report: Report) -> str:
    state = state_of(report, unit_of(report).code)
    return "Không có hoạt động trong kỳ." if state in {"nil", "filed"} else "Chưa có số liệu của đơn vị trong kỳ."


def targets_table(report: Report) -> Table | Prose:
    """Targets that the unit owes or reported."""
    unit = unit_of(report)
    columns = [
        Column("Mã", 8),
        Column("Chỉ tiêu", 32),
        Column("Mức phải đạt", 18),
        Column("Đơn vị báo", 14, right=True),
        Column("Tử số / mẫu số", 14, right=True),
        Column("Nguồn đơn vị nêu", 24),
    ]
    rows = []
    for target in report.config.targets.targets:
        row = reported_row(report, target, unit.code)
        if row is None and unit.code not in target.reporters:
            continue
        pair = counted_traced(row)
        found = behind(report, row) if row else None
        rows.append(
            (
                markdown(target.code),
                markdown(target.name),
                markdown(bound(target)),
                traced(markdown(measured(target, row)), row.id) if row else NO_DATA,
                pair or NOTHING,
                _told(found[1], note_alone(report, row)) if row and found else NOTHING,
            )
        )
    caption = f"Chỉ tiêu đơn vị được giao báo cáo hoặc đã báo cáo, {month_name(report)}."
    empty = "Đơn vị không được giao báo cáo chỉ tiêu nào."
    return _place(report).table("chi-tieu", caption, columns, rows, empty)


def _told(source: str, note: str) -> str:
    return f"{source}; ghi chú: {note}" if note else source


def notes(report: Report) -> Prose:
    """The unit's difficulties, proposals and plans."""
    unit = unit_of(report)
    found = {words: notes_chapter.of_unit(report, unit, kind) for kind, words in NOTE_KINDS.items()}
    parts = [f"**{words}**\n\n{text}" for words, text in found.items() if text]
    if value(report, "notes", unit.code) is None:
        return Prose("Chưa có số liệu của đơn vị trong kỳ.")
    return Prose("\n\n".join(parts) or "Đơn vị không nêu khó khăn, kiến nghị hay phương hướng trong kỳ.")


def findings(report: Report) -> Table | Prose:
    """What the checks found in the unit's files."""
    unit = unit_of(report)
    empty = "Không có phát hiện nào khi kiểm tra tệp của đơn vị."
    if unit.code not in set(report.records.files["unit"]):
        empty = "Chưa nhận được tệp nào của đơn vị."
    return findings_of(_place(report), unit.code, empty)


def versions_table(report: Report) -> Table | Prose:
    """The unit's versions, if it sent its report more than once."""
    return receipts.versions_table(_place(report), (unit_of(report),))


def changes_table(report: Report) -> Table | Prose:
    """What changed from version to version, value by value."""
    return receipts.changes_table(_place(report), unit_of(report))


def months(report: Report) -> Prose:
    """For a quarter, half-year or year: the unit's figures month by month."""
    code = unit_of(report).code
    lines = [spans.Line(name, measure, code) for measure, name in of_the_plan(report, _FIGURES, code).items()]
    return spans.section("Theo từng tháng", spans.by_month(_place(report), "theo-thang", "Số liệu", "Chỉ số", lines))
