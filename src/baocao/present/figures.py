"""Ledger figures as text: the one place where a number of the ledger becomes part of a page.

Four cases are distinguished: not known (``chưa có số liệu``), nothing to count (``–``), reported without stating the
figure (``không nêu``), and zero. A longer period that cannot be compared because some of its months have no figures is
a fifth case (``chưa đủ số liệu các tháng``).

A figure is Markdown with a link to its ledger row (:mod:`baocao.present.traced`). For plain text, as in a chart or an
alternative text, pass it through :func:`baocao.present.traced.plain`.
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
    """A figure of the report month or, if given, of another ledger period; None if it is not known."""
    return report.ledger.value(period or str(report.month), measure, unit, **codes)


def whole(report: Report, measure: str, unit: str = SITE, period: str = "", **codes: str) -> int:
    """A count used to choose words or an order; 0 if it is not known."""
    return int(value(report, measure, unit, period, **codes) or 0)


def shown(report: Report, measure: str, unit: str = SITE, period: str = "", **codes: str) -> str:
    """The figure as Markdown with a link to its ledger row; words if there is no figure."""
    figure = value(report, measure, unit, period, **codes)
    if figure is None:
        return NO_DATA
    stated = value(report, f"{measure}_stated", unit, period, **codes)
    if stated == 0:
        return NOT_STATED if value(report, "activities", unit, period, **codes) else NOTHING
    return traced(number(figure), _id(report, measure, unit, period, **codes))


def counted(rows: Iterable[Row]) -> str:
    """The number of these ledger rows, as Markdown with a link to them."""
    ids = [row.id for row in rows]
    return traced(number(len(ids)), *ids)


def _id(report: Report, measure: str, unit: str, period: str = "", **codes: str) -> str:
    return "|".join((period or str(report.month), unit, measure, dims(**codes)))


def known(report: Report, measure: str, unit: str = SITE, period: str = "", **codes: str) -> Decimal | None:
    """The figure if it can be compared; None if it is not known or nobody stated it."""
    if value(report, f"{measure}_stated", unit, period, **codes) == 0:
        return None
    return value(report, measure, unit, period, **codes)


def change(report: Report, measure: str, unit: str = SITE, **codes: str) -> str:
    """The change from the previous month or span in words, or that there is nothing to compare with."""
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
    """The same for a table cell: ``+3``, or the words shown for the missing figure."""
    return change_from(report, report.month.plus(-1), measure, unit, **codes)


def _before(report: Report, measure: str, unit: str, **codes: str) -> Decimal | None:
    previous = report.previous
    return None if previous is None else known(report, measure, unit, str(previous), **codes)


def change_from(report: Report, then: Term, measure: str, unit: str = SITE, **codes: str) -> str:
    """The change from another month or span: ``+3``, or the words shown for the missing figure."""
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
    """The heading of the term's own column; it calls a span provisional if any of its months is not sealed."""
    provisional = any(state in {"open", "empty"} for state in report.states.values())
    return capital(term_short(report.month)) + (" (tạm tính)" if provisional else "")


def versus(report: Report) -> str:
    """The heading of a column of changes: ``So với tháng trước``."""
    return f"So với {term_before(report.month)}"


def nothing_before(report: Report) -> str:
    """Words for having nothing to compare with: sums are compared only if every month of both has figures."""
    if isinstance(report.month, Month):
        return "chưa có số liệu tháng trước để so sánh"
    if not lacks_months(report, report.month.plus(-1)):
        return f"chưa có số liệu {term_before(report.month)} để so sánh"
    return f"{NOT_ENOUGH} để so với {term_before(report.month)}"


def not_known(report: Report, then: Term) -> str:
    """Why another month or span has no figure: spans with figures for only some of their months are not summed."""
    return NOT_ENOUGH if lacks_months(report, then) else NO_DATA


def lacks_months(report: Report, then: Term) -> bool:
    """Whether a span is not compared because months of either lack figures; False for one before the plan."""
    begun = then.last >= Month.parse(report.config.calendar.first_month)
    return isinstance(then, Span) and begun and then not in report.compared
