"""Personal data in free text (design, section 2): found here, and masked wherever a text leaves intake.

Numbers in web addresses are left alone, because they identify posts and pages, and so are amounts of money.
"""

from __future__ import annotations

import re

from baocao.text import one_line

_UNSEEN = re.compile("(?<=[\\d@.+-])[\u00ad\u034f\u061c\u180e\u200c\u200d\ufe00-\ufe0f]+(?=[\\d@.() +-])")
"""Invisible characters inside a number, such as optional hyphens, in text copied from Word."""
_GAP = "[ .\u2010\u2011-]"
_DASH = "(?: ?[.\u2010-\u2013-] ?| )"
"""A gap between groups of digits, also as office programs correct it: ``0912 – 345 – 678``."""
_BOUND, _END = r"(?<![\d.,])", r"(?![\d]|[.,]\d)(?!\s*(?:đồng|đ\b|vnđ|vnd))"
_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:\d{4}|\d{2})(?!\d)"
_ACCOUNT = r"\bsố\s+tài\s+khoản|\bso\s+tai\s+khoan|\bsố\s+tk"
_AT = r"\s+(?:mở\s+)?(?:tại|ở|ngân\s+hàng|nh)\b"
_AT_A_BANK = rf"(?:\bstk\b|(?:{_ACCOUNT}|\btài\s+khoản){_AT})[^\d\n;]{{0,60}}?\d(?:{_GAP}?\d){{7,23}}{_END}"
"""An account number; its owner and the bank may be named between the word for “account” and the number."""
_URL = re.compile(r"\bhttps?://\S+|\bwww\.\S+", re.IGNORECASE)
_HINT = re.compile(r"[\d@]")

# The order matters: an account is recognised by the word before it, and a CCCD is longer than a phone number.
_PATTERNS = (
    ("địa chỉ thư điện tử", re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")),
    (
        "số tài khoản",
        re.compile(
            rf"(?:\bstk|{_ACCOUNT}|\btài\s+khoản\s+(?:số|ngân\s+hàng)|\btk\s+số)"
            rf"(?:\s*(?:là|số|:|\.|-|–))*\s*\d(?:{_GAP}?\d){{5,23}}|{_AT_A_BANK}",
            re.IGNORECASE,
        ),
    ),
    (
        "ngày sinh",
        re.compile(
            # "phát sinh ngày 05/9" and "học sinh ngày 05/9" are not dates of birth.
            r"(?:\bngày\s+sinh[^\d.;\n]{0,30}?|(?<!\bhọc\s)(?<!\bphát\s)\bsinh(?:\s+vào)?(?:\s+ngày)?|\bn\.?s\.?)\s*+:?\s*+"
            rf"(?:{_DAY}|(?:ngày\s+)?\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+\d{{4}})",
            re.IGNORECASE,
        ),
    ),
    ("số CCCD", re.compile(rf"{_BOUND}(?:\d{{12}}|0\d{{2}}(?: \d{{3}}){{3}}){_END}", re.IGNORECASE)),
    (
        "số điện thoại",
        re.compile(
            rf"{_BOUND}(?:\+?84 ?(?:\(0\))?{_GAP}?|\(?0)\d(?:\)?{_GAP}?\d){{8,9}}{_END}"
            rf"|{_BOUND}(?:\+?84(?: ?\(0\))?{_DASH}|\(?0)(?=(?:\D{{0,3}}\d){{9,10}}(?!\d))"
            rf"\d{{2,3}}\)?(?:(?:{_DASH}\d{{3,4}}){{2}}|{_DASH}\d{{6,8}}){_END}",
            re.IGNORECASE,
        ),
    ),
    ("số CMND", re.compile(rf"{_BOUND}(?:\d{{9}}|\d{{3}} \d{{3}} \d{{3}}){_END}", re.IGNORECASE)),
)


def kinds(text: str) -> tuple[str, ...]:
    """The kinds of personal data that the text seems to hold, in Vietnamese; empty if none."""
    found: list[str] = []
    if _HINT.search(text):  # few of a million cells contain a digit
        _replace(one_line(text), found)
    return tuple(dict.fromkeys(found))


def mask(text: str) -> str:
    """The text with personal data replaced by its kind: ``[đã che: số điện thoại]``."""
    return _replace(text, [])


def _replace(text: str, found: list[str]) -> str:
    if not _HINT.search(text):
        return text
    text = _UNSEEN.sub("", text)
    for kind, pattern in _PATTERNS[:1] if "@" in text else ():
        text = _substitute(pattern, kind, text, found)
    parts, last = [], 0
    for url in _URL.finditer(text):
        parts += [_numbers(text[last : url.start()], found), url[0]]
        last = url.end()
    return "".join([*parts, _numbers(text[last:], found)])


def _numbers(text: str, found: list[str]) -> str:
    for kind, pattern in _PATTERNS[1:]:
        text = _substitute(pattern, kind, text, found)
    return text


def _substitute(pattern: re.Pattern[str], kind: str, text: str, found: list[str]) -> str:
    masked, count = pattern.subn(f"[đã che: {kind}]", text)
    found += [kind] * bool(count)
    return masked
