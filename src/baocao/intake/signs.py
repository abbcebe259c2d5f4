"""Cells that show their number with a sign: a file stores 12,5% as 0.125, 150 US$ as 150, 2 triệu as 2.

Only the format says so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from baocao.intake.values import PERCENT, Raw, with_sign
from baocao.text import nfc

_BUILT_IN = {"9": PERCENT, "10": PERCENT}
"""The office programs' own formats by number. Those of money show what the user's system calls money: home."""
_HOME_MONEY = ("₫", "đ", "vnd", "vnđ", "đồng")
_FOREIGN_MONEY = ("USD", "EUR", "GBP", "JPY", "CNY")
_LONGEST = 255
"""Letters of a format in any office program: what one shows is written beside the number of each of its cells."""
_LITERAL = re.compile(r"""\[\$([^\[\]-]*+)[^\[\]]*+\]|\[[^\[\]]*+\]|"([^"]*)"|\\(.)|[_*].""")
"""What a format shows as it is: money of a country (``[$€-407]``), words, a character; and what only takes room."""

_MULTIPLE = re.compile(r"(?:trăm|nghìn|ngàn|triệu|tỷ|tỉ|tr|k)\W*+(?:đồng|đ|vnđ|vnd)?\W*+")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
"""A format that divides by thousands what it shows: 1 500 000 stands in the cell that shows 1,5 triệu."""
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
    """Whether what a cell shows makes of its stored number foreign money or a multiple of it.

    Parameters
    ----------
    shown
        The number with the words around it.
    stored
        The number as the file has it.
    """
    words = _NUMBER.sub(" ", shown).strip()
    whole = _NO_DIGIT.sub("", shown).startswith(_NO_DIGIT.sub("", stored))
    return _is_foreign(words) or (whole and _is_multiple(words))


def _is_multiple(text: str) -> bool:
    return _MULTIPLE.fullmatch(nfc(text).casefold()) is not None


def _is_foreign(text: str) -> bool:
    return text in _FOREIGN_MONEY or any(unicodedata.category(char) == "Sc" and char != "₫" for char in text)


def style_signs(formats: Mapping[str, str], styles: Sequence[str]) -> dict[int, str]:
    """Number of a cell style → what it shows with a number.

    Parameters
    ----------
    formats
        Number of a format → its code.
    styles
        The number of each style's format.
    """
    signs = _BUILT_IN | {number: sign_of(code) for number, code in formats.items()}
    return {at: sign for at, number in enumerate(styles) if (sign := signs.get(number))}


def write_signs(rows: list[list[Raw]], signs: Mapping[tuple[int, int], str]) -> None:
    """Put what the cell shows in place of the stored number."""
    for (row, column), sign in signs.items():
        if row < len(rows) and column < len(rows[row]):
            raw = rows[row][column]
            if isinstance(raw, int | float) and not isinstance(raw, bool):
                rows[row][column] = with_sign(raw, sign)
