"""Reading a month: from the files of a folder to records and findings, with nothing lost on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import Any

from baocao.config.models import Config, Unit
from baocao.config.units import owed_units
from baocao.intake.checks import Checked, check_table
from baocao.intake.contract import ACTIVITIES, INFO, TABLES, Table, table_of_sheet
from baocao.intake.findings import Finding, Place, found
from baocao.intake.grid import Grid, Limits, RefusedError
from baocao.intake.header import filled_lines, holds_table
from baocao.intake.info import Info, read_info
from baocao.intake.readers import read_csv, read_workbook, too_large
from baocao.intake.records import Records
from baocao.intake.register import Receipt, Register, read_register
from baocao.intake.rows import Context
from baocao.intake.schema import empty_records, frame_of, validate
from baocao.intake.submissions import Submission, SubmittedFile, list_month
from baocao.intake.tables import locate, refuse
from baocao.months import Month


class ConservationError(RuntimeError):
    """A row that came in is neither accepted nor rejected: a bug of intake."""


@dataclass
class _FileResult:
    """What one file gave."""

    file: SubmittedFile
    sha256: str = ""
    size: int = 0
    info: Info = field(default_factory=Info)
    tables: list[Checked] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False

    @property
    def read_something(self) -> bool:
        return not self.refused and any(table.located.readable for table in self.tables)


@dataclass
class _Rows:
    """Rows of the frames as they gather."""

    frames: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, frame: str, rows: Iterable[Any]) -> None:
        self.frames.setdefault(frame, []).extend(rows)


def read_month(folder: Path, month: Month, config: Config) -> Records:
    """All that a month's submissions hold.

    Parameters
    ----------
    folder
        The submissions folder, which holds one folder a month.
    month
        The report month.
    config
        The configuration: code lists, register of units, periods, limits.

    Returns
    -------
    Records
        Ordered by the register of units, then table, then line. Every row that came in is in a record frame or is
        named by a finding of severity ``error``; a file that is refused whole has one.

    Raises
    ------
    ConservationError
        If that law is broken: a bug.
    """
    listing = list_month(folder, month)
    register = read_register(folder, str(month))
    context = Context.of(config, month)
    rows = _Rows()
    units = {unit.code.casefold(): unit for unit in config.units.units}
    owed = {unit.code: order for order, unit in enumerate(owed_units(config, month))}
    known = [(units[s.unit.casefold()], s) for s in listing.submissions if s.unit.casefold() in units]
    valid = sorted((pair for pair in known if pair[0].code in owed), key=lambda pair: owed[pair[0].code])
    for unit, submission in valid:
        _add_submission(rows, unit, submission, context, register)
    for submission in listing.submissions:
        unknown = submission.unit.casefold() not in units
        if unknown or units[submission.unit.casefold()].code not in owed:
            _add_refused(rows, submission, context, "TEP-DONVI" if unknown else "TEP-HIEULUC")
    rows.add("findings", map(astuple, (*listing.findings, *register.findings(str(month)))))
    frames = {name: frame_of(name, rows.frames.get(name, ())) for name in vars(empty_records())}
    return validate(Records(**frames))


def _add_submission(rows: _Rows, unit: Unit, submission: Submission, context: Context, register: Register) -> None:
    month, files = str(context.month), submission.files
    if submission.overlaps:
        names = ", ".join(file.path.name for file in files)
        results = [_FileResult(file, *_fingerprint(file), refused=True) for file in files]
        results[0].findings.append(found("TEP-TRUNG", Place(month, unit.code, files[0].name), given=names))
    else:
        results = [_read_file(file, unit, context) for file in files]
        _refuse_all_if_misplaced(results)
    _cross_check(results, unit, submission, context)
    received = _received(results, unit, context, register)
    for result in results:
        rows.add("findings", map(astuple, result.findings))
        rows.add("files", _file_rows(result, unit.code, month))
    _add_records(rows, results, unit.code, month)
    state = _state(results)
    rows.add("submissions", [(unit.code, month, state, submission.version, received, len(files))])


def _add_refused(rows: _Rows, submission: Submission, context: Context, code: str) -> None:
    month = str(context.month)
    for file in submission.files:
        sha256, size = _fingerprint(file)
        rows.add("findings", [astuple(found(code, Place(month, "", file.name), given=submission.unit))])
        rows.add("files", [("", month, file.name, sha256, size, "", 0, 0, 0)])


def _fingerprint(file: SubmittedFile) -> tuple[str, int]:
    """SHA-256 and size of a file that is not read otherwise; empty if it cannot be opened."""
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest(), file.path.stat().st_size
    except OSError:
        return "", 0


def _limits(context: Context) -> Limits:
    return Limits(context.thresholds.max_file_mb, context.thresholds.max_rows)


def _read_file(file: SubmittedFile, unit: Unit, context: Context) -> _FileResult:
    result = _FileResult(file)
    place = Place(str(context.month), unit.code, file.name)
    try:
        limits = _limits(context)
        if file.path.stat().st_size > limits.file_mb * 1024 * 1024:
            result.sha256, result.size = _fingerprint(file)
            raise too_large(result.size, limits)
        data = file.path.read_bytes()
        result.sha256, result.size = hashlib.sha256(data).hexdigest(), len(data)
        grids = (read_csv(data, file.table, limits),) if file.table else read_workbook(data, limits)
        _read_grids(result, grids, place, unit, context)
    except RefusedError as refusal:
        _refuse(result, found(refusal.code, place, **refusal.texts))
    except OSError:
        _refuse(result, found("TEP-MO", place))
    return result


def _refuse(result: _FileResult, finding: Finding) -> None:
    result.refused, result.tables, result.info, result.findings = True, [], Info(), [finding]


def _refuse_all_if_misplaced(results: list[_FileResult]) -> None:
    """A set of CSVs whose keys and values name another unit or month is refused as a whole."""
    wrong = next((f for r in results for f in r.findings if f.code in ("TT-DONVI", "TT-THANG")), None)
    for result in results if wrong else ():
        if wrong and not result.refused:
            _refuse(result, replace(wrong, file=result.file.name, sheet=""))


def _read_grids(result: _FileResult, grids: tuple[Grid, ...], place: Place, unit: Unit, context: Context) -> None:
    """Find each table among the sheets; a sheet outside the contract is named, never dropped in silence."""
    tables: dict[str, Grid] = {}
    others: list[Grid] = []
    for grid in grids:
        table = result.file.table or table_of_sheet(grid.sheet)
        if table is None or table.name in tables:
            others.append(grid)
        else:
            tables[table.name] = grid
    if INFO.name in tables:
        grid = tables[INFO.name]
        result.info = read_info(grid, place.at(grid.sheet), unit, context.month)
        result.findings += result.info.findings
    strays = [(grid, holds_table(grid)) for grid in others]
    if not any(t.name in tables for t in TABLES) and not any(table for _, table in strays) and not result.file.table:
        raise RefusedError("TEP-TRONG")
    for table in TABLES:
        if table.name in tables:
            grid = tables[table.name]
            _add_table(result, check_table(locate(table, grid, place.at(grid.sheet), _limits(context)), context))
        elif not result.file.table:
            result.findings.append(found(_absent(table, strays, result.info), place, table=table.sheet))
    for grid, table in strays:
        if table:
            _add_table(result, check_table(refuse(table, grid, place.at(grid.sheet)), context))
        elif filled_lines(grid) and not grid.hidden:
            result.findings.append(found("BANG-TRANGTHUA", place.at(grid.sheet), given=grid.sheet))
    if INFO.name not in tables and not result.file.table:
        result.findings.append(found("BANG-VANG", place, table=INFO.sheet))


def _absent(table: Table, strays: list[tuple[Grid, Table | None]], info: Info) -> str:
    """The finding's code for a sheet that is not there."""
    needed = table is ACTIVITIES and not info.nil and all(other is not table for _, other in strays)
    return "BANG-THIEU" if needed else "BANG-VANG"


def _add_table(result: _FileResult, checked: Checked) -> None:
    if checked.located.rows_in != len(checked.records) + checked.rejected:
        raise ConservationError(f"{result.file.name}, {checked.located.table.name}: rows in are not conserved")
    errors = sum(finding.severity == "error" for finding in checked.findings)
    if checked.rejected and not errors:
        raise ConservationError(f"{result.file.name}, {checked.located.table.name}: rejected without a finding")
    result.tables.append(checked)
    result.findings += checked.findings


def _cross_check(results: list[_FileResult], unit: Unit, submission: Submission, context: Context) -> None:
    """What only the files together tell: nil mark against rows, and parts of the version before that are gone."""
    place = Place(str(context.month), unit.code, submission.files[0].name)
    last = results[-1]
    if submission.dropped:
        given = ", ".join(table.sheet for table in submission.dropped)
        last.findings.append(found("TEP-THIEUBANG", place, given=given, version=submission.version))
    rows, nil = _activity_rows(results), any(result.info.nil for result in results)
    if nil and rows:
        last.findings.append(found("TT-KHONGVACO", place, rows=rows))
    elif not nil and not rows and _state(results) == "filed" and "BANG-THIEU" not in _codes(results):
        last.findings.append(found("TT-CHUARO", place))


def _codes(results: list[_FileResult]) -> set[str]:
    return {finding.code for result in results for finding in result.findings}


def _is_info(result: _FileResult) -> bool:
    return result.file.table is INFO and not result.refused


def _activity_rows(results: list[_FileResult]) -> int:
    tables = (table for result in results for table in result.tables)
    return sum(table.located.rows_in for table in tables if table.located.table is ACTIVITIES)


def _state(results: list[_FileResult]) -> str:
    if any(result.info.nil for result in results) and not _activity_rows(results):
        return "nil"
    return "filed" if any(result.read_something or _is_info(result) for result in results) else "refused"


def _received(results: list[_FileResult], unit: Unit, context: Context, register: Register) -> str:
    """The latest time of receipt of the files, or empty if one of them is not in the register."""
    receipts: list[Receipt | None] = [register.receipts.get(result.file.name) for result in results]
    for result, receipt in zip(results, receipts, strict=True):
        if receipt and receipt.sha256 and receipt.sha256 != result.sha256:
            result.findings.append(found("SO-KHACTEP", Place(str(context.month), unit.code, result.file.name)))
    times = [receipt.received_at for receipt in receipts if receipt]
    return max(times) if len(times) == len(results) else ""


def _file_rows(result: _FileResult, unit: str, month: str) -> list[tuple[Any, ...]]:
    head = (unit, month, result.file.name, result.sha256, result.size)
    if result.refused:
        return [(*head, "", 0, 0, 0)]
    if _is_info(result):
        return [(*head, INFO.name, 0, 0, 0)]
    return [
        (*head, t.located.table.name, t.located.rows_in, len(t.records), t.rejected)
        for t in sorted(result.tables, key=lambda table: TABLES.index(table.located.table))
    ]


def _add_records(rows: _Rows, results: list[_FileResult], unit: str, month: str) -> None:
    for table in TABLES:
        number = 0
        for result in results:
            for checked in result.tables:
                if checked.located.table is table:
                    for record in checked.records:
                        number += 1
                        where = {"file": result.file.name, "sheet": checked.located.grid.sheet}
                        rows.add(table.name, [{"unit": unit, "month": month, "row": number, **record, **where}])
