"""The days that a report month, quarter, half-year or year covers."""

from __future__ import annotations

from datetime import date, timedelta

from baocao.config.models import Calendar
from baocao.months import Month, Period, Span, Term


def period_of(calendar: Calendar, term: Term) -> Period:
    """The days that a report month, or a span of them, covers, both ends included.

    Under ``mid-month`` from ``first_day`` of the month before to the day before ``first_day`` of the month (Decree
    09/2019/NĐ-CP, Article 12: the 15th to the 14th); under ``calendar-month`` the month's own days. A span runs from
    the first day of its first month to the last day of its last: a quarter from the 15th of the month before it to
    the 14th of its last month, a year from 15 December to 14 December.
    """
    if isinstance(term, Span):
        return Period(period_of(calendar, term.first).start, period_of(calendar, term.last).end)
    return _of_month(calendar, term)


def days_taken(calendar: Calendar, month: Month) -> Period:
    """The days of a month's period from the plan's first day on; the plan may begin in the middle of a period.

    For a month before the plan, all days of the period: such a month is refused as a whole, not day by day.
    """
    period = period_of(calendar, month)
    begun = str(month) >= calendar.first_month
    return Period(max(period.start, calendar.starts), period.end) if begun else period


def _of_month(calendar: Calendar, month: Month) -> Period:
    if calendar.scheme == "calendar-month":
        return Period(first_day(month), first_day(month.plus(1)) - timedelta(days=1))
    before = month.plus(-1)
    start = date(before.year, before.number, calendar.first_day)
    return Period(start, date(month.year, month.number, calendar.first_day) - timedelta(days=1))


def month_of(calendar: Calendar, day: date) -> Month:
    """The report month whose period holds the day."""
    month = Month(day.year, day.month)
    later = calendar.scheme == "mid-month" and day.day >= calendar.first_day
    return month.plus(1) if later else month


def first_day(month: Month) -> date:
    """The calendar month's first day."""
    return date(month.year, month.number, 1)
