"""From a file's bytes to sheets of cells, or one clear reason for refusal. The content decides, not the file name."""

from __future__ import annotations

from baocao.intake import csvs
from baocao.intake.contract import Table
from baocao.intake.grid import Grid, Limits, RefusedError
from baocao.intake.isolated import CellReader
from baocao.intake.workbook import OLE, ZIP

_PROGRAM = b"MZ"
_KNOWN_STARTS = (
    (b"%PDF", "tài liệu PDF"),
    (b"{\\rtf", "văn bản RTF"),
    (b"\x89PNG", "hình ảnh"),
    (b"\xff\xd8\xff", "hình ảnh"),
    (b"GIF8", "hình ảnh"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (_PROGRAM, "chương trình"),
)
_UNKNOWN, _PLAIN = "dữ liệu không rõ loại", "văn bản thường"
_TEXTS = (_UNKNOWN, _PLAIN)
"""Kinds that a CSV may seem to be by its first bytes; UTF-16 seems unknown because of its zero bytes."""


def read_workbook(data: bytes, limits: Limits, reader: CellReader) -> tuple[Grid, ...]:
    """The worksheets of an .xlsx, .ods or .xls, in their order.

    Raises
    ------
    RefusedError
        With the code of the finding that says why the file cannot be read.
    """
    _refuse_by_size(data, limits)
    if data.startswith((*ZIP, OLE)):
        return reader.read(data, limits)
    raise RefusedError("TEP-SAILOAI", given=_kind(data))


def read_csv(data: bytes, table: Table, limits: Limits) -> Grid:
    """The rows of a CSV, as a sheet without a name.

    Raises
    ------
    RefusedError
        With the code of the finding that says why the file cannot be read.
    """
    _refuse_by_size(data, limits)
    if data.startswith((*ZIP, OLE)):
        raise RefusedError("TEP-SAILOAI", given="một sổ tính hoặc tệp nén")
    if _kind(data) not in _TEXTS and not data.startswith(_PROGRAM):
        raise RefusedError("TEP-SAILOAI", given=_kind(data))
    return Grid("", [list(row) for row in csvs.read_rows(data, table, limits)])


def _refuse_by_size(data: bytes, limits: Limits) -> None:
    if not data:
        raise RefusedError("TEP-RONG")
    if len(data) > limits.file_mb * 1024 * 1024:
        raise too_large(len(data), limits)


def too_large(size: int, limits: Limits) -> RefusedError:
    """The error that refuses a file of this size in bytes."""
    megabytes = f"{size / (1024 * 1024):.1f}".replace(".", ",")
    return RefusedError("TEP-LON", given=f"{megabytes} MB", limit=limits.file_mb)


def _kind(data: bytes) -> str:
    for start, kind in _KNOWN_STARTS:
        if data.startswith(start):
            return kind
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        return "trang web (HTML)"
    if head.startswith(b"<?xml"):
        return "tài liệu XML"
    return _UNKNOWN if any(byte < 9 for byte in data[:4096]) else _PLAIN
