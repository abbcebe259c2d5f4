"""The files of a month's folder: which unit and version each belongs to, which count, and which nobody can place.

Names (design, section 3): ``UNIT.xlsx`` (``.ods``, ``.xls``) or ``UNIT.hoat-dong.csv`` and its like; a resubmission
carries a version before its ending: ``UNIT.v2.xlsx``, ``UNIT.v2.hoat-dong.csv``. The newest version counts.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from baocao.errors import UserError
from baocao.intake.contract import ALL_TABLES, Table, table_of_suffix
from baocao.intake.findings import Finding, Place, found
from baocao.intake.register import REGISTER
from baocao.months import Month

_SUFFIXES = "|".join(table.csv_suffix for table in ALL_TABLES)
_NAME = re.compile(
    rf"(?P<unit>[^.].*?)(?:\.v(?P<version>[0-9]{{1,4}}))?(?:\.(?P<book>xlsx|ods|xls)|\.(?P<table>{_SUFFIXES})\.csv)",
    re.IGNORECASE,
)
_MACRO_BOOKS = (".xlsm", ".xltm", ".xlam", ".xlsb")
_TEMPORARY = re.compile(r"~\$.*|\.~lock\..*|\..*|Thumbs\.db|desktop\.ini|.*\.(?:tmp|part|crdownload)", re.IGNORECASE)


@dataclass(frozen=True)
class SubmittedFile:
    """A file that bears a submission's name.

    Attributes
    ----------
    path
        Where it lies.
    name
        Relative to the submissions folder, with forward slashes, in form C.
    unit
        The unit's code as the name writes it.
    table
        The table that a CSV holds; none for a workbook.
    """

    path: Path
    name: str
    unit: str
    version: int
    table: Table | None


@dataclass(frozen=True)
class Submission:
    """The version of a unit's submission that counts; ``files`` in the contract's order of tables.

    Attributes
    ----------
    dropped
        CSV tables that the version before had and this one lacks.
    before
        The files of the version before.
    """

    unit: str
    version: int
    files: tuple[SubmittedFile, ...]
    dropped: tuple[Table, ...] = ()
    before: tuple[SubmittedFile, ...] = ()

    @property
    def overlaps(self) -> bool:
        """Whether several of its files hold the same: two workbooks, a workbook beside CSVs, a CSV twice."""
        tables = [file.table for file in self.files]
        return len(tables) > 1 and (None in tables or len(set(tables)) != len(tables))


@dataclass(frozen=True)
class Listing:
    """What lies in a month's folder."""

    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    """Files that nobody can place, in the order of their names."""


def submission_months(folder: Path) -> tuple[Month, ...]:
    """The months that have a folder with at least one file in it, oldest first.

    Parameters
    ----------
    folder
        The submissions folder, which holds one folder a month, ``YYYY-MM``.
    """
    months = []
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            month = Month.parse(path.name)
        except UserError:
            continue
        if path.is_dir() and any(not _TEMPORARY.fullmatch(inner.name) for inner in path.iterdir()):
            months.append(month)
    return tuple(sorted(months))


def list_month(folder: Path, month: Month) -> Listing:
    """The submissions of a month.

    Parameters
    ----------
    folder
        The submissions folder.
    """
    inside = folder / str(month)
    names = (
        sorted((unicodedata.normalize("NFC", path.name), path) for path in inside.iterdir()) if inside.is_dir() else []
    )
    files: list[SubmittedFile] = []
    findings: list[Finding] = []
    for name, path in names:
        if _TEMPORARY.fullmatch(name) or name == REGISTER:
            continue
        place = Place(str(month), file=f"{month}/{name}")
        placed = _placed(path, name, place, folder)
        if isinstance(placed, Finding):
            findings.append(placed)
        else:
            files.append(placed)
    return Listing(_newest(files), tuple(findings))


def _placed(path: Path, name: str, place: Place, folder: Path) -> SubmittedFile | Finding:
    if not _is_inside(path, folder):
        return found("TEP-NGOAI", place, given=name)
    if not _is_regular(path):
        return found("TEP-THUMUC", place, given=name)
    if name.casefold().endswith(_MACRO_BOOKS):
        return found("TEP-MACRO", place, given=name)
    match = _NAME.fullmatch(name)
    version = int(match["version"] or 1) if match else 0
    if match is None or version < 1:
        return found("TEP-LA", place, given=name)
    table = table_of_suffix(match["table"]) if match["table"] else None
    return SubmittedFile(path, place.file, match["unit"], version, table)


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links in a circle
        return True


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _newest(files: Iterable[SubmittedFile]) -> tuple[Submission, ...]:
    by_unit: dict[str, dict[int, list[SubmittedFile]]] = {}
    for file in files:
        by_unit.setdefault(file.unit.casefold(), {}).setdefault(file.version, []).append(file)
    return tuple(_submission(versions) for versions in by_unit.values())


def _submission(versions: dict[int, list[SubmittedFile]]) -> Submission:
    order = sorted(versions)
    newest = sorted(versions[order[-1]], key=lambda file: (_order(file.table), file.name))
    before = versions[order[-2]] if len(order) > 1 else []
    had, has = {file.table for file in before}, {file.table for file in newest}
    dropped = tuple(table for table in ALL_TABLES if table in had - has) if None not in has else ()
    return Submission(newest[0].unit, order[-1], tuple(newest), dropped, tuple(before))


def _order(table: Table | None) -> int:
    return ALL_TABLES.index(table) if table else -1
