"""Deadlines and times of receipt in words."""

from __future__ import annotations

from datetime import datetime

from baocao.calendar import deadline
from baocao.config.models import Config, Deadline
from baocao.months import Term
from baocao.text import day_short


def until(config: Config, rule: Deadline, term: Term) -> str:
    """``đến hết ngày 13/10/2025``, or until the hour that is set."""
    last = deadline(config.calendar, rule, term, config.site.timezone)
    day = day_short(last.date())
    if (last.hour, last.minute) == (23, 59):
        return f"đến hết ngày {day}"
    return f"đến {last.hour:02d} giờ {last.minute:02d} ngày {day}"


def moment(iso: str) -> str:
    """``2025-10-13T09:05:00+07:00`` → ``09:05 ngày 13/10/2025``."""
    at = datetime.fromisoformat(iso)
    return f"{at:%H:%M} ngày {day_short(at.date())}"
