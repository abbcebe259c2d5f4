"""The records of each month, read once and kept under ``build/MONTH/records/`` until what they rest on has changed.

A month's records rest on its own submissions and what the register says of it, on those of all months before it (what
is reported twice, what jumps), on ``params/``, the package and its libraries. A correction in the newest month leaves
the others as they are, and a year has eleven of them.
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
"""Keeps a month's records in a folder, under the hash of what they rest on."""
_STAMP = "stamp.json"


@dataclass(frozen=True)
class Months:
    """The months of a submissions folder.

    Attributes
    ----------
    submissions
        The folder.
    build
        Where records are kept.
    config
        What they are checked against.
    rests_on
        A hash of all that every month's records rest on beside submissions.
    """

    submissions: Path
    build: Path
    config: Config
    rests_on: str

    def read(self, months: Sequence[Month], *, keep: Keep | None = None) -> Iterator[Records]:
        """The records of these months, which begin with the plan's first.

        Parameters
        ----------
        keep
            Checks and keeps what had to be read (:func:`keep_records`); without, nothing is kept.
        """
        earlier = MonthsBefore()
        key = self.rests_on
        for month, registered in zip(months, register_texts(self.submissions, months), strict=True):
            submitted = submitted_digest(self.submissions, month)
            key = files.digest((key, str(month), submitted, registered))
            folder = self.build / str(month) / "records"
            records = _kept(folder, key)
            if records is None:
                records = read_month(self.submissions, month, self.config, earlier, checked=not keep)
                if keep:
                    keep(folder, key, records)
            earlier.append(records)
            yield records


def register_texts(submissions: Path, months: Sequence[Month]) -> list[str]:
    """What reading the register gives each month, as text: its lines by column, each with its number.

    A line that comes in for a later month changes nothing of an earlier one; another header line, and what makes the
    register unreadable as a whole, changes all that have lines, or all; so does a line that names no month.
    """
    path = submissions / REGISTER
    try:
        lines = register_lines(path.read_bytes() if path.is_file() else b"")
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        return [type(error).__name__ for _ in months]
    return [repr(lines_of(lines, str(month))) for month in months]


def write_records(folder: Path, records: Records) -> None:
    """A CSV a frame, the same bytes for the same records."""
    for field in fields(Records):
        files.write_text(folder / f"{field.name}.csv", schema.to_csv(field.name, getattr(records, field.name)))


def load_records(folder: Path) -> Records:
    """The reverse of :func:`write_records`."""
    names = [field.name for field in fields(Records)]
    return Records(**{name: schema.from_csv(name, (folder / f"{name}.csv").read_text("utf-8")) for name in names})


def stamp_of(folder: Path) -> str:
    """The hash that a folder's stamp names; empty if there is none, or the files are not those that were stamped."""
    try:
        named = json.loads((folder / _STAMP).read_text("utf-8"))
        return str(named["inputs"]) if named["outputs"] == _outputs(folder) else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def submitted_digest(submissions: Path, month: Month) -> str:
    """One hash over what was put into a month's folder, also over what is there and not read for what it is."""
    inside = submissions / str(month)
    found = sorted(path for path in inside.glob("*") if not files.is_temporary(path.name))
    unread = (text for path in found if (check := unreadable(path, submissions)) for text in (check, path.name))
    parts = (part for path in files.submitted_files(inside) for part in _parts(path, submissions))
    return files.digest((files.digest(parts), *unread))


def _parts(path: Path, submissions: Path) -> tuple[str | bytes, ...]:
    """A file's name and bytes; of one that may not be read a part more than any other has."""
    name = path.relative_to(submissions).as_posix()
    try:
        return name, path.read_bytes()
    except OSError:
        return name, "", "TEP-MO"


def stamp(folder: Path, key: str) -> None:
    """Say what the files of a folder were made from, and which bytes that gave: somebody may be at them later."""
    files.write_text(folder / _STAMP, json.dumps({"inputs": key, "outputs": _outputs(folder)}) + "\n")


def _outputs(folder: Path) -> str:
    return files.folder_digest(folder, ["*.csv"])


def _kept(folder: Path, key: str) -> Records | None:
    return load_records(folder) if stamp_of(folder) == key else None


def keep_records(folder: Path, key: str, records: Records) -> None:
    """Keep a month's records, if they keep the typed contract and are not kept yet.

    Raises
    ------
    pandera.errors.SchemaError
        If they break it: a bug.
    """
    if stamp_of(folder) != key:
        schema.validate(records)
        with files.replaced_folder(folder) as fresh:
            write_records(fresh, records)
            stamp(fresh, key)
