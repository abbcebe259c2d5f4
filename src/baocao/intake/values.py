"""From a cell to a typed value or a fault; nothing is guessed.

Every parser takes a value from a reader (text, number, boolean, date, time) and returns a typed value or a
:class:`Fault` whose code is one of :mod:`baocao.config.check_codes`. Vietnamese forms (CLDR vi) are expected: decimal
comma, thousands dot, day first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from baocao.months import Month
from baocao.text import RESERVED, fold, nfc, one_line

Raw = str | float | int | bool | date | datetime | time | timedelta
Style = Literal["whole", "count", "decimal"]
PERCENT = "%"


@dataclass(frozen=True)
class Fault:
    """Why a cell has no valid value: the code of a finding."""

    code: str


@dataclass(frozen=True)
class Number:
    """A number as read; ``percent`` if a per cent sign follows it, ``grouped`` if its one dot was read as thousands."""

    value: Decimal
    percent: bool = False
    grouped: bool = False


NOT_NUMBER, AMBIGUOUS, NOT_WHOLE = Fault("O-SO"), Fault("O-SOMAPMO"), Fault("O-NGUYEN")
NOT_DATE, NO_SUCH_DATE = Fault("O-NGAY"), Fault("O-NGAYSAI")

_PLAIN = re.compile(r"[0-9]+")
_SPACED = re.compile(r"([0-9]{1,3}(?: [0-9]{3})+)(?:[.,]([0-9]+))?")
_DOTTED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]+)|([0-9]{1,3}(?:\.[0-9]{3}){2,})")
_COMMAED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]+)|([0-9]{1,3}(?:,[0-9]{3}){2,})")
_SINGLE = re.compile(r"([0-9]+)([.,])([0-9]+)")
_MONEY_UNIT = re.compile(r"\s*(?:đồng|đ|₫|vnđ|vnd)\.?$", re.IGNORECASE)
_MAX_DIGITS = 30
_RESERVED = str.maketrans(dict.fromkeys(RESERVED, "\ufffd"))


def is_blank(raw: object) -> bool:
    """Whether a cell is empty or contains only blanks."""
    if not isinstance(raw, str):
        return raw is None
    return not raw or (not raw[0].isalnum() and not one_line(raw))


def parse_text(raw: Raw) -> str:
    """A cell as text in normal form C with line breaks; whole numbers without decimals, dates as ``dd/mm/yyyy``."""
    if isinstance(raw, str):
        if raw.isprintable():  # hence on one line
            return nfc(raw).strip()
        lines = nfc(raw.replace("\r\n", "\n").replace("\r", "\n")).translate(_RESERVED).split("\n")
        return "\n".join(line.rstrip() for line in lines).strip()
    if isinstance(raw, bool):
        return "có" if raw else "không"
    if isinstance(raw, datetime):
        return raw.strftime("%d/%m/%Y") if raw.time() == time() else raw.strftime("%d/%m/%Y %H:%M")
    if isinstance(raw, date):
        return raw.strftime("%d/%m/%Y")
    return decimal_text(_of_float(raw)).replace(".", ",") if isinstance(raw, int | float) else str(raw)


def decimal_text(value: Decimal) -> str:
    """A number as the shortest decimal text: ``Decimal("1.50")`` → ``"1.5"``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _of_float(raw: float) -> Decimal:
    # Office programs show at most 15 significant digits; further ones are rounding noise.
    return Decimal(format(raw, ".15g"))


def with_sign(stored: float, sign: str) -> str:
    """A number as its cell shows it: ``0.125`` and ``%`` → ``"12,5%"``, ``150`` and ``US$`` → ``"150 US$"``."""
    shown = _of_float(stored) * (100 if sign == PERCENT else 1)
    behind = sign if sign == PERCENT else f" {sign}"
    return decimal_text(shown).replace(".", ",") + ("" if abs(stored) >= 1e30 else behind)


def parse_number(raw: Raw, style: Style) -> Number | Fault:
    """A number from a number cell, or from text in Vietnamese form.

    A single separator before exactly three digits (``1.234``, ``1,234``) may mean thousands or decimals. A dot means
    thousands in a column of whole numbers or counts; all other such cases are ambiguous, and faults.
    """
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return NOT_NUMBER
    number = _parse_number_text(one_line(raw), style) if isinstance(raw, str) else _parse_number_cell(raw)
    if style == "whole" and isinstance(number, Number):
        if number.percent:
            return NOT_NUMBER
        if number.value != number.value.to_integral_value():
            return NOT_WHOLE
    return number


def _parse_number_cell(raw: float) -> Number | Fault:
    return Number(_of_float(raw)) if abs(raw) < 1e30 else NOT_NUMBER


def _parse_number_text(text: str, style: Style) -> Number | Fault:
    percent = text.endswith(PERCENT)
    text = text.removesuffix(PERCENT).rstrip() if percent else text
    if style == "whole":
        text = _MONEY_UNIT.sub("", text)
    negative = text[:1] in ("-", "\u2212")
    text = text[1:].lstrip() if text[:1] in ("-", "\u2212", "+") else text
    if len(text) > _MAX_DIGITS:
        return NOT_NUMBER
    found = _digits(text, style)
    if isinstance(found, Fault):
        return found
    value = found[0].copy_negate() if negative else found[0]  # copied, because arithmetic would round to 28 digits
    return Number(value, percent, found[1])


def _digits(text: str, style: Style) -> tuple[Decimal, bool] | Fault:
    if _PLAIN.fullmatch(text):
        return Decimal(text), False
    if match := _SPACED.fullmatch(text):
        return Decimal(f"{match[1].replace(' ', '')}.{match[2] or 0}"), False
    for pattern, group in ((_DOTTED, "."), (_COMMAED, ",")):
        if match := pattern.fullmatch(text):
            return Decimal(f"{(match[1] or match[3]).replace(group, '')}.{match[2] or 0}"), False
    if match := _SINGLE.fullmatch(text):
        return _single(match[1], match[2], match[3], style)
    return NOT_NUMBER


def _single(lead: str, separator: str, rest: str, style: Style) -> tuple[Decimal, bool] | Fault:
    may_group = len(rest) == 3 and len(lead) <= 3 and lead[0] != "0"
    if not may_group:
        return Decimal(f"{lead}.{rest}"), False
    if separator == "." and style != "decimal":
        return Decimal(lead + rest), True
    return AMBIGUOUS


_NUMERIC_DATE = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{2})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WORD_DATE = re.compile(r"(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2})(?: nam |[ /]+)([0-9]{4})")
_TIME = re.compile(r"[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")


def parse_date(raw: Raw) -> date | Fault:
    """A day from a date cell or from text, day first; a two-digit year is of this century."""
    if isinstance(raw, date):
        return raw.date() if isinstance(raw, datetime) else raw
    return _parse_date_text(_TIME.sub("", one_line(raw))) if isinstance(raw, str) else NOT_DATE


def _parse_date_text(text: str) -> date | Fault:
    if match := _ISO_DATE.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := _NUMERIC_DATE.fullmatch(text):
        return _day(match[1], match[3], match[4])
    if match := _WORD_DATE.fullmatch(fold(text.replace(",", " "))):
        return _day(match[1], match[2], match[3])
    return NOT_DATE


def _day(day: str, month: str, year: str) -> date | Fault:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return NO_SUCH_DATE


def order_is_certain(raw: Raw) -> bool:
    """Whether day and month cannot be swapped: the text names them or is in ISO form."""
    return isinstance(raw, str) and _NUMERIC_DATE.fullmatch(_TIME.sub("", one_line(raw))) is None


def swapped(day: date) -> date | None:
    """The date with day and month swapped; None if that is not a date, or the same one."""
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


_MONTH_TEXT = re.compile(r"(?:thang |ky |t)?([0-9]{1,2})(?: ?[/.-] ?| nam )([0-9]{4})")
_MONTH_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")


def parse_month(raw: Raw) -> Month | Fault:
    """A report month: ``09/2025``, ``2025-09``, ``tháng 9 năm 2025``, or a date cell of the month's first day.

    Office programs turn a typed ``09/2025`` into the first day of that month.
    """
    if isinstance(raw, date):
        return Month(raw.year, raw.month) if raw.day == 1 else NOT_DATE
    if not isinstance(raw, str):
        return NOT_DATE
    text = fold(raw)
    if match := _MONTH_TEXT.fullmatch(text):
        year, number = int(match[2]), int(match[1])
    elif match := _MONTH_ISO.fullmatch(text):
        year, number = int(match[1]), int(match[2])
    else:
        return NOT_DATE
    return Month(year, number) if 1 <= number <= 12 and 2000 <= year <= 2999 else NO_SUCH_DATE


_YES = frozenset(("x", "co", "1", "yes", "dung", "dat", "true", "v", "✓", "✔", "☑"))
_NO = frozenset(("khong", "0", "no", "sai", "chua", "chua dat", "khong dat", "false", "☐"))


def parse_boolean(raw: Raw) -> bool | Fault:
    """Yes or no: ``x``, ``có``/``không``, ``1``/``0``, a boolean cell."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float):
        return bool(raw) if raw in (0, 1) else Fault("CT-COKHONG")
    text = fold(raw) if isinstance(raw, str) else ""
    return True if text in _YES else False if text in _NO else Fault("CT-COKHONG")


# Signs among letters and accented capitals inside words: how a text in a TCVN3 font looks without that font.
_TCVN3 = re.compile("[A-Za-z][µ¸¶·¹¨¼½¾©®ª¬\u00ad]|[®©ª¬¨][A-Za-zà-ÿ]|[a-zà-ÿ][À-ÖØ-Þ](?![A-ZÀ-Ỹ])")
# Within a word one such sign is enough: a short text like "Tin bµi" has no more.
_TCVN3_WITHIN = re.compile("[A-Za-zà-ÿ][µ¸¶¹¨¼½¾ª¬«»©®][a-z]|[a-z][µ¸¶](?![A-Za-z0-9])")
_VNI = re.compile("[aeouyAEOUYôơưÔƠƯ][øûïåëüæöäØÛÏÅËÜÆÖÄ]")


def looks_legacy(text: str) -> bool:
    """Whether a text seems to be in a TCVN3 or VNI font stored as Latin letters, or to have lost letters."""
    several = len(_TCVN3.findall(text)) >= 2 or len(_VNI.findall(text)) >= 2
    return several or "\ufffd" in text or _TCVN3_WITHIN.search(text) is not None
