"""The Word styles of an official document, by the names that an analyst sees in Word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from baocao.config.models import OfficialForm

LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
RIGHT, JUSTIFIED = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True)
class Look:
    """The look of a paragraph style; sizes in points. ``body``: with line spacing, gap and indent of running text."""

    size: Decimal
    align: WD_ALIGN_PARAGRAPH = CENTRE
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    body: bool = False
    keep: bool = False


def looks(form: OfficialForm) -> dict[str, Look]:
    """Name in Word → look, for every style; the first ones are Word's own styles."""
    size = form.sizes
    gap = float(form.paragraph_gap)
    return {
        "Normal": Look(size.body, LEFT),
        "Body Text": Look(size.body, JUSTIFIED, body=True, after=gap),
        "List": Look(size.body, JUSTIFIED, body=True, after=gap),
        "Heading 1": Look(size.body, JUSTIFIED, bold=True, body=True, before=gap, after=gap, keep=True),
        "Heading 2": Look(size.body, JUSTIFIED, bold=True, body=True, after=gap, keep=True),
        "Title": Look(size.title, bold=True, before=18, after=0, keep=True),
        "Subtitle": Look(size.title, bold=True, keep=True),
        "Header": Look(size.page_number),
        "Footer": Look(Decimal(10), bold=True),
        "Caption": Look(size.table, bold=True, before=12, after=gap, keep=True),
        "Cơ quan chủ quản": Look(size.issuer),
        "Cơ quan ban hành": Look(size.issuer, bold=True),
        "Quốc hiệu": Look(size.country, bold=True),
        "Tiêu ngữ": Look(size.motto, bold=True),
        "Số, ký hiệu": Look(size.number, before=8),
        "Địa danh, thời gian": Look(size.place, italic=True, before=8),
        "Đường kẻ": Look(Decimal(8)),
        "Kính gửi": Look(size.addressee, before=12, after=12),
        "Thẩm quyền ký": Look(size.signature, bold=True),
        "Chỗ ký": Look(size.signature),
        "Nơi nhận": Look(size.recipients_heading, LEFT, bold=True, italic=True),
        "Danh sách nơi nhận": Look(size.recipients, LEFT),
        "Phụ lục": Look(size.title, bold=True, keep=True),
        "Tên phụ lục": Look(size.title, bold=True, keep=True, after=gap),
        "Kèm theo": Look(size.place, italic=True, after=gap),
        "Đầu bảng": Look(size.table, bold=True),
        "Chữ trong bảng": Look(size.table, LEFT),
        "Số trong bảng": Look(size.table, RIGHT),
        "Ghi chú bảng": Look(size.recipients, LEFT, italic=True, before=3, after=gap),
    }


def apply_styles(word: Word, form: OfficialForm) -> None:
    """Change Word's styles to those of the form, and add the form's own."""
    wanted = looks(form)
    _only(word, wanted)
    _defaults(word, form.face)
    for name, look in wanted.items():
        _style(word, name, look, form)


def _style(word: Word, name: str, look: Look, form: OfficialForm) -> None:
    style = word.styles[name] if name in word.styles else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    _bare(style.element)
    if name != "Normal":
        style.base_style = word.styles["Normal"]
    style.quick_style, style.hidden, style.priority = True, False, 1
    style.font.size, style.font.bold, style.font.italic = Pt(float(look.size)), look.bold, look.italic
    style.font.color.rgb = RGBColor(0x9C, 0x1C, 0x1C) if name == "Footer" else RGBColor(0, 0, 0)
    set_face(style.element.get_or_add_rPr(), form.face)
    paragraph = style.paragraph_format
    paragraph.alignment, paragraph.keep_with_next = look.align, look.keep
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing = float(form.line_spacing) if look.body else 1.0
    paragraph.first_line_indent = Cm(float(form.first_line_cm)) if look.body else Length(0)
    paragraph.widow_control = True
    if name.startswith("Heading"):
        _outline(style.element, int(name[-1]) - 1)


def _only(word: Word, wanted: Iterable[str]) -> None:
    """Remove other styles of the template, and links to them from the wanted ones."""
    kept = {*wanted, "Default Paragraph Font", "Normal Table", "No List"}
    for style in list(word.styles):
        if style.name not in kept:
            style.element.getparent().remove(style.element)
            continue
        for tag in ("w:link", "w:next"):
            for child in style.element.findall(qn(tag)):
                style.element.remove(child)


def _bare(element: Any) -> None:
    """Remove formatting by python-docx's template from a style: theme colours, theme fonts, borders, tab stops."""
    for tag in ("w:rPr", "w:pPr"):
        for child in element.findall(qn(tag)):
            element.remove(child)


def _outline(element: Any, level: int) -> None:
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level))
    element.get_or_add_pPr().append(mark)


def set_face(properties: Any, face: str) -> None:
    """One typeface for every script."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)


def _defaults(word: Word, face: str) -> None:
    """The document's defaults: the face, and Vietnamese as its language."""
    properties = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_face(properties, face)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    for script in ("val", "eastAsia"):
        language.set(qn(f"w:{script}"), "vi-VN")
