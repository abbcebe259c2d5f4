"""Vietnamese text: normal form, folding, numbers, dates, and escaping for Markdown.

Number and date forms follow CLDR vi and Decree 30/2020/NĐ-CP, Appendix I: decimal comma, thousands dot, a zero before
a day under 10 and before the months 1 and 2 only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from baocao.months import Month, Period, Span, Term

NO_DATA = "chưa có số liệu"
RESERVED = ("\ue000", "\ue001")
"""Private code points by which the official report marks inserted values; submitted texts do not keep them."""
_MOST_FILES = 5
_DASHES = re.compile("\\s*[-\u2010-\u2015\u2212]\\s*")
_BETWEEN = re.compile(r"[\s._/\\-]+")
_MARKS = re.compile("[\u0300-\u0345\u034a-\u034e]+")  # combining marks that Vietnamese uses
_SPACES = re.compile(r"\s+")
_D = str.maketrans({"đ": "d", "Đ": "D", "\u00f0": "d", "\u00d0": "D"})
# C0/C1 controls, zero-width characters and direction overrides carry no text and can hide some; U+FFFE and U+FFFF, the
# last two, cannot be written in XML.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
# Bullets of Word's fonts Symbol and Wingdings: private code points that mean nothing in any other font.
_BULLETS = {"\uf076": "❖", "\uf0a7": "▪", "\uf0a8": "•", "\uf0b7": "•", "\uf0d8": "➢", "\uf0fc": "✓"}
# Those bullets, and the surrogates that Python uses for bytes of a file name that are not UTF-8.
_FOREIGN = re.compile("[\ud800-\udfff\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc]")
_LONG, _MOST_MARKS = 1_000, 30
"""Length from which a text's marks are counted, and how many marks a letter may bear (Unicode Annex 15, section 13)."""
_JOINER = "\u034f"
_SPECIAL = re.compile(r"([!-+\-.:-@\[-`{-~])")  # all ASCII punctuation except comma and slash
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ITEM = re.compile(r"^([-+/]|=+|[0-9]+\.)(?: |$)")
"""What begins a list item or a heading in Typst; pandoc escapes it in paragraphs, not in table cells and list items."""
_SOFT_HYPHEN = re.compile(r"-(?=\?)")
"""``-?`` is a soft hyphen in Typst, and pandoc does not escape it."""

_SHORTCODE = re.compile(r"(?<=\{)(?=\\?\{\\?<)|(?:(?<=>\})|(?<=>\\\}))(?=\\?\})")
"""The position between the two braces of ``{{<`` and of ``>}}``, escaped or not."""


def nfc(text: str) -> str:
    """The text in Unicode normal form C, without invisible characters.

    Bullets of Word's symbol fonts become ordinary Unicode bullets; lone surrogates become ``\ufffd``.
    """
    if len(text) < _LONG and text.isprintable():  # what is removed or replaced below is not printable
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    known = _FOREIGN.sub(lambda match: _BULLETS.get(match[0], "\ufffd"), _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", known if len(known) < _LONG else _stream_safe(known))


def _stream_safe(text: str) -> str:
    """The text with an invisible joiner after every thirty combining marks on one letter.

    Normalisation sorts the marks of a letter in quadratic time: ten thousand marks on one letter take seconds.
    """
    parts, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > _MOST_MARKS:
            parts.append(_JOINER)
            marks = 1
        parts.append(char)
    return "".join(parts)


def one_line(text: str) -> str:
    """The text in normal form C on one line, each run of white space as a single blank."""
    if "  " not in text and text.isprintable():  # the only printable white space is the blank
        return nfc(text).strip()
    return _SPACES.sub(" ", nfc(text)).strip()


def some_files(names: Sequence[str], between: Literal[", ", "; "] = ", ", what: str = "tệp") -> str:
    """The first five names for one line of a terminal, and how many more there are; ``what`` says what they name.

    With semicolons ``between`` them, a name may be followed by a remark: ``a: thiếu tệp; b: đã đổi; và 2 tệp khác``.
    """
    some = between.join(map(one_line, names[:_MOST_FILES]))
    if len(names) <= _MOST_FILES:
        return some
    return f"{some}{between.strip(', ')} và {number(len(names) - _MOST_FILES)} {what} khác"


def within(name: str) -> str:
    """A name as written inside a sentence: ``Tỉnh`` → ``tỉnh``; an abbreviation (``HTX``, ``VNeID``) is unchanged."""
    first = name.split(" ", 1)[0]
    return name if any(c.isupper() or c.isdigit() for c in first[1:]) else name[:1].lower() + name[1:]


def fold(text: str) -> str:
    """The text without case, accents and surplus blanks, for matching: ``"  Đơn  VỊ "`` → ``"don vi"``."""
    line = one_line(text)
    if line.isascii():
        return line.casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFD", line.translate(_D)))
    if not bare.isascii():  # rare, and slow
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return bare.casefold()


def fold_name(text: str) -> str:
    """A name for matching: folded, with any dash, and the blanks around it, as one hyphen."""
    return _DASHES.sub("-", fold(text))


def fold_code(text: str) -> str:
    """A code or name for matching: folded, with each run of dots, dashes, slashes and blanks as one dot."""
    return _BETWEEN.sub(".", fold(text.replace("–", "-").replace("—", "-"))).strip(".:;,()[] ")


def number(value: Decimal | int | float | str, places: int | None = None) -> str:
    """A number in Vietnamese: ``1234.5`` → ``"1.234,5"``.

    Rounded to ``places`` decimals, half away from zero; without ``places``, to two decimals without trailing zeros.
    """
    exact = Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-(2 if places is None else places)), ROUND_HALF_UP)
    digits = f"{rounded if rounded else abs(rounded):,f}"
    if places is None:
        digits = digits.rstrip("0").rstrip(".")
    return digits.replace(",", "\0").replace(".", ",").replace("\0", ".").replace("-", "\u2212")


def signed(value: Decimal | int, places: int | None = None) -> str:
    """A change with its sign: ``"+3"``, ``"−1,5"``, ``"0"``."""
    text = number(value, places)
    return text if text[0] == "\u2212" or not text.strip("0,") else f"+{text}"


def day_long(day: date) -> str:
    """``ngày 05 tháng 9 năm 2025`` (Decree 30)."""
    return f"ngày {day.day:02d} tháng {_month_number(day.month)} năm {day.year}"


def day_short(day: date) -> str:
    """``05/9/2025``."""
    return f"{day.day:02d}/{_month_number(day.month)}/{day.year}"


def moment_short(at: datetime, *, seconds: bool = False) -> str:
    """``16:30 05/9/2025``; with ``seconds`` ``16:30:05 05/9/2025``."""
    return f"{_time(at, seconds)} {day_short(at.date())}"


def moment_long(at: datetime, *, seconds: bool = False) -> str:
    """``16:30 ngày 05/9/2025``, in a sentence; with ``seconds`` as above."""
    return f"{_time(at, seconds)} ngày {day_short(at.date())}"


def _time(at: datetime, seconds: bool) -> str:
    return f"{at:%H:%M:%S}" if seconds else f"{at:%H:%M}"


def month_long(month: Month) -> str:
    """``tháng 9 năm 2025``."""
    return f"tháng {_month_number(month.number)} năm {month.year}"


def month_short(month: Month) -> str:
    """``9/2025``."""
    return f"{_month_number(month.number)}/{month.year}"


def term_long(term: Term) -> str:
    """``tháng 9 năm 2025``, ``quý IV năm 2025``, ``6 tháng đầu năm 2026``, ``năm 2026``."""
    if isinstance(term, Month):
        return month_long(term)
    return f"quý {_quarter(term)} năm {term.year}" if term.count == 3 else term_short(term)


def term_short(term: Term) -> str:
    """``tháng 9/2025``, ``quý IV/2025``, ``6 tháng đầu năm 2026``, ``năm 2026``."""
    if isinstance(term, Month):
        return f"tháng {month_short(term)}"
    if term.count == 3:
        return f"quý {_quarter(term)}/{term.year}"
    half = ("6 tháng đầu ", "6 tháng cuối ")[term.number - 1] if term.count == 6 else ""
    return f"{half}năm {term.year}"


def term_before(term: Term) -> str:
    """The words for the term before, by its kind: ``tháng trước``, ``quý trước``, ``6 tháng trước``, ``năm trước``."""
    return f"{_KINDS[len(term.months)]} trước"


_KINDS = {1: "tháng", 3: "quý", 6: "6 tháng", 12: "năm"}


def _quarter(term: Span) -> str:
    return ("I", "II", "III", "IV")[term.number - 1]


def period_long(period: Period) -> str:
    """``từ ngày 15/9/2025 đến ngày 14/10/2025``."""
    return f"từ ngày {day_short(period.start)} đến ngày {day_short(period.end)}"


def _month_number(number_: int) -> str:
    return f"{number_:02d}" if number_ < 3 else str(number_)


def so_far(done: int, total: int) -> str:
    """How many of all are done, padded to a constant width: ``[ 2/31]``."""
    return f"[{done:>{len(str(total))}}/{total}]"


def times(seconds: float, left: float) -> str:
    """Seconds elapsed and, if not zero, estimated seconds left: ``(đã 6 giây, còn khoảng 58 giây)``."""
    rest = f", còn khoảng {number(left, 0)} giây" if left else ""
    return f"(đã {number(seconds, 0)} giây{rest})"


def capital(text: str) -> str:
    """The text with its first letter in upper case and the rest unchanged."""
    return text[:1].upper() + text[1:]


def markdown(text: str) -> str:
    """Text as Markdown that prints exactly that text, on one line.

    Every ASCII punctuation mark is escaped, so that nothing of it can become emphasis, a link, a table cell, raw
    HTML or TeX, a cross-reference, a smart quote, an emoji or a Quarto shortcode. Typst gets two further guards: a
    no-break blank after what would begin a list item or a heading (``- Họp``, ``= Họp``), and a word joiner in ``-?``,
    which would be a soft hyphen.
    """
    return _PUNCTUATION.sub(r"\\\1", _SOFT_HYPHEN.sub("-\u2060", _ITEM.sub("\\1\u00a0", one_line(text))))


def referenced(text: str) -> str:
    """Text as Markdown and as HTML that prints exactly that text, on one line: for a book's metadata.

    Quarto reads most metadata as Markdown, but copies the book's title into page titles, and part titles into
    breadcrumbs, unchanged. Character references mean the same in both.
    """
    return _SPECIAL.sub(lambda mark: f"&#{ord(mark[0])};", apart(one_line(text)))


def in_script(encoded: str) -> str:
    """JSON made safe inside a script element: without closing tags and without JavaScript's own line separators."""
    return encoded.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def apart(text: str) -> str:
    """Text in which Quarto finds no shortcode; in titles, attributes and metadata it expands even escaped ones.

    An invisible word joiner keeps the two braces apart.
    """
    return _SHORTCODE.sub("\u2060", text)
