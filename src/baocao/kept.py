"""The records of each month, read once and kept under ``build/MONTH/records/`` until something they depend on changes.

A month's records depend on its submissions and its lines in the register, on the same of all earlier months (for
activities reported twice and figures that jump), on ``params/``, the package and its libraries. A correction in the
newest month therefore leaves the records of the earlier months valid.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from baocao import files
from baocao.config.models import Config
from baocao.intake import schema
from baocao.intake.history import MonthsBefore
from baocao.intake.intake import read_month
from baocao.intake.records import Records
from baocao.intake.register import REGISTER, lines_of, register_lines
from baocao.intake.submissions import unreadable
from baocao.months import Month

Keep = Callable[[Path, str, Records], None]
"""Keeps a month's records in a folder, with the hash of what they depend on."""
_STAMP = "stamp.json"


@dataclass(frozen=True)
class Months:
    """The months of a submissions folder.

    Attributes
    ----------
    submissions
        The folder.
    build
        The folder in which records are kept.
    config
        The configuration that submissions are checked against.
    rests_on
        A hash of all that records depend on besides submissions.
    known
        Records read before in this process, by the hash of what they depend on; made to hold those of the last reading.
    """

    submissions: Path
    build: Path
    config: Config
    rests_on: str
    known: dict[str, Records]

    def read(self, months: Sequence[Month], *, keep: Keep | None = None) -> Iterator[Records]:
        """The records of these months, which must begin with the plan's first month.

        Parameters
        ----------
        keep
            Checks and keeps records that had to be read (:func:`keep_records`); if None, nothing is kept.
        """
        earlier, read = MonthsBefore(), dict[str, Records]()
        key = self.rests_on
        for month, registered in zip(months, register_texts(self.submissions, months), strict=True):
            submitted = submitted_digest(self.submissions, month)
            key = files.digest((key, str(month), submitted, registered))
            folder = self.build / str(month) / "records"
            known = self.known.get(key)
            kept = None if known else _kept(folder, key)
            records = known or kept or read_month(self.submissions, month, self.config, earlier, checked=not keep)
            if keep and not kept and stamp_of(folder) != key:
                keep(folder, key, records)
            read[key] = records
            earlier.append(records)
            yield records
        self.known.clear()
        self.known.update(read)


def register_texts(submissions: Path, months: Sequence[Month]) -> list[str]:
    """The register's lines about each month as text: columns and line numbers.

    A new line about a later month changes nothing for earlier ones. A changed header line changes all months with
    lines; a line that names no month, or an unreadable register, changes all months.
    """
    path = submissions / REGISTER
    try:
        lines = register_lines(path.read_bytes() if path.is_file() else b"")
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        return [type(error).__name__ for _ in months]
    return [repr(lines_of(lines, str(month))) for month in months]


def write_records(folder: Path, records: Records) -> None:
    """Write a CSV for each frame; equal records give equal bytes."""
    for field in fields(Records):
        files.write_text(folder / f"{field.name}.csv", schema.to_csv(field.name, getattr(records, field.name)))


def load_records(folder: Path) -> Records:
    """The reverse of :func:`write_records`."""
    names = [field.name for field in fields(Records)]
    return Records(**{name: schema.from_csv(name, (folder / f"{name}.csv").read_text("utf-8")) for name in names})


def stamp_of(folder: Path) -> str:
    """The hash in a folder's stamp; empty if there is none, or the files have changed since it was made."""
    try:
        named = json.loads((folder / _STAMP).read_text("utf-8"))
        return str(named["inputs"]) if named["outputs"] == _outputs(folder) else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def submitted_digest(submissions: Path, month: Month) -> str:
    """One hash over everything in a month's folder, including files of kinds that are never read."""
    inside = submissions / str(month)
    found = sorted(path for path in inside.glob("*") if not files.is_temporary(path.name))
    unread = (text for path in found if (check := unreadable(path, submissions)) for text in (check, path.name))
    parts = (part for path in files.submitted_files(inside) for part in _parts(path, submissions))
    return files.digest((files.digest(parts), *unread))


def _parts(path: Path, submissions: Path) -> tuple[str | bytes, ...]:
    """A file's name and bytes; for an unreadable file one part more, so that it differs from every readable one."""
    name = path.relative_to(submissions).as_posix()
    try:
        return name, path.read_bytes()
    except OSError:
        return name, "", "TEP-MO"


def stamp(folder: Path, key: str) -> None:
    """Note the hash of what a folder's files were made from, and their own hash, to detect later changes."""
    files.write_text(folder / _STAMP, json.dumps({"inputs": key, "outputs": _outputs(folder)}) + "\n")


def _outputs(folder: Path) -> str:
    return files.folder_digest(folder, ["*.csv"])


def _kept(folder: Path, key: str) -> Records | None:
    if stamp_of(folder) != key:
        return None
    records = load_records(folder)
    return records if stamp_of(folder) == key else None  # whoever reads ahead has no lock: it may have been replaced


def keep_records(folder: Path, key: str, records: Records) -> None:
    """Check a month's records against the typed contract and keep them, unless they are kept already.

    Raises
    ------
    pandera.errors.SchemaError
        If they break the contract, which is a bug.
    """
    if stamp_of(folder) != key:
        schema.validate(records)
        with files.replaced_folder(folder) as fresh:
            write_records(fresh, records)
            stamp(fresh, key)
