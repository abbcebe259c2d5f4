"""Words for a target: its value, its status with the reason, and the report that the value comes from."""

from __future__ import annotations

import re
from decimal import Decimal

from baocao.config.models import Target
from baocao.measures.ledger import SITE, Row
from baocao.months import Month
from baocao.present.traced import traced
from baocao.present.words import STATUSES, submitted, target_suffix, verbatim
from baocao.report import Report
from baocao.text import month_short, number, signed

EARLIER = 3
"""Most earlier values that are shown."""
_SMALLEST = Decimal("0.005")
"""Smallest change that does not vanish when rounded to two decimals."""
_REFERENCE = re.compile(r"(?P<unit>[^@\s]+)@(?P<month>\d{4}-\d{2})/target_values#(?P<row>\d+)")


def status(report: Report, target: Target) -> str:
    """The target's status code."""
    month = str(report.month)
    found = (code for code in STATUSES if report.ledger.row(month, "target_status", target=target.code, status=code))
    return next(found, "no_data")


def status_words(report: Report, target: Target) -> str:
    """Status with its sign, as Markdown; for an unscored target also the reason."""
    code = status(report, target)
    because = target.unscored_because if code == "unscored" else ""
    if code == "undefined":
        because = _undefined(report, target)
    return STATUSES[code] + (f": {verbatim(because)}" if because else "")


def _undefined(report: Report, target: Target) -> str:
    level = report.ledger.row(str(report.month), "target_level", target=target.code)
    if target.type == "relative":
        return "chưa có mức để so sánh"
    baseline = target.baseline
    if level is None or level.denominator or (baseline is not None and not baseline.value):
        return "mẫu số hoặc giá trị gốc bằng 0"
    if baseline is None:
        return "chưa có giá trị gốc để tính"
    below = level.value.startswith("-")
    return "mức đạt được nhỏ hơn 0" if below else f"chưa có ngày chốt sau năm gốc {baseline.year}"


def reported_row(report: Report, target: Target, unit: str = SITE) -> Row | None:
    """The ledger row of a target's value or, if there is none, of its level as reported."""
    month = str(report.month)
    ledger = report.ledger
    return ledger.row(month, "target_value", unit, target=target.code) or ledger.row(
        month, "target_level", unit, target=target.code
    )


_YES_OR_NO = {"1": "có", "0": "chưa"}
"""A yes/no value as stored by intake → its word."""


def measured(target: Target, row: Row) -> str:
    """The value with its unit of measure, plain text."""
    if row.measure == "target_level":
        unknown = "chỉ có ghi chú" if target.type == "qualitative" else "chưa tính được"
        return f"{number(row.value)} (số báo cáo)" if row.value else unknown
    suffix = "" if _is_mark(target, row) else target_suffix(target)
    return f"{measured_bare(target, row)}{suffix}"


def measured_bare(target: Target, row: Row) -> str:
    """The value without its unit of measure, for a table that gives the unit in the row's heading."""
    if _is_mark(target, row):
        return _YES_OR_NO.get(row.value, "chưa")
    return _told_from_bound(target, Decimal(row.value))


def _is_mark(target: Target, row: Row) -> bool:
    return target.type == "boolean" or (target.type == "qualitative" and row.value in _YES_OR_NO and not target.unit)


def counted_traced(row: Row | None) -> str:
    """The same as :func:`counted`, as Markdown that leads to the row."""
    pair = counted(row)
    return traced(pair, row.id) if row and pair else ""


def counted(row: Row | None) -> str:
    """A value's numerator and denominator, joined so that no line break parts them; empty if it has none."""
    if row is None or not (row.numerator and row.denominator):
        return ""
    return f"{number(row.numerator)}\u00a0/\u00a0{number(row.denominator)}"


def _told_from_bound(target: Target, value: Decimal) -> str:
    """The value with at most two decimals, or more if it would otherwise look equal to its bound without being so."""
    limit = bound_number(target)
    if limit is None or value == limit or number(value) != number(limit):
        return number(value)
    return number(value, -int(value.as_tuple().exponent))


def bound_number(target: Target) -> Decimal | None:
    """The bound as a number, for charts; None for a yes/no target and one compared with a reference value."""
    if target.comparator == "between":
        return target.value_min
    if target.value is None or isinstance(target.value, bool):
        return None
    return target.value


def earlier(report: Report, target: Target, most: int = EARLIER) -> list[tuple[Month, Row]]:
    """Earlier values, newest first, each with the first month in which it was the newest."""
    found: list[tuple[Month, Row]] = []
    last = reported_row(report, target)
    for month in reversed(report.history):
        row = report.ledger.row(str(month), "target_value", target=target.code)
        if row is None or not row.value:
            break
        if last is not None and (row.value, row.as_of, row.rows) == (last.value, last.as_of, last.rows):
            if found:
                found[-1] = (month, row)
        else:
            found.append((month, row))
        last = row
    return found[:most]


def change_words(report: Report, target: Target) -> str:
    """The change from the previous term: ``+1,5 điểm %``, ``mới có``; empty if it is not known."""
    row = report.ledger.row(str(report.month), "target_change", target=target.code)
    if row is None or not row.value:
        return ""
    change = Decimal(row.value)
    if not change:
        return "không đổi"
    if target.type == "boolean":
        return "mới có" if change > 0 else "không còn"
    # A change is never rounded to zero: a very small one is written with its first digit.
    words = signed(change, max(2, -change.adjusted()) if abs(change) < _SMALLEST else None)
    return f"{words} điểm {target.unit[0]}" if target.scale > 1 else words


def change_traced(report: Report, target: Target) -> str:
    """The same, as Markdown with a link to its ledger row."""
    row = report.ledger.row(str(report.month), "target_change", target=target.code)
    words = change_words(report, target)
    return traced(words, row.id) if row and words else ""


def falls_back(report: Report, target: Target) -> bool:
    """Whether the value became worse since the previous term, or no longer meets its bound."""
    return is_lost(report, target) or (_step(report, target) < 0 and not _is_won(report, target))


def is_lost(report: Report, target: Target) -> bool:
    """Whether the bound was met at the end of the previous term and is not now.

    The value need not be worse: what a relative target is compared with is another one each year.
    """
    return _was(report, target, "met") and status(report, target) == "not_met"


def advances(report: Report, target: Target) -> bool:
    """Whether the value became better since the previous term: closer to its bound, beyond it, or met only now."""
    return _is_won(report, target) or (_step(report, target) > 0 and not is_lost(report, target))


def _is_won(report: Report, target: Target) -> bool:
    """Whether the bound is met now and was not at the end of the previous term, when a value was known."""
    return _was(report, target, "not_met") and status(report, target) == "met"


def _was(report: Report, target: Target, code: str) -> bool:
    """Whether this was the target's status at the end of the previous term."""
    before = str(report.month.plus(-1))
    return report.ledger.row(before, "target_status", target=target.code, status=code) is not None


def _step(report: Report, target: Target) -> Decimal:
    """The change since the previous term, positive for better; zero if unknown or neither better nor worse."""
    change = report.ledger.value(str(report.month), "target_change", target=target.code)
    if not change or status(report, target) not in {"met", "not_met"} or target.comparator == "==":
        return Decimal()
    return -change if target.comparator in {"<", "<="} else change


def required_row(report: Report, target: Target) -> Row | None:
    """The ledger row of the value required by the path from the site's baseline; None without a baseline."""
    return report.ledger.row(str(report.month), "target_required", target=target.code)


def behind(report: Report, row: Row) -> tuple[str, str] | None:
    """Code of the unit that reported a value, and its source and report as Markdown; None if no unit did."""
    match = _REFERENCE.match(row.rows)
    if not match:
        return None
    month = f"báo cáo tháng {month_short(Month.parse(match['month']))}"
    source = _submitted(report, match, "source")
    if source is None:
        return match["unit"], month
    return match["unit"], f"{submitted(source)} ({month})" if source else f"không nêu ({month})"


def has_figure(row: Row) -> bool:
    """Whether a unit gave a figure for a target, not only a note."""
    return bool(row.value or row.numerator)


def note_alone(report: Report, row: Row) -> str:
    """The note on a target without a figure, as Markdown; empty if the unit gave a figure or no note."""
    match = None if has_figure(row) else _REFERENCE.match(row.rows)
    note = _submitted(report, match, "note") if match else ""
    return submitted(note) if note else ""


def _submitted(report: Report, match: re.Match[str], column: str) -> str | None:
    """A column's value in the row of a reference; None if the report's records lack that row."""
    values = report.records.values
    mine = values[
        (values["unit"] == match["unit"])
        & (values["month"] == match["month"])
        & (values["row"].astype(str) == match["row"])
    ]
    return None if mine.empty else str(mine[column].iloc[0])
