"""CSV bytes to rows: encoding and delimiter are detected, never assumed, and nothing is converted silently."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO
from itertools import islice

from baocao.intake.contract import INFO, Table
from baocao.intake.grid import Limits, RefusedError
from baocao.intake.values import is_blank

_DELIMITERS = (";", ",", "\t")
_SAMPLE_LINES = 60
_FIELD_LIMIT = 100_000
_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Bytes of accented letters in each legacy encoding: TCVN3 has them in place of other signs, VNI writes a vowel and then
# its marks, windows-1258 a vowel and then its tone.
_LEGACY = (
    ("windows-1258", re.compile(rb"[A-Za-z\xc0-\xff][\xcc\xd2\xde\xec\xf2]")),
    ("TCVN3 (ABC)", re.compile(rb"[A-Za-z][\xa8-\xae\xb5-\xbf]|[\xa8-\xae\xb5-\xbf][a-z]")),
    ("VNI", re.compile(rb"[AEIOUYaeiouy\xf4\xf6][\xe0-\xe5\xe8-\xeb\xef\xf5\xf8\xf9\xfb]")),
)


def decode(data: bytes) -> str:
    """The text of a CSV in UTF-8 or UTF-16, with or without a byte order mark.

    Raises
    ------
    RefusedError
        If the bytes are in another encoding, or end within a character.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise RefusedError("TEP-MAHOA", given="UTF-32")
    for mark, name in _UTF16:
        if data.startswith(mark):
            return _strictly(data[2:], name)
    if name := _utf16_without_mark(data):
        return _strictly(data, name)
    if b"\0" in data:
        raise RefusedError("TEP-SAILOAI", given="dữ liệu nhị phân")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data" and error.start >= len(data) - 3
        raise (RefusedError("TEP-HONG") if cut else RefusedError("TEP-MAHOA", given=_legacy(data))) from error


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError("TEP-HONG") from error


def _utf16_without_mark(data: bytes) -> str:
    # In Latin script at least every third UTF-16 unit has a zero byte, always at the same position.
    sample = data[:4096]
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if max(low, high) * 6 < len(sample) or min(low, high) * 20 > max(low, high):
        return ""
    return "utf-16-le" if low > high else "utf-16-be"


def _legacy(data: bytes) -> str:
    counts = {name: len(pattern.findall(data)) for name, pattern in _LEGACY}
    name = max(counts, key=lambda key: counts[key])
    return name if counts[name] else "windows-1252 hoặc một bảng mã Windows khác"


def read_rows(data: bytes, table: Table, limits: Limits) -> list[list[str]]:
    """All lines of a CSV, blank ones included, so that indexes correspond to line numbers in an office program.

    Raises
    ------
    RefusedError
        If the encoding is refused, a quote is not closed, there are too many lines, or all lines are blank.
    """
    text = decode(data)
    delimiter, text = _declared(text)
    rows = _parse(text, delimiter or _delimiter(text, table), limits)
    if all(is_blank(cell) for row in rows for cell in row):
        raise RefusedError("TEP-RONG")
    _refuse_swallowed_lines(rows)
    return rows


def _declared(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    first = first.rstrip("\r").strip('"')
    return (first[4], rest) if len(first) == 5 and first.casefold().startswith("sep=") else ("", text)


def _parse(text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    csv.field_size_limit(_FIELD_LIMIT)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > limits.lines:
                raise RefusedError("TEP-DONG", given="CSV", limit=limits.rows)
    except csv.Error as error:
        raise RefusedError("TEP-CSV", given=len(rows) + 1) from error
    return rows


def _refuse_swallowed_lines(rows: list[list[str]]) -> None:
    """Refuse a file in which a stray opening quote has swallowed the lines up to the next quote."""
    width = max((len(row) for row in rows[:_SAMPLE_LINES]), default=0)
    for number, row in enumerate(rows, start=1):
        for text in row:
            if "\n" in text and width > 1:
                lines = text.split("\n")
                if any(line.count(mark) >= width - 1 for line in lines for mark in _DELIMITERS):
                    raise RefusedError("TEP-CSV", given=number)


def _delimiter(text: str, table: Table) -> str:
    lines = list(islice(StringIO(text, newline=""), _SAMPLE_LINES))  # lines written on a Mac may end with CR alone
    return max(_DELIMITERS, key=lambda mark: (_known(lines, mark, table), -_DELIMITERS.index(mark)))


def _known(lines: list[str], delimiter: str, table: Table) -> int:
    """Number of the table's headings in the best line split by this delimiter; of a table of keys, number of lines."""
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0
    if table is INFO:
        return sum(1 for row in rows if len(row) > 1 and table.match(row[0]))
    return max((len({c.field for text in row if (c := table.match(text))}) for row in rows), default=0)
