"""From a file's bytes to sheets of cells, or to one clear reason why not. The content decides, not the file's name."""

from __future__ import annotations

import zipfile
import zlib

from baocao.intake import csvs, ods, xls, xlsx
from baocao.intake.archives import open_archive
from baocao.intake.contract import Table
from baocao.intake.grid import UNREADABLE, Grid, Limits, RefusedError, Remarks
from baocao.intake.isolated import CellReader, Sheets
from baocao.intake.signs import write_signs
from baocao.intake.values import Raw

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DAMAGE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, LookupError, OSError, zlib.error)
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
"""Kinds that a CSV may look like by its first bytes: UTF-16 has zero bytes."""


def read_workbook(data: bytes, limits: Limits, reader: CellReader) -> tuple[Grid, ...]:
    """The worksheets of an .xlsx, .ods or .xls, in their order.

    The reader library gets to see a workbook only after it was measured here, and in a process of its own.

    Raises
    ------
    RefusedError
        With the code of the finding that says why the file cannot be read.
    """
    _refuse_by_size(data, limits)
    if data.startswith(_ZIP):
        remarks = _inspect_zip(data, limits)
        return _grids(reader.read(data), remarks, limits)
    if data.startswith(_OLE):
        remarks = xls.inspect(data, limits)
        return _grids(reader.read(data), remarks, limits)
    raise RefusedError("TEP-SAILOAI", given=_kind(data))


def read_csv(data: bytes, table: Table, limits: Limits) -> Grid:
    """The rows of a CSV, as a sheet without a name.

    Raises
    ------
    RefusedError
        With the code of the finding that says why the file cannot be read.
    """
    _refuse_by_size(data, limits)
    if data.startswith((*_ZIP, _OLE)):
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
    """The refusal of a file of this many bytes."""
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


def _inspect_zip(data: bytes, limits: Limits) -> dict[str, Remarks]:
    archive = open_archive(data, limits)
    try:
        return _inspect_archive(archive, limits)
    except _DAMAGE as error:
        raise RefusedError("TEP-HONG") from error


def _inspect_archive(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Remarks]:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return xlsx.inspect(archive, limits)
    if ods.is_encrypted(archive):
        raise RefusedError("TEP-MATKHAU")
    if "content.xml" in names and _mimetype(archive).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return ods.inspect(archive, limits)
    raise RefusedError("TEP-SAILOAI", given=_zip_kind(names))


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    return archive.read("mimetype") if "mimetype" in archive.namelist() else b""


def _zip_kind(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "văn bản Word"
    if "xl/workbook.bin" in names:
        return "sổ tính nhị phân (.xlsb)"
    return "văn bản hoặc bản trình chiếu" if "content.xml" in names or "ppt/presentation.xml" in names else "tệp nén"


def _grids(sheets: Sheets, remarks: dict[str, Remarks], limits: Limits) -> tuple[Grid, ...]:
    for name, _, rows in sheets:
        if len(rows) > limits.lines:
            raise RefusedError("TEP-DONG", given=name, limit=limits.rows)
    return tuple(_grid(name, visible, rows, remarks.get(name, Remarks())) for name, visible, rows in sheets)


def _grid(name: str, visible: bool, rows: list[list[Raw]], remarks: Remarks) -> Grid:
    """A sheet as it is shown where its stored values would be misread."""
    last = max((row for (row, _), (code, _) in remarks.faults.items() if code in UNREADABLE), default=-1)
    rows += [[] for _ in range(len(rows), last + 1)]  # a line whose cells all lack a value is none to the library
    for (row, column), text in remarks.texts.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    write_signs(rows, remarks.signs)
    return Grid(name, rows, not visible, remarks)
