"""Targets: the latest known value, whether it meets the plan's bound, and why it may not be scored.

Numerator and denominator are kept as reported. Comparisons are exact (fractions); only printed values are rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pandas as pd

from baocao.config.models import Target
from baocao.months import Month

STATUSES = ("met", "not_met", "no_data", "undefined", "unscored")
_DIGITS = Decimal("0.000001")


@dataclass(frozen=True)
class Reading:
    """A unit's report on a target. Numbers are decimal texts, empty if blank."""

    unit: str
    month: str
    row: int
    target: str
    numerator: str
    denominator: str
    value: str
    as_of: str


def readings(values: pd.DataFrame) -> list[Reading]:
    """The rows of the values frame, whose columns are :data:`baocao.intake.records.VALUE_COLUMNS`."""
    names = list(Reading.__dataclass_fields__)
    return [Reading(*row) for row in values[names].itertuples(index=False, name=None)]


def newness(reading: Reading) -> tuple[str, str]:
    """Sort key for age: the reading's day (or, without one, its report month), then its report month."""
    return reading.as_of or reading.month, reading.month


def latest(known: list[Reading], target: Target, month: str) -> Reading | None:
    """The reading that counts at the end of a month: newest day, then newest report, then the first named reporter.

    If several remain, it is the first in ``known``, where a month's readings are in the register's order of units; the
    place of a row in its report has no influence.
    """
    rank = {unit: -i for i, unit in enumerate(target.reporters)}
    mine = [r for r in known if r.target == target.code and r.month <= month]
    return max(mine, key=lambda r: (*newness(r), rank.get(r.unit, -len(rank))), default=None)


def measured(target: Target, reading: Reading) -> Fraction | None:
    """The reading in the target's unit; None if it cannot be computed (a ratio or growth on a base of zero)."""
    top, base = _fraction(reading.numerator), _fraction(reading.denominator)
    if target.type == "growth":
        return _growth(target, reading, top, base)
    if top is not None and base is not None:
        return top / base * target.scale if base else None
    return _fraction(reading.value)


def _growth(target: Target, reading: Reading, top: Fraction | None, base: Fraction | None) -> Fraction | None:
    """Growth in per cent a year: numerator over denominator (a year earlier), or value over the site's baseline."""
    if top is not None and base is not None:
        return (top / base - 1) * 100 if base else None
    value, baseline = _fraction(reading.value), target.baseline
    if value is None or baseline is None or not baseline.value or not reading.as_of:
        return None
    years = int(reading.as_of[:4]) - baseline.year
    if years < 1 or value < 0:
        return None
    context = Context(prec=28, rounding=ROUND_HALF_EVEN)
    ratio = context.divide(_decimal(value, context), Decimal(baseline.value))
    if not ratio:
        return Fraction(-100)
    return (Fraction(context.power(ratio, context.divide(Decimal(1), Decimal(years)))) - 1) * 100


def status(target: Target, reading: Reading | None) -> str:
    """One of :data:`STATUSES`."""
    if target.unscored_because or target.type == "qualitative" or target.comparator in {None, "in_leading_group"}:
        return "unscored"
    if reading is None:
        return "no_data"
    value = measured(target, reading)
    bound = _bound(target, reading)
    if value is None or bound is None:
        return "undefined"
    return "met" if _holds(str(target.comparator), value, bound) else "not_met"


def _bound(target: Target, reading: Reading) -> Fraction | None:
    if target.type == "relative":
        year = (reading.as_of or reading.month)[:4]
        return next((Fraction(r.value) for r in target.references if str(r.year) == year), None)
    if target.comparator == "between":
        # A range is met from its lower end on; exceeding the upper end is not a failure (erratum IS-18).
        return None if target.value_min is None else Fraction(target.value_min)
    return None if target.value is None else Fraction(target.value)


def required(target: Target, month: Month) -> Fraction | None:
    """The value at the end of a month on a straight line from the baseline to the bound in the target's year.

    None if the site entered no baseline (the plan gives none, and none is invented), if the target is not a growing
    level, and before the baseline.
    """
    bound, baseline = target.value_min if target.comparator == "between" else target.value, target.baseline
    levels = target.type in {"ratio", "threshold"} and status(target, None) != "unscored"
    if baseline is None or bound is None or not levels or target.year <= baseline.year:
        return None
    gone = (month.year - baseline.year - 1) * 12 + month.number
    if gone < 0:
        return None
    start = Fraction(baseline.value)
    return start + (Fraction(bound) - start) * min(Fraction(gone, (target.year - baseline.year) * 12), Fraction(1))


def _holds(comparator: str, value: Fraction, bound: Fraction) -> bool:
    if comparator == ">":
        return value > bound
    if comparator == "<":
        return value < bound
    if comparator == "<=":
        return value <= bound
    if comparator == "==":
        return value == bound
    return value >= bound


def _fraction(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def _decimal(value: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def decimal_text(value: Fraction) -> str:
    """A number with at most six decimals, rounded half to even, without trailing zeros: ``"63.709677"``."""
    exact = _decimal(value, Context(prec=40)).quantize(_DIGITS, ROUND_HALF_EVEN, Context(prec=40))
    text = f"{exact:f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
