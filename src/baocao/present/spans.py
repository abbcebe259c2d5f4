"""A quarter, half-year or year month by month: months as columns, and which figures are provisional.

In the book of a single month every block here is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from baocao.measures.ledger import SITE, Row
from baocao.months import Month
from baocao.present.blocks import Column, Prose, Table, callout
from baocao.present.common import MOST_NAMED, SOURCE, Place, month_name, without_activity
from baocao.present.due import until
from baocao.present.figures import NOTHING, shown, term_heading, value, whole
from baocao.present.traced import traced
from baocao.present.words import STATES, ZERO, listed
from baocao.report import Report
from baocao.text import capital, markdown, month_short

MOST_MONTHS = 6
"""Most months side by side on a page; a year takes two tables."""
MONTH_STATES = {
    "closed": "đã khóa",
    "open": "tạm tính",
    "empty": "chưa có báo cáo",
    "before": "trước khi thực hiện kế hoạch",
}
"""The states of a span's month (:data:`baocao.measures.terms.STATES`) in words."""


@dataclass(frozen=True)
class Line:
    """A row of figures: its name as Markdown, the measure, the unit and the codes.

    ``words`` writes figures for which a number alone is not enough, such as those of a yes/no target.
    """

    name: str
    measure: str
    unit: str = SITE
    codes: Mapping[str, str] = field(default_factory=dict)
    words: Callable[[Row], str] | None = None


def by_month(place: Place, name: str, title: str, head: str, lines: Iterable[Line]) -> Prose:
    """A table with the months as columns and the whole span last; empty for a month.

    Parameters
    ----------
    name
        Name of the table, unique in the chapter.
    title, head
        The caption, and the heading of the first column.
    """
    report, rows = place.report, tuple(lines)
    if isinstance(report.month, Month) or not report.history or not rows:
        return Prose("")
    parts = [report.history[i : i + MOST_MONTHS] for i in range(0, len(report.history), MOST_MONTHS)]
    return Prose("\n\n".join(_part(place, name, title, head, rows, parts, i) for i in range(len(parts))))


def _part(
    place: Place, name: str, title: str, head: str, lines: Sequence[Line], parts: Sequence[tuple[Month, ...]], i: int
) -> str:
    report, months, last = place.report, parts[i], i == len(parts) - 1
    columns = [Column(head, 26), *(Column(_heading(report, month), 11, right=True) for month in months)]
    columns += [Column(term_heading(report), 13, right=True)] if last else []
    rows = [
        (
            line.name,
            *(_cell(report, line, month) for month in months),
            *([_figure(report, line, str(report.month))] if last else []),
        )
        for line in lines
    ]
    which = f" (phần {i + 1} trong {len(parts)})" if len(parts) > 1 else ""
    caption = f"{title} từng tháng, {month_name(report)}{which}. {SOURCE}"
    table = place.table(name if i == 0 else f"{name}-{i + 1}", caption, columns, rows)
    return table.markdown


def _heading(report: Report, month: Month) -> str:
    state = report.states.get(month, "")
    return month_short(month) + (f" ({MONTH_STATES[state]})" if state in {"open", "empty"} else "")


def _cell(report: Report, line: Line, month: Month) -> str:
    if report.states.get(month) == "empty" or not _owes(report, line.unit, month):
        return NOTHING
    return _figure(report, line, str(month))


def _figure(report: Report, line: Line, period: str) -> str:
    row = report.ledger.row(period, line.measure, line.unit, **line.codes) if line.words else None
    if line.words and row:
        return traced(markdown(line.words(row)), row.id)
    return shown(report, line.measure, line.unit, period, **line.codes)


def _owes(report: Report, unit: str, month: Month) -> bool:
    """Whether the unit owes figures for the month at all."""
    return unit == SITE or any(value(report, "reports", unit, str(month), state=state) for state in STATES)


def section(title: str, *blocks: Prose) -> Prose:
    """Blocks under a heading; empty if all blocks are empty."""
    filled = [block.markdown for block in blocks if block.markdown]
    return Prose("\n\n".join([f"## {title}", *filled]) if filled else "")


def standing(report: Report) -> str:
    """Which of a span's figures are provisional or missing, in one or two sentences; empty for a month."""
    if isinstance(report.month, Month):
        return ""
    groups = {code: [m for m, state in report.states.items() if state == code] for code in MONTH_STATES}
    if not report.history:
        return f"{capital(month_name(report))} là trước khi thực hiện kế hoạch, nên không có số liệu."
    parts = [f"{_months(months)} {_SAID[code]}" for code, months in groups.items() if months and code in _SAID]
    if not groups["open"] and not groups["empty"]:
        return f"Số liệu các tháng của kỳ đã khóa: {'; '.join(parts)}."
    lack = [month for month in groups["open"] if _lacking(report, month)]
    text = f"Số liệu của kỳ là tạm tính: {'; '.join(parts)}."
    if lack:
        text += f" Còn thiếu báo cáo của đơn vị ở {_months(lack)}; tổng của kỳ chưa gồm các báo cáo đó."
    return text


_SAID = {
    "closed": "đã khóa",
    "open": "chưa khóa",
    "empty": "chưa có báo cáo nào",
    "before": "trước khi thực hiện kế hoạch",
}


def _months(months: Sequence[Month]) -> str:
    return f"tháng {listed(named_runs(months))}"


def named_runs(months: Iterable[Month]) -> list[str]:
    """Names of months; of a longer run of months, as in a year's book, only the first and the last."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and runs[-1][-1].plus(1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [name for run in runs for name in _run(run)]


def _run(months: Sequence[Month]) -> list[str]:
    names = [month_short(month) for month in months]
    return names if len(names) <= MOST_NAMED else [f"{names[0]} đến {names[-1]}"]


def _lacking(report: Report, month: Month) -> int:
    return sum(whole(report, "reports", period=str(month), state=state) for state in ("missing", "refused"))


def nothing_sent(report: Report) -> bool:
    """Whether nobody sent anything for any month of a span; False for a month, whose book names the missing units."""
    return not isinstance(report.month, Month) and not whole(report, "reports", state="owed")


def reports_sentence(report: Report) -> str:
    """How many of the owed reports came in over all months of a span, as a sentence."""
    if nothing_sent(report):
        return NOTHING_SENT
    some = without_activity(report)
    filed = f"đã nộp báo cáo {some}" if some else "có hoạt động"
    words = {"filed": filed, "nil": "báo không phát sinh", "missing": "chưa nộp", "refused": "bị trả lại"}
    parts = [
        f"{shown(report, 'reports', state=state)} lượt {said}"
        for state, said in words.items()
        if whole(report, "reports", state=state)
    ]
    return f"Trong {shown(report, 'reports', state='owed')} lượt báo cáo phải nộp của các tháng có {listed(parts)}."


def unit_sentence(report: Report, unit: str) -> str:
    """In how many months of a span a unit reported, sent a nil report, or sent nothing, as a sentence."""
    words = {"filed": "đã nộp", "nil": "không phát sinh", "missing": "chưa nộp", "refused": "bị trả lại"}
    parts = [
        f"{shown(report, 'reports', unit, state=state)} tháng {said}"
        for state, said in words.items()
        if whole(report, "reports", unit, state=state)
    ]
    if not parts:
        return NOTHING_SENT
    missing = whole(report, "reports", unit, state="missing")
    more = f" Tháng chưa nộp thì chưa biết số liệu, không có nghĩa là bằng {ZERO}." if missing else ""
    return f"Báo cáo của đơn vị: {listed(parts)}.{more}"


NOTHING_SENT = "Chưa tháng nào của kỳ có báo cáo của đơn vị."


def notice(report: Report) -> str:
    """The text of :func:`standing` as a boxed remark for the front of the book."""
    text = standing(report)
    final = all(state in {"closed", "before"} for state in report.states.values())
    return callout("note" if final else "warning", "Tình trạng số liệu của kỳ", text) if text else ""


def states_table(place: Place) -> Prose | Table:
    """A table of a span's months: sealed or provisional, reports received, and until when figures may change."""
    report = place.report
    if isinstance(report.month, Month):
        return Prose("")
    columns = [
        Column("Tháng", 10),
        Column("Số liệu", 16),
        *(Column(words, 9, right=True) for words in ("Phải báo cáo", "Đã nộp", "Không phát sinh", "Bị trả lại")),
        Column("Chưa nộp", 9, right=True),
        Column("Số ước", 9, right=True),
        Column("Khóa số liệu", 18),
    ]
    rows = [_state_row(report, month, state) for month, state in report.states.items()]
    caption = (
        f"Tình trạng số liệu các tháng, {month_name(report)}. Tháng chưa khóa là tạm tính; số ước là số đơn vị "
        "gửi trước khi chốt số liệu."
    )
    return place.table("cac-thang-cua-ky", caption, columns, rows)


def _state_row(report: Report, month: Month, state: str) -> tuple[str, ...]:
    period = str(month)
    there = value(report, "reports", period=period, state="owed") is not None
    counts = [shown(report, "reports", period=period, state=s) for s in ("owed", "filed", "nil", "refused", "missing")]
    estimates = shown(report, "finality", period=period, state="provisional")
    lock = until(report.config, report.config.calendar.lock, month) if state != "before" else NOTHING
    figures = [*counts, estimates] if there else [NOTHING] * (len(counts) + 1)
    return month_short(month), MONTH_STATES[state], *figures, lock
