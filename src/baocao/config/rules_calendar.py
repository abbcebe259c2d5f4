"""Rules on the calendar: dates out of order, which nobody could keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time

from baocao.config.faults import Fault
from baocao.config.models import Config, DueDay
from baocao.config.periods import month_of
from baocao.config.rules_former import twice
from baocao.config.workdays import is_country
from baocao.errors import UserError
from baocao.months import Month

FILE = "params/calendar.yml"
# The plan's first report may be due up to this many report months after the month in which the plan takes effect.
MONTHS_TO_FIRST_REPORT = 3


def calendar_faults(config: Config) -> Iterator[Fault]:
    """Faults of a first month that is invalid or far from the plan's start, and of deadlines in an impossible order."""
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
    # Checked only if it matters: the list of countries is slow to load.
    if calendar.move_to_working_day and calendar.country and not is_country(calendar.country):
        yield Fault(FILE, "country", f"không biết ngày lễ của nước “{calendar.country}”", "mã nước, ví dụ VN")
    for day in sorted({*calendar.days_off} & {*calendar.working_days}):
        yield Fault(FILE, "working_days", f"ngày {day} vừa là ngày nghỉ vừa là ngày làm việc", "một trong hai")


def _order(config: Config) -> Iterator[Fault]:
    """Check the present deadlines, then those that held before each change of one of them."""
    calendar = config.calendar
    rules = {key: getattr(calendar, key) for key in ("cut_off", "unit_due", "site_due", "lock")}
    for key, rule in rules.items():
        yield from twice(FILE, f"{key}.earlier", rule.earlier)
    changes = sorted({one.last_month for rule in rules.values() for one in rule.earlier})
    yield from _out_of_order(rules, "")
    for last in changes:
        held = {key: rule.of(Month.parse(last)) for key, rule in rules.items()}
        yield from _out_of_order(held, f" ở các tháng đến {last}")


def _out_of_order(rules: Mapping[str, DueDay], when: str) -> Iterator[Fault]:
    for key, other in (("site_due", "unit_due"), ("lock", "site_due"), ("lock", "cut_off")):
        if _instant(rules[key]) < _instant(rules[other]):
            yield Fault(FILE, key, f"{key} sớm hơn {other}{when}", f"cùng lúc với {other} hoặc muộn hơn")


def _instant(rule: DueDay) -> tuple[int, int, time]:
    """When the deadline ends, in a form that sorts among the deadlines of one report month."""
    return rule.months_later, rule.day - rule.strict, rule.at
