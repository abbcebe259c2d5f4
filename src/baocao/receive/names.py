"""What a file name says about unit, month and table: certain if it follows the contract, else a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from baocao.config.models import Unit
from baocao.errors import UserError
from baocao.files import is_temporary
from baocao.intake.contract import ALL_TABLES, Table, heading_key
from baocao.intake.register import REGISTER
from baocao.intake.submissions import parse_name
from baocao.months import Month
from baocao.text import fold

_YEAR_FIRST = re.compile(r"(?<!\d)(20\d{2})[-_. ]?(0[1-9]|1[0-2])(?!\d)")
_MONTH_FIRST = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[-_. /]+(?:nam[-_. ]*)?(20\d{2})(?!\d)")
_COUNTED = re.compile(r"(?<![^\W_])(?:q|quy|tuan|lan|dot|so|ban)[-_. ]*\d{1,2}(?!\d)")
"""The number of a quarter, week, version or letter, which is no month."""


@dataclass(frozen=True)
class NameTells:
    """What a file name says.

    Attributes
    ----------
    unit
        The unit, if the name follows the contract; certain.
    maybe
        The unit, if the code or name of exactly one is somewhere in the name.
    month
        The month, if there is exactly one in the name.
    version
        The version stated in the name; 0 if there is none.
    table
        The table in a CSV.
    stem
        The part of the name that the CSVs of one set share.
    """

    unit: Unit | None
    maybe: Unit | None
    month: Month | None
    version: int
    table: Table | None
    stem: str
    ending: str


def read_name(name: str, units: Iterable[Unit]) -> NameTells:
    """What a file name says."""
    path = PurePosixPath(name)
    ending, stem = path.suffix.lstrip(".").casefold(), path.stem
    said = parse_name(name)
    known = {unit.code.casefold(): unit for unit in units}
    exact = known.get(said.unit.casefold()) if said else None
    table, rest = (said.table, said.unit) if said else (None, stem)
    if ending == "csv" and table is None:
        table, rest = _table_of(stem)
    version = said.version if said and said.stated else 0
    maybe, month = _mentioned(rest, known.values()), month_in(rest, known.values())
    return NameTells(exact, maybe, month, version, table, fold(rest), ending)


def _table_of(stem: str) -> tuple[Table | None, str]:
    """The table at the end of a CSV's name (``KDC01-Hoạt động``), and the part before it."""
    for table in ALL_TABLES:
        for key in (table.key, heading_key(table.csv_suffix)):
            for cut in range(len(stem) - 1, -1, -1):
                if heading_key(stem[cut:]) == key and (cut == 0 or not stem[cut - 1].isalnum()):
                    return table, stem[:cut].rstrip(" ._-")
    return None, stem


def _mentioned(text: str, units: Iterable[Unit]) -> Unit | None:
    """The unit that a text contains by code or name, if it is exactly one."""
    folded, words = text.casefold(), _in_words(text)
    found = [
        unit for unit in units if _standing({unit.code.casefold()}).search(folded) or _in_words(unit.name) in words
    ]
    return found[0] if len(found) == 1 else None


def _in_words(text: str) -> str:
    """The folded words of a text, with hyphens taken for spaces, as file names have either."""
    return f" {fold(re.sub(r'[_-]+', ' ', text))} "


def _standing(words: set[str]) -> re.Pattern[str]:
    """Any of these words, where neither a letter nor a digit stands beside it."""
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])")


def _without_units(text: str, units: Iterable[Unit]) -> str:
    """The folded text without codes and names of units: in ``KDC10-2025`` the 10 is not a month."""
    called = {fold(one) for u in units for one in (u.code, u.name.removesuffix(f" ({u.code})"), *u.earlier_names)}
    return _standing(called).sub(" ", fold(text))


def month_in(text: str, units: Iterable[Unit]) -> Month | None:
    """The month in a text, as ``2025-10``, ``202510``, ``10-2025`` or ``tháng 10 năm 2025``, if it is exactly one."""
    plain = _COUNTED.sub(" ", _without_units(text, units))
    pairs = {(int(m[1]), int(m[2])) for m in _YEAR_FIRST.finditer(plain)}
    pairs |= {(int(m[2]), int(m[1])) for m in _MONTH_FIRST.finditer(plain)}
    return Month(*pairs.pop()) if len(pairs) == 1 else None


def is_no_report(name: str) -> bool:
    """Whether a file or folder of this name holds no report: a program left it behind, or it is the site's register."""
    return is_temporary(name) or name == "__MACOSX" or name.casefold() == REGISTER


def folder_month(name: str) -> Month | None:
    """The month of a folder named ``YYYY-MM``, like those of the submissions; None for other names."""
    try:
        return Month.parse(name)
    except UserError:
        return None
