"""Budget: what the units stated to have spent, by source and by unit."""

from __future__ import annotations

from dataclasses import replace

from baocao.config.models import Funding, Unit
from baocao.measures.ledger import SITE
from baocao.present import charts, spans
from baocao.present.blocks import Column, Figure, Prose, Table
from baocao.present.common import (
    SOURCE,
    Place,
    bar_data,
    charted_months,
    has_figures,
    left_name,
    left_units,
    month_bar,
    month_data,
    month_name,
    most,
    nothing_done,
    panels_alternative,
)
from baocao.present.figures import NOTHING, change, change_short, known, periods, shown, value, versus
from baocao.present.theme import UNKNOWN
from baocao.present.words import ZERO, listed
from baocao.report import Report
from baocao.text import capital, markdown, term_short, within

NOTEBOOK = "budget"


def summary(report: Report) -> Prose:
    """The month's cost and how many activities state one."""
    if why := nothing_done(report):
        return Prose(why)
    stated = f"{shown(report, 'cost_stated')} trên {shown(report, 'activities')} hoạt động có ghi kinh phí"
    if not value(report, "cost_stated"):
        return Prose(f"Trong {month_name(report)}, {stated}; vì vậy chưa có số liệu kinh phí của kỳ.")
    texts = [f"Trong {month_name(report)}, {stated}, tổng cộng {shown(report, 'cost')} đồng, {change(report, 'cost')}."]
    if report.year_to_date != str(report.month):
        texts.append(f"Lũy kế từ đầu năm: {shown(report, 'cost', period=report.year_to_date)} đồng.")
    texts.append(f"Ô kinh phí để trống là không nêu, không tính là {ZERO} đồng.")
    return Prose(" ".join(texts))


def sources_table(report: Report) -> Table | Prose:
    """Cost by source."""
    spans = periods(report)
    columns = [
        Column("Nguồn kinh phí", 26),
        *(Column(_in_dong(name), 16, right=True) for _, name in spans),
        Column(f"Hoạt động có ghi kinh phí, {term_short(report.month)}", 14, right=True),
    ]
    rows = [_source_row(report, source) for source in report.config.plan.funding]
    total = (shown(report, "cost", period=period) for period, _ in spans)
    rows.append(("Tất cả, kể cả không ghi nguồn", *total, shown(report, "cost_stated")))
    caption = f"Kinh phí theo nguồn. {SOURCE}"
    return Place(report, NOTEBOOK).table("nguon", caption, columns, rows)


def _in_dong(name: str) -> str:
    """The heading of a column of costs, with the unit đồng; a name ending in brackets gets the unit inside them."""
    return f"{name.removesuffix(')')}; đồng)" if name.endswith(")") else f"{name} (đồng)"


def _source_row(report: Report, source: Funding) -> tuple[str, ...]:
    costs = (shown(report, "cost", period=period, funding=source.code) for period, _ in periods(report))
    return markdown(capital(source.name)), *costs, shown(report, "cost_stated", funding=source.code)


def chart(report: Report) -> Figure | Prose:
    """The month's cost by source."""
    costs = {source: known(report, "cost", funding=source.code) for source in report.config.plan.funding}
    if not any(costs.values()):
        some = any(cost is not None for cost in costs.values())
        said = f"kinh phí ghi theo nguồn đều bằng {ZERO}" if some else "chưa có kinh phí ghi theo nguồn"
        return Prose(f"Trong {month_name(report)} {said}, nên không có biểu đồ.")
    texts = {source: shown(report, "cost", funding=source.code) for source in costs}
    bars = [
        charts.Bar(capital(source.name), None if cost is None else float(cost), texts[source])
        for source, cost in costs.items()
    ]
    best = most({bar.name: bar.length or 0 for bar in bars})
    each = "mỗi nguồn " if len(best) > 1 else ""
    text = next(bar.text for bar in bars if bar.name == best[0])
    title = f"Nguồn lớn nhất: {listed([within(name) for name in best])}, {each}{text} đồng"
    alternative = "Kinh phí theo nguồn, đồng: " + "; ".join(f"{bar.name}: {bar.text}" for bar in bars) + "."
    caption = f"Kinh phí theo nguồn, {month_name(report)}. {SOURCE}"
    drawn = charts.bars(bars, title, "đồng")
    return Place(report, NOTEBOOK).figure(
        "theo-nguon", caption, alternative, drawn, *bar_data("nguồn kinh phí", "Kinh phí (đồng)", bars)
    )


def months_chart(report: Report) -> Figure | Prose:
    """Cost by source over the months."""
    months = charted_months(report)
    strips = [
        charts.Panel(capital(one.name), tuple(month_bar(report, month, "cost", funding=one.code) for month in months))
        for one in report.config.plan.funding
    ]
    lengths = [bar.length for strip in strips for bar in strip.bars if bar.length is not None]
    if not any(lengths):
        said = f"có kinh phí ghi theo nguồn đều bằng {ZERO}" if lengths else "chưa có kinh phí ghi theo nguồn"
        return Prose(f"Các tháng {said}, nên không có biểu đồ.")
    strips = [replace(strip, most=max(lengths)) for strip in strips]
    note = f"Đồng, các dải chung một thang; {UNKNOWN} chưa có hoặc không nêu số liệu"
    caption = f"Kinh phí theo nguồn qua các tháng báo cáo, đồng. {SOURCE}"
    title = f"{capital(term_short(report.month))}: {shown(report, 'cost')} đồng, {change(report, 'cost')}"
    if known(report, "cost") is None:
        said = "không đơn vị nào ghi kinh phí" if has_figures(report) else "chưa có số liệu kinh phí"
        title = f"{capital(term_short(report.month))}: {said}"
    alternative = f"Kinh phí theo nguồn và tháng, đồng. {panels_alternative(strips)}"
    drawn, data = charts.strips(strips, title, note), month_data("Nguồn kinh phí", strips)
    return Place(report, NOTEBOOK).figure("nguon-theo-thang", caption, alternative, drawn, *data)


def units_table(report: Report) -> Table | Prose:
    """Cost by unit; a unit without a report has no figure."""
    columns = [
        Column("Đơn vị", 30),
        *(Column(_in_dong(name), 16, right=True) for _, name in periods(report)),
        Column(versus(report), 14, right=True),
        Column("Hoạt động có ghi kinh phí", 12, right=True),
    ]
    rows = [_unit_row(report, unit.code, markdown(unit.name)) for unit in report.units]
    rows += [_left_row(report, unit) for unit in left_units(report)]
    rows.append(_unit_row(report, SITE, "**Tất cả đơn vị**"))
    caption = f"Kinh phí theo đơn vị. {SOURCE}"
    return Place(report, NOTEBOOK).table("don-vi", caption, columns, rows)


def _unit_row(report: Report, unit: str, name: str) -> tuple[str, ...]:
    costs = (shown(report, "cost", unit, period) for period, _ in periods(report))
    return name, *costs, change_short(report, "cost", unit), shown(report, "cost_stated", unit)


def _left_row(report: Report, unit: Unit) -> tuple[str, ...]:
    """The row of a unit that no longer owes a report: only the longer periods have figures for it."""
    longer = [period for period, _ in periods(report) if period != str(report.month)]
    known = (value(report, "cost", unit.code, period) is not None for period in longer)
    costs = (shown(report, "cost", unit.code, p) if there else NOTHING for p, there in zip(longer, known, strict=True))
    return left_name(unit), NOTHING, *costs, NOTHING, NOTHING


def areas_table(report: Report) -> Table | Prose:
    """The month's cost by content area."""
    columns = [
        Column("Nội dung", 40),
        Column("Kinh phí (đồng)", 16, right=True),
        Column("Hoạt động có ghi kinh phí", 12, right=True),
        Column("Hoạt động", 10, right=True),
    ]
    rows = [
        (
            markdown(f"{area.code} {area.short_title or area.title}"),
            shown(report, "cost", content=area.code),
            shown(report, "cost_stated", content=area.code),
            shown(report, "activities", content=area.code),
        )
        for area in report.config.plan.areas
    ]
    caption = f"Kinh phí theo nội dung, {month_name(report)}. {SOURCE}"
    return Place(report, NOTEBOOK).table("noi-dung", caption, columns, rows)


def months(report: Report) -> Prose:
    """For a quarter, half-year or year: cost by source and by unit, month by month."""
    place, funding = Place(report, NOTEBOOK), report.config.plan.funding
    everything = spans.Line("Tất cả, kể cả không ghi nguồn", "cost")
    sources = [spans.Line(markdown(capital(one.name)), "cost", codes={"funding": one.code}) for one in funding]
    units = [spans.Line(markdown(unit.name), "cost", unit.code) for unit in report.units]
    return spans.section(
        "Kinh phí theo từng tháng",
        spans.by_month(place, "nguon-theo-thang", "Kinh phí (đồng) theo nguồn", "Nguồn", [*sources, everything]),
        spans.by_month(place, "don-vi-theo-thang", "Kinh phí (đồng) theo đơn vị", "Đơn vị", units),
    )
