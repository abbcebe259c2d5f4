"""What the XML of an .ods sheet shows besides values: extent, hidden rows, merged cells, formulas without a result."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import TypeVar
from xml.etree import ElementTree

from baocao.intake.grid import (
    FORMULA_ERROR,
    MERGED,
    UNSAVED_FORMULA,
    UNSAVED_VALUE,
    Limits,
    RefusedError,
    Remarks,
    hidden_columns,
)
from baocao.intake.signs import is_shown_otherwise
from baocao.intake.values import PERCENT

_WHOLE = "encrypted-package"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
# A formula or a table whose values come from another document or from a server.
_LINK = re.compile(
    rb"""table:formula=(?:"[^"]*'file:|'[^']*&apos;file:|"[^"]*&apos;file:)|<table:(?:table-source|cell-range-source)[\s>]"""
)
_SHEET, _COLUMN, _ROW = f"{_TABLE}table", f"{_TABLE}table-column", f"{_TABLE}table-row"
_CELL, _COVERED = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_REPEATED = {what: f"{_TABLE}number-{what}-repeated" for what in ("rows", "columns")}
_TYPE, _VALUE = f"{_OFFICE}value-type", f"{_OFFICE}value"
_DIGITS = re.compile(r"[-0-9.,\s]*")
_BREAKS = {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t"}
_HOME_MONEY = ("VND", "")
_NOT_SHOWN = ("collapse", "filter")
_VALUES = frozenset(
    f"{_OFFICE}{name}" for name in ("value", "date-value", "time-value", "boolean-value", "string-value")
)

_What = TypeVar("_What")


def is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether the document is encrypted: file by file, or (LibreOffice 24.2 and later) as a whole."""
    names = archive.namelist()
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    return b"encryption-data" in manifest or _WHOLE in names


@dataclass
class _Sheet:
    name: str
    row: int = 0
    columns: int = 0
    hidden: set[int] = field(default_factory=set)
    column: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    signs: dict[tuple[int, int], str] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)


@dataclass
class _Cells:
    """What the cells of a row element tell, by column; ``used`` is one more than the last filled cell's column."""

    used: int = 0
    signs: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    faults: dict[int, tuple[str, str]] = field(default_factory=dict)


def inspect(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Remarks]:
    """Each sheet's name → remarks.

    Raises
    ------
    RefusedError
        If the document is damaged, or a sheet reaches beyond the limits.
    """
    try:
        content = archive.read("content.xml")
        if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
            raise RefusedError("TEP-HONG")
        linked = _LINK.search(content) is not None
        return {sheet.name: _remarks(sheet, linked) for sheet in _sheets(content, limits)}
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile) as error:
        raise RefusedError("TEP-HONG") from error


def _remarks(sheet: _Sheet, linked: bool) -> Remarks:
    hidden = hidden_columns(sheet.hidden_columns)
    return Remarks(frozenset(sheet.hidden), sheet.faults, linked, hidden, sheet.signs, sheet.texts)


def _sheets(content: bytes, limits: Limits) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    for event, element in ElementTree.iterparse(BytesIO(content), events=("start", "end")):
        if event == "end":
            if element.tag == _ROW and sheets:
                _row(sheets[-1], element, limits)
                element.clear()
        elif element.tag == _SHEET:
            sheets.append(_Sheet(element.get(f"{_TABLE}name", "")))
        elif element.tag == _COLUMN and sheets:
            _column(sheets[-1], element)
    return sheets


def _repeat(element: ElementTree.Element, what: str) -> int:
    text = element.get(_REPEATED[what])
    if text is None:
        return 1
    return min(max(int(text), 1), 1 << 21) if text.isdigit() else 1


def _column(sheet: _Sheet, column: ElementTree.Element) -> None:
    last = sheet.column + _repeat(column, "columns")
    if column.get(f"{_TABLE}visibility") in _NOT_SHOWN:
        sheet.hidden_columns.append((sheet.column, last - 1))
    sheet.column = last


def _row(sheet: _Sheet, row: ElementTree.Element, limits: Limits) -> None:
    """Add to the sheet what one row element, which may stand for many equal rows, tells of its cells."""
    found = _cells(row)
    # Below the last row in use there may be one that is repeated to the end of the sheet and holds nothing but cells
    # covered by a merge: no reason to refuse the sheet as too large.
    faults = {at: fault for at, fault in found.faults.items() if found.used or fault[0] != MERGED}
    first, sheet.row = sheet.row, sheet.row + _repeat(row, "rows")
    if found.used or faults:
        sheet.columns = max(sheet.columns, found.used, len(faults))
        if sheet.row > limits.lines or sheet.row * sheet.columns > limits.cells:
            raise RefusedError("TEP-DONG", given=sheet.name, limit=limits.rows)
    lines = range(min(first, limits.lines), min(sheet.row, limits.lines))
    if row.get(f"{_TABLE}visibility") in _NOT_SHOWN:
        sheet.hidden.update(lines)
    _note(sheet.faults, faults, lines)
    _note(sheet.signs, found.signs, lines)
    _note(sheet.texts, found.texts, lines)


def _cells(row: ElementTree.Element) -> _Cells:
    found, column = _Cells(), 0
    for cell in row:
        if cell.tag not in (_CELL, _COVERED):
            continue
        width = _repeat(cell, "columns")
        places = range(column, column + min(width, 100))
        if fault := (MERGED, "") if cell.tag == _COVERED else _fault(cell):
            found.faults.update(dict.fromkeys(places, fault))
        elif cell.get(_TYPE) == "percentage":
            found.signs.update(dict.fromkeys(places, PERCENT))
        elif text := _shown_otherwise(cell):
            found.texts.update(dict.fromkeys(places, text))
        column += width
        if _filled(cell):
            found.used = column
    return found


def _note(noted: dict[tuple[int, int], _What], found: dict[int, _What], lines: range) -> None:
    if found:  # most rows have nothing to note, and one may stand for a million
        noted.update({(line, at): what for line in lines for at, what in found.items()})


def _filled(cell: ElementTree.Element) -> bool:
    return cell.get(_TYPE) is not None or _has_paragraph(cell)


def _has_paragraph(cell: ElementTree.Element) -> bool:
    return cell.find(f"{_TEXT}p") is not None


def _fault(cell: ElementTree.Element) -> tuple[str, str] | None:
    formula = cell.get(f"{_TABLE}formula") is not None
    shown = _text(cell) if formula else ""
    if cell.get(f"{_CALC}value-type") == "error" or shown.startswith(("#", "Err:")):
        return (FORMULA_ERROR, shown or _text(cell))
    if cell.get(_TYPE) == "string" or not _VALUES.isdisjoint(cell.attrib):
        return None
    if formula and not shown:
        # LibreOffice saves an empty text as a formula's result as an empty paragraph without a type.
        return None if _has_paragraph(cell) else (UNSAVED_FORMULA, "")
    return (UNSAVED_VALUE, text) if (text := _text(cell)) else None


def _shown_otherwise(cell: ElementTree.Element) -> str:
    """The cell's text if the reader library gives another: of a time, money, a multiple, line breaks; else empty."""
    kind = cell.get(_TYPE)
    if kind == "currency":
        return "" if cell.get(f"{_OFFICE}currency", "VND").upper() in _HOME_MONEY else _text(cell)
    if kind == "string" and f"{_OFFICE}string-value" not in cell.attrib:
        marked = any(len(paragraph) for paragraph in cell)
        return _text(cell) if marked and any(next(cell.iter(mark), None) is not None for mark in _BREAKS) else ""
    if kind == "float":
        shown = _text(cell)
        return "" if _DIGITS.fullmatch(shown) or not is_shown_otherwise(shown, cell.get(_VALUE, "")) else shown
    return _text(cell) if kind == "time" else ""


def _text(cell: ElementTree.Element) -> str:
    return "\n".join(_inside(paragraph) for paragraph in cell.findall(f"{_TEXT}p")).strip()


def _inside(element: ElementTree.Element) -> str:
    """A paragraph's text; runs of blanks, tabs and line breaks are elements, not characters, in ODF."""
    if element.tag == f"{_TEXT}s":
        count = element.get(f"{_TEXT}c", "1")
        return " " * min(int(count), 100) if count.isdigit() else " "
    if element.tag in _BREAKS:
        return _BREAKS[element.tag]
    return (element.text or "") + "".join(_inside(inner) + (inner.tail or "") for inner in element)
