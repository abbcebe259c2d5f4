"""One submitted file: from its bytes to checked tables, or to the finding that says why it is refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from baocao.config.models import Unit
from baocao.intake.checks import Checked, check_table
from baocao.intake.contract import ACTIVITIES, INFO, TABLES, VALUES, Table, is_of_ours, table_of_sheet
from baocao.intake.findings import Finding, Place, found, is_error
from baocao.intake.grid import Grid, Limits, RefusedError
from baocao.intake.header import filled_lines, holds_table
from baocao.intake.info import Info, read_info
from baocao.intake.isolated import CellReader
from baocao.intake.readers import read_csv, read_workbook, too_large
from baocao.intake.rows import Context
from baocao.intake.submissions import SubmittedFile
from baocao.intake.tables import locate, refuse


class ConservationError(RuntimeError):
    """A row that came in is neither accepted nor rejected; this is a bug of intake."""


@dataclass
class FileResult:
    """The result of reading one file."""

    file: SubmittedFile
    sha256: str = ""
    size: int = 0
    info: Info = field(default_factory=Info)
    tables: list[Checked] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False

    @property
    def is_info(self) -> bool:
        """Whether it is a readable CSV of keys and values."""
        return self.file.table is INFO and not self.refused

    @property
    def readable(self) -> bool:
        """Whether any part of it could be read."""
        return self.is_info or (not self.refused and any(table.located.readable for table in self.tables))


def fingerprint(file: SubmittedFile) -> tuple[str, int]:
    """SHA-256 and size in bytes of a file whose content is not used; empty and 0 if it cannot be opened."""
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest(), file.path.stat().st_size
    except OSError:
        return "", 0


def _limits(context: Context) -> Limits:
    return Limits(context.thresholds.max_file_mb, context.thresholds.max_rows)


def read_file(file: SubmittedFile, unit: Unit, context: Context, reader: CellReader) -> FileResult:
    result = FileResult(file)
    place = Place(str(context.month), unit.code, file.name)
    try:
        limits = _limits(context)
        if file.path.stat().st_size > limits.file_mb * 1024 * 1024:
            result.sha256, result.size = fingerprint(file)
            raise too_large(result.size, limits)
        data = file.path.read_bytes()
        result.sha256, result.size = hashlib.sha256(data).hexdigest(), len(data)
        grids = (read_csv(data, file.table, limits),) if file.table else read_workbook(data, limits, reader)
        _read_grids(result, grids, place, unit, context)
        if any(grid.remarks.linked for grid in grids):
            result.findings.append(found("TEP-LIENKET", place))
    except RefusedError as refusal:
        _refuse(result, found(refusal.code, place.at(refusal.sheet), **{"given": file.path.name, **refusal.texts}))
    except OSError:
        _refuse(result, found("TEP-MO", place))
    return result


def _refuse(result: FileResult, finding: Finding) -> None:
    result.refused, result.tables, result.info, result.findings = True, [], Info(), [finding]


def refuse_all_if_misplaced(results: list[FileResult]) -> None:
    """Refuse a set of CSVs as a whole if its keys and values name another unit or month."""
    wrong = next((f for r in results for f in r.findings if f.code in ("TT-DONVI", "TT-THANG")), None)
    for result in results if wrong else ():
        if wrong and not result.refused:
            _refuse(result, replace(wrong, file=result.file.name, sheet="", cell=""))


def _read_grids(result: FileResult, grids: tuple[Grid, ...], place: Place, unit: Unit, context: Context) -> None:
    """Find each table among the sheets; a sheet outside the contract is named, never dropped in silence."""
    tables, others = _by_table(result.file, grids)
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
            located = locate(table, grid, place.at(grid.sheet), _limits(context), context.unused)
            _add_table(result, check_table(located, context), context)
        elif not result.file.table and (table is not VALUES or context.targets):
            result.findings.append(found(_absent(table, strays, result.info), place, table=table.sheet))
    for grid, stray in strays:
        _add_stray(result, grid, stray, place, context)
    if INFO.name not in tables and not result.file.table:
        result.findings.append(found("BANG-VANG", place, table=INFO.sheet))


def _by_table(file: SubmittedFile, grids: tuple[Grid, ...]) -> tuple[dict[str, Grid], list[Grid]]:
    """Table's name → the first sheet that bears it; and the other sheets."""
    tables: dict[str, Grid] = {}
    others: list[Grid] = []
    for grid in grids:
        table = file.table or table_of_sheet(grid.sheet)
        if table is None or table.name in tables:
            others.append(grid)
        else:
            tables[table.name] = grid
    return tables, others


def _add_stray(result: FileResult, grid: Grid, table: Table | None, place: Place, context: Context) -> None:
    """Reject the rows of a table in a sheet not meant for it; name any other sheet, unless it is one of ours."""
    if table:
        _add_table(result, check_table(refuse(table, grid, place.at(grid.sheet)), context), context)
    elif filled_lines(grid) and not grid.hidden and not is_of_ours(grid.sheet):
        result.findings.append(found("BANG-TRANGTHUA", place.at(grid.sheet), given=grid.sheet))


def _absent(table: Table, strays: list[tuple[Grid, Table | None]], info: Info) -> str:
    """The code of the finding about a missing sheet."""
    needed = table is ACTIVITIES and not info.nil and all(other is not table for _, other in strays)
    return "BANG-THIEU" if needed else "BANG-VANG"


def _add_table(result: FileResult, checked: Checked, context: Context) -> None:
    if checked.located.rows_in != len(checked.records) + checked.rejected:
        raise ConservationError(f"{result.file.name}, {checked.located.table.name}: rows in are not conserved")
    errors = sum(is_error(finding, context.checks) for finding in checked.findings)
    if checked.rejected and not errors:
        raise ConservationError(f"{result.file.name}, {checked.located.table.name}: rejected without a finding")
    result.tables.append(checked)
    result.findings += checked.findings
