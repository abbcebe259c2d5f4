"""When a month was closed or opened again."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from baocao.errors import UserError


def moment(text: str, timezone: str) -> str:
    """ISO text with offset; ``text`` is ISO, in the site's time zone if it names none, and empty for now.

    Raises
    ------
    UserError
        If the text is no such time.
    """
    zone = ZoneInfo(timezone)
    if not text:
        return datetime.now(zone).isoformat(timespec="seconds")
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"“{text}” không phải là thời điểm.", "--at", "Viết ví dụ: 2025-10-21T09:00") from error
    return (at if at.tzinfo else at.replace(tzinfo=zone)).isoformat(timespec="seconds")
