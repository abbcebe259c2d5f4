"""Cells that show a number with a sign: a file stores 12,5% as 0.125, 150 US$ as 150, 2 triệu as 2.

Only the cell's number format shows the difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from baocao.intake.values import PERCENT, Raw, with_sign
from baocao.text import nfc

_BUILT_IN = {"9": PERCENT, "10": PERCENT}
"""Built-in formats by number. Built-in currency formats are not listed: they show the currency of the user's system."""
_HOME_MONEY = ("₫", "đ", "vnd", "vnđ", "đồng")
_FOREIGN_MONEY = ("USD", "EUR", "GBP", "JPY", "CNY")
_LONGEST = 255
"""Longest format in any office program; limits what is written beside the number of each cell that has it."""
_LITERAL = re.compile(r"""\[\$([^\[\]-]*+)[^\[\]]*+\]|\[[^\[\]]*+\]|"([^"]*)"|\\(.)|[_*].""")
"""Literal parts of a format: a country's currency (``[$€-407]``), words, a character; and mere padding."""

_MULTIPLE = re.compile(r"(?:trăm|nghìn|ngàn|triệu|tỷ|tỉ|tr|k)\W*+(?:đồng|đ|vnđ|vnd)?\W*+")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
"""Commas in a format that divide the shown number by thousands: a cell with 1 500 000 shows 1,5 triệu."""
_NUMBER = re.compile(r"[-\u22120-9.,\s]+")
_NO_DIGIT = re.compile(r"[^0-9]")


def sign_of(code: str) -> str:
    """What a format shows with a number (ECMA-376, part 1, 18.8.31): ``%``, foreign money, a multiple, or nothing."""
    code = code[:_LONGEST]
    bare = _LITERAL.sub("", code)
    if PERCENT in bare:
        return PERCENT
    for money, words, char in _LITERAL.findall(code):
        if (name := money.strip()) and name.casefold() not in _HOME_MONEY:
            return str(name)
        shown = (words or char).strip()
        if _is_foreign(shown) or (_is_multiple(shown) and not _SCALED.search(bare)):
            return str(shown)
    return next(filter(_is_foreign, bare), "")


def is_shown_otherwise(shown: str, stored: str) -> bool:
    """Whether a cell shows its stored number as a foreign currency or as a multiple.

    Parameters
    ----------
    shown
        The shown number with the words around it.
    stored
        The number in the file.
    """
    words = _NUMBER.sub(" ", shown).strip()
    whole = _NO_DIGIT.sub("", shown).startswith(_NO_DIGIT.sub("", stored))
    return _is_foreign(words) or (whole and _is_multiple(words))


def _is_multiple(text: str) -> bool:
    return _MULTIPLE.fullmatch(nfc(text).casefold()) is not None


def _is_foreign(text: str) -> bool:
    return text in _FOREIGN_MONEY or any(unicodedata.category(char) == "Sc" and char != "₫" for char in text)


def style_signs(formats: Mapping[str, str], styles: Sequence[str]) -> dict[int, str]:
    """Number of a cell style → the sign that it shows with a number.

    Parameters
    ----------
    formats
        Number of a format → its format code.
    styles
        For each style, the number of its format.
    """
    signs = _BUILT_IN | {number: sign_of(code) for number, code in formats.items()}
    return {at: sign for at, number in enumerate(styles) if (sign := signs.get(number))}


def write_signs(rows: list[list[Raw]], signs: Mapping[tuple[int, int], str]) -> None:
    """Replace stored numbers by the text that their cells show."""
    for (row, column), sign in signs.items():
        if row < len(rows) and column < len(rows[row]):
            raw = rows[row][column]
            if isinstance(raw, int | float) and not isinstance(raw, bool):
                rows[row][column] = with_sign(raw, sign)
