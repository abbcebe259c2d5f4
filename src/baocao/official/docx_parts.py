"""Small pieces of a Word file that python-docx has no words for: fields, rules, plain tables, repeated headings."""

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
    """The number of the page, as a field."""
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
    """A table for layout: fixed widths, no borders, no margins in its cells."""
    _fixed(table, widths)
    _layout(table).addnext(_margins("0"))


def ruled_table(table: Table, widths: Sequence[Length]) -> None:
    """A table for figures: fixed widths, thin lines, a heading row that repeats, rows that do not split."""
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
    """The cells of a row without merged ones; python-docx's own way takes the square of the time."""
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
    """A row that is not split between pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def repeated_row(row: _Row) -> None:
    """A heading row, repeated on each page."""
    whole_row(row)
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_together(rows: Sequence[_Row]) -> None:
    """Rows that stand on one page, and the note below them."""
    for row in rows:
        for cell in cells(row):
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def only_needed_parts(word: Word) -> None:
    """Take off what python-docx's template brings and no document here uses: 800 kB of styles for another Word."""
    for rels, kept in ((word.part.rels, _WORD_PARTS), (word.part.package.rels, _PACKAGE_PARTS)):
        for key in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] not in kept]:
            del rels[key]


def write_lines(paragraph: Paragraph, lines: Sequence[str]) -> None:
    """Lines of one paragraph."""
    for i, line in enumerate(lines):
        run = paragraph.add_run()
        if i:
            run.add_break()
        run.add_text(line)


def first_paragraph(cell: _Cell, style: str) -> Paragraph:
    """The paragraph that every cell has, in a style."""
    paragraph: Paragraph = cell.paragraphs[0]
    # By its id: python-docx searches all styles for the default one at each paragraph, and tables have many.
    paragraph._p.style = _style_id(paragraph.part, style)
    return paragraph


@lru_cache(maxsize=256)
def _style_id(part: StoryPart, style: str) -> str | None:
    return part.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH)
