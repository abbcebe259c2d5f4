"""Submissions: who reported, who did not, and until when it was on time."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.config.models import Unit
from baocao.measures.ledger import SITE
from baocao.months import Month, Term
from baocao.present import charts, receipts, spans
from baocao.present.blocks import Column, Figure, Prose, Several, Table, bullets
from baocao.present.chapters.overview import reports_sentence
from baocao.present.common import (
    Place,
    charted_months,
    grid_alternative,
    grid_data,
    in_some_month,
    month_bar,
    month_data,
    month_name,
    panels_alternative,
    part_name,
    part_words,
    times_of,
    unit_names,
    units_in,
)
from baocao.present.due import moment, until
from baocao.present.figures import NOTHING, shown, value, whole
from baocao.present.frame import pages_of
from baocao.present.words import FINALITIES, STATES, TIMELINESS, ZERO, listed, state_mark, verbatim
from baocao.report import Report
from baocao.text import capital, markdown, month_short, number, period_long, term_short, within

NOTEBOOK = "submissions"
RECEIVED = "Nguồn: sổ nhận báo cáo và tệp của các đơn vị."


def summary(report: Report) -> Prose:
    """Who reported and when."""
    texts = [f"{capital(month_name(report))}: {within(reports_sentence(report))}"]
    if times := times_of(report):
        texts.append(f"Về thời hạn: {times}.")
    texts += receipts.revision_sentences(report)
    missing = units_in(report, "reports", "missing")
    if missing:
        texts.append(f"{in_some_month(report, 'chưa nộp')}: {unit_names(missing)}.")
        texts.append(f"Chưa có báo cáo thì chưa biết số liệu, không có nghĩa là bằng {ZERO}.")
    return Prose(" ".join(texts))


def deadlines(report: Report) -> Prose:
    """The period and the month's deadlines, in words and as dates."""
    if not isinstance(report.month, Month):
        return Prose(f"Kỳ số liệu: {markdown(period_long(report.period))}. Thời hạn tính theo từng tháng.")
    calendar = report.config.calendar
    rules = (
        ("Chốt số liệu", calendar.cut_off),
        ("Đơn vị gửi báo cáo", calendar.unit_due),
        (f"{report.config.site.name} gửi báo cáo", calendar.site_due),
        ("Khóa số liệu", calendar.lock),
    )
    days = [(name, rule.of(report.month).text, until(report.config, rule, report.month)) for name, rule in rules]
    listed_ = (("Kỳ số liệu", "", period_long(report.period)), *days)
    return Prose(bullets(f"{verbatim(name)}: {_rule(rule, day)}." for name, rule, day in listed_))


def _rule(rule: str, day: str) -> str:
    return f"{verbatim(rule)}, tức là {day}" if rule else day


def units_table(report: Report) -> Table | Prose:
    """Each unit: kind, state, time, what it reported."""
    if not isinstance(report.month, Month):
        return _units_over_months(report)
    columns = [
        Column("Đơn vị", 28),
        Column("Tình trạng", 16),
        Column("Thời hạn", 16),
        Column("Nhận lúc", 14),
        Column("Lần gửi", 8, right=True),
        Column("Số liệu", 14),
        Column("Hoạt động", 10, right=True),
    ]
    received = dict(zip(report.records.submissions["unit"], report.records.submissions["received_at"], strict=True))
    rows = [_unit_row(report, unit, str(received.get(unit.code) or "")) for unit in report.units]
    caption = f"Tình trạng nộp báo cáo, {month_name(report)}."
    if whole(report, "resubmitted"):
        caption += " Thời hạn tính theo lần gửi đầu đọc được; “Nhận lúc” và “Số liệu” là của lần gửi mới nhất."
    return Place(report, NOTEBOOK).table("don-vi", caption, columns, rows, "Kỳ này không đơn vị nào phải báo cáo.")


def _unit_row(report: Report, unit: Unit, received: str) -> tuple[str, ...]:
    state, time = state_of(report, unit.code), time_of(report, unit.code)
    known = value(report, "activities", unit.code) is not None
    return (
        markdown(unit.name),
        state_mark(state),
        state_mark(time) if time else NOTHING,
        moment(report.config, report.month, received) if received else NOTHING,
        shown(report, "versions", unit.code) if value(report, "versions", unit.code) else NOTHING,
        _finality(report, unit.code),
        shown(report, "activities", unit.code) if known else NOTHING,
    )


def _finality(report: Report, unit: str) -> str:
    return next((words for code, words in FINALITIES.items() if value(report, "finality", unit, state=code)), NOTHING)


def owed_table(report: Report) -> Table | Prose:
    """What each unit owes this month, and how much of it was reported."""
    return receipts.owed_table(Place(report, NOTEBOOK))


def reminders(report: Report) -> Prose:
    """The reminder letters to units."""
    return receipts.reminder_list(report)


def versions_table(report: Report) -> Table | Prose:
    """The versions of the reports that came more than once."""
    return receipts.versions_table(Place(report, NOTEBOOK), report.units)


def rates_table(report: Report) -> Table | Prose:
    """How each unit keeps its deadlines."""
    return receipts.rates_table(Place(report, NOTEBOOK))


def state_of(report: Report, unit: str, month: Month | None = None) -> str:
    """The state of a unit's report; ``missing`` if the ledger says nothing of it."""
    return _known_state(report, unit, month or report.month) or "missing"


def time_of(report: Report, unit: str) -> str:
    """Whether a unit's report was on time; empty if there is none."""
    return next((s for s in TIMELINESS if value(report, "timeliness", unit, state=s)), "")


def grid(report: Report) -> Several | Prose:
    """The state of each unit's report, month by month."""
    if not report.units:
        return Prose("Kỳ này không đơn vị nào phải báo cáo.")
    if spans.nothing_sent(report):
        return Prose(spans.NOTHING_SENT)
    parts = pages_of(report.units, charts.grid_row_height(len(report.units)))
    return Several(tuple(_grid(report, units, i, len(parts)) for i, units in enumerate(parts, start=1)))


def _grid(report: Report, units: Sequence[Unit], part: int, parts: int) -> Figure:
    months = charted_months(report)
    tiles = [
        charts.Tile(unit.name, month_short(month), STATES[state], state=state)
        for unit in units
        for month in months
        if (state := _known_state(report, unit.code, month))
    ]
    names, heads = [unit.name for unit in units], [month_short(month) for month in months]
    caption = (
        f"Tình trạng báo cáo của từng đơn vị qua các tháng{part_words(part, parts)}; ô trống: đơn vị chưa phải "
        f"báo cáo. {RECEIVED}"
    )
    alternative = f"Tình trạng báo cáo theo tháng. {grid_alternative(tiles)}"
    drawn, data = charts.state_grid(tiles, names, heads, _finding(report)), grid_data("Đơn vị", tiles, names, heads)
    return Place(report, NOTEBOOK).figure(part_name("tinh-trang", part), caption, alternative, drawn, *data)


def timeliness_chart(report: Report) -> Figure | Prose:
    """Numbers of reports on time, late, undated and missing, month by month; together these are all owed reports."""
    if spans.nothing_sent(report):
        return Prose("")  # the grid above says it
    if not whole(report, "reports", state="owed"):
        return Prose("Kỳ này không đơn vị nào phải báo cáo.")
    months = charted_months(report)
    owed = max(whole(report, "reports", period=str(month), state="owed") for month in months)
    rows = [("timeliness", code, capital(words)) for code, words in TIMELINESS.items()]
    rows.append(("reports", "missing", capital(STATES["missing"])))
    strips = [
        charts.Panel(words, tuple(month_bar(report, month, measure, state=code) for month in months), owed)
        for measure, code, words in rows
    ]
    strips = [strip for strip in strips if any(bar.length for bar in strip.bars)] or strips[:1]
    note = f"Số báo cáo, các dải chung một thang từ 0 đến {number(owed)} báo cáo"
    caption = f"Số báo cáo theo thời hạn nộp qua các tháng; không vẽ mục bằng {ZERO} ở mọi tháng. {RECEIVED}"
    alternative = f"Số báo cáo theo thời hạn và tháng. {panels_alternative(strips)}"
    drawn, data = charts.strips(strips, _time_finding(report), note), month_data("Thời hạn", strips)
    return Place(report, NOTEBOOK).figure("thoi-han", caption, alternative, drawn, *data)


def _time_finding(report: Report) -> str:
    measures = [("timeliness", code, words) for code, words in TIMELINESS.items()]
    measures.append(("reports", "missing", STATES["missing"]))
    parts = [
        f"{shown(report, measure, state=code)} {words}"
        for measure, code, words in measures
        if whole(report, measure, state=code)
    ]
    owed, refused = (shown(report, "reports", state=state) for state in ("owed", "refused"))
    of_them = f", trong đó {refused} {STATES['refused']}" if whole(report, "reports", state="refused") else ""
    return f"{capital(term_short(report.month))}, trong {owed} báo cáo: {listed(parts)}{of_them}"


def _known_state(report: Report, unit: str, month: Term) -> str:
    return next((s for s in STATES if value(report, "reports", unit, str(month), state=s)), "")


def _finding(report: Report) -> str:
    late, owed = shown(report, "reports", SITE, state="missing"), shown(report, "reports", SITE, state="owed")
    name = capital(term_short(report.month))
    if not isinstance(report.month, Month):
        return f"{name}: {late} trong {owed} lượt báo cáo chưa nộp" if value(report, "reports", state="owed") else name
    if not whole(report, "reports", state="missing"):
        return f"{name}: không đơn vị nào chưa nộp"
    return f"{name}: {late} trong {owed} đơn vị chưa nộp"


def history_table(report: Report) -> Table | Prose:
    """Counts by state over the months."""
    columns = [Column("Tháng", 10), Column("Phải báo cáo", 10, right=True)]
    columns += [Column(capital(words), 10, right=True) for words in [*STATES.values(), *TIMELINESS.values()]]
    rows = [_month_row(report, month) for month in reversed(report.history)]
    caption = "Số báo cáo theo tình trạng và thời hạn, tháng mới nhất trước."
    return Place(report, NOTEBOOK).table("cac-thang", caption, columns, rows)


def _month_row(report: Report, month: Month) -> tuple[str, ...]:
    period = str(month)
    counts = [shown(report, "reports", period=period, state=state) for state in ("owed", *STATES)]
    return (month_short(month), *counts, *(shown(report, "timeliness", period=period, state=s) for s in TIMELINESS))


def months(report: Report) -> Prose:
    """For a quarter, half-year or year: which months are provisional, and what came in for each."""
    states = spans.states_table(Place(report, NOTEBOOK)).markdown
    return spans.section("Các tháng của kỳ", Prose(spans.standing(report)), Prose(states))


def _units_over_months(report: Report) -> Table | Prose:
    """Number of months of a span in which each unit's report had each state, and in which it was on time."""
    if spans.nothing_sent(report):
        return Prose(spans.NOTHING_SENT)
    columns = [Column("Đơn vị", 28), *(Column(capital(words), 9, right=True) for words in _OVER_MONTHS.values())]
    rows = [(markdown(unit.name), *_over_months(report, unit.code)) for unit in report.units]
    caption = f"Số tháng theo tình trạng báo cáo của từng đơn vị, {month_name(report)}."
    return Place(report, NOTEBOOK).table("don-vi", caption, columns, rows, "Kỳ này không đơn vị nào phải báo cáo.")


_OVER_MONTHS = STATES | TIMELINESS


def _over_months(report: Report, unit: str) -> list[str]:
    """Months in each state; zero is shown as a dash, because the ledger has no row for it."""
    cells = []
    for code in _OVER_MONTHS:
        measure = "reports" if code in STATES else "timeliness"
        cells.append(shown(report, measure, unit, state=code) if value(report, measure, unit, state=code) else NOTHING)
    return cells
