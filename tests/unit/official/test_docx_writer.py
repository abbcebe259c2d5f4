"""The Word file: real styles, real tables, blanks for what the clerk writes, the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from baocao.official.content import Item, Paragraph, Run
from baocao.official.docx_writer import to_docx


@pytest.fixture(scope="session")
def data(both, form, space) -> bytes:
    return to_docx(both[0], form, space.root)


@pytest.fixture(scope="session")
def word(data):
    return docx.Document(BytesIO(data))


def test_the_same_document_gives_the_same_bytes(data, both, form, space):
    assert to_docx(both[0], form, space.root) == data


def test_no_part_of_the_file_knows_a_clock(data):
    with ZipFile(BytesIO(data)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2026-01-31T00:00:00Z") == 2


def test_the_pages_are_those_of_the_decree(word):
    for section in word.sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 20 <= section.top_margin.mm <= 25
        assert 20 <= section.bottom_margin.mm <= 25
        assert 30 <= section.left_margin.mm <= 35
        assert 15 <= section.right_margin.mm <= 20
    assert [section.different_first_page_header_footer for section in word.sections] == [True, True]


def test_the_page_number_is_a_field_in_the_header_and_not_in_that_of_the_first_page(word):
    section = word.sections[0]
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_paragraphs_have_styles_by_name_and_no_look_of_their_own(word):
    used = {paragraph.style.name for paragraph in word.paragraphs}
    assert {"Title", "Subtitle", "Kính gửi", "Heading 1", "Heading 2", "Body Text", "List", "Caption"} <= used
    body = word.styles["Body Text"]
    assert (body.font.name, body.font.size.pt) == ("Times New Roman", 14)
    assert body.paragraph_format.space_after.pt >= 6
    assert 1 <= body.paragraph_format.line_spacing <= 1.5
    assert round(body.paragraph_format.first_line_indent.cm, 2) == 1.27


def test_tables_repeat_their_heading_row_and_split_no_row(word):
    tables = [
        table for table in word.tables if table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    ]
    assert len(tables) >= 7
    for table in tables:
        assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)


def test_a_line_with_a_colon_stays_on_the_page_of_its_list(both, form, space):
    body = (Paragraph((Run("Kể "), Run("ra:"))), Item("-", (Run("một"),)), Paragraph((Run("Hết."),)))
    made = docx.Document(BytesIO(to_docx(replace(both[1], body=body), form, space.root)))
    assert {one.text: bool(one.paragraph_format.keep_with_next) for one in made.paragraphs if one.text != "Hết."} == {
        "Kể ra:": True,
        "- một": False,
    }


def test_number_and_date_are_blank_and_nothing_is_drawn(word, data):
    head = word.tables[0]
    assert head.cell(1, 0).text.replace("\u00a0", "_") == "Số:________/BC-UBND"
    assert head.cell(1, 1).text.replace("\u00a0", "_") == "Suối Mây, ngày________tháng________năm________"
    with ZipFile(BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "media" in name]
        assert b"w:drawing" not in parts.read("word/document.xml")


def test_the_language_is_vietnamese(word):
    assert 'w:lang w:val="vi-VN"' in word.styles.element.xml


def test_the_notice_stands_on_every_page(word):
    section = word.sections[0]
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == "Số liệu minh họa, không phải số liệu thật"
    assert all(one.footer.is_linked_to_previous for one in word.sections[1:])


def test_the_extract_has_neither_head_nor_signature(both, form, space):
    word = docx.Document(BytesIO(to_docx(both[1], form, space.root)))
    assert not word.tables
    assert word.paragraphs[0].style.name == "Tên phụ lục"


def test_an_annex_has_page_numbers_of_its_own_unless_a_site_lets_it_go_on(both, form, space):
    section = docx.Document(BytesIO(to_docx(both[0], form, space.root))).sections[1]
    assert section.different_first_page_header_footer
    assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    going_on = form.model_copy(update={"annex_pages": "continue"})
    section = docx.Document(BytesIO(to_docx(both[0], going_on, space.root))).sections[1]
    assert not section.different_first_page_header_footer
    assert section._sectPr.find(qn("w:pgNumType")) is None


def test_the_blank_paragraph_before_the_annex_takes_no_line_of_a_full_page(word):
    (before,) = [
        one for one in word.paragraphs if one._p.pPr is not None and one._p.pPr.find(qn("w:sectPr")) is not None
    ]
    assert (before.text, before.paragraph_format.line_spacing) == ("", Pt(1))


def test_what_a_section_says_stands_in_the_order_of_the_standard(word):
    order = ["footerReference", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"]
    for section in word.sections:  # ECMA-376, part 1, 17.6.17
        said = [child.tag.rpartition("}")[2] for child in section._sectPr]
        kinds = [order.index(tag.replace("headerReference", "footerReference")) for tag in said]
        assert kinds == sorted(kinds), said


def test_word_is_told_once_whose_layout_the_pages_have(word):
    said = [(one.get(qn("w:name")), one.get(qn("w:val"))) for one in word.settings.element.iter(qn("w:compatSetting"))]
    assert len({name for name, _ in said}) == len(said)
    assert ("compatibilityMode", "15") in said
