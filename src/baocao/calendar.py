"""Periods and deadlines: which days a report covers, and until when it is on time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from baocao.config.models import Calendar, Deadline, DueDay
from baocao.config.periods import days_taken, first_day, month_of, period_of
from baocao.config.workdays import is_day_off
from baocao.errors import UserError
from baocao.months import Month, Term
from baocao.text import month_short, term_short

__all__ = ["days_taken", "deadline", "month_of", "months_of_year_to_date", "period_of", "refuse_before_plan", "span"]


def refuse_before_plan(calendar: Calendar, term: Term) -> None:
    """Let nobody report on a time before the plan: there is nothing to count, and no zero either.

    Raises
    ------
    UserError
        If the month or span ends before the plan's first month.
    """
    first = Month.parse(calendar.first_month)
    if term.last < first:
        named = month_short(term) if isinstance(term, Month) else term_short(term)
        raise UserError(
            f"kế hoạch chưa có kỳ {named}; kỳ đầu tiên là {month_short(first)}.",
            hint=f"Chọn từ tháng đầu tiên trở đi, ví dụ {first}.",
        )


def months_of_year_to_date(term: Term) -> tuple[Month, ...]:
    """The report months of the report year up to the end of ``term``.

    A report year holds the report months 1 to 12 under either scheme of ``params/calendar.yml``, so under ``mid-month``
    it covers 15/12 of the year before to 14/12 (Decree 09/2019/NĐ-CP, Article 12).
    """
    return Month(term.year, 1).upto(term.last)


def span(first: Month, last: Month) -> str:
    """The ledger's code of a span of report months: ``2025-01..2025-10``."""
    return f"{first}..{last}"


def deadline(calendar: Calendar, rule: Deadline, term: Term, timezone: str) -> datetime:
    """The last instant that is on time.

    Parameters
    ----------
    calendar
        Says whether a deadline on a day off moves to the working day before it.
    rule
        The deadline's day of the month; “before” that day is the end of the day before if it is strict. A rule that
        changed while the plan runs says which day held for which months.
    term
        The report month; of a span, its last month counts.
    timezone
        The site's time zone, an IANA name.

    Returns
    -------
    datetime
        Aware, in the site's time zone. A day that the month does not have is its last day.
    """
    held = rule.of(term.last)
    day = _last_day(held, term.last)
    while calendar.move_to_working_day and is_day_off(calendar, day):
        day -= timedelta(days=1)
    return datetime.combine(day, held.at, ZoneInfo(timezone))


def _last_day(rule: DueDay, month: Month) -> date:
    due = month.plus(rule.months_later)
    named = first_day(due) + timedelta(days=rule.day - 1 - rule.strict)
    return min(named, first_day(due.plus(1)) - timedelta(days=1))
