"""The fixture book as PDF, by the built-in renderer."""

from __future__ import annotations

import re

import pdfplumber
import pikepdf
import pytest

from baocao.book.builtin.render import render_builtin
from baocao.printable import FONTS
from baocao.typeset import MAIN, typeset
from render import pdfs

NOTICE = "Số liệu minh họa, không phải số liệu thật"


@pytest.fixture(scope="module")
def pdf(book):
    return book / "bao-cao-2025-10.pdf"


@pytest.fixture(scope="module")
def texts(pdf):
    return pdfs.page_texts(pdf)


def test_every_page_is_a4(pdf):
    assert pdfs.page_sizes(pdf) == {pdfs.A4}


def test_it_is_marked_pdf_a_2b_and_ua_1_and_its_fonts_are_embedded_and_the_houses_own(pdf):
    assert pdfs.standards(pdf) == ("2", "B", "1")
    assert pdfs.tag_faults(pdf) == []
    fonts = pdfs.fonts(pdf)
    assert all(fonts.values())
    families = {name.split("-")[0].split(",")[0] for name in fonts}
    assert families == {"LiberationSerif", "LiberationSans", "DejaVuSansMono", "NewCMMath"}  # the last for a formula


def test_it_says_what_it_is_and_of_which_day_without_a_clock(pdf):
    with pikepdf.open(pdf) as file:
        assert str(file.docinfo["/Title"]) == "Sách thử, tháng 10 năm 2025"
        assert str(file.docinfo["/CreationDate"]).startswith("D:20251014")
        assert str(file.Root["/Lang"]).startswith("vi")


def test_every_page_carries_the_notice_and_all_but_the_cover_their_number(texts):
    assert all(NOTICE in text for text in texts)
    assert "Trang" not in texts[0]
    assert [text.count(f"Trang {i}/{len(texts)}") for i, text in enumerate(texts[1:], 2)] == [1] * (len(texts) - 1)


def test_cover_contents_and_part_pages_are_there(texts):
    assert "PHƯỜNG THỬ NGHIỆM" in texts[0]
    assert "Mục lục" in texts[1]
    assert "TỪNG ĐƠN VỊ" in texts[1]
    assert any("Từng đơn vị" in text and "Chương" not in text for text in texts[2:])


def test_numbers_and_references_are_those_of_the_html(texts):
    text = " ".join(" ".join(texts).split())
    assert "Xem Hình 1.1, Bảng 1.1 và bảng sau Bảng 2.1 ở Chương 2; đơn vị ở Chương 3." in text
    assert "Bảng 2.1. Kết quả các chỉ tiêu cấp phường." in text
    assert "xem Bảng 4.1 và Mục 1.1" in text


def test_submitted_text_is_printed_as_it_is(texts):
    text = " ".join(" ".join(texts).split())
    for part in ("{{< include /etc/passwd >}} và <script>alert(1)</script>", "#panic() và $x$", "[liên kết](http:"):
        assert part in text


def test_a_long_table_repeats_its_header_on_each_page(own_project):
    rows = "\n".join(f"| {i} | Hoạt động thứ {i} | {i * 10} |" for i in range(1, 121))
    table = f"\n::: {{#tbl-dai}}\n\n| STT | Tên gọi | Lượt người |\n|--:|:--|--:|\n{rows}\n\nBảng dài.\n\n:::\n"
    with (own_project / "reports/chuong/phuong-phap.qmd").open("a", encoding="utf-8") as file:
        file.write(table)
    render_builtin(own_project, "pdf", own_project / "_book")
    texts = pdfs.page_texts(own_project / "_book" / "bao-cao-2025-10.pdf")
    with_rows = [text for text in texts if "Hoạt động thứ" in text]
    assert len(with_rows) >= 3
    assert all("Lượt người" in text for text in with_rows)
    assert sum(text.count("Hoạt động thứ") for text in with_rows) == 120


def test_the_head_of_a_table_and_its_first_two_rows_of_two_lines_stay_on_one_page(own_project):
    rows = "".join(f"| {name}{{i}} | {'Một câu dài. ' * 8}|\n" for name in "ABEFGHIKLD")
    parts = [
        f"\nTrước.\n\n{'Lời. ' * 20 * (i % 7)}\n\n| Đầu{i} | Lời |\n|:--|:--|\n{rows.format(i=i)}" for i in range(40)
    ]
    two = [
        f"\n{'Lời. ' * 20 * (i % 7)}\n\n| Đầu{i} | Lời |\n|:--|:--|\n| A{i} | B{i} |\n| C | D{i} |\n"
        for i in range(40, 80)
    ]
    with (own_project / "reports/chuong/phuong-phap.qmd").open("a", encoding="utf-8") as file:
        file.write("".join(parts + two))
    render_builtin(own_project, "pdf", own_project / "_book")
    pages = [{*text.split()} for text in pdfs.page_texts(own_project / "_book" / "bao-cao-2025-10.pdf")]
    for i in range(80):
        page = next(words for words in pages if f"Đầu{i}" in words)
        assert {f"A{i}", f"B{i}" if i < 40 else f"D{i}"} <= page
    assert sum(f"D{i}" not in words for words in pages for i in range(40) if f"Đầu{i}" in words), "none parts"


def test_a_title_on_the_cover_breaks_into_lines_of_about_one_length(project, tmp_path):
    title = "Báo cáo kết quả tuyên truyền Nghị quyết số 57-NQ/TW"
    text = f"""
#import "/_extensions/baocao/typst-template.typ": balanced
#set page(width: 120mm, height: 60mm)
#set text(size: 14pt)
#balanced[{title}]
"""
    (tmp_path / "m.pdf").write_bytes(typeset({MAIN: text}, project, project / FONTS, standards=()))
    lines = pdfs.page_texts(tmp_path / "m.pdf")[0].split("\n")
    assert [line.strip() for line in lines if line.strip()] == [title[:28], title[29:]]


def test_the_sign_of_a_state_ends_no_line(project, tmp_path):
    text = """
#import "/_extensions/baocao/typst-template.typ": status
#set page(width: 60mm, height: 60mm)
#set text(size: 10pt)
#block(width: 9mm, status("dat")[đúng hạn])
"""
    (tmp_path / "m.pdf").write_bytes(typeset({MAIN: text}, project, project / FONTS, standards=()))
    lines = pdfs.page_texts(tmp_path / "m.pdf")[0].split("\n")
    assert [line.split() for line in lines if line.strip()] == [["●", "đúng"], ["hạn"]]


def test_a_row_stays_on_one_page_unless_it_is_higher_than_that(own_project):
    short = "".join(f"| A{i} | {'Một câu dài. ' * 40} B{i} |\n" for i in range(60))
    high = f"| C | {'Một câu rất dài. ' * 900} D |\n"
    with (own_project / "reports/chuong/phuong-phap.qmd").open("a", encoding="utf-8") as file:
        file.write(f"\n## Các dòng\n\n| Mã | Lời |\n|:--|:--|\n{short}{high}")
    render_builtin(own_project, "pdf", own_project / "_book")
    pages = [text.split() for text in pdfs.page_texts(own_project / "_book" / "bao-cao-2025-10.pdf")]
    assert all(sum({f"A{i}", f"B{i}"} <= {*page} for page in pages) == 1 for i in range(60))
    assert sum(page.count("Một") for page in pages if page.count("Một") > 9) == 60 * 40 + 900


def test_a_hash_in_a_table_breaks_within_its_column(own_project):
    row = f"| 2025-10/VHXH.hoat-dong-cua-don-vi.csv | {'Một tên dài. ' * 4} | {'7b69ceb9' * 8} |"
    with (own_project / "reports/chuong/phuong-phap.qmd").open("a", encoding="utf-8") as file:
        file.write(f"\n## Mã băm\n\n| Tệp | Đơn vị | SHA-256 |\n|:--|:--|:--|\n{row}\n")
    render_builtin(own_project, "pdf", own_project / "_book")
    with pdfplumber.open(own_project / "_book" / "bao-cao-2025-10.pdf") as pdf:
        printed = pdf.pages[-1].extract_words()
    named = "".join(f"{word['text']} " for word in printed if word["text"].endswith((".csv", "-", "/")))
    assert named == "2025-10/VHXH.hoat- dong-cua-don-vi.csv "
    words = [word for word in printed if "7b69ceb9" in word["text"]]
    assert "".join(word["text"] for word in words) == "7b69ceb9" * 8
    assert max(word["x1"] for word in words) < pdfs.A4[0] - 18 / 25.4 * 72


@pytest.mark.parametrize("run", ["TênLiềnKhôngDấuCáchRấtDài" * 4, f"so=1234567890&trang={'chiTiết' * 9}"])
def test_any_long_run_breaks_within_its_column(own_project, run):
    with (own_project / "reports/chuong/phuong-phap.qmd").open("a", encoding="utf-8") as file:
        file.write(f"\n## Dài\n\n| Tên | Lời | Số |\n|:--|:--|--:|\n| {run} | Kia {'Một lời. ' * 30}| 1 |\n")
    render_builtin(own_project, "pdf", own_project / "_book")
    with pdfplumber.open(own_project / "_book" / "bao-cao-2025-10.pdf") as pdf:
        printed = pdf.pages[-1].extract_words()
    (beside,) = [word for word in printed if word["text"] == "Kia"]
    row = [word for word in printed if word["x0"] < beside["x0"] - 5 and beside["top"] - 3 < word["top"] < 780]
    words = [word for word in row if word["text"] in run]
    assert "".join(word["text"] for word in words) == run
    assert max(word["x1"] for word in words) < beside["x0"]


def test_without_the_notice_no_page_carries_one(own_project):
    settings = own_project / "reports/chuong/_book.yml"
    settings.write_text(settings.read_text("utf-8").replace("demonstration: true", "demonstration: false"), "utf-8")
    render_builtin(own_project, "pdf", own_project / "_book")
    assert NOTICE not in "".join(pdfs.page_texts(own_project / "_book" / "bao-cao-2025-10.pdf"))


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><rect width="9" height="3"/></svg>\n'
_ROWS = "\n".join(f"| Dòng {i} | {i} |" for i in range(5))
_FLOATS = {
    "table": f"::: {{{{#tbl-so-{{i}}}}}}\n\n| Tên | Số |\n|:--|--:|\n{_ROWS}\n\nBiểu {{i}}.\n\n:::\n",
    "figure": '![Biểu {i}.](hinh/o.svg){{#fig-so-{i} fig-alt="ô"}}\n',
    "list": "- Biểu {i}.\n- Khác.\n",
}


@pytest.mark.parametrize("said", ["Sau đây cho biết.", "> Kế hoạch nói.", "Một câu dài. " * 40])
@pytest.mark.parametrize("kind", _FLOATS)
def test_a_heading_and_what_is_said_right_before_a_float_or_a_list_stay_on_its_page(own_project, said, kind):
    (own_project / "reports/chuong/hinh/o.svg").write_text(_SVG, "utf-8")
    parts = [f"\n## Mục {i}\n\n{said} Trước {i}.\n\n{_FLOATS[kind].format(i=i)}" for i in range(60)]
    with (own_project / "reports/chuong/phuong-phap.qmd").open("a", encoding="utf-8") as file:
        file.write("".join(parts))
    render_builtin(own_project, "pdf", own_project / "_book")
    texts = [" ".join(text.split()) for text in pdfs.page_texts(own_project / "_book" / "bao-cao-2025-10.pdf")]
    for i in range(60):
        (page,) = [text for text in texts if f"Trước {i}." in text]
        assert f"Mục {i} " in page
        assert f"Biểu {i}." in page


def test_what_no_font_can_show_is_a_box_and_costs_nothing_else(own_project):
    odd = "\U0001f600 và 中文 và \uf0f1 và \ufffe và １ và 1\ufe0f\u20e3"
    table = f"\n## Mục {odd}\n\n| Tên gọi {odd} |\n|:--|\n| ô {odd} |\n\n`mã {odd}` *nghiêng {odd}*\n"
    with (own_project / "reports/chuong/phuong-phap.qmd").open("a", encoding="utf-8") as file:
        file.write(table)
    render_builtin(own_project, "all", own_project / "_book")
    path = own_project / "_book" / "bao-cao-2025-10.pdf"
    assert pdfs.standards(path) == ("2", "B", "1")
    text = " ".join(" ".join(pdfs.page_texts(path)).split())
    for word in ("Mục", "Tên gọi", "ô", "mã", "nghiêng"):
        assert f"{word} □ và □□ và □ và □ và □ và 1□" in text.replace("\ufe0f", "")
    page = (own_project / "_book" / "reports/chuong/phuong-phap.html").read_text("utf-8")
    assert "ô \U0001f600 và 中文" in page


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("o.svg", "Tổ \U0001f600 và 中文"),
        ("o.svg", "Tổ &#128512; và &#x4e2d;&#x00006587;"),
        ("o.svg", "T&#7893; &#0128512; v&#xE0; &#x4E2d;文"),
        ("o.SVG", "Tổ \U0001f600 và &#20013;文"),
        ("o.svg", "To\u0302\u0309 \U0001f600\ufe0f\u200d va\u0300\u0332 &#20013;\u0301&#x6587;&#769;"),
    ],
)
def test_in_a_picture_too_but_on_paper_only(own_project, name, odd):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><text y="9">{odd}</text></svg>\n'
    (own_project / f"reports/chuong/hinh/{name}").write_text(svg, "utf-8")
    with (own_project / "reports/chuong/phuong-phap.qmd").open("a", encoding="utf-8") as file:
        file.write(f'\n![Biểu.](hinh/{name}){{#fig-phuong-phap-o fig-alt="ô"}}\n')
    render_builtin(own_project, "all", own_project / "_book")
    path = own_project / "_book" / "bao-cao-2025-10.pdf"
    assert pdfs.standards(path) == ("2", "B", "1")
    assert "Tổ □ và □□" in " ".join(" ".join(pdfs.page_texts(path)).split())
    page = (own_project / "_book/reports/chuong/phuong-phap.html").read_text("utf-8")
    assert (f">{odd}<" in page) == (name == "o.svg")  # another spelling is no drawing to be written into the page


def test_a_figure_that_nothing_can_refer_to_has_no_number_on_paper_either(own_project):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><rect width="9" height="9"/></svg>\n'
    (own_project / "reports/a.svg").write_text(svg, "utf-8")
    with (own_project / "index.qmd").open("a", encoding="utf-8") as file:
        file.write("\n![Không mã](reports/a.svg)\n\n![Có mã](reports/a.svg){#fig-a}\n\nXem @fig-a.\n")
    render_builtin(own_project, "all", own_project / "_book")
    text = " ".join(" ".join(pdfs.page_texts(own_project / "_book" / "bao-cao-2025-10.pdf")).split())
    assert "Hình 1. Có mã Xem Hình 1." in text
    assert not re.search(r"Hình [\d.]+ Không mã", text)
    page = (own_project / "_book" / "index.html").read_text("utf-8").replace("\u00a0", " ")
    assert "Hình 1. Có mã" in page
    assert not re.search(r"Hình [\d.]+ Không mã", page)


def test_a_parts_line_of_the_contents_never_ends_a_page(project, tmp_path):
    text = """
#import "/_extensions/baocao/typst-template.typ": contents, in-part
#set page(width: 120mm, height: HEIGHT)
#contents("Mục lục", 2)
#for i in range(5) [
= Chương #i
== Một
== Hai
]
#heading(level: 1, supplement: [part], "Phần")
#in-part.update(true)
#for i in range(13) [
= Đơn vị #i
== Ba
]
"""
    ends = []
    for height in range(100, 140):
        document = {MAIN: text.replace("HEIGHT", f"{height}mm")}
        (tmp_path / "m.pdf").write_bytes(typeset(document, project, project / FONTS, standards=()))
        ends.append(pdfs.page_texts(tmp_path / "m.pdf")[0].strip().splitlines()[-1].split()[0])
    assert "PHẦN" not in ends
    assert {"Hai", "Đơn"} <= {*ends}
