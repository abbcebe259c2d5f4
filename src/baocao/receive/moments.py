"""Times as people write them, and the present time."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from baocao.errors import UserError
from baocao.text import one_line

_DAY_FIRST = re.compile(
    r"(?:(?P<hour>\d{1,2})[:hg](?P<minute>\d{2})?(?::(?P<second>\d{2}))?,?\s+(?:ngày\s+)?)?"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"
    r"(?:,?\s+(?:lúc\s+)?(?P<hour2>\d{1,2})[:hg](?P<minute2>\d{2})?(?::(?P<second2>\d{2}))?)?",
    re.IGNORECASE,
)
_END_OF_DAY = time(23, 59, 59)
_YEARS = range(2000, 3000)
"""Years of report months."""


def clock(timezone: str, now: datetime | None = None) -> datetime:
    """``now``, or without it the present time, in the site's time zone, to the second."""
    zone = ZoneInfo(timezone)
    return (now or datetime.now(zone)).astimezone(zone).replace(microsecond=0)


def parse_moment(text: str, timezone: str) -> datetime:
    """Read ``2025-10-13T16:30``, with or without offset, or ``13/10/2025 16:30``; a day alone means its end.

    Parameters
    ----------
    timezone
        The site's time zone, for times without offset and for the result.

    Raises
    ------
    UserError
        If the text has neither form, or is of a year outside the range of report months.
    """
    clean, zone = one_line(text), ZoneInfo(timezone)
    moment = _day_first(clean) or _iso(clean)
    if moment is None or moment.year not in _YEARS:
        raise UserError(
            f"“{clean}” không phải là một thời điểm.",
            where="--at",
            hint="Viết ngày/tháng/năm giờ:phút, ví dụ “13/10/2025 16:30”, hoặc 2025-10-13T16:30.",
        )
    moment = moment.replace(microsecond=0)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def _day_first(text: str) -> datetime | None:
    match = _DAY_FIRST.fullmatch(text)
    if match is None or (match["hour"] and match["hour2"]):
        return None
    hour, minute, second = (match[name] or match[f"{name}2"] for name in ("hour", "minute", "second"))
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        at = time(int(hour), int(minute or 0), int(second or 0)) if hour else _END_OF_DAY
    except ValueError:
        return None
    return datetime.combine(day, at)


def _iso(text: str) -> datetime | None:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return datetime.combine(date.fromisoformat(text), _END_OF_DAY)
        return datetime.fromisoformat(text) if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}", text) else None
    except ValueError:
        return None
