"""Forms and channels: by which means the work was done."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.config.models import Channel, Form
from baocao.months import Month
from baocao.present import charts, spans
from baocao.present.blocks import Column, Figure, Prose, Table
from baocao.present.common import (
    MOST_NAMED,
    NO_REPORTS,
    SOURCE,
    Place,
    bar_data,
    charted_months,
    finding,
    grid_alternative,
    grid_data,
    has_figures,
    month_name,
    most,
    nothing_done,
)
from baocao.present.figures import change_short, known, periods, shown, value, versus, whole
from baocao.present.words import ZERO, listed, verbatim
from baocao.report import Report
from baocao.text import capital, markdown, month_short, term_short, within

NOTEBOOK = "forms"


def summary(report: Report) -> Prose:
    """The most used form and channel, and those not used."""
    if why := nothing_done(report):
        return Prose(why)
    plan = report.config.plan
    texts = [
        f"Trong {month_name(report)} có {shown(report, 'activities')} hoạt động.",
        f"{finding('hình thức', _bars(report, 'form', plan.forms), verbatim)}.",
        f"{finding('kênh', _bars(report, 'channel', plan.channels), verbatim)}.",
    ]
    for words, unused in (
        ("Hình thức", [f for f in plan.forms if not whole(report, "activities", form=f.code)]),
        ("Kênh", [c for c in plan.channels if not whole(report, "activities", channel=c.code)]),
    ):
        if unused:
            texts.append(f"{words} chưa dùng: {listed([f'“{markdown(one.name)}”' for one in unused])}.")
    return Prose(" ".join(texts))


def forms_table(report: Report) -> Table | Prose:
    """Figures by form."""
    return _table(report, "form", "hinh-thuc", "Hình thức", report.config.plan.forms)


def channels_table(report: Report) -> Table | Prose:
    """Figures by channel."""
    return _table(report, "channel", "kenh", "Kênh", report.config.plan.channels)


def _table(report: Report, key: str, name: str, title: str, kinds: Sequence[Form | Channel]) -> Table | Prose:
    spans = [(code, words) for code, words in periods(report) if code != str(report.month)]
    columns = [
        Column("Mã", 8),
        Column(title, 30),
        Column("Hoạt động", 10, right=True),
        Column(versus(report), 11, right=True),
        Column("Sản phẩm", 10, right=True),
        Column("Người tham dự", 10, right=True),
        Column("Lượt tiếp cận", 11, right=True),
        *(Column(f"Hoạt động: {within(words)}", 12, right=True) for _, words in spans),
    ]
    rows = [_row(report, key, one, [code for code, _ in spans]) for one in kinds]
    caption = f"Kết quả theo {title.lower()}, {month_name(report)}. {SOURCE}"
    return Place(report, NOTEBOOK).table(name, caption, columns, rows)


def _row(report: Report, key: str, kind: Form | Channel, spans: list[str]) -> tuple[str, ...]:
    code = {key: kind.code}
    return (
        markdown(kind.code),
        markdown(capital(kind.name)),
        shown(report, "activities", **code),
        change_short(report, "activities", **code),
        shown(report, "quantity", **code),
        shown(report, "attendees", **code),
        shown(report, "reach", **code),
        *(shown(report, "activities", period=span, **code) for span in spans),
    )


def forms_chart(report: Report) -> Figure | Prose:
    """Activities by form."""
    return _chart(report, "form", "bieu-do-hinh-thuc", "hình thức", report.config.plan.forms)


def channels_chart(report: Report) -> Figure | Prose:
    """Activities by channel."""
    return _chart(report, "channel", "bieu-do-kenh", "kênh", report.config.plan.channels)


def _chart(report: Report, key: str, name: str, words: str, kinds: Sequence[Form | Channel]) -> Figure | Prose:
    if not has_figures(report):
        return Prose(NO_REPORTS)
    bars = sorted((bar for bar in _bars(report, key, kinds) if bar.length), key=lambda bar: -(bar.length or 0))
    if not bars:
        return Prose(f"Trong kỳ không có hoạt động nào, nên không có biểu đồ theo {words}.")
    alternative = f"Số hoạt động theo {words}: " + "; ".join(f"{bar.name}: {bar.text}" for bar in bars) + "."
    caption = f"Số hoạt động theo {words}, {month_name(report)}; không vẽ {words} chưa dùng. {SOURCE}"
    return Place(report, NOTEBOOK).figure(
        name,
        caption,
        alternative,
        charts.bars(bars, finding(words, bars), "hoạt động"),
        *bar_data(words, "Hoạt động", bars),
    )


def channel_months(report: Report) -> Figure | Prose:
    """Activities by channel over the months."""
    if not has_figures(report):
        return Prose(NO_REPORTS)
    months, channels = charted_months(report), report.config.plan.channels
    tiles = [tile for one in channels for month in months if (tile := _channel_tile(report, one, month))]
    names, heads = [capital(one.name) for one in channels], [month_short(month) for month in months]
    title = f"{capital(term_short(report.month))}: {within(finding('kênh', _bars(report, 'channel', channels)))}"
    alternative = f"Số hoạt động theo kênh và tháng. {grid_alternative(tiles)}"
    caption = f"Số hoạt động theo kênh qua các tháng báo cáo. {SOURCE}"
    note = "Số hoạt động trong mỗi ô; ô trống: tháng chưa có số liệu"
    drawn, data = charts.heat_map(tiles, names, heads, title, note), grid_data("Kênh", tiles, names, heads)
    return Place(report, NOTEBOOK).figure("kenh-theo-thang", caption, alternative, drawn, *data)


def _channel_tile(report: Report, channel: Channel, month: Month) -> charts.Tile | None:
    count = value(report, "activities", period=str(month), channel=channel.code)
    if count is None:
        return None
    text = shown(report, "activities", period=str(month), channel=channel.code)
    return charts.Tile(capital(channel.name), month_short(month), text, float(count))


def reach_chart(report: Report) -> Figure | Prose:
    """Reach by channel, of those that state one."""
    if not has_figures(report):
        return Prose(NO_REPORTS)
    figures = {one: known(report, "reach", channel=one.code) for one in report.config.plan.channels}
    bars = [
        charts.Bar(capital(one.name), float(reach), shown(report, "reach", channel=one.code))
        for one, reach in figures.items()
        if reach
    ]
    if not bars and known(report, "reach") is not None:
        return Prose(f"Trong kỳ lượt tiếp cận mà các hoạt động ghi đều bằng {ZERO}, nên không có biểu đồ.")
    if not bars:
        return Prose("Trong kỳ không hoạt động nào ghi lượt tiếp cận, nên không có biểu đồ.")
    bars.sort(key=lambda bar: -(bar.length or 0))
    best = most({bar.name: bar.length or 0 for bar in bars})
    each = "mỗi kênh " if len(best) > 1 else ""
    title = f"Tiếp cận nhiều nhất qua: {listed([within(name) for name in best])} ({each}{bars[0].text} lượt)"
    if len(best) > MOST_NAMED:
        title = f"Nhiều kênh cùng có lượt tiếp cận lớn nhất, mỗi kênh {bars[0].text} lượt"
    stated = f"{shown(report, 'reach_stated')} trên {shown(report, 'activities')} hoạt động có ghi số này"
    caption = f"Lượt tiếp cận theo kênh, {month_name(report)}; {stated}, chỉ vẽ kênh có lượt tiếp cận. {SOURCE}"
    alternative = "Lượt tiếp cận theo kênh: " + "; ".join(bar.about for bar in bars) + "."
    drawn, data = charts.bars(bars, title, "lượt tiếp cận"), bar_data("kênh", "Lượt tiếp cận", bars)
    return Place(report, NOTEBOOK).figure("tiep-can", caption, alternative, drawn, *data)


def _bars(report: Report, key: str, kinds: Sequence[Form | Channel]) -> list[charts.Bar]:
    counts = [(one, whole(report, "activities", **{key: one.code})) for one in kinds]
    return [charts.Bar(capital(one.name), n, shown(report, "activities", **{key: one.code})) for one, n in counts]


def months(report: Report) -> Prose:
    """For a quarter, half-year or year: activities by form and by channel, month by month."""
    plan, place = report.config.plan, Place(report, NOTEBOOK)
    kinds: tuple[tuple[str, str, str, Sequence[Form | Channel]], ...] = (
        ("form", "hinh-thuc-theo-thang", "hình thức", plan.forms),
        ("channel", "kenh-theo-thang", "kênh", plan.channels),
    )
    tables = []
    for key, name, words, listed_ in kinds:
        lines = [spans.Line(markdown(capital(one.name)), "activities", codes={key: one.code}) for one in listed_]
        tables.append(spans.by_month(place, name, f"Số hoạt động theo {words}", capital(words), lines))
    return spans.section("Hình thức và kênh theo từng tháng", *tables)
