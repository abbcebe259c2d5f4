"""Deadlines and times of receipt in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from baocao.calendar import deadline
from baocao.config.models import Config, Deadline
from baocao.months import Term
from baocao.text import day_short, moment_long


def until(config: Config, rule: Deadline, term: Term) -> str:
    """``đến hết ngày 13/10/2025``, or with an hour if one is set."""
    last = deadline(config.calendar, rule, term, config.site.timezone)
    day = day_short(last.date())
    if (last.hour, last.minute) == (23, 59):
        return f"đến hết ngày {day}"
    return f"đến {last.hour:02d} giờ {last.minute:02d} ngày {day}"


def moment(config: Config, term: Term, iso: str) -> str:
    """``2025-10-13T09:05:00+07:00`` → ``09:05 ngày 13/10/2025``.

    With seconds if only these show that the report came after the units' deadline.
    """
    at = datetime.fromisoformat(iso)
    due = deadline(config.calendar, config.calendar.unit_due, term, config.site.timezone)
    return moment_long(at, seconds=seconds_tell(at, due))


def seconds_tell(at: datetime, due: datetime) -> bool:
    """Whether only its seconds show that a time is after a deadline."""
    return due < at < due + timedelta(minutes=1) and not due.second
