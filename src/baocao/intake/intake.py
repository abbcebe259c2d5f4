"""Reading a month: from the files of a folder to records and findings, with nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from baocao.config.models import Config, Unit
from baocao.config.units import owed_units
from baocao.intake.compare import compare
from baocao.intake.contract import INFO, TABLES
from baocao.intake.findings import Place, found, worded
from baocao.intake.history import History, MonthsBefore
from baocao.intake.isolated import CellReader
from baocao.intake.reading import ConservationError, FileResult, fingerprint, read_file, refuse_all_if_misplaced
from baocao.intake.records import Records
from baocao.intake.register import Register, read_register
from baocao.intake.rows import Context
from baocao.intake.schema import FRAMES, frame_of, validate
from baocao.intake.submissions import Submission, list_month
from baocao.intake.versions import activity_rows, history_rows, received_at, state_of
from baocao.months import Month

__all__ = ["ConservationError", "read_month"]


@dataclass
class _Rows:
    """Rows of the frames as they gather."""

    frames: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, frame: str, rows: Iterable[Any]) -> None:
        self.frames.setdefault(frame, []).extend(rows)


@dataclass(frozen=True)
class _Desk:
    """What is needed to read a submission, besides its files."""

    context: Context
    register: Register
    reader: CellReader
    history: History


def read_month(
    folder: Path, month: Month, config: Config, earlier: MonthsBefore | None = None, *, checked: bool = True
) -> Records:
    """Read and check all submissions of a month.

    Parameters
    ----------
    folder
        The submissions folder, which holds one folder a month.
    month
        The report month.
    config
        The configuration: code lists, register of units, periods, limits, checks.
    earlier
        The earlier months, for questions about activities reported again and figures far from a unit's earlier ones.
        They affect only the month's warnings, not its records.
    checked
        Whether to check the records against their typed contract; if not, the caller does so (:func:`validate`).

    Returns
    -------
    Records
        Ordered by the register of units, then table, then line. Every row that came in is in a record frame or named
        by a finding of severity ``error``; so is every file that is refused as a whole.

    Raises
    ------
    ConservationError
        If a row is neither; that is a bug.
    """
    listing = list_month(folder, month)
    register = read_register(folder, str(month))
    context = Context.of(config, month)
    rows = _Rows()
    units = {unit.code.casefold(): unit for unit in config.units.units}
    owed = {unit.code: order for order, unit in enumerate(owed_units(config, month))}
    known = [(units[s.unit.casefold()], s) for s in listing.submissions if s.unit.casefold() in units]
    valid = sorted((pair for pair in known if pair[0].code in owed), key=lambda pair: owed[pair[0].code])
    history = (earlier or MonthsBefore()).history(month, config.thresholds.duplicate_months)
    with CellReader() as reader:
        desk = _Desk(context, register, reader, history)
        for unit, submission in valid:
            _add_submission(rows, unit, submission, desk)
    for submission in listing.submissions:
        unknown = submission.unit.casefold() not in units
        if unknown or units[submission.unit.casefold()].code not in owed:
            _add_refused(rows, submission, context, "TEP-DONVI" if unknown else "TEP-HIEULUC")
    kept = {file.name for submission in listing.submissions for file in submission.all_files}
    rows.add("findings", worded((*listing.findings, *register.findings(str(month), kept)), config.checks))
    frames = {name: frame_of(name, rows.frames.get(name, ())) for name in FRAMES}
    records = Records(**frames)
    return validate(records) if checked else records


def _add_submission(rows: _Rows, unit: Unit, submission: Submission, desk: _Desk) -> None:
    context = desk.context
    month, files = str(context.month), submission.files
    if submission.overlaps:
        names = ", ".join(file.path.name for file in files)
        results = [FileResult(file, *fingerprint(file), refused=True) for file in files]
        results[0].findings.append(found("TEP-TRUNG", Place(month, unit.code, files[0].name), given=names))
    else:
        results = [read_file(file, unit, context, desk.reader) for file in files]
        refuse_all_if_misplaced(results)
    _cross_check(results, unit, submission, context)
    compare(results, unit, submission, context, desk.history)
    _ask_about_bytes(results, submission, unit, context, desk.register)
    for result in results:
        rows.add("findings", worded(result.findings, context.checks))
        rows.add("files", _file_rows(result, unit.code, month))
    _add_records(rows, results, unit.code, month)
    received = received_at(results, desk.register)
    rows.add("submissions", [(unit.code, month, state_of(results), submission.version, received, len(files))])
    versions, changes = history_rows(submission, results, unit, context, desk.register, desk.reader)
    rows.add("versions", versions)
    rows.add("changes", changes)


def _add_refused(rows: _Rows, submission: Submission, context: Context, code: str) -> None:
    month = str(context.month)
    for file in submission.files:
        sha256, size = fingerprint(file)
        finding = found(code, Place(month, "", file.name), given=submission.unit)
        rows.add("findings", worded([finding], context.checks))
        rows.add("files", [("", month, file.name, sha256, size, "", 0, 0, 0)])


def _cross_check(results: list[FileResult], unit: Unit, submission: Submission, context: Context) -> None:
    """Checks across the files of a submission: a nil mark beside rows, tables of the previous version that are gone."""
    place = Place(str(context.month), unit.code, submission.files[0].name)
    last = results[-1]
    marked = next((result for result in results if result.info.nil), last)
    if submission.dropped:
        given = ", ".join(table.sheet for table in submission.dropped)
        last.findings.append(found("TEP-THIEUBANG", place, given=given, version=submission.version))
    rows, nil = activity_rows(results), any(result.info.nil for result in results)
    if nil and rows:
        marked.findings.append(found("TT-KHONGVACO", _of_info(marked, place), cell=marked.info.nil_at, rows=rows))
    elif not nil and not rows and state_of(results) == "filed" and "BANG-THIEU" not in _codes(results):
        told = next((result for result in results if result.info.nil_at), last)
        told.findings.append(found("TT-CHUARO", _of_info(told, place), cell=told.info.nil_at))


def _of_info(result: FileResult, place: Place) -> Place:
    """The place of a file's keys and values."""
    return replace(place, file=result.file.name, sheet=result.info.sheet)


def _codes(results: list[FileResult]) -> set[str]:
    return {finding.code for result in results for finding in result.findings}


def _ask_about_bytes(
    results: Sequence[FileResult], submission: Submission, unit: Unit, context: Context, register: Register
) -> None:
    """Ask about files, of this version and earlier ones, that have changed since they were received."""
    now = [(result.file.name, result.sha256) for result in results]
    before = [(file.name, fingerprint(file)[0]) for _, files in submission.earlier for file in files]
    for name, digest in [*now, *before]:
        receipt = register.receipts.get(name)
        if receipt and receipt.sha256 and receipt.sha256 != digest:
            results[-1].findings.append(found("SO-KHACTEP", Place(str(context.month), unit.code, name)))


def _file_rows(result: FileResult, unit: str, month: str) -> list[tuple[Any, ...]]:
    head = (unit, month, result.file.name, result.sha256, result.size)
    if result.refused:
        return [(*head, "", 0, 0, 0)]
    if result.is_info:
        return [(*head, INFO.name, 0, 0, 0)]
    return [
        (*head, t.located.table.name, t.located.rows_in, len(t.records), t.rejected)
        for t in sorted(result.tables, key=lambda table: TABLES.index(table.located.table))
    ]


def _add_records(rows: _Rows, results: list[FileResult], unit: str, month: str) -> None:
    for table in TABLES:
        number = 0
        for result in results:
            for checked in result.tables:
                if checked.located.table is table:
                    for record in checked.records:
                        number += 1
                        where = {"file": result.file.name, "sheet": checked.located.grid.sheet}
                        rows.add(table.name, [{"unit": unit, "month": month, "row": number, **record, **where}])
