"""The fixture book as HTML, by the built-in renderer."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pikepdf
import pytest

from baocao.book.builtin.render import render_builtin
from baocao.errors import UserError
from render import pages, pdfs
from render.conftest import NASTY

CHAPTERS = "reports/chuong"
OF_FIXTURES = [f"reports/chuong/phuong-phap.qmd: tham chiếu không có đích: {word}" for word in ("phuong", "van-phong")]
"""What is said of the fixture chapters themselves."""


def chapter(book: Path, name: str) -> pages.Facts:
    return pages.facts(book / CHAPTERS / f"{name}.html")


def test_pages_have_the_addresses_that_quarto_gives_them(book):
    assert [page.relative_to(book).as_posix() for page in pages.pages(book)] == [
        "index.html",
        "reports/chuong/chi-tieu.html",
        "reports/chuong/don-vi-a1.html",
        "reports/chuong/phuong-phap.html",
        "reports/chuong/tong-quan.html",
    ]
    assert (book / "bao-cao-2025-10.pdf").is_file()


def test_chapters_are_numbered_through_the_parts_and_the_front_page_is_not(book):
    assert chapter(book, "tong-quan").sidebar == (
        "Sách thử Lời đầu 1 Tổng quan 2 Chỉ tiêu Từng đơn vị 3 Phòng Văn hóa – Xã hội Phụ lục 4 Phương pháp"
    )


def test_sections_are_numbered_to_the_second_level_and_unnumbered_ones_are_not(book):
    assert chapter(book, "tong-quan").headings == [
        "1 Tổng quan",
        "1.1 Hoạt động theo nội dung",
        "Chi tiết cấp ba",
        "Những việc chưa làm",
        "Trên trang này",
    ]


def test_figures_and_tables_are_numbered_by_chapter_with_vietnamese_labels(book):
    assert chapter(book, "chi-tieu").captions == [
        "Hình 2.1. Tiến độ chỉ tiêu.",
        "Bảng 2.1. Kết quả các chỉ tiêu cấp phường.",
    ]


def test_cross_references_say_the_number_and_lead_there_also_in_another_chapter(book):
    html = (book / CHAPTERS / "tong-quan.html").read_text("utf-8").replace("\u00a0", " ")
    assert '<a href="#fig-tong-quan-noi-dung" class="quarto-xref">Hình 1.1</a>' in html
    assert '<a href="chi-tieu.html#tbl-chi-tieu-ket-qua" class="quarto-xref">Bảng 2.1</a>' in html
    assert '<a href="don-vi-a1.html" class="quarto-xref">Chương 3</a>' in html
    assert "Mục 1.1" in chapter(book, "phuong-phap").main


def test_every_link_leads_to_a_page_and_place_of_the_book(book):
    assert pages.broken_links(book) == []


def test_nothing_is_loaded_from_outside_the_folder(book):
    assert pages.outside_addresses(book) == []
    scripts = "".join(file.read_text("utf-8") for file in book.rglob("baocao.js"))
    assert not re.search(r"\bfetch\(|XMLHttpRequest|\bimport\b\s*[\(\"'{*]", scripts)
    assert 'type="module"' not in "".join(page.read_text("utf-8") for page in pages.pages(book))


def test_submitted_text_is_shown_as_it_is_and_does_nothing(book):
    found = chapter(book, "don-vi-a1")
    for text in (
        "{{< include /etc/passwd >}}",
        "<script>alert(1)</script>",
        "@fig-tong-quan-noi-dung",
        "#panic()",
        "$x$ và *đậm* và [liên kết](http://example.com) và ::: và `mã` và {{< meta title >}} và \\input{a}",
        "\"nháy\" 'đơn' --- ...",
        "| <img src=x onerror=alert(1)>",
    ):
        assert text in found.main
    assert found.captions == ["Bảng 3.1. Hoạt động của đơn vị, gồm cả <b>thẻ</b>."]
    assert found.handlers == []
    assert all(not link.startswith("http") for link in found.links)


def test_charts_stand_in_the_page_with_their_alternative_text(book):
    html = (book / CHAPTERS / "tong-quan.html").read_text("utf-8")
    assert '<svg role="img" aria-label="Biểu đồ thanh: nội dung II.1 có 12 hoạt động, II.2 có 7."' in html
    ids = chapter(book, "tong-quan").ids
    assert len(ids) == len(set(ids))


def test_callouts_carry_their_kind_in_words(book):
    text = chapter(book, "tong-quan").main
    assert "Cảnh báo Đơn vị chưa nộp báo cáo" in text
    assert "Ghi chú Ghi chú không có tiêu đề riêng." in text


def test_every_page_says_that_the_figures_are_a_demonstration_and_where_they_come_from(book):
    for page in pages.pages(book):
        html = page.read_text("utf-8")
        assert 'role="region" aria-label="Tính chất của số liệu">Số liệu minh họa, không phải số liệu thật<' in html
        assert "mã số liệu 1a2b3c4d" in html
        assert '<html lang="vi">' in html


def test_real_figures_carry_no_demonstration_banner(own_project):
    settings = own_project / "reports/chuong/_book.yml"
    settings.write_text(settings.read_text("utf-8").replace("demonstration: true", "demonstration: false"), "utf-8")
    render_builtin(own_project, "html", own_project / "_book")
    assert all("minh họa" not in page.read_text("utf-8") for page in pages.pages(own_project / "_book"))


def test_the_search_index_knows_text_tables_and_captions_with_their_sections(book):
    index = (book / "site_libs/baocao/search-index.js").read_text("utf-8")
    assert '["reports/chuong/chi-tieu.html#sec-chi-tieu-phuong", "2. Chỉ tiêu", "2.1. Cấp phường", "Tiến độ' in index
    assert "Cổng dịch vụ công quốc gia" in index
    assert "<script" not in index


def test_the_same_sources_give_the_same_bytes(book, own_project):
    render_builtin(own_project, "all", own_project / "elsewhere")
    made = {file.relative_to(book): file.read_bytes() for file in book.rglob("*") if file.is_file()}
    again = own_project / "elsewhere"
    assert {file.relative_to(again): file.read_bytes() for file in again.rglob("*") if file.is_file()} == made


def test_a_render_of_one_form_keeps_the_other(own_project):
    out = own_project / "_book"
    render_builtin(own_project, "all", out)
    (out / "index.html").write_text("old", "utf-8")
    assert render_builtin(own_project, "pdf", out) == [out / "bao-cao-2025-10.pdf"]
    assert (out / "index.html").read_text("utf-8") == "old"
    assert render_builtin(own_project, "html", out) == [out / "index.html"]
    assert (out / "bao-cao-2025-10.pdf").stat().st_size > 10_000


def test_a_failed_render_leaves_the_last_book_and_no_rubbish(own_project):
    out = own_project / "_book"
    render_builtin(own_project, "html", out)
    (own_project / CHAPTERS / "chi-tieu.qmd").unlink()
    before = sorted(own_project.iterdir())
    with pytest.raises(UserError, match=r"chi-tieu\.qmd"):
        render_builtin(own_project, "all", out)
    assert sorted(own_project.iterdir()) == before
    assert (out / CHAPTERS / "chi-tieu.html").is_file()


def test_a_reference_to_nothing_is_shown_and_logged(own_project, caplog):
    with (own_project / CHAPTERS / "chi-tieu.qmd").open("a", encoding="utf-8") as file:
        file.write("\nXem @fig-khong-co.\n")
    with caplog.at_level(logging.WARNING):
        render_builtin(own_project, "html", own_project / "_book")
    assert "Xem ?@fig-khong-co." in chapter(own_project / "_book", "chi-tieu").main
    assert "fig-khong-co" in caplog.text


def test_links_to_no_page_and_to_no_place_are_named_and_stop_no_pdf(own_project, caplog):
    text = """
[a](nope.qmd), [b](tong-quan.qmd#missing), [c](#missing), [d](#đây), [e](tong-quan.qmd#tbl-tong-quan-don-vi), [f](#nho)

## Đây

[ô]{#nho}
"""
    with (own_project / CHAPTERS / "chi-tieu.qmd").open("a", encoding="utf-8") as file:
        file.write(text)
    expected = [
        f"reports/chuong/chi-tieu.qmd: liên kết không có đích: {link}"
        for link in ("#missing", "nope.qmd", "tong-quan.qmd#missing")
    ]
    for to in ("all", "pdf"):
        caplog.clear()
        render_builtin(own_project, to, own_project / "_book")
        assert caplog.messages == [*expected, *OF_FIXTURES]
    (printed,) = [text for text in pdfs.page_texts(own_project / "_book" / "bao-cao-2025-10.pdf") if "a, b, c" in text]
    assert "a, b, c, d, e, f" in printed


def test_a_reference_to_what_is_there_twice_is_words_on_paper(own_project, caplog):
    table = "::: {#tbl-chi-tieu-hai}\n\n| a |\n|---|\n| 1 |\n\nBảng.\n:::\n\n"
    with (own_project / CHAPTERS / "chi-tieu.qmd").open("a", encoding="utf-8") as file:
        file.write(f"\n{table}{table}Xem @tbl-chi-tieu-hai và [bảng](#tbl-chi-tieu-hai).\n")
    render_builtin(own_project, "pdf", own_project / "_book")
    assert caplog.messages == ["reports/chuong/chi-tieu.qmd: mã trùng nhau: tbl-chi-tieu-hai", *OF_FIXTURES]
    texts = " ".join(pdfs.page_texts(own_project / "_book" / "bao-cao-2025-10.pdf")).replace("\u00a0", " ")
    assert re.search(r"Xem Bảng 2\.\d và bảng\.", texts)


def test_names_of_the_book_are_words_on_pages_and_on_paper(nasty_project):
    render_builtin(nasty_project, "all", nasty_project / "_book")
    title, way, bar, foot, part, first, head, subtitle, author = pages.names_of_the_book(nasty_project / "_book")
    assert title == f"3 Phòng Văn hóa – Xã hội – T {NASTY}"
    assert way == part == f"P {NASTY}"
    assert bar == first == head == f"T {NASTY}"
    assert (subtitle, author) == (f"S {NASTY}", f"U {NASTY}")
    assert foot.startswith(f"V {NASTY} L {NASTY} baocao")
    path = nasty_project / "_book" / "bao-cao-2025-10.pdf"
    text = re.sub("[\\s\u2060]", "", "".join(pdfs.page_texts(path)))
    for name in (
        f"T {NASTY}",
        f"A {NASTY}",
        f"S {NASTY}",
        f"L {NASTY}",
        f"P {NASTY}",
        f"P {NASTY}".upper(),
        NASTY.upper(),
    ):
        assert name.replace(" ", "") in text
    with pikepdf.open(path) as file:
        assert str(file.docinfo["/Title"]).replace("\u2060", "") == f"T {NASTY}, L {NASTY}"
        assert str(file.docinfo["/Author"]).replace("\u2060", "") == f"V {NASTY}"
