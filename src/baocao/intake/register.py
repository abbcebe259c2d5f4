"""The register of receipt, read if present: when a file came in, and whether it is still the file that came in.

``data/submissions/register.csv`` (UTF-8, comma; read with ``;`` too, which office programs write) has the columns
:data:`COLUMNS`; ``baocao receive`` writes it.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from baocao.errors import UserError
from baocao.intake.findings import Finding, Place, found
from baocao.months import Month

REGISTER = "register.csv"
COLUMNS = ("received_at", "month", "unit", "version", "file", "sha256", "sender", "outcome", "original")
"""``file`` is relative to the submissions folder; ``original`` is the name under which the file came."""
REQUIRED = COLUMNS[:-1]
_WHOLE = "toàn bộ sổ"
_NEEDED = {"received_at", "month", "file"}
"""Columns without which no line says when what came in."""


@dataclass(frozen=True)
class Receipt:
    """When a file was received (ISO text with offset), and its bytes' hash then."""

    received_at: str
    sha256: str
    sender: str = ""
    unit: str = ""
    version: int = 0


@dataclass(frozen=True)
class Register:
    """Receipts by file name relative to the submissions folder; the last line of a file counts."""

    receipts: Mapping[str, Receipt]
    faulty: tuple[str, ...] = ()
    """Lines that could not be read, as texts to show."""

    def findings(self, month: str, kept: Collection[str]) -> tuple[Finding, ...]:
        """Lines that cannot be read, and files that were received and are not among those that are there."""
        place = Place(month, file=REGISTER)
        lost = [name for name in self.receipts if name not in kept]
        return (
            *(found("SO-TIEPNHAN", place, given=text) for text in self.faulty),
            *(found("SO-MATTEP", place, given=name) for name in lost),
        )


def read_register(folder: Path, month: str) -> Register:
    """The receipts of a month's files; empty if there is no register."""
    path = folder / REGISTER
    if not path.is_file():
        return Register({})
    try:
        rows = register_rows(path.read_bytes())
    except (UnicodeDecodeError, csv.Error, OSError):
        return Register({}, (_WHOLE,))
    if rows and not rows[0].keys() >= _NEEDED:
        return Register({}, (f"{_WHOLE} (dòng đầu thiếu tên cột)",))
    receipts: dict[str, Receipt] = {}
    faulty = []
    for number, row in enumerate(rows, start=2):
        if month_of(row) not in {month, ""}:
            continue
        if row["month"] == month and _is_instant(row.get("received_at")) and row.get("file"):
            receipts[row["file"]] = _receipt(row)
        else:
            faulty.append(f"dòng {number}")
    return Register(receipts, tuple(faulty))


def month_of(row: Mapping[str, str]) -> str:
    """The month that a line is about, by its file where an office program made a date of the month; empty: any."""
    texts = (row["month"], (row["file"] or "").partition("/")[0]) if row.keys() >= _NEEDED else ()
    for text in texts:
        with suppress(UserError):
            return str(Month.parse(text))
    return ""


def _receipt(row: Mapping[str, str]) -> Receipt:
    version = row.get("version") or ""
    return Receipt(
        row["received_at"],
        row.get("sha256") or "",
        row.get("sender") or "",
        row.get("unit") or "",
        int(version) if version.isdecimal() else 0,
    )


def register_rows(data: bytes) -> list[dict[str, str]]:
    """The register's lines by column.

    Raises
    ------
    UnicodeDecodeError, csv.Error
        If it is not UTF-8 or no CSV.
    """
    lines = data.decode("utf-8-sig").splitlines()
    return list(csv.DictReader(lines, delimiter=delimiter_of(lines[0] if lines else "")))


def delimiter_of(header: str) -> str:
    return ";" if header.count(";") > header.count(",") else ","


def _is_instant(text: str | None) -> bool:
    try:
        return datetime.fromisoformat(text or "").tzinfo is not None
    except ValueError:
        return False
