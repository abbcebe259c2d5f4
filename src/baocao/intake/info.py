"""The sheet of keys and values: unit and month of the report, and whether it is a nil report."""

from __future__ import annotations

from dataclasses import dataclass

from baocao.config.models import Unit
from baocao.intake.contract import INFO
from baocao.intake.findings import Finding, Place, found
from baocao.intake.grid import Grid, RefusedError, reference
from baocao.intake.header import cell, filled_lines
from baocao.intake.values import Fault, Raw, parse_boolean, parse_month, parse_text
from baocao.months import Month
from baocao.text import month_short, one_line


@dataclass(frozen=True)
class Info:
    """The sheet's content; ``nil`` is the mark “không phát sinh”, ``nil_at`` its cell, ``sheet`` the sheet's name."""

    nil: bool = False
    nil_at: str = ""
    sheet: str = ""
    findings: tuple[Finding, ...] = ()


def read_info(grid: Grid, place: Place, unit: Unit, month: Month) -> Info:
    """Read the sheet and compare it with the file's name and folder.

    Raises
    ------
    RefusedError
        If the sheet names another unit or month; the whole file is then refused.
    """
    values, blanks, findings = _pairs(grid, place)
    missing = [name for name in ("unit", "month") if name not in values]
    if missing and grid.sheet:
        cells = ", ".join(blanks[name] for name in missing if name in blanks)
        given = ", ".join(INFO.column(name).heading for name in missing)
        findings.append(found("TT-THIEU", place, cell=cells, given=given))
    if "unit" in values:
        _refuse_other_unit(*values["unit"], grid, unit)
    if "month" in values:
        _refuse_other_month(*values["month"], grid, month)
    nil = _nil(values.get("nil"), place, findings)
    return Info(nil, values["nil"][0] if "nil" in values else blanks.get("nil", ""), grid.sheet, tuple(findings))


@dataclass(frozen=True)
class Stated:
    """The unit and month that a sheet states; empty and None if it states nothing readable.

    ``called`` is the month's text, which need not be that of a month.
    """

    unit: str = ""
    month: Month | None = None
    called: str = ""


def stated(grid: Grid) -> Stated:
    """What the sheet states, not yet compared with anything."""
    values, _, _ = _pairs(grid, Place(""))
    month = parse_month(values["month"][1]) if "month" in values else None
    unit = one_line(parse_text(values["unit"][1])) if "unit" in values else ""
    called = one_line(parse_text(values["month"][1])) if "month" in values else ""
    return Stated(unit, month if isinstance(month, Month) else None, called)


def _pairs(grid: Grid, place: Place) -> tuple[dict[str, tuple[str, Raw]], dict[str, str], list[Finding]]:
    """Field → address and value of its cell; for keys without a value, field → address of the blank cell; findings."""
    values: dict[str, tuple[str, Raw]] = {}
    blanks: dict[str, str] = {}
    findings: list[Finding] = []
    for row, filled in filled_lines(grid).items():
        key = parse_text(cell(grid, row, filled[0]))
        column = INFO.match(key)
        if len(filled) < 2:
            if column is not None:
                blanks.setdefault(column.field, reference(row, filled[0] + 1))
            continue
        if column is None or column.field in values:
            given = key if column is None else f"{key} (ghi lần nữa)"
            findings.append(found("TT-KHOA", place, cell=reference(row, filled[0]), given=given))
        else:
            values[column.field] = (reference(row, filled[1]), cell(grid, row, filled[1]))
    return values, blanks, findings


def _refuse_other_unit(at: str, raw: Raw, grid: Grid, unit: Unit) -> None:
    given = parse_text(raw)
    if not unit.answers_to(given):
        raise RefusedError("TT-DONVI", grid.sheet, cell=at, given=given)


def _refuse_other_month(at: str, raw: Raw, grid: Grid, month: Month) -> None:
    if parse_month(raw) != month:
        given = one_line(parse_text(raw))
        raise RefusedError("TT-THANG", grid.sheet, cell=at, given=given, period=month_short(month))


def _nil(pair: tuple[str, Raw] | None, place: Place, findings: list[Finding]) -> bool:
    if pair is None:
        return False
    at, raw = pair
    flag = parse_boolean(raw)
    if isinstance(flag, Fault):
        findings.append(found("TT-KHONGRO", place, cell=at, given=parse_text(raw)))
        return False
    return flag
