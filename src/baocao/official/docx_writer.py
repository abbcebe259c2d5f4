"""The document as a Word file."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from baocao.config.models import OfficialForm
from baocao.official import docx_head, docx_parts
from baocao.official.content import Annex, Block, Document, Heading, Item, Paragraph, Runs, Table
from baocao.official.docx_styles import apply_styles
from baocao.official.package import steady

_A4 = (Mm(210), Mm(297))
WHOLE = 15
"""Most rows of a table kept on one page; a longer table has its note above, where no page break can separate it."""
_CELLS = {"left": "Chữ trong bảng", "right": "Số trong bảng", "center": "Chữ trong bảng"}


def to_docx(document: Document, form: OfficialForm, root: Path) -> bytes:
    """Write a document as a Word file.

    Parameters
    ----------
    document
        What it says.
    form
        How it looks.
    root
        The project's folder, for the house's fonts, from which the lengths of rules are computed.

    Returns
    -------
    bytes
        The file's bytes; equal documents and forms give equal bytes.
    """
    word = docx.Document()
    word._body.clear_content()
    docx_parts.only_needed_parts(word)
    apply_styles(word, form)
    _properties(word, document)
    _page(word.sections[0], form, document.notice, document.trace)
    room = float(210 - form.margins.left - form.margins.right) / 25.4 * 72
    number = [0]
    if document.head:
        docx_head.write_head(word, document.head, form, root, room)
    for block in document.body:
        _block(word, block, room, number, titled=document.head is not None)
    if document.foot:
        _keep_last(word)
        docx_head.write_foot(word, document.foot, room)
    if document.annex:
        _annex(word, document.annex, form, room, number)
    out = BytesIO()
    word.save(out)
    return steady(out.getvalue())


def _properties(word: Word, document: Document) -> None:
    properties = word.core_properties
    stamp = datetime.combine(document.day, time(), UTC).replace(tzinfo=None)
    properties.title, properties.author, properties.last_modified_by = document.title, document.author, document.author
    properties.created = properties.modified = stamp
    properties.language, properties.comments, properties.keywords = "vi-VN", document.notice, ""
    properties.revision = 1
    # python-docx's template asks for Word 2010's layout. Changed, not added again: which of two counts is undefined.
    (mode,) = word.settings.element.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']")
    mode.set(qn("w:val"), "15")


def _page(section: Section, form: OfficialForm, notice: str, trace: str) -> None:
    """Set A4, margins, and a page number centred in the top margin except on the first page."""
    section.page_width, section.page_height = _A4
    margins = form.margins
    section.top_margin, section.bottom_margin = Mm(float(margins.top)), Mm(float(margins.bottom))
    section.left_margin, section.right_margin = Mm(float(margins.left)), Mm(float(margins.right))
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = section.header.is_linked_to_previous = False
    docx_parts.page_number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        footer.paragraphs[0].text = notice
        footer.paragraphs[0].style = "Footer"
        if trace:
            run = footer.add_paragraph(style="Footer").add_run(trace)
            run.bold, run.font.size, run.font.color.rgb = False, Pt(7.5), RGBColor(0x55, 0x55, 0x55)


def _block(word: Word, block: Block, room: float, number: list[int], *, titled: bool = True) -> None:
    if isinstance(block, Table):
        number[0] += 1
        _table(word, block, room, number[0])
    elif isinstance(block, Heading):
        style = f"Heading {block.level}" if titled else "Tên phụ lục"
        write_runs(word.add_paragraph(style=style), block.runs)
    elif isinstance(block, Item):
        paragraph = word.add_paragraph(style="List")
        paragraph.add_run(f"{block.sign} ")
        write_runs(paragraph, block.runs)
    elif isinstance(block, Paragraph):
        paragraph = word.add_paragraph(style="Body Text")
        write_runs(paragraph, block.runs)
        if block.leads_in:
            paragraph.paragraph_format.keep_with_next = True


def write_runs(paragraph: WordParagraph, runs: Runs, *, bold: bool = False) -> None:
    """Write the runs of a text, without repeating formatting that its style has already."""
    for run in runs:
        written = paragraph.add_run(run.text)
        if run.bold or bold:
            written.bold = True
        if run.italic:
            written.italic = True


def _table(word: Word, block: Table, room: float, number: int) -> None:
    word.add_paragraph(f"Bảng {number}. {block.caption}", style="Caption")
    long = len(block.lines) > WHOLE
    if long and block.note:
        word.add_paragraph(block.note, style="Ghi chú bảng").paragraph_format.keep_with_next = True
    table = word.add_table(rows=1 + len(block.lines), cols=len(block.columns))
    share = room / sum(column.width for column in block.columns)
    rows = list(table.rows)
    for cell, column in zip(docx_parts.cells(rows[0]), block.columns, strict=True):
        docx_parts.first_paragraph(cell, "Đầu bảng").add_run(column.title)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    docx_parts.repeated_row(rows[0])
    for row, line in zip(rows[1:], block.lines, strict=True):
        for cell, column, runs in zip(docx_parts.cells(row), block.columns, line.cells, strict=True):
            write_runs(docx_parts.first_paragraph(cell, _CELLS[column.align]), runs, bold=line.bold)
        docx_parts.whole_row(row)
    widths = [Length(Pt(column.width * share)) for column in block.columns]
    docx_parts.ruled_table(table, widths)
    if not long:
        docx_parts.keep_together(rows)
    word.add_paragraph("" if long else block.note, style="Ghi chú bảng")


def _keep_last(word: Word) -> None:
    """Keep the last paragraph with the signature, which must not be on a page without text."""
    if word.paragraphs:
        word.paragraphs[-1].paragraph_format.keep_with_next = True


def _annex(word: Word, annex: Annex, form: OfficialForm, room: float, number: list[int]) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    # The blank paragraph that ends the section before: a line high it takes a page of its own behind a full one.
    word.paragraphs[-1].paragraph_format.line_spacing = Pt(1)
    restart = form.annex_pages == "restart"
    section.different_first_page_header_footer = restart
    if restart:
        numbers = docx_parts.element("w:pgNumType", start="1")
        section._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")
    word.add_paragraph(annex.label, style="Phụ lục")
    word.add_paragraph(annex.title, style="Tên phụ lục")
    docx_parts.write_lines(word.add_paragraph(style="Kèm theo"), annex.belongs_to)
    for block in annex.blocks:
        _block(word, block, room, number)
