"""Parts of a Word file that python-docx does not support: fields, rules, plain tables, repeated headings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from docx.shared import Length, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

_WORD_PARTS = {"styles", "settings", "webSettings", "fontTable", "theme"}
_PACKAGE_PARTS = {"officeDocument", "core-properties", "extended-properties"}
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def element(tag: str, **attributes: str) -> Any:
    """An element of WordprocessingML: ``element("w:tab", val="left")``."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def page_number(paragraph: Paragraph) -> None:
    """Add the page number, as a field."""
    field = element("w:fldSimple", instr=" PAGE ")
    run = element("w:r")
    text = element("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def rule(paragraph: Paragraph, length: float, room: float) -> None:
    """A line ``length`` points long in the middle of ``room`` points: the lower border of an indented paragraph."""
    side = Pt(max(0.0, (room - length) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.line_spacing = Pt(3)
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz="6", space="0", color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def plain_table(table: Table, widths: Sequence[Length]) -> None:
    """Format a table for layout: fixed widths, no borders, no cell margins."""
    _fixed(table, widths)
    _layout(table).addnext(_margins("0"))


def ruled_table(table: Table, widths: Sequence[Length]) -> None:
    """Format a table for figures: fixed widths, thin lines, a repeated heading row, rows that do not split."""
    _fixed(table, widths)
    borders = element("w:tblBorders")
    for edge in _EDGES:
        borders.append(element(f"w:{edge}", val="single", sz="4", space="0", color="000000"))
    _layout(table).addprevious(borders)
    _layout(table).addnext(_margins("70"))


def _margins(twips: str) -> Any:
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=twips, type="dxa"))
    return margins


def _layout(table: Table) -> Any:
    return table._tbl.tblPr.find(qn("w:tblLayout"))


def cells(row: _Row) -> list[_Cell]:
    """The cells of a row without merged cells; python-docx's own property takes quadratic time."""
    return [_Cell(cell, row.table) for cell in row._tr.tc_lst]


def _fixed(table: Table, widths: Sequence[Length]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(cells(row), widths, strict=True):
            cell.width = width


def whole_row(row: _Row) -> None:
    """Do not split a row between pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def repeated_row(row: _Row) -> None:
    """Repeat a heading row on each page."""
    whole_row(row)
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_together(rows: Sequence[_Row]) -> None:
    """Keep rows, and the note below them, on one page."""
    for row in rows:
        for cell in cells(row):
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def only_needed_parts(word: Word) -> None:
    """Remove unused parts of python-docx's template: 800 kB of styles for another version of Word."""
    for rels, kept in ((word.part.rels, _WORD_PARTS), (word.part.package.rels, _PACKAGE_PARTS)):
        for key in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] not in kept]:
            del rels[key]


def write_lines(paragraph: Paragraph, lines: Sequence[str]) -> None:
    """Write lines into one paragraph."""
    for i, line in enumerate(lines):
        run = paragraph.add_run()
        if i:
            run.add_break()
        run.add_text(line)


def first_paragraph(cell: _Cell, style: str) -> Paragraph:
    """The first paragraph of a cell, set in a style."""
    paragraph: Paragraph = cell.paragraphs[0]
    # Set by its id: otherwise python-docx searches all styles for the default one, for each of many paragraphs.
    paragraph._p.style = _style_id(paragraph.part, style)
    return paragraph


@lru_cache(maxsize=256)
def _style_id(part: StoryPart, style: str) -> str | None:
    return part.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH)
