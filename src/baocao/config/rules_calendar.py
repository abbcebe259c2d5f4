"""A calendar that could not be kept: dates out of order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from baocao.config.faults import Fault
from baocao.config.models import Config, Deadline
from baocao.config.periods import month_of
from baocao.config.workdays import is_country
from baocao.errors import UserError
from baocao.months import Month

FILE = "params/calendar.yml"
# The plan's first report may come up to this many report months after the one in which it takes effect.
MONTHS_TO_FIRST_REPORT = 3


def calendar_faults(config: Config) -> Iterator[Fault]:
    """A first month that is none or far from the start, and deadlines in an order that nobody could keep."""
    calendar = config.calendar
    try:
        first = Month.parse(calendar.first_month)
    except UserError:
        yield Fault(FILE, "first_month", f"không có tháng “{calendar.first_month}”", 'NĂM-THÁNG, ví dụ "2025-08"')
    else:
        start = month_of(calendar, calendar.starts)
        if not start <= first <= start.plus(MONTHS_TO_FIRST_REPORT):
            what = f"kế hoạch có hiệu lực từ {calendar.starts}, xa tháng báo cáo đầu tiên {first}"
            yield Fault(FILE, "starts", what, f"ngày thuộc kỳ của {first} hoặc nhiều nhất 3 kỳ trước đó")
    yield from _order(config)
    yield from _days(config)


def _days(config: Config) -> Iterator[Fault]:
    calendar = config.calendar
    # Asked only where it matters: the list of countries is slow to load.
    if calendar.move_to_working_day and calendar.country and not is_country(calendar.country):
        yield Fault(FILE, "country", f"không biết ngày lễ của nước “{calendar.country}”", "mã nước, ví dụ VN")
    for day in sorted({*calendar.days_off} & {*calendar.working_days}):
        yield Fault(FILE, "working_days", f"ngày {day} vừa là ngày nghỉ vừa là ngày làm việc", "một trong hai")


def _order(config: Config) -> Iterator[Fault]:
    calendar = config.calendar
    pairs = (
        ("site_due", calendar.site_due, "unit_due", calendar.unit_due),
        ("lock", calendar.lock, "site_due", calendar.site_due),
        ("lock", calendar.lock, "cut_off", calendar.cut_off),
    )
    for key, later, other, earlier in pairs:
        if _instant(later) < _instant(earlier):
            yield Fault(FILE, key, f"{key} sớm hơn {other}", f"cùng lúc với {other} hoặc muộn hơn")


def _instant(rule: Deadline) -> tuple[int, int, time]:
    """When the deadline passes, comparable with others of the same report month."""
    return rule.months_later, rule.day - rule.strict, rule.at
