"""The files in a month's folder: the unit and version of each, which of them count, which cannot be attributed.

Names (design, section 3): ``UNIT.xlsx`` (``.ods``, ``.xls``) or ``UNIT.hoat-dong.csv`` and the like; a resubmission
has a version before the ending: ``UNIT.v2.xlsx``, ``UNIT.v2.hoat-dong.csv``. The newest version counts.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from baocao.config.models import VERSION
from baocao.errors import UserError
from baocao.files import is_temporary
from baocao.intake.contract import ALL_TABLES, Table, table_of_suffix
from baocao.intake.findings import Finding, Place, found
from baocao.intake.register import REGISTER
from baocao.months import Month
from baocao.text import nfc, one_line

_SUFFIXES = "|".join(table.csv_suffix for table in ALL_TABLES)
_NAME = re.compile(
    rf"(?P<unit>[^.].*?)(?:{VERSION})?(?:\.(?P<book>xlsx|ods|xls)|\.(?P<table>{_SUFFIXES})\.csv)",
    re.IGNORECASE,
)
_MACRO_BOOKS = (".xlsm", ".xltm", ".xlam", ".xlsb")

_BLANKS = re.compile(r"^\s+|\s+$|\s+(?=\.)|(?<=\.)\s+")
"""Blanks at either end of a part of a name."""


@dataclass(frozen=True)
class SubmittedFile:
    """A file with the name of a submission.

    Attributes
    ----------
    path
        Its place on disk.
    name
        Name relative to the submissions folder, with forward slashes, fit to be shown (:func:`one_line`).
    unit
        The unit's code as written in the name.
    table
        The table in a CSV; None for a workbook.
    """

    path: Path
    name: str
    unit: str
    version: int
    table: Table | None


@dataclass(frozen=True)
class Submission:
    """The version of a unit's submission that counts; ``files`` are in the contract's order of tables.

    Attributes
    ----------
    dropped
        CSV tables of the previous version that this one lacks.
    earlier
        The earlier versions, oldest first: number and files.
    """

    unit: str
    version: int
    files: tuple[SubmittedFile, ...]
    dropped: tuple[Table, ...] = ()
    earlier: tuple[tuple[int, tuple[SubmittedFile, ...]], ...] = ()

    @property
    def before(self) -> tuple[SubmittedFile, ...]:
        """The files of the previous version."""
        return self.earlier[-1][1] if self.earlier else ()

    @property
    def all_files(self) -> tuple[SubmittedFile, ...]:
        """The files of all versions."""
        return (*(file for _, files in self.earlier for file in files), *self.files)

    @property
    def overlaps(self) -> bool:
        """Whether files of the version overlap (see :func:`overlap`)."""
        return overlap(self.files)


@dataclass(frozen=True)
class Listing:
    """The content of a month's folder."""

    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    """Findings about files that cannot be attributed, sorted by name."""


def overlap(files: Iterable[SubmittedFile]) -> bool:
    """Whether files of one version overlap: two workbooks, a workbook and CSVs, or two CSVs of one table."""
    tables = [file.table for file in files]
    return len(tables) > 1 and (None in tables or len(set(tables)) != len(tables))


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
        if holds_files(path):
            months.append(month)
    return tuple(sorted(months))


def holds_files(folder: Path) -> bool:
    """Whether a month's folder has files; one without read permission counts, and reading it reports the error."""
    try:
        return folder.is_dir() and any(not is_temporary(inner.name) for inner in folder.iterdir())
    except OSError:
        return True


def list_month(folder: Path, month: Month) -> Listing:
    """The submissions of a month.

    Parameters
    ----------
    folder
        The submissions folder.
    """
    inside = folder / str(month)
    names = sorted((one_line(path.name), path) for path in inside.iterdir()) if inside.is_dir() else []
    files: list[SubmittedFile] = []
    findings: list[Finding] = []
    for name, path in names:
        if is_temporary(name) or name == REGISTER:
            continue
        place = Place(str(month), file=f"{month}/{name}")
        placed = _placed(path, name, place, folder)
        if isinstance(placed, Finding):
            findings.append(placed)
        else:
            files.append(placed)
    return Listing(_newest(files), tuple(findings))


@dataclass(frozen=True)
class Name:
    """The parts of a submission's file name; ``ending`` has no dot."""

    unit: str
    version: int
    stated: bool
    """Whether the name states the version."""
    table: Table | None
    ending: str


def parse_name(name: str) -> Name | None:
    """The parts of a file name; None if it does not follow the contract."""
    match = _NAME.fullmatch(unicodedata.normalize("NFC", name))
    version = int(match["version"] or 1) if match else 0
    if match is None or version < 1:
        return None
    table = table_of_suffix(match["table"]) if match["table"] else None
    return Name(match["unit"], version, match["version"] is not None, table, (match["book"] or "csv").lower())


def name_of(unit: str, version: int, table: Table | None, ending: str) -> str:
    """The name for keeping a file: ``UNIT.xlsx``, ``UNIT.v2.hoat-dong.csv``."""
    parts = [unit, f"v{version}" if version > 1 else "", table.csv_suffix if table else "", ending]
    return ".".join(part for part in parts if part)


def is_macro_book(name: str) -> bool:
    return name.casefold().endswith(_MACRO_BOOKS)


def _placed(path: Path, name: str, place: Place, folder: Path) -> SubmittedFile | Finding:
    if check := unreadable(path, folder):
        return found(check, place, given=name)
    if is_macro_book(name):
        return found("TEP-MACRO", place, given=name)
    said = parse_name(name)
    shown = _with_unseen(path.name)
    if said is None or shown != name or said != parse_name(path.name):  # invisible characters are not part of a code
        return found("TEP-LA", place, given=one_line(shown))
    return SubmittedFile(path, place.file, said.unit, said.version, said.table)


def unreadable(path: Path, folder: Path) -> str:
    """The code of the check that refuses a file for its kind, whatever its name and content; empty if none does.

    Refused kinds are links that lead out of the submissions folder, folders, broken links, and pipes.
    """
    if not _is_inside(path, folder):
        return "TEP-NGOAI"
    return "" if _is_regular(path) else "TEP-THUMUC"


def _with_unseen(name: str) -> str:
    """A file's name with invisible characters spelt out: ``VP .xlsx`` → ``VP[dấu cách].xlsx``."""
    return _BLANKS.sub("[dấu cách]", nfc("".join(c if nfc(c) else "[ký tự ẩn]" for c in name)))


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a loop of links
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
    files = [(version, tuple(sorted(versions[version], key=_reading_order))) for version in order]
    newest, earlier = files[-1][1], tuple(files[:-1])
    had, has = {file.table for file in (earlier[-1][1] if earlier else ())}, {file.table for file in newest}
    dropped = tuple(table for table in ALL_TABLES if table in had - has) if None not in has else ()
    return Submission(newest[0].unit, order[-1], newest, dropped, earlier)


def _reading_order(file: SubmittedFile) -> tuple[int, str]:
    return _order(file.table), file.name


def _order(table: Table | None) -> int:
    return ALL_TABLES.index(table) if table else -1
