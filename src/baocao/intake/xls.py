"""What the records of an .xls file show besides values: password, extent, hidden rows, merged cells, errors.

The container format is [MS-CFB], that of the records [MS-XLS] (BIFF8); only the parts needed here are read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from baocao.intake.grid import (
    FORMULA_ERROR,
    MERGED,
    UNSAVED_FORMULA,
    Limits,
    RefusedError,
    Remarks,
    hidden_columns,
)
from baocao.intake.signs import style_signs

_SECTOR_END = 0xFFFFFFFA
_STREAM, _ROOT = 2, 5
_PIECE = 64
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
_BOOKS = ("Workbook", "Book")
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_CELLS = (0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x0205, 0x0006, 0x00D6)
_EOF, _BOUNDSHEET, _FILEPASS, _ROW, _BOOLERR, _FORMULA, _MERGED = (
    0x000A, 0x0085, 0x002F, 0x0208, 0x0205, 0x0006, 0x00E5,
)  # fmt: skip
_SUPBOOK = 0x01AE
_COLUMNS, _FORMAT, _STYLE, _NUMBERS = 0x007D, 0x041E, 0x00E0, 0x00BD
_HIDDEN_ROW = 0x20
_HIDDEN_COLUMN = 0x01
_ERROR, _EMPTY_TEXT = 2, 3
_TO_BE_COMPUTED = 0x02
"""Flag of a formula to be computed when the file is opened; set by libraries that cannot compute."""


def inspect(data: bytes, limits: Limits) -> dict[str, Remarks]:
    """Each sheet's name → remarks.

    Raises
    ------
    RefusedError
        If the file is protected by a password, damaged or not a workbook, or a sheet exceeds the limits.
    """
    try:
        return _inspect(_streams(data), limits)
    except (struct.error, IndexError, ValueError) as error:
        raise RefusedError("TEP-HONG") from error


def _inspect(streams: dict[str, bytes], limits: Limits) -> dict[str, Remarks]:
    if any(name in streams for name in _ENCRYPTED):
        raise RefusedError("TEP-MATKHAU")
    if "WordDocument" in streams or "PowerPoint Document" in streams:
        raise RefusedError("TEP-SAILOAI", given="văn bản hoặc bản trình chiếu")
    book = next((streams[name] for name in _BOOKS if name in streams), None)
    if book is None:
        raise RefusedError("TEP-SAILOAI", given="dữ liệu không rõ loại")
    sheets = list(_sheets(book))
    linked = any(kind == _SUPBOOK and _is_external(body) for kind, body in _records(book, 0))
    styles = _style_signs(book)
    seen = {name: _seen(name, records, limits, styles) for name, records in sheets}
    computed = any(one.computed for one in seen.values())
    return {name: replace(_remarks(one, computed), linked=linked) for name, one in seen.items()}


def _is_external(body: bytes) -> bool:
    """Whether a record of referenced workbooks names another file, not this one or an add-in ([MS-XLS] 2.4.271)."""
    return len(body) >= 4 and struct.unpack_from("<H", body, 2)[0] not in (0x0401, 0x3A01)


# -- container ------------------------------------------------------------------------------------------------------


def _streams(data: bytes) -> dict[str, bytes]:
    """The container's streams by name, with the content of those that hold a workbook.

    Of several streams with one name the first counts, as for the reader library; the others belong to embedded objects.
    A stream too short for sectors of its own is stored in pieces of the root's stream; LibreOffice writes small
    workbooks in this way.
    """
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("no sector size of this format")
    table = _sector_table(data, size)
    (directory_start,) = struct.unpack_from("<I", data, 48)
    short, pieces_start = struct.unpack_from("<II", data, 56)
    entries = list(_entries(_chain(data, size, table, directory_start)))
    streams = {name: b"" for name, kind, _, _ in entries if kind == _STREAM}
    books = {entry[0]: entry[2:] for entry in reversed(entries) if entry[1] == _STREAM and entry[0] in _BOOKS}
    for name, (start, count) in books.items():
        if count >= short:
            streams[name] = _chain(data, size, table, start)[:count]
        else:
            root = next(_chain(data, size, table, first) for _, kind, first, _ in entries if kind == _ROOT)
            numbers = _chain(data, size, table, pieces_start)
            pieces = list(struct.unpack(f"<{len(numbers) // 4}I", numbers))
            streams[name] = _chain(root, _PIECE, pieces, start, offset=0)[:count]
    return streams


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, kind, first sector and length of each entry of the directory."""
    for at in range(0, len(directory) - 127, 128):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        start, count = struct.unpack_from("<II", directory, at + 116)
        yield name, directory[at + 66], start, count


def _sector(data: bytes, size: int, number: int, offset: int = 1) -> bytes:
    return data[(number + offset) * size : (number + offset + 1) * size]


def _sector_table(data: bytes, size: int) -> list[int]:
    numbers = [n for n in struct.unpack_from("<109I", data, 76) if n < _SECTOR_END]
    (following,) = struct.unpack_from("<I", data, 68)
    seen = set()
    while following < _SECTOR_END and following not in seen:
        seen.add(following)
        entries = struct.unpack_from(f"<{size // 4}I", _sector(data, size, following))
        numbers += [n for n in entries[:-1] if n < _SECTOR_END]
        following = entries[-1]
    sectors = (_sector(data, size, n) for n in numbers)
    return [entry for sector in sectors for entry in struct.unpack_from(f"<{size // 4}I", sector)]


def _chain(data: bytes, size: int, table: list[int], start: int, offset: int = 1) -> bytes:
    """The bytes of a chain of sectors; ``offset`` sectors precede number 0 (in a file one: the container's header)."""
    parts, seen, number = [], set(), start
    while number < _SECTOR_END:
        if number in seen:
            raise ValueError("a chain of sectors without end")
        seen.add(number)
        parts.append(_sector(data, size, number, offset))
        number = table[number]
    return b"".join(parts)


# -- records --------------------------------------------------------------------------------------------------------


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record of the substream that begins at a position."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _EOF:
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(book: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and records of each sheet; a sheet's records end where those of the next begin."""
    bound = list(_bound_sheets(book))
    starts = sorted({start for _, start in bound})
    if len(starts) < len(bound):
        raise ValueError("two sheets in one place")
    ends = dict(zip(starts, [*starts[1:], len(book)], strict=True))
    yield from ((name, book[start : ends[start]]) for name, start in bound)


def _bound_sheets(book: bytes) -> Iterator[tuple[str, int]]:
    for kind, body in _records(book, 0):
        if kind == _FILEPASS:
            raise RefusedError("TEP-MATKHAU")
        if kind == _BOUNDSHEET and len(body) >= 8:
            (start,), wide = struct.unpack_from("<I", body), body[7] & 1
            text = body[8 : 8 + body[6] * (1 + wide)]
            yield text.decode("utf-16-le" if wide else "latin-1", "replace"), start


@dataclass
class _Seen:
    rows: int = 0
    columns: int = 0
    hidden: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    empty: list[tuple[int, int]] = field(default_factory=list)
    """Cells whose formula has an empty text as its stored result."""
    styles: Mapping[int, str] = field(default_factory=dict)
    signs: dict[tuple[int, int], str] = field(default_factory=dict)
    computed: bool = False
    """Whether any formula has another stored result."""


def _remarks(seen: _Seen, computed: bool) -> Remarks:
    """The sheet's remarks. If all formulas of the workbook have empty results, a library wrote them uncomputed."""
    unsaved = {} if computed else dict.fromkeys(seen.empty, (UNSAVED_FORMULA, ""))
    faults, hidden = {**seen.faults, **unsaved}, hidden_columns(seen.hidden_columns)
    return Remarks(frozenset(seen.hidden), faults, hidden_columns=hidden, signs=seen.signs)


def _style_signs(book: bytes) -> dict[int, str]:
    """Number of a cell style → the sign that it shows with a number."""
    formats: dict[str, str] = {}
    styles: list[str] = []
    for kind, body in _records(book, 0):
        if kind == _FORMAT and len(body) >= 5:
            wide = body[4] & 1
            text = body[5 : 5 + struct.unpack_from("<H", body, 2)[0] * (1 + wide)]
            formats[str(struct.unpack_from("<H", body)[0])] = text.decode("utf-16-le" if wide else "latin-1", "replace")
        elif kind == _STYLE:
            styles.append(str(struct.unpack_from("<H", body, 2)[0]))
    return style_signs(formats, styles)


def _seen(name: str, sheet: bytes, limits: Limits, styles: Mapping[int, str]) -> _Seen:
    seen, merged = _Seen(styles=styles), []
    for kind, body in _records(sheet, 0):
        if kind in _CELLS:
            _cell(kind, body, seen)
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _HIDDEN_ROW:
            seen.hidden.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", body)
            seen.hidden_columns += [(first, last)] * (flags & _HIDDEN_COLUMN)
        elif kind == _MERGED:
            merged.append(body)
        if seen.rows > limits.lines or seen.rows * seen.columns > limits.cells:
            raise RefusedError("TEP-DONG", given=name, limit=limits.rows)
    _merge(merged, seen, limits)
    return seen


def _cell(kind: int, body: bytes, seen: _Seen) -> None:
    row, column = struct.unpack_from("<HH", body)
    last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _NUMBERS else column
    seen.rows, seen.columns = max(seen.rows, row + 1), max(seen.columns, last + 1)
    if seen.styles:
        # A cell's style follows its address; in a run of numbers, styles and numbers alternate.
        places = range(4, len(body) - 2, 6) if kind == _NUMBERS else (4,)
        styled = enumerate(struct.unpack_from("<H", body, at)[0] for at in places)
        seen.signs.update({(row, column + i): seen.styles[style] for i, style in styled if style in seen.styles})
    if kind == _BOOLERR and body[7]:
        seen.faults[row, column] = (FORMULA_ERROR, _ERRORS.get(body[6], "#N/A"))
    elif kind == _FORMULA:
        _formula(body, (row, column), seen)


def _formula(body: bytes, at: tuple[int, int], seen: _Seen) -> None:
    """Note a formula's stored result ([MS-XLS] 2.5.133): a number or, marked by two bytes of ones, another kind."""
    kind = body[6] if body[12:14] == b"\xff\xff" else None
    if kind == _EMPTY_TEXT:
        seen.empty.append(at)
    elif kind is None and body[14] & _TO_BE_COMPUTED and not any(body[6:14]):
        seen.faults[at] = (UNSAVED_FORMULA, "")
    else:
        seen.computed = True
    if kind == _ERROR:
        seen.faults[at] = (FORMULA_ERROR, _ERRORS.get(body[8], "#N/A"))


def _merge(bodies: list[bytes], seen: _Seen, limits: Limits) -> None:
    """Note cells covered by a merge, within the used area only: a merge may reach to the end of the sheet."""
    left_over = limits.cells  # a limit against files that merge one area again and again
    for body in bodies:
        for at in range(2, 2 + 8 * struct.unpack_from("<H", body)[0], 8):
            top, bottom, left, right = struct.unpack_from("<4H", body, at)
            rows, columns = range(top, min(bottom + 1, seen.rows)), range(left, min(right + 1, seen.columns))
            left_over -= len(rows) * len(columns)
            if left_over < 0:
                return
            cells = ((row, column) for row in rows for column in columns)
            seen.faults.update({cell: (MERGED, "") for cell in cells if cell != (top, left)})
