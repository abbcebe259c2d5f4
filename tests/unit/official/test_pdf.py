"""The PDF: the words of the same content, for archives and for readers of the screen."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pikepdf
import pytest

from baocao.official.content import Column, Item, Line, Paragraph, Run, Table, plain
from baocao.official.docx_writer import WHOLE
from baocao.official.pdf import to_pdf


@pytest.fixture(scope="session")
def data(both, form, space) -> bytes:
    return to_pdf(both[0], form, space.root)


def test_the_same_document_gives_the_same_bytes(data, both, form, space):
    assert to_pdf(both[0], form, space.root) == data


def test_it_claims_pdf_a_2b_and_pdf_ua_1_and_is_tagged_in_vietnamese(data):
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("2", "B", "1")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).startswith("vi")


def test_every_word_of_the_content_is_printed(data, both):
    with pdfplumber.open(BytesIO(data)) as pdf:
        printed = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    for block in both[0].body:
        if not isinstance(block, Table):
            for word in "".join(run.text for run in block.runs).split():
                assert word in printed


def test_the_faces_are_the_houses_and_embedded(data):
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert {str(font["/FontName"]).split("+")[-1].split("-")[0] for font in fonts} == {"LiberationSerif"}
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_a_line_with_a_colon_stays_on_the_page_of_its_list(both, form, space):
    listed = [
        block
        for i in range(70)
        for block in (Paragraph((Run(f"Kể ra {i}:"),)), Item("-", (Run(f"mục {i}."),)), Item("-", (Run("Câu. " * 50),)))
    ]
    document = replace(both[1], body=tuple(listed))
    with pdfplumber.open(BytesIO(to_pdf(document, form, space.root))) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) > 5
    for i in range(70):
        (page,) = [text for text in pages if f"Kể ra {i}:" in text]
        assert f"mục {i}." in page


@pytest.mark.parametrize(
    ("annex_pages", "numbers"), [("restart", ["", "2", "", "2"]), ("continue", ["", "2", "3", "4"])]
)
def test_an_annex_has_page_numbers_of_its_own_unless_a_site_lets_it_go_on(both, form, space, annex_pages, numbers):
    own = form.model_copy(update={"annex_pages": annex_pages})
    with pdfplumber.open(BytesIO(to_pdf(both[0], own, space.root))) as pdf:
        assert [page.crop((0, 0, page.width, 55)).extract_text() for page in pdf.pages] == numbers


@pytest.mark.parametrize("paragraphs", [0, 1, 9, 10])
def test_the_signature_never_stands_on_a_page_without_text(both, form, space, paragraphs):
    told = (*(Paragraph((Run("Lời văn. " * 20),)) for _ in range(paragraphs)), Paragraph((Run("Lời kết."),)))
    document = replace(both[0], body=told, annex=None)
    with pdfplumber.open(BytesIO(to_pdf(document, form, space.root))) as pdf:
        last = pdf.pages[-1].extract_text()
    assert all(text in last for text in ("Lời kết.", "Nơi nhận:", "CHỦ TỊCH"))


def test_what_is_kept_whole_and_is_higher_than_a_page_goes_on_on_the_next(both, form, space):
    lines = tuple(Line((plain(f"dòng{i} " + "dài " * 9), plain(""))) for i in range(WHOLE))
    table = Table("Bảng cao", (Column("Tên", 1), Column("Số", 9)), lines)
    foot = replace(both[0].foot, recipients=tuple(f"Nơi{i};" for i in range(70)))
    document = replace(both[0], body=(table, Paragraph((Run("Lời kết."),))), foot=foot, annex=None)
    with pdfplumber.open(BytesIO(to_pdf(document, form, space.root))) as pdf:
        low = pdf.pages[0].height - (float(form.margins.bottom) - 5) * 72 / 25.4
        words = [w["text"] for page in pdf.pages for w in page.extract_words() if w["bottom"] < low]
    assert [word for word in words if word.startswith("dòng")] == [f"dòng{i}" for i in range(WHOLE)]
    assert [word for word in words if word.startswith("Nơi") and word.endswith(";")] == [f"Nơi{i};" for i in range(70)]


def test_a_report_whose_template_was_emptied_is_head_and_foot(both, form, space):
    with pdfplumber.open(BytesIO(to_pdf(replace(both[0], body=(), annex=None), form, space.root))) as pdf:
        (page,) = pdf.pages
        assert "Nơi nhận:" in page.extract_text()


def test_text_is_never_read_as_typst(both, form, space):
    nasty = '#panic("x") = $a$ *b* _c_ `d` @e <f> \\ [ ] // "'
    document = replace(both[1], body=(Paragraph((Run(nasty),)),))
    with pdfplumber.open(BytesIO(to_pdf(document, form, space.root))) as pdf:
        printed = "".join(pdf.pages[0].extract_text().split())
    assert '#panic("x")=$a$*b*_c_`d`@e<f>\\[]//"' in printed


def test_what_no_font_can_show_is_a_box_and_a_mark_of_typsts_own_fonts_is_shown(both, form, space):
    told = replace(both[0], body=(Paragraph((Run("Khó khăn: \U0001f600 中文 \ufffe ✓ hết"),)),))
    with pdfplumber.open(BytesIO(to_pdf(told, form, space.root))) as pdf:
        printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Khó khăn: □ □□ □ ✓ hết" in printed


def test_a_word_that_no_line_holds_breaks_and_stays_on_the_page(both, form, space):
    address = "https://vi.du/" + "abcdefghijklmnopqrstuvwxyz" * 6
    document = replace(both[1], body=(Paragraph((Run(f"Xem {address} nhé."),)),))
    with pdfplumber.open(BytesIO(to_pdf(document, form, space.root))) as pdf:
        page = pdf.pages[0]
        assert address in "".join(page.extract_text().split())
        assert max(one["x1"] for one in page.chars) <= page.width - float(form.margins.right) * 72 / 25.4 + 1
