"""Small office files made in memory as bytes, with only what reporters' programs would write.

A sheet is a list of lines, a line a list of cells: text, number, bool, date, or None for a blank cell.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

import openpyxl

Sheets = Mapping[str, Sequence[Sequence[object]]]

_EPOCH = date(1899, 12, 30)


def xlsx(sheets: Sheets, hidden: Sequence[str] = ()) -> bytes:
    """An .xlsx workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
        if name in hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repack(data: bytes, changes: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip container with members replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", compression) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return stream.getvalue()


def _ods_cell(value: object) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def ods(sheets: Sheets, body: str = "") -> bytes:
    """An .ods workbook; ``body`` is XML to add after the sheets."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>" for line in lines)
        + "</table:table>"
        for name, lines in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}{body}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
    return stream.getvalue()


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _xls_cell(row: int, column: int, value: object) -> bytes:
    if value is None or value == "":
        return b""
    at = struct.pack("<HH", row, column)
    if isinstance(value, bool):
        return _record(0x0205, at + struct.pack("<HBB", 0, value, 0))
    if isinstance(value, date):
        return _record(0x0203, at + struct.pack("<Hd", 1, (value - _EPOCH).days))
    if isinstance(value, int | float):
        return _record(0x0203, at + struct.pack("<Hd", 0, value))
    if isinstance(value, bytes):  # an error's code
        return _record(0x0205, at + struct.pack("<HBB", 0, value[0], 1))
    text = str(value)
    return _record(0x0204, at + struct.pack("<HHB", 0, len(text), 1) + text.encode("utf-16-le"))


def _xls_sheet(lines: Sequence[Sequence[object]], extra: bytes) -> bytes:
    cells = b"".join(_xls_cell(i, j, value) for i, line in enumerate(lines) for j, value in enumerate(line))
    extent = struct.pack("<IIHHH", 0, len(lines), 0, max((len(line) for line in lines), default=0), 0)
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + (
        _record(0x0200, extent) + extra + cells + _record(0x000A)
    )


def xls(sheets: Sheets, extra: bytes = b"", in_globals: bytes = b"", *, short: bool = False) -> bytes:
    """An .xls workbook (BIFF8); ``extra`` are records to put into each sheet, ``in_globals`` before the sheets' names.

    A cell of type bytes is an error with that code.
    """
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + in_globals
    head += b"".join(_record(0x00E0, struct.pack("<HHH", 0, form, 0) + bytes(14)) for form in (0, 14))
    bodies = [_xls_sheet(lines, extra) for lines in sheets.values()]
    names = [name.encode("utf-16-le") for name in sheets]
    at = len(head) + sum(4 + 8 + len(name) for name in names) + 4
    bounds = b""
    for name, body in zip(names, bodies, strict=True):
        bounds += _record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name) // 2, 1) + name)
        at += len(body)
    return compound({"Workbook": head + bounds + _record(0x000A) + b"".join(bodies)}, short=short)


def compound(streams: Mapping[str, bytes], *, short: bool = False) -> bytes:
    """An OLE container; streams are padded to the length from which they are stored in sectors of their own.

    With ``short`` they are stored in pieces of the root's stream instead, as office programs do for small workbooks.
    """
    padded = {name: body if short else body.ljust(4096, b"\0") for name, body in streams.items()}
    chains: list[int] = []
    body, firsts = _chained(padded.values(), 64 if short else 512, chains)
    pieces, pieces_table = (body, struct.pack(f"<{len(chains)}I", *chains)) if short else (b"", b"")
    chains = [] if short else chains
    more, (root, table_of_pieces) = _chained((pieces, pieces_table), 512, chains, b"\xff")
    sectors = more if short else body
    entries = _entry("Root Entry", 5, root, len(pieces), child=1)
    for i, ((name, body), first) in enumerate(zip(padded.items(), firsts, strict=True), start=1):
        entries += _entry(name, 2, first, len(body), right=i + 1 if i < len(padded) else 0xFFFFFFFF)
    directory_sectors = -(-len(entries) // 512)
    directory = len(chains)
    chains += [*range(directory + 1, directory + directory_sectors), 0xFFFFFFFE]
    tables = 1
    while tables * 128 < len(chains) + tables:
        tables += 1
    numbers = list(range(len(chains), len(chains) + tables))
    table = chains + [0xFFFFFFFD] * tables
    table += [0xFFFFFFFF] * (tables * 128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack(
        "<IIIIIIIII", 0, tables, directory, 0, 4096, table_of_pieces, len(pieces_table) and 1, 0xFFFFFFFE, 0
    )
    header += struct.pack("<109I", *(numbers + [0xFFFFFFFF] * (109 - tables)))
    return header + sectors + entries.ljust(directory_sectors * 512, b"\0") + struct.pack(f"<{len(table)}I", *table)


def _chained(
    bodies: Iterable[bytes], size: int, chains: list[int], fill: bytes = b"\0"
) -> tuple[bytes, tuple[int, ...]]:
    """Bodies divided into sectors, and the first sector of each; their chains are added to ``chains``."""
    sectors, firsts = b"", []
    for body in bodies:
        count, first = -(-len(body) // size), len(chains)
        firsts.append(first if count else 0xFFFFFFFE)
        chains += [*range(first + 1, first + count), 0xFFFFFFFE] if count else []
        sectors += body.ljust(count * size, fill)
    return sectors, tuple(firsts)


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
