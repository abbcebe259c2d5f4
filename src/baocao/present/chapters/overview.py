"""Overview: what was done, how much compared with the month before, and what needs a decision."""

from __future__ import annotations

from baocao.measures.ledger import MEASURES
from baocao.months import Month
from baocao.present import charts, spans
from baocao.present.blocks import Column, Figure, Prose, Table, bullets
from baocao.present.common import (
    NO_REPORTS,
    SOURCE,
    Place,
    area_name,
    bar_data,
    finding,
    has_figures,
    lead_gaps,
    month_name,
    unit_names,
    units_in,
)
from baocao.present.figures import change, change_short, periods, shown, value, versus, whole
from baocao.present.labels import see
from baocao.present.words import listed
from baocao.report import Report
from baocao.text import NO_DATA, capital, markdown, month_short, number, period_long, term_short

NOTEBOOK = "overview"
KEY_MEASURES = {
    "activities": "Hoạt động",
    "quantity": "Sản phẩm",
    "attendees": "Người tham dự",
    "reach": "Lượt tiếp cận",
    "cost": "Kinh phí",
    "areas_covered": "Nội dung có hoạt động",
}


def summary(report: Report) -> Prose:
    """The month in a few sentences."""
    head = f"{capital(month_name(report))} (kỳ báo cáo {period_long(report.period)})"
    if not has_figures(report):
        return Prose(f"{head}: chưa có số liệu vì chưa đơn vị nào có báo cáo đọc được. {reports_sentence(report)}")
    return Prose(" ".join([f"{head}: {work_sentence(report)}", reports_sentence(report), *target_sentences(report)]))


def work_sentence(report: Report) -> str:
    """What was done."""
    parts = [f"các đơn vị thực hiện {shown(report, 'activities')} hoạt động, {change(report, 'activities')}"]
    areas = len(report.config.plan.areas)
    parts.append(f"thuộc {shown(report, 'areas_covered')} trong số {areas} nội dung của kế hoạch")
    for measure, words in (("attendees", "lượt người tham dự"), ("reach", "lượt tiếp cận"), ("cost", "đồng kinh phí")):
        if value(report, f"{measure}_stated"):
            parts.append(f"{shown(report, measure)} {words}")
    return "; ".join(parts) + "." + _reservation(report)


def _reservation(report: Report) -> str:
    """Sums of months in which not all units reported compare badly: said where it is so."""
    if report.previous is None:
        return ""
    absent = {
        month: whole(report, "reports", period=str(month), state="missing")
        + whole(report, "reports", period=str(month), state="refused")
        for month in (report.previous, report.month)
    }
    named = [f"{term_short(month)} thiếu {count}" for month, count in absent.items() if count]
    return f" Số so sánh chỉ để tham khảo, vì {listed(named)} báo cáo." if named else ""


def reports_sentence(report: Report) -> str:
    """Who reported."""
    if not isinstance(report.month, Month):
        return spans.reports_sentence(report)
    counts = {state: whole(report, "reports", state=state) for state in ("owed", "filed", "nil", "missing", "refused")}
    parts = [f"{counts['filed']} đơn vị đã nộp báo cáo có hoạt động"]
    parts += [f"{counts['nil']} đơn vị báo không phát sinh"] if counts["nil"] else []
    parts += [f"{counts['missing']} đơn vị chưa nộp"] if counts["missing"] else []
    parts += [f"{counts['refused']} đơn vị bị trả lại báo cáo"] if counts["refused"] else []
    return f"Trong {counts['owed']} đơn vị phải báo cáo có {listed(parts)}."


def target_sentences(report: Report) -> list[str]:
    """How the targets of the site's own scope stand."""
    scope, name = next(iter(report.config.site.scopes.items()))
    met, not_met = (whole(report, "targets_by_status", scope=scope, status=s) for s in ("met", "not_met"))
    no_data = whole(report, "targets_by_status", scope=scope, status="no_data")
    words = f"Trong các chỉ tiêu cấp {markdown(name.lower())} có chấm điểm, {met} chỉ tiêu đạt, {not_met} chưa đạt"
    return [f"{words}, {no_data} chưa có số liệu{see(report, 'targets')}."]


def key_figures(report: Report) -> Table | Prose:
    """Key figures of the month, the year to date and since the plan's start."""
    spans = periods(report)
    columns = [Column("Chỉ số", 22), *(Column(name, 14, right=True) for _, name in spans)]
    columns.insert(2, Column(versus(report), 14, right=True))
    rows = []
    for measure, name in KEY_MEASURES.items():
        cells = [shown(report, measure, period=period) for period, _ in spans]
        cells.insert(1, change_short(report, measure))
        rows.append((f"{name} ({MEASURES[measure][1]})", *cells))
    caption = f"Các chỉ số chính của {month_name(report)}. {SOURCE}"
    return Place(report, NOTEBOOK).table("chi-so", caption, columns, rows)


def trend(report: Report) -> Figure | Prose:
    """Activities month by month."""
    counts = {month: value(report, "activities", period=str(month)) for month in report.history}
    if not any(count is not None for count in counts.values()):
        return Prose(NO_REPORTS)
    texts = {month: NO_DATA if count is None else number(count) for month, count in counts.items()}
    bars = [charts.Bar(month_short(m), None if c is None else float(c), texts[m]) for m, c in counts.items()]
    title = f"{capital(month_name(report))}: {_trend_words(report)}"
    alternative = (
        "Số hoạt động theo tháng: " + "; ".join(f"{month_short(m)}: {text}" for m, text in texts.items()) + "."
    )
    caption = f"Số hoạt động theo tháng báo cáo. {SOURCE}"
    drawn = charts.columns(bars, title, "hoạt động")
    data = bar_data("tháng", "Hoạt động", bars)
    return Place(report, NOTEBOOK).figure("theo-thang", caption, alternative, drawn, *data)


def _trend_words(report: Report) -> str:
    if not has_figures(report):
        return "chưa có số liệu"
    return f"{shown(report, 'activities')} hoạt động, {change(report, 'activities')}"


def attention(report: Report) -> Prose:
    """What needs a decision: reports that are not in, late ones, leads with no activity, rejected rows."""
    items = attention_items(report)
    if spans.nothing_sent(report):
        return Prose(f"{spans.NOTHING_SENT} Chưa biết việc nào cần xử lý.")
    if not items:
        return Prose("Không có việc nào cần xử lý về tiến độ báo cáo và nhiệm vụ chủ trì.")
    return Prose(bullets(items))


def attention_items(report: Report) -> list[str]:
    """The same as list items."""
    items = []
    for measure, state, words in (
        ("reports", "missing", "Chưa nộp báo cáo (không có nghĩa là bằng 0)"),
        ("reports", "refused", "Báo cáo bị trả lại, chưa tính được"),
        ("timeliness", "late", "Nộp trễ hạn"),
    ):
        if units := units_in(report, measure, state):
            items.append(f"{words}: {unit_names(units)}{see(report, 'submissions')}.")
    for area, unit in lead_gaps(report):
        items.append(
            f"{markdown(unit.name)} chủ trì nội dung {markdown(area_name(area))} nhưng không có hoạt động nào."
        )
    if rejected := whole(report, "rows_rejected"):
        items.append(f"{rejected} dòng số liệu bị trả lại, chưa được tính{see(report, 'quality')}.")
    return items


def units_chart(report: Report) -> Figure | Prose:
    """Activities of each unit; a unit without a report is named as such."""
    bars = [_unit_bar(report, unit.code, unit.name) for unit in report.units]
    if not has_figures(report):
        return Prose(NO_REPORTS)
    title = finding("đơn vị", bars)
    alternative = "Số hoạt động theo đơn vị: " + "; ".join(f"{bar.name}: {bar.text}" for bar in bars) + "."
    caption = f"Số hoạt động của từng đơn vị, {month_name(report)}. {SOURCE}"
    drawn = charts.bars(bars, title, "hoạt động")
    data = bar_data("đơn vị", "Hoạt động", bars)
    return Place(report, NOTEBOOK).figure("theo-don-vi", caption, alternative, drawn, *data)


def _unit_bar(report: Report, code: str, name: str) -> charts.Bar:
    count = value(report, "activities", code)
    if count is None:
        refused = value(report, "reports", code, state="refused")
        return charts.Bar(name, None, "bị trả lại" if refused else "chưa nộp")
    nil = value(report, "reports", code, state="nil")
    return charts.Bar(name, float(count), "không phát sinh" if nil else number(count))


def months(report: Report) -> Prose:
    """Of a quarter, half-year or year: what is provisional, and the key figures month by month."""
    lines = [spans.Line(f"{name} ({MEASURES[code][1]})", code) for code, name in KEY_MEASURES.items()]
    table = spans.by_month(Place(report, NOTEBOOK), "chi-so-theo-thang", "Các chỉ số chính", "Chỉ số", lines)
    return spans.section("Theo từng tháng", Prose(spans.standing(report)), table)
