"""The days that a report month covers."""

from __future__ import annotations

from datetime import date, timedelta

from baocao.config.models import Calendar
from baocao.months import Month, Period


def period_of(calendar: Calendar, month: Month) -> Period:
    """The days that a report month covers, both ends included.

    Under ``mid-month`` from ``first_day`` of the month before to the day before ``first_day`` of the month (Decree
    09/2019/NĐ-CP, Article 12: the 15th to the 14th); under ``calendar-month`` the month's own days.
    """
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
