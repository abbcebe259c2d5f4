"""Overview: what was done, how much compared with the month before, and what needs a decision."""

from __future__ import annotations

from dataclasses import replace

from baocao.config.models import Unit
from baocao.measures.ledger import MEASURES
from baocao.months import Month, Term
from baocao.present import charts, spans
from baocao.present.attention import matters
from baocao.present.blocks import Column, Figure, Prose, Several, Table, bullets
from baocao.present.common import (
    NO_REPORTS,
    SOURCE,
    Place,
    areas_counted,
    areas_of,
    bar_data,
    charted_months,
    finding,
    has_figures,
    month_bar,
    month_data,
    month_name,
    of_the_plan,
    other_targets,
    own_scope,
    panels_alternative,
    part_name,
    part_words,
    without_activity,
)
from baocao.present.figures import NOTHING, change, change_short, known, periods, shown, value, versus, whole
from baocao.present.frame import pages_of
from baocao.present.labels import see
from baocao.present.theme import STATE_SIGNS, UNKNOWN
from baocao.present.words import STATES, listed
from baocao.report import Report
from baocao.text import capital, markdown, month_short, number, period_long, term_short, within

NOTEBOOK = "overview"
KEY_MEASURES = {
    "activities": "Hoạt động",
    "quantity": "Sản phẩm",
    "attendees": "Người tham dự",
    "reach": "Lượt tiếp cận",
    "cost": "Kinh phí",
    "areas_covered": "Nội dung có hoạt động",
}
NOTHING_TO_DECIDE = "Không có việc nào cần xử lý về tiến độ báo cáo, nhiệm vụ chủ trì và chỉ tiêu."
STRIPS = ("attendees", "reach", "cost")
MOST_BARS = 16
"""Most units in one bar chart; more are drawn as small multiples."""


def summary(report: Report) -> Prose:
    """The month in a few sentences."""
    head = f"{capital(month_name(report))} (kỳ báo cáo {period_long(report.period)})"
    if not has_figures(report):
        return Prose(f"{head}: chưa có số liệu vì chưa đơn vị nào có báo cáo đọc được. {reports_sentence(report)}")
    return Prose(" ".join([f"{head}: {work_sentence(report)}", reports_sentence(report), *target_sentences(report)]))


def work_sentence(report: Report) -> str:
    """What was done."""
    parts = [f"{activities_words(report)}, {change(report, 'activities')}"]
    if whole(report, "areas_covered") and len(areas_of(report)) > 1:
        parts.append(f"thuộc {areas_counted(report)} nội dung của kế hoạch")
    for measure, words in (("attendees", "lượt người tham dự"), ("reach", "lượt tiếp cận"), ("cost", "đồng kinh phí")):
        if value(report, f"{measure}_stated"):
            parts.append(f"{shown(report, measure)} {words}")
    return f"{'; '.join(parts)}. {reservation(report)}".rstrip()


def _with_unit(measure: str, name: str) -> str:
    """A measure's name with its unit, unless the name begins with it: ``Kinh phí (đồng)``, ``Sản phẩm``."""
    unit = MEASURES[measure][1]
    return name if within(name).startswith(unit) else f"{name} ({unit})"


def activities_words(report: Report) -> str:
    """How many activities there were; zero is written as words."""
    if not whole(report, "activities"):
        return "các đơn vị không có hoạt động nào"
    return f"các đơn vị thực hiện {shown(report, 'activities')} hoạt động"


def reservation(report: Report) -> str:
    """A remark if the months compared had missing reports, which makes their sums hard to compare."""
    if report.previous is None:
        return ""
    named = [words for month in (report.previous, report.month) if (words := _absent(report, month))]
    return f"Số so sánh chỉ để tham khảo, vì {'; '.join(named)}." if named else ""


def _absent(report: Report, month: Term) -> str:
    parts = [
        f"{shown(report, 'reports', period=str(month), state=state)} báo cáo {STATES[state]}"
        for state in ("missing", "refused")
        if whole(report, "reports", period=str(month), state=state)
    ]
    return f"{term_short(month)} có {listed(parts)}" if parts else ""


def reports_sentence(report: Report) -> str:
    """Who reported."""
    if not isinstance(report.month, Month):
        return spans.reports_sentence(report)
    states = ("owed", "filed", "nil", "missing", "refused")
    counts = {state: whole(report, "reports", state=state) for state in states}
    figures = {state: shown(report, "reports", state=state) for state in states}
    if not counts["owed"]:
        return "Kỳ này không đơn vị nào phải báo cáo."
    parts = [f"{figures['filed']} đơn vị {filed_words(report)}"] if counts["filed"] else []
    parts += [f"{figures['nil']} đơn vị báo không phát sinh"] if counts["nil"] else []
    parts += [f"{figures['missing']} đơn vị chưa nộp"] if counts["missing"] else []
    parts += [f"{figures['refused']} đơn vị bị trả lại báo cáo"] if counts["refused"] else []
    return f"Trong {figures['owed']} đơn vị phải báo cáo có {listed(parts)}."


def filed_words(report: Report) -> str:
    """Words about the units that reported something; their report may have no activity, or none accepted."""
    some = without_activity(report)
    return f"đã nộp báo cáo {some}" if some else "đã nộp báo cáo có hoạt động"


def target_sentences(report: Report) -> list[str]:
    """How the targets of the site's own scope stand."""
    own = own_scope(report)
    if own is None:
        return []
    return [f"{scored_words(report, *own)}{see(report, 'targets')}."]


def scored_words(report: Report, scope: str, name: str) -> str:
    """How the scored targets of a scope stand, without the sentence's end."""
    met = shown(report, "targets_by_status", scope=scope, status="met")
    words = f"Trong các chỉ tiêu cấp {markdown(within(name))} có chấm điểm, {met} chỉ tiêu đạt"
    return f"{words}, {other_targets(report, scope)}"


def key_figures(report: Report) -> Table | Prose:
    """Key figures of the month, the year to date and since the plan's start."""
    spans = periods(report)
    columns = [Column("Chỉ số", 22), *(Column(name, 14, right=True) for _, name in spans)]
    columns.insert(2, Column(versus(report), 14, right=True))
    rows = []
    for measure, name in of_the_plan(report, KEY_MEASURES).items():
        cells = [shown(report, measure, period=period) for period, _ in spans]
        cells.insert(1, change_short(report, measure))
        rows.append((_with_unit(measure, name), *cells))
    caption = f"Các chỉ số chính của {month_name(report)}. {SOURCE}"
    return Place(report, NOTEBOOK).table("chi-so", caption, columns, rows)


def trend(report: Report) -> Figure | Prose:
    """Activities month by month."""
    counts = {month: value(report, "activities", period=str(month)) for month in charted_months(report)}
    if not any(count is not None for count in counts.values()):
        return Prose(NO_REPORTS)
    texts = {month: shown(report, "activities", period=str(month)) for month in counts}
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
    """What needs a decision, each matter with a reference to its chapter."""
    if spans.nothing_sent(report):
        return Prose(f"{spans.NOTHING_SENT} Chưa biết việc nào cần xử lý.")
    items = [f"{matter.text}{see(report, matter.notebook)}." for matter in matters(report)]
    return Prose(bullets(items) or NOTHING_TO_DECIDE)


def measures_chart(report: Report) -> Figure | Prose:
    """Attendees, reach and cost month by month, a strip for each."""
    if not has_figures(report):
        return Prose(NO_REPORTS)
    months = charted_months(report)
    kept = of_the_plan(report, KEY_MEASURES)
    names = {code: _with_unit(code, name) for code, name in kept.items() if code in STRIPS}
    strips = [charts.Panel(name, tuple(month_bar(report, m, code) for m in months)) for code, name in names.items()]
    title = f"{capital(month_name(report))}: {shown(report, 'reach')} lượt tiếp cận, {change(report, 'reach')}"
    if known(report, "reach") is None:
        title = f"{capital(month_name(report))}: không đơn vị nào ghi lượt tiếp cận"
    note = f"Mỗi dải có thang đo riêng, bắt đầu từ 0; {UNKNOWN} chưa có hoặc không nêu số liệu"
    caption = f"{capital(listed([within(kept[code]) for code in names]))} theo tháng báo cáo. {SOURCE}"
    drawn, data = charts.strips(strips, title, note), month_data("Chỉ số", strips)
    return Place(report, NOTEBOOK).figure("chi-so-theo-thang", caption, panels_alternative(strips), drawn, *data)


def units_chart(report: Report) -> Several | Figure | Prose:
    """Activities of each unit: bars or, for many units, small multiples over the months."""
    if not has_figures(report):
        return Prose(NO_REPORTS)
    bars = [_unit_bar(report, unit.code, unit.name) for unit in report.units]
    title = finding("đơn vị", bars)
    if len(bars) > MOST_BARS:
        return _unit_panels(report, title)
    alternative = "Số hoạt động theo đơn vị: " + "; ".join(f"{bar.name}: {bar.text}" for bar in bars) + "."
    caption = f"Số hoạt động của từng đơn vị, {month_name(report)}. {SOURCE}"
    drawn = charts.bars(bars, title, "hoạt động")
    data = bar_data("đơn vị", "Hoạt động", bars)
    return Place(report, NOTEBOOK).figure("theo-don-vi", caption, alternative, drawn, *data)


def _unit_bar(report: Report, code: str, name: str, month: Month | None = None) -> charts.Bar:
    period = str(month or report.month)
    count = value(report, "activities", code, period)
    if count is None:
        refused = value(report, "reports", code, period, state="refused")
        return charts.Bar(name, None, STATES["refused" if refused else "missing"])
    others = sum(whole(report, "reports", code, period, state=state) for state in STATES if state != "nil")
    nil = not count and not others and value(report, "reports", code, period, state="nil")
    return charts.Bar(name, float(count), STATES["nil"] if nil else shown(report, "activities", code, period))


def _unit_panels(report: Report, title: str) -> Several:
    months = charted_months(report)
    panels = [
        charts.Panel(unit.name, tuple(_month_bar(report, unit, month) for month in months)) for unit in report.units
    ]
    most = max(bar.length or 0 for panel in panels for bar in panel.bars)
    first = f"từ tháng {month_short(months[0])} đến tháng " if len(months) > 1 else "tháng "
    note = (
        f"Số hoạt động {first}{month_short(months[-1])}, mỗi cột một tháng, cột đậm và số là tháng sau cùng; "
        f"các ô chung một thang từ 0 đến {number(max(most, 1))}; {UNKNOWN} chưa có báo cáo; "
        f"{STATE_SIGNS['nil']} báo không phát sinh; {NOTHING} chưa phải báo cáo"
    )
    parts = pages_of([replace(panel, most=max(most, 1)) for panel in panels], charts.PANEL_HEIGHT, charts.PANELS_A_ROW)
    place, figures = Place(report, NOTEBOOK), []
    for i, part in enumerate(parts, start=1):
        caption = f"Số hoạt động của từng đơn vị qua các tháng{part_words(i, len(parts))}. {SOURCE}"
        drawn, data = charts.panels(part, title, note), month_data("Đơn vị", part)
        alternative = f"Số hoạt động theo đơn vị và tháng. {panels_alternative(part)}"
        figures.append(place.figure(part_name("theo-don-vi", i), caption, alternative, drawn, *data))
    return Several(tuple(figures))


def _month_bar(report: Report, unit: Unit, month: Month) -> charts.Bar:
    bar = _unit_bar(report, unit.code, unit.name, month)
    if not any(value(report, "reports", unit.code, str(month), state=state) for state in STATES):
        return charts.Bar(month_short(month), bar.length, NOTHING, NOTHING)
    sign = STATE_SIGNS["nil"] if value(report, "reports", unit.code, str(month), state="nil") else ""
    return replace(bar, name=month_short(month), sign=sign)


def months(report: Report) -> Prose:
    """For a quarter, half-year or year: what is provisional, and the key figures month by month."""
    lines = [spans.Line(_with_unit(code, name), code) for code, name in of_the_plan(report, KEY_MEASURES).items()]
    table = spans.by_month(Place(report, NOTEBOOK), "chi-so-theo-thang", "Các chỉ số chính", "Chỉ số", lines)
    return spans.section("Theo từng tháng", Prose(spans.standing(report)), table)
