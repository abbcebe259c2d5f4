"""What the XML of an .xlsx sheet shows besides values: extent, hidden rows, formulas without a result, errors.

The reader library gives an empty cell for an error and for a formula that was never computed, and fills memory with a
full rectangle for every sheet; so both are checked here before. The XML is scanned as bytes with regular expressions,
because it is written by programs and can be large.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from xml.etree import ElementTree

from baocao.intake.grid import (
    FORMULA_ERROR,
    MERGED,
    UNSAVED_FORMULA,
    Limits,
    RefusedError,
    Remarks,
    column_number,
    hidden_columns,
)
from baocao.intake.signs import style_signs

_UTF8 = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<(?:\?xml(?![^>]*encoding=["'](?!utf-8["']))|[^?])""", re.IGNORECASE)
# A tag contains no "<": so a file of nothing but beginnings of tags cannot cause a search to its end from each one.
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s([^<>]*+))?>(?!\s*</)")
_ROW = re.compile(rb"<(?:\w+:)?row\s([^<>]*+)>")
_ANY_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_REF = re.compile(rb"""(?:^|\s)r=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW_REF = re.compile(rb"""(?:^|\s)r=["']([0-9]{1,7})["']""")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_STYLES = "xl/styles.xml"
_STYLE = re.compile(rb"""(?:^|\s)s=["']([0-9]+)["']""")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^<>]*+>")
_COLUMN_SPAN = re.compile(rb"""\s(min|max)=["']([0-9]{1,7})["']""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^<>]*?\bt=["']e["'])([^<>]*+)>((?:[^<]++|<(?!/?(?:\w+:)?c[\s/>]))*+)</(?:\w+:)?c>"""
)
_VALUE = re.compile(rb"<(?:\w+:)?v[^<>]*+>([^<]*)</")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*[^<>/])>\s*+<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*+"
    rb"(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+(0(?:\.0+)?)?\s*+</(?:\w+:)?v>)?\s*+</(?:\w+:)?c>"
)
_OTHER_RESULT = re.compile(rb"""\bt=["'](?:str|b)["']""")
_UNPLACED_COLUMNS = 100
"""Number of columns in which merges are noted if cells do not state their addresses; no table is wider."""
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def inspect(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Remarks]:
    """Each worksheet's name → remarks.

    Raises
    ------
    RefusedError
        If the workbook is damaged, or a sheet reaches beyond the limits.
    """
    try:
        book = _tree(archive.read("xl/workbook.xml"))
        paths = _sheet_paths(archive, book)
    except (KeyError, ElementTree.ParseError, ValueError, zipfile.BadZipFile) as error:
        raise RefusedError("TEP-HONG") from error
    names = set(archive.namelist())
    if len({path for _, path in paths}) < len(paths):  # no office program does this, and the sheet would be read twice
        raise RefusedError("TEP-HONG")
    if "xl/vbaProject.bin" in names:
        raise RefusedError("TEP-MACRO")
    linked = any(name.startswith("xl/externalLinks/") for name in names)
    zeros = _is_to_be_computed(book)
    styles = _style_signs(archive.read(_STYLES)) if _STYLES in names else {}
    found = {}
    for name, path in paths:
        if path in names:
            xml = archive.read(path)
            signs = _signs(xml, styles) if styles else {}
            found[name] = replace(_remarks(name, xml, limits, zeros), linked=linked, signs=signs)
    return found


def _style_signs(xml: bytes) -> dict[bytes, str]:
    """Number of a cell style → the sign that it shows with a number."""
    try:
        tree = _tree(xml)
    except (ElementTree.ParseError, ValueError) as error:
        raise RefusedError("TEP-HONG") from error
    lists = {element.tag.rpartition("}")[2]: element for element in tree}
    formats = {one.get("numFmtId", ""): one.get("formatCode", "") for one in lists.get("numFmts", ())}
    styles = [style.get("numFmtId", "") for style in lists.get("cellXfs", ())]
    return {str(at).encode(): sign for at, sign in style_signs(formats, styles).items()}


def _signs(xml: bytes, styles: Mapping[bytes, str]) -> dict[tuple[int, int], str]:
    cells = (match[1] for match in _CELL.finditer(xml) if match[1] and not match[1].endswith(b"/"))
    styled = ((cell, style[1]) for cell in cells if (style := _STYLE.search(cell)) and style[1] in styles)
    return {at: styles[style] for cell, style in styled if (at := _position(cell))}


def _is_to_be_computed(book: ElementTree.Element) -> bool:
    """Whether all formulas are to be computed when the workbook is opened.

    Libraries that cannot compute set this; some of them store 0 as the result of each formula.
    """
    settings = (element for element in book.iter() if element.tag.rpartition("}")[2] == "calcPr")
    return any(one.get("fullCalcOnLoad") in ("1", "true") for one in settings)


def _sheet_paths(archive: zipfile.ZipFile, book: ElementTree.Element) -> list[tuple[str, str]]:
    relations = _tree(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets = [element for element in book.iter() if element.tag.rpartition("}")[2] == "sheet"]
    found = [(sheet.get("name", ""), targets.get(_relation_id(sheet), "")) for sheet in sheets]
    return [(name, _path(target)) for name, target in found if target]


def _relation_id(sheet: ElementTree.Element) -> str | None:
    return sheet.get(_REL_ID) or next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)


def _tree(data: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("a workbook has no document type")
    return ElementTree.fromstring(data)


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _remarks(name: str, xml: bytes, limits: Limits, zeros: bool) -> Remarks:
    if not _UTF8.match(xml):
        raise RefusedError("TEP-HONG")
    rows, columns = _extent(name, xml, limits)
    faults = {**_merged(xml, rows, columns, limits), **_unsaved(xml, zeros), **_errors(xml)}
    return Remarks(_hidden_rows(xml), faults, hidden_columns=_hidden_columns(xml))


def _extent(name: str, xml: bytes, limits: Limits) -> tuple[int, int]:
    """Largest numbers of rows and columns that the filled cells can take."""
    rows = columns = 0
    unplaced = False
    for cell in _CELL.finditer(xml):
        attributes = cell[1] or b""
        if attributes.endswith(b"/"):
            continue
        if match := _REF.search(attributes):
            rows, columns = max(rows, int(match[2])), max(columns, column_number(match[1].decode()) + 1)
        else:
            unplaced = True
    if unplaced:
        numbers = (_ROW_REF.search(row[1]) for row in _ROW.finditer(xml))
        rows = max(rows, len(_ANY_ROW.findall(xml)), *(int(number[1]) for number in numbers if number))
    if rows > limits.lines or rows * columns > limits.cells:
        raise RefusedError("TEP-DONG", given=name, limit=limits.rows)
    return rows, max(columns, _UNPLACED_COLUMNS) if unplaced else columns


def _hidden_rows(xml: bytes) -> frozenset[int]:
    rows = (row[1] for row in _ROW.finditer(xml) if _HIDDEN.search(row[1]))
    return frozenset(int(match[1]) - 1 for row in rows if (match := _ROW_REF.search(row)))


def _hidden_columns(xml: bytes) -> frozenset[int]:
    spans = (_COLUMN_SPAN.findall(match[0]) for match in _COLUMN.finditer(xml) if _HIDDEN.search(match[0]))
    ends = (dict(span) for span in spans)
    return hidden_columns((int(end[b"min"]) - 1, int(end[b"max"]) - 1) for end in ends if len(end) == 2)


def _position(attributes: bytes) -> tuple[int, int] | None:
    match = _REF.search(attributes)
    return (int(match[2]) - 1, column_number(match[1].decode())) if match else None


def _unsaved(xml: bytes, zeros: bool) -> dict[tuple[int, int], tuple[str, str]]:
    """Cells whose formula was never computed; with ``zeros``, a stored 0 does not count as a result."""
    if b"f>" not in xml and b"f " not in xml and b"f/>" not in xml:
        return {}
    without = (match[1] for match in _FORMULA.finditer(xml) if zeros or not match[2])
    cells = (attributes for attributes in without if not _OTHER_RESULT.search(attributes))
    return {at: (UNSAVED_FORMULA, "") for cell in cells if (at := _position(cell))}


def _errors(xml: bytes) -> dict[tuple[int, int], tuple[str, str]]:
    found = {}
    for match in _ERROR.finditer(xml):
        at, value = _position(match[1]), _VALUE.search(match[2])
        if at and not match[1].endswith(b"/"):
            found[at] = (FORMULA_ERROR, value[1].decode("utf-8", "replace") if value else "")
    return found


_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*ref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']""")


def _merged(xml: bytes, rows: int, columns: int, limits: Limits) -> dict[tuple[int, int], tuple[str, str]]:
    """Cells covered by a merge within these rows and columns; a merge may reach to the end of the sheet."""
    found: dict[tuple[int, int], tuple[str, str]] = {}
    left_over = limits.cells  # a limit against files that merge one area again and again
    for match in _MERGE.finditer(xml):
        top, left = int(match[2]) - 1, column_number(match[1].decode())
        right = min(column_number(match[3].decode()) + 1, columns)
        down, across = range(top, min(int(match[4]), rows)), range(left, right)
        left_over -= len(down) * len(across)
        if left_over < 0:
            break
        cells = ((row, column) for row in down for column in across)
        found |= {cell: (MERGED, "") for cell in cells if cell != (top, left)}
    return found
