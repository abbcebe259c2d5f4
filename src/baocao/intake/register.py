"""The register of receipt, read if present: when a file was received, and whether it has changed since.

``data/submissions/register.csv`` (UTF-8, comma; also read with ``;``, as office programs may save it) has the columns
:data:`COLUMNS`; ``baocao receive`` writes it.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from operator import itemgetter
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
"""Columns without which a line cannot say which file was received when."""
Lines = Mapping[str, Sequence[tuple[int, dict[str, str]]]]
"""Month → lines of the register, each with its line number."""


@dataclass(frozen=True)
class Receipt:
    """When a file was received (ISO text with offset), and its SHA-256 at that time."""

    received_at: str
    sha256: str
    sender: str = ""
    unit: str = ""
    version: int = 0


@dataclass(frozen=True)
class Register:
    """Receipts by file name relative to the submissions folder; of several lines for a file the last counts."""

    receipts: Mapping[str, Receipt]
    faulty: tuple[str, ...] = ()
    """Lines that could not be read, as text for messages."""

    def findings(self, month: str, kept: Collection[str]) -> tuple[Finding, ...]:
        """Findings about lines that cannot be read, and about received files that are not among ``kept``."""
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
        lines = register_lines(path.read_bytes())
    except OSError:
        return Register({}, (f"{_WHOLE} (máy này không được phép đọc)",))
    except (UnicodeDecodeError, csv.Error):
        return Register({}, (_WHOLE,))
    if any(not row.keys() >= _NEEDED for _, row in lines.get("", [])[:1]):
        return Register({}, (f"{_WHOLE} (dòng đầu thiếu tên cột)",))
    receipts: dict[str, Receipt] = {}
    faulty = []
    for number, row in lines_of(lines, month):
        if row["month"] == month and _is_instant(row.get("received_at")) and row.get("file"):
            receipts[row["file"]] = _receipt(row)
        else:
            faulty.append(f"dòng {number}")
    return Register(receipts, tuple(faulty))


@lru_cache(maxsize=2)
def register_lines(register: bytes) -> Lines:
    """Month → the register's lines about it, each with its number; under ``""``, lines that name no month.

    The register is split once, because each month of the plan is asked for, in the present file and in sealed ones.

    Raises
    ------
    UnicodeDecodeError, csv.Error
        As :func:`register_rows`.
    """
    lines: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, row in enumerate(register_rows(register), start=2):
        lines.setdefault(_month_of(row), []).append((number, row))
    return lines


def lines_of(lines: Lines, month: str) -> list[tuple[int, dict[str, str]]]:
    """The lines that count for a month, in order; lines that name no month count for every month."""
    return sorted([*lines.get(month, []), *lines.get("", [])], key=itemgetter(0))


def _month_of(row: Mapping[str, str]) -> str:
    """A line's month, by its file's folder if an office program made a date of the month; empty if neither is one."""
    texts = (row["month"], (row["file"] or "").partition("/")[0]) if row.keys() >= _NEEDED else ()
    return next((month for text in texts if (month := _month(text))), "")


@cache
def _month(text: str) -> str:
    """The text if it is a month, else empty."""
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
        If the data is not UTF-8 or not a CSV.
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
