"""Content areas of the plan: how much was done on each, in which form, and by those who lead it."""

from __future__ import annotations

from baocao.config.models import Area
from baocao.config.units import leads_of
from baocao.measures.ledger import undims
from baocao.present import charts, spans
from baocao.present.blocks import Column, Figure, Prose, Table, bullets
from baocao.present.common import (
    NO_REPORTS,
    SOURCE,
    Place,
    area_name,
    areas_of,
    areas_words,
    bar_data,
    finding,
    grid_data,
    has_figures,
    in_some_month,
    lead_gaps,
    lead_name,
    lead_names,
    month_name,
    nothing_done,
    unit_names,
    units_in,
)
from baocao.present.figures import change_short, periods, shown, versus, whole
from baocao.present.words import ZERO, listed, verbatim
from baocao.report import Report
from baocao.text import markdown, number, within

NOTEBOOK = "contents"


def summary(report: Report) -> Prose:
    """Which areas had most, which none."""
    if why := nothing_done(report):
        return Prose(why)
    areas = report.config.plan.areas
    if len(areas) == 1:
        bar = _bar(report, areas[0])
        words = f"kế hoạch có một nội dung, “{verbatim(bar.name)}”, với {bar.text} hoạt động"
        return Prose(f"Trong {month_name(report)}, {words}.")
    none = [area for area in areas_of(report) if not whole(report, "activities", content=area.code)]
    texts = [
        f"Trong {month_name(report)}, {areas_words(report)}. "
        f"{finding('nội dung', [_bar(report, area) for area in areas], verbatim)}."
    ]
    if none:
        texts.append(f"Nội dung chưa có hoạt động nào: {listed([f'“{verbatim(area_name(area))}”' for area in none])}.")
    return Prose(" ".join(texts))


def chart(report: Report) -> Figure | Prose:
    """Activities by area."""
    if not has_figures(report):
        return Prose(NO_REPORTS)
    bars = [_bar(report, area) for area in report.config.plan.areas]
    title = finding("nội dung", bars) if len(bars) > 1 else f"{bars[0].name}: {bars[0].text} hoạt động"
    alternative = "Số hoạt động theo nội dung: " + "; ".join(f"{bar.name}: {bar.text}" for bar in bars) + "."
    caption = f"Số hoạt động theo nội dung, {month_name(report)}. {SOURCE}"
    drawn = charts.bars(bars, title, "hoạt động")
    return Place(report, NOTEBOOK).figure(
        "so-hoat-dong", caption, alternative, drawn, *bar_data("nội dung", "Hoạt động", bars)
    )


def _bar(report: Report, area: Area) -> charts.Bar:
    count = whole(report, "activities", content=area.code)
    return charts.Bar(area_name(area), count, shown(report, "activities", content=area.code))


def areas_table(report: Report) -> Table | Prose:
    """Each area with its leads and figures."""
    names = dict(periods(report))
    spans = [code for code in names if code != str(report.month)]
    columns = [
        Column("Nội dung", 30),
        Column("Đơn vị chủ trì", 22),
        Column("Hoạt động", 10, right=True),
        Column(versus(report), 11, right=True),
        Column("Sản phẩm", 10, right=True),
        Column("Người tham dự", 10, right=True),
        Column("Lượt tiếp cận", 11, right=True),
        *(Column(f"Hoạt động: {within(names[code])}", 12, right=True) for code in spans),
    ]
    rows = [_area_row(report, area, spans) for area in report.config.plan.areas]
    caption = f"Kết quả theo nội dung, {month_name(report)}. {SOURCE}"
    return Place(report, NOTEBOOK).table("ket-qua", caption, columns, rows)


def _area_row(report: Report, area: Area, spans: list[str]) -> tuple[str, ...]:
    code = area.code
    return (
        markdown(area_name(area)),
        lead_names(report, area),
        shown(report, "activities", content=code),
        change_short(report, "activities", content=code),
        shown(report, "quantity", content=code),
        shown(report, "attendees", content=code),
        shown(report, "reach", content=code),
        *(shown(report, "activities", period=span, content=code) for span in spans),
    )


def heat_map(report: Report) -> Figure | Prose:
    """Activities by area and form."""
    if not has_figures(report):
        return Prose(NO_REPORTS)
    plan = report.config.plan
    rows, heads = [area_name(area) for area in plan.areas], [form.name for form in plan.forms]
    counts = {
        (area_name(area), form.name): whole(report, "activities", content=area.code, form=form.code)
        for area in plan.areas
        for form in plan.forms
    }
    texts = {
        (area_name(area), form.name): shown(report, "activities", content=area.code, form=form.code)
        for area in plan.areas
        for form in plan.forms
    }
    tiles = [charts.Tile(*cell, texts[cell] if count else ZERO, count) for cell, count in counts.items()]
    caption = f"Số hoạt động theo nội dung và hình thức, {month_name(report)}. {SOURCE}"
    return Place(report, NOTEBOOK).figure(
        "noi-dung-hinh-thuc",
        caption,
        _alternative(counts),
        charts.heat_map(tiles, rows, heads, _densest(counts), "Số hoạt động trong mỗi ô"),
        *grid_data("Nội dung", tiles, rows, heads),
    )


def _densest(counts: dict[tuple[str, str], int]) -> str:
    top = max(counts.values(), default=0)
    cells = [cell for cell, count in counts.items() if count == top]
    if not top:
        return "Không có hoạt động nào"
    if len(cells) > 1:
        return f"Nhiều nhất là {number(top)} hoạt động cho một nội dung qua một hình thức, ở nhiều ô"
    row, head = cells[0]
    if top == sum(counts.values()):
        return f"Chỉ ghi nhận hoạt động ở {row} qua hình thức “{head}”: {number(top)} hoạt động"
    return f"Tập trung nhất ở {row} qua hình thức “{head}”: {number(top)} hoạt động"


def _alternative(counts: dict[tuple[str, str], int]) -> str:
    some = [f"{row}, {head}: {number(count)}" for (row, head), count in counts.items() if count]
    if not some:
        return f"Số hoạt động theo nội dung và hình thức: mọi ô bằng {number(0)}."
    return "Số hoạt động theo nội dung và hình thức, các ô khác 0: " + "; ".join(some) + "."


def bullets_table(report: Report) -> Table | Prose:
    """Activities that name a bullet of the plan."""
    texts = {bullet.code: bullet.text for area in report.config.plan.areas for bullet in area.bullets}
    found = {
        undims(row.dimensions)["bullet"]: row
        for row in report.ledger.select("activities", period=str(report.month), unit="*", by=["bullet"])
    }
    rows = [
        (
            markdown(code),
            markdown(text),
            shown(report, "activities", bullet=code),
            shown(report, "quantity", bullet=code),
        )
        for code, text in texts.items()
        if code in found
    ]
    columns = [
        Column("Mã", 8),
        Column("Nội dung chi tiết theo kế hoạch", 70),
        Column("Hoạt động", 10, right=True),
        Column("Sản phẩm", 10, right=True),
    ]
    caption = f"Hoạt động ghi rõ nội dung chi tiết, {month_name(report)}. {SOURCE}"
    empty = "Trong kỳ không có hoạt động nào ghi rõ nội dung chi tiết." if has_figures(report) else NO_REPORTS
    if not texts:
        empty = "Kế hoạch không chia nội dung thành các nội dung chi tiết."
    return Place(report, NOTEBOOK).table("chi-tiet", caption, columns, rows, empty)


def gaps(report: Report) -> Prose:
    """Leads without activity on an area that they lead; leads with a missing report are named separately."""
    if not has_figures(report):
        return Prose(NO_REPORTS)
    items = [f"{verbatim(area_name(area))}: {lead_name(report, unit)}" for area, unit in lead_gaps(report)]
    head = "Các đơn vị sau đã báo cáo nhưng không có hoạt động ở nội dung được giao chủ trì:\n\n"
    text = head + bullets(items) if items else "Mọi đơn vị chủ trì đã báo cáo đều có hoạt động ở nội dung được giao."
    leads = {u.code for area in report.config.plan.areas for u in leads_of(report.config, area, report.month)}
    found = [u for state in ("missing", "refused") for u in units_in(report, "reports", state) if u.code in leads]
    if absent := dict.fromkeys(found):
        text += f"\n\n{in_some_month(report, 'chưa có số liệu của đơn vị chủ trì')}: {unit_names(absent)}."
    return Prose(text)


def months(report: Report) -> Prose:
    """For a quarter, half-year or year: activities by area, month by month."""
    lines = [
        spans.Line(markdown(area_name(a)), "activities", codes={"content": a.code}) for a in report.config.plan.areas
    ]
    table = spans.by_month(Place(report, NOTEBOOK), "theo-thang", "Số hoạt động theo nội dung", "Nội dung", lines)
    return spans.section("Nội dung theo từng tháng", table)
