"""One row being checked: its cells, the findings about it, and the checks common to all tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from baocao.config.models import Check, Config, Form, Target, Thresholds
from baocao.config.periods import days_taken, period_of
from baocao.config.units import involved_units
from baocao.intake.contract import Column
from baocao.intake.findings import Finding, found, is_error
from baocao.intake.grid import MERGED, UNREADABLE, reference
from baocao.intake.header import cell
from baocao.intake.lookups import Codes
from baocao.intake.privacy import kinds
from baocao.intake.tables import Located
from baocao.intake.values import Fault, Number, Raw, is_blank, looks_legacy, parse_date, parse_number, parse_text
from baocao.months import Month, Period
from baocao.text import day_short


@dataclass(frozen=True)
class Context:
    """What the rows of a month are checked against."""

    month: Month
    period: Period
    starts: date
    taken: Period
    """The allowed days of the month's activities."""
    thresholds: Thresholds
    codes: Codes
    targets: dict[str, Target]
    area_codes: dict[str, str]
    """Code of an area or a bullet → code of the area."""
    checks: Mapping[str, Check]
    forms: dict[str, Form]
    involved: dict[str, frozenset[str]]
    """Area's code → codes of the units that lead or coordinate it."""

    @classmethod
    def of(cls, config: Config, month: Month) -> Context:
        targets = {target.code: target for target in config.targets.targets}
        period = period_of(config.calendar, month)
        starts, codes = config.calendar.starts, Codes.of(config)
        taken = days_taken(config.calendar, month)
        forms = {form.code: form for form in config.plan.forms}
        involved = {area.code: involved_units(config, area, period.end) for area in config.plan.areas}
        return cls(
            month, period, starts, taken, config.thresholds, codes, targets, config.plan.area_codes, config.checks,
            forms, involved,
        )  # fmt: skip

    @property
    def unused(self) -> frozenset[str]:
        """Fields for which the plan has no use; the blank workbook has no columns for them."""
        return frozenset() if self.codes.funding else frozenset({"funding"})

    @property
    def window(self) -> str:
        """The days of the period on which the plan is in effect, as a sentence."""
        return self._from(self.taken.start)

    @property
    def since_start(self) -> str:
        """The days from the plan's first day to the period's last, as a sentence."""
        return self._from(self.starts)

    def _from(self, first: date) -> str:
        return f"Từ ngày {day_short(first)} đến ngày {day_short(self.period.end)}"


@dataclass
class Row:
    """A row of a located table; ``index`` is the line's index in the sheet, from 0."""

    located: Located
    index: int
    context: Context
    findings: list[Finding] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The line's number in the office program, from 1."""
        return self.index + 1

    @property
    def rejected(self) -> bool:
        return any(is_error(finding, self.context.checks) for finding in self.findings)

    def raw(self, name: str) -> Raw:
        """A cell's value as read; blank if the table lacks the column."""
        at = self.located.columns.get(name)
        return "" if at is None else cell(self.located.grid, self.index, at)

    def report(self, code: str, name: str, given: object = None, **texts: Any) -> None:
        """Record a finding about a cell; ``given`` is the cell's value by default."""
        column = self.located.table.column(name)
        at = self.located.columns.get(name)
        shown = parse_text(self.raw(name)) if given is None else given
        place = str(self.line) if at is None else reference(self.index, at)
        texts = {"cell": place, "column": column.heading, "allowed": column.allowed, **texts}
        self.findings.append(found(code, self.located.place, given=shown, **texts))

    def fault(self, name: str) -> tuple[str, str] | None:
        at = self.located.columns.get(name)
        return None if at is None else self.located.grid.remarks.faults.get((self.index, at))


def is_missing(row: Row, column: Column) -> bool:
    """Whether a cell has nothing to parse; if that is a fault, it is reported."""
    fault = row.fault(column.field)
    if fault and fault[0] in UNREADABLE:
        row.report(fault[0], column.field, given=fault[1])
        return True
    merged = fault is not None and fault[0] == MERGED
    if not is_blank(row.raw(column.field)):
        if merged:  # LibreOffice may keep what a merge covers: nobody sees it
            row.report(MERGED, column.field)
        return merged
    if merged and (column.filled or column.kind != "text"):
        row.report(MERGED, column.field)
    elif column.filled:
        row.report("O-TRONG", column.field)
    return True


def read_text(row: Row, name: str) -> str:
    """The text of a cell; personal data, legacy fonts and excess length are reported."""
    column = row.located.table.column(name)
    if is_missing(row, column):
        return ""
    text = parse_text(row.raw(name))
    if len(text) > row.context.thresholds.max_text:
        row.report("O-DAI", name, given=len(text), limit=row.context.thresholds.max_text)
    if looks_legacy(text):
        row.report("O-PHONG", name)
    if personal := kinds(text):
        row.report("O-CANHAN", name, given=", ".join(personal))
    return text


def read_code(row: Row, name: str) -> str:
    """The code that a cell states by code or name; empty if blank or faulty."""
    column = row.located.table.column(name)
    if is_missing(row, column):
        return ""
    lookup = row.context.codes.of_kind(column.kind)
    code = lookup.find(row.raw(name))
    if isinstance(code, Fault):
        row.report(code.code, name, known=lookup.allowed(row.raw(name)))
        return ""
    return code


def read_date(row: Row, name: str) -> date | None:
    """The day in a cell; None if blank or faulty."""
    if is_missing(row, row.located.table.column(name)):
        return None
    day = parse_date(row.raw(name))
    if isinstance(day, Fault):
        row.report(day.code, name)
        return None
    return day


def read_number(row: Row, name: str) -> Number | None:
    """The number in a cell, read in the column's style; None if blank or faulty."""
    column = row.located.table.column(name)
    if is_missing(row, column):
        return None
    number = parse_number(row.raw(name), column.kind if column.kind in ("whole", "count") else "decimal")
    if isinstance(number, Fault):
        row.report(number.code, name)
        return None
    return number


def read_whole(row: Row, name: str, low: int, high: int) -> int | None:
    """The whole number in a cell; None if blank, faulty or outside the bounds, which are included."""
    number = read_number(row, name)
    if number is None:
        return None
    if not Decimal(low) <= number.value <= Decimal(high):
        row.report("O-KHOANG", name, low=low, high=f"{high:,}".replace(",", "."))
        return None
    return int(number.value)
