"""Days off: weekends and a country's public holidays, with the days that a site adds or removes."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from baocao.config.models import Calendar

if TYPE_CHECKING:
    from holidays import HolidayBase


def is_weekend(day: date) -> bool:
    """Whether the day is a Saturday or a Sunday."""
    return day.weekday() >= 5


def is_day_off(calendar: Calendar, day: date) -> bool:
    """Whether the day is a day off.

    Public holidays, and working days swapped for one, come from the ``holidays`` library for the calendar's country.
    The site's own lists take precedence.
    """
    if day in calendar.working_days:
        return False
    if day in calendar.days_off:
        return True
    return is_weekend(day) if not calendar.country else not _holidays(calendar.country).is_working_day(day)


def is_country(code: str) -> bool:
    """Whether the ``holidays`` library knows a country of this code (ISO 3166)."""
    import holidays  # noqa: PLC0415 - slow to load, and needed by few

    return code in holidays.list_supported_countries()


@cache
def _holidays(country: str) -> HolidayBase:
    import holidays  # noqa: PLC0415

    return holidays.country_holidays(country)
