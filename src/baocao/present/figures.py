"""Ledger figures as text: the one place where a number of the ledger becomes part of a page.

Four things are kept apart: not known (``chưa có số liệu``), nothing to count (``–``), counted but not stated by
those who reported (``không nêu``), and zero. A longer period that is not compared because months of it are without
figures is a case of its own (``chưa đủ số liệu các tháng``).

A figure comes as Markdown that leads to its ledger row (:mod:`baocao.present.traced`); where plain text is wanted, as
in a chart or an alternative text, pass it through :func:`baocao.present.traced.plain`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from baocao.measures.ledger import SITE, Row, dims
from baocao.months import Month, Span, Term
from baocao.present.traced import traced
from baocao.report import Report
from baocao.text import NO_DATA, capital, number, signed, term_before, term_short

NOT_STATED = "không nêu"
NOT_ENOUGH = "chưa đủ số liệu các tháng"
NOTHING = "–"


def value(report: Report, measure: str, unit: str = SITE, period: str = "", **codes: str) -> Decimal | None:
    """A figure of the report month, or of the ledger period that is named."""
    return report.ledger.value(period or str(report.month), measure, unit, **codes)


def whole(report: Report, measure: str, unit: str = SITE, period: str = "", **codes: str) -> int:
    """A count for choosing words and order; a count that is not known counts as none."""
    return int(value(report, measure, unit, period, **codes) or 0)


def shown(report: Report, measure: str, unit: str = SITE, period: str = "", **codes: str) -> str:
    """The figure as Markdown that leads to its ledger row; words where there is none."""
    figure = value(report, measure, unit, period, **codes)
    if figure is None:
        return NO_DATA
    stated = value(report, f"{measure}_stated", unit, period, **codes)
    if stated == 0:
        return NOT_STATED if value(report, "activities", unit, period, **codes) else NOTHING
    return traced(number(figure), _id(report, measure, unit, period, **codes))


def counted(rows: Iterable[Row]) -> str:
    """How many ledger rows there are, as Markdown that leads to them."""
    ids = [row.id for row in rows]
    return traced(number(len(ids)), *ids)


def _id(report: Report, measure: str, unit: str, period: str = "", **codes: str) -> str:
    return "|".join((period or str(report.month), unit, measure, dims(**codes)))


def known(report: Report, measure: str, unit: str = SITE, period: str = "", **codes: str) -> Decimal | None:
    """The figure if it may be compared: one that nobody stated is not known."""
    if value(report, f"{measure}_stated", unit, period, **codes) == 0:
        return None
    return value(report, measure, unit, period, **codes)


def change(report: Report, measure: str, unit: str = SITE, **codes: str) -> str:
    """How the figure compares with the month before, in words; said as such where there is nothing to compare."""
    now, before = known(report, measure, unit, **codes), _before(report, measure, unit, **codes)
    if now is None:
        return ""
    if before is None:
        return nothing_before(report)
    was = term_short(report.month.plus(-1))
    if now == before:
        return f"bằng {was}"
    now_id, before_id = _id(report, measure, unit, **codes), _id(report, measure, unit, str(report.previous), **codes)
    difference = traced(number(abs(now - before)), now_id, before=before_id)
    return f"{'tăng' if now > before else 'giảm'} {difference} so với {was} ({traced(number(before), before_id)})"


def change_short(report: Report, measure: str, unit: str = SITE, **codes: str) -> str:
    """The same for a table cell: ``+3``; else what stands in place of the figure that it lacks."""
    return change_from(report, report.month.plus(-1), measure, unit, **codes)


def _before(report: Report, measure: str, unit: str, **codes: str) -> Decimal | None:
    previous = report.previous
    return None if previous is None else known(report, measure, unit, str(previous), **codes)


def change_from(report: Report, then: Term, measure: str, unit: str = SITE, **codes: str) -> str:
    """How the figure differs from that of another month: ``+3``; else what stands in place of the one that it lacks."""
    now, before = known(report, measure, unit, **codes), known(report, measure, unit, str(then), **codes)
    if now is None:
        return shown(report, measure, unit, **codes)
    if before is None and value(report, measure, unit, str(then), **codes) is not None:
        return shown(report, measure, unit, str(then), **codes)
    if before is None:
        return not_known(report, then)
    before_id = _id(report, measure, unit, str(then), **codes)
    return traced(signed(now - before), _id(report, measure, unit, **codes), before=before_id)


def periods(report: Report) -> tuple[tuple[str, str], ...]:
    """Ledger period → its name, each period once: the month or span, the year to date, since the plan's start."""
    name = {str(report.month): term_heading(report)}
    longer = {report.year_to_date: "Lũy kế từ đầu năm", report.since_start: "Từ khi thực hiện kế hoạch"}
    return tuple((name | longer | name).items())


def term_heading(report: Report) -> str:
    """The month or span over a column of its figures; a span with a month that is not sealed is provisional."""
    provisional = any(state in {"open", "empty"} for state in report.states.values())
    return capital(term_short(report.month)) + (" (tạm tính)" if provisional else "")


def versus(report: Report) -> str:
    """The heading of a column of changes: ``So với tháng trước``."""
    return f"So với {term_before(report.month)}"


def nothing_before(report: Report) -> str:
    """That there is nothing to compare with; sums are compared only where no month of either is without figures."""
    if isinstance(report.month, Month):
        return "chưa có số liệu tháng trước để so sánh"
    if not lacks_months(report, report.month.plus(-1)):
        return f"chưa có số liệu {term_before(report.month)} để so sánh"
    return f"{NOT_ENOUGH} để so với {term_before(report.month)}"


def not_known(report: Report, then: Term) -> str:
    """Why there is no figure of another month or span: a span with figures of some of its months only is not summed."""
    return NOT_ENOUGH if lacks_months(report, then) else NO_DATA


def lacks_months(report: Report, then: Term) -> bool:
    """Whether a span is not compared because months of it, or of this one, lack figures; not one before the plan."""
    begun = then.last >= Month.parse(report.config.calendar.first_month)
    return isinstance(then, Span) and begun and then not in report.compared
