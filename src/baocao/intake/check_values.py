"""Checks of a row of target values: which figures the type of target needs, and whether they agree.

Ratios keep numerator and denominator (design, section 2); a percentage alone is accepted with a question.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from baocao.config.models import Target
from baocao.config.rules_targets import MOST
from baocao.intake.rows import Row, is_missing, read_code, read_date, read_number, read_text
from baocao.intake.values import NOT_NUMBER, PERCENT, Fault, Number, decimal_text, is_blank, parse_boolean, parse_number
from baocao.text import day_short, number

_TOLERANCE = Decimal("0.05")
_SHOWN_TOLERANCE = Decimal("0.0051")  # half a unit of the second decimal of a percentage, and a little more
_LEVEL = "mức đạt được, không phải bằng tốc độ tăng"
_MAY_BE_NEGATIVE = ("growth", "relative")


def check_value(row: Row, seen: dict[tuple[Any, ...], int]) -> dict[str, Any]:
    """The record of a row of target values."""
    code = read_code(row, "target")
    target = row.context.targets.get(code)
    numerator, denominator = (_bounded(row, name, read_number(row, name)) for name in ("numerator", "denominator"))
    value = _value(row, target) if target else None
    as_of, source, note = _as_of(row), read_text(row, "source"), read_text(row, "note")
    if target and not row.rejected:
        _check_parts(row, target, numerator, denominator)
        _check_presence(row, target, numerator, value, note)
        _check_agreement(row, target, (numerator, denominator), value)
        _check_shown_rate(row, target, (numerator, denominator))
        _check_owner(row, target)
    day = as_of.isoformat() if as_of else ""
    if target and not row.rejected and (first := seen.setdefault((code, day), row.line)) != row.line:
        row.report("CT-TRUNG", "target", given=code, first=first)
    figures = {"numerator": numerator, "denominator": denominator, "value": value}
    texts = {name: decimal_text(n.value) if n else "" for name, n in figures.items()}
    return {"target": code, **texts, "as_of": day, "source": source, "note": note}


def _bounded(row: Row, name: str, found: Number | None) -> Number | None:
    if found is None:
        return None
    if found.percent:
        row.report("O-SO", name)
    elif found.value < 0:
        row.report("CT-AM", name)
    elif found.value > MOST:
        row.report("O-KHOANG", name, low=0, high="10^15")
    else:
        return found
    return None


def _value(row: Row, target: Target) -> Number | None:
    if is_missing(row, row.located.table.column("value")):
        return None
    if target.type in ("boolean", "qualitative"):
        flag = parse_boolean(row.raw("value"))
        if not isinstance(flag, Fault):
            return Number(Decimal(int(flag)))
        if target.type == "boolean":
            row.report(flag.code, "value")
            return None
        if parse_number(row.raw("value"), "decimal") == NOT_NUMBER:
            row.report("CT-DINHTINH", "value")
            return None
    return _checked_value(row, target, read_number(row, "value"))


def _checked_value(row: Row, target: Target, found: Number | None) -> Number | None:
    if found is None:
        return None
    if found.percent and not is_percent(target):
        row.report("CT-PHANTRAM", "value", needed=target.unit or "số")
    elif found.value < 0 and target.type not in _MAY_BE_NEGATIVE:
        row.report("CT-AM", "value")
    elif abs(found.value) > MOST:
        row.report("O-KHOANG", "value", low=0, high="10^15")
    else:
        return found
    return None


def _as_of(row: Row) -> date | None:
    day = read_date(row, "as_of")
    if day and not row.context.starts <= day <= row.context.period.end:
        row.report("CT-NGAYCHOT", "as_of", given=day_short(day), window=row.context.since_start)
    return day


def _check_parts(row: Row, target: Target, numerator: Number | None, denominator: Number | None) -> None:
    if numerator is None and denominator is None:
        return
    if numerator is None or denominator is None:
        given, blank = ("mẫu số", "numerator") if numerator is None else ("tử số", "denominator")
        row.report("CT-CAP", blank, given=given)
    elif denominator.value <= 0:
        row.report("CT-MAU", "denominator")
    elif target.type == "ratio" and target.scale > 1 and numerator.value > denominator.value:  # a part of a whole
        if numerator.grouped:  # read as a decimal number, it would not exceed the denominator
            row.report("O-SOMAPMO", "numerator")
        else:
            row.report("CT-TYLE", "numerator", given=number(numerator.value), first=number(denominator.value))


def _check_presence(row: Row, target: Target, numerator: Number | None, value: Number | None, note: str) -> None:
    if row.rejected or numerator is not None:
        return
    if value is None:
        if target.type != "qualitative" or not note:
            row.report("CT-TRONG", "value", given=target.code, needed=needed_figures(target))
        return
    if target.type == "growth" and target.baseline and value.percent:
        # The value will be compared with the baseline, so it must be a level: a rate would give a wrong growth.
        row.report("CT-PHANTRAM", "value", needed=_LEVEL)
    if target.type != "ratio":
        return
    row.report("CT-CHIGIATRI", "value")
    if is_percent(target) and not value.percent and 0 < value.value <= 1:
        row.report("CT-PHANSO", "value", first=number(value.value * 100))


def needed_figures(target: Target) -> str:
    """The figures that a row of this target must contain, in words for a clerk."""
    needs = {
        "ratio": "Tử số và mẫu số",
        "growth": "Tử số và mẫu số" + ", hoặc Giá trị là mức đạt được" * (target.baseline is not None),
        "boolean": "Giá trị có hoặc không",
        "qualitative": "Giá trị hoặc ghi chú",
    }
    return needs.get(target.type, "Giá trị, hoặc tử số và mẫu số")


def _check_agreement(
    row: Row, target: Target, parts: tuple[Number | None, Number | None], value: Number | None
) -> None:
    numerator, denominator = parts
    if row.rejected or numerator is None or denominator is None or value is None:
        return
    quotient, percent = _quotient(target, numerator, denominator), is_percent(target)
    computed = quotient * (100 if percent else target.scale)
    same = [value.value, value.value * 100] if percent and target.type == "ratio" else [value.value]
    if min(abs(computed - one) for one in same) > _TOLERANCE:
        row.report("CT-LECH", "value", first=f"{number(computed)}{PERCENT * percent}")


def _quotient(target: Target, numerator: Number, denominator: Number) -> Decimal:
    quotient = numerator.value / denominator.value
    return quotient - 1 if target.type == "growth" else quotient  # the denominator is the same figure a year earlier


def _check_shown_rate(row: Row, target: Target, parts: tuple[Number | None, Number | None]) -> None:
    """Ask about a rate typed over the blank workbook's formula if it differs; the computed rate is never used."""
    if row.rejected or is_blank(row.raw("rate")) or row.fault("rate"):
        return
    numerator, denominator = parts
    given, rate = parse_number(row.raw("rate"), "decimal"), None
    if numerator and denominator and shows_rate(target):
        rate = _quotient(target, numerator, denominator) * 100
    if rate is None or isinstance(given, Fault):
        row.report("CT-TUTINH", "rate", first="")
    elif min(abs(given.value - rate), abs(given.value * 100 - rate)) > _SHOWN_TOLERANCE:
        row.report("CT-TUTINH", "rate", first=f", khác với kết quả {number(rate)}%")


def is_percent(target: Target) -> bool:
    """Whether the target's unit is per cent."""
    return target.unit.startswith(PERCENT)


def shows_rate(target: Target) -> bool:
    """Whether numerator and denominator give the target's rate in per cent."""
    return target.type in ("ratio", "growth") and is_percent(target)


def _check_owner(row: Row, target: Target) -> None:
    if target.reporters and row.located.place.unit not in target.reporters:
        row.report("CT-DONVI", "target", given=target.code, needed=f"Đơn vị được giao: {', '.join(target.reporters)}")
