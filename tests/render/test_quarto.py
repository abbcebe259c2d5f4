"""Quarto and the built-in renderer make the same book of the same chapters."""

from __future__ import annotations

import re
import subprocess

import pytest

from baocao.book.builtin.render import render_builtin
from baocao.book.quarto import find_quarto
from render import pages, pdfs
from render.browser import DESKTOP, PHONE, open_page, open_window

pytestmark = [pytest.mark.quarto, pytest.mark.slow]
PDF = "bao-cao-2025-10.pdf"


def names(book):
    return [page.relative_to(book).as_posix() for page in pages.pages(book)]


def letters(text):
    """The text without blanks, which browsers and Quarto's markup set in their own ways."""
    return re.sub(r"\s+", "", text)


def test_the_pages_chapters_and_numbers_are_the_same(book, quarto_book):
    assert names(quarto_book) == names(book)
    for name in names(book):
        ours, theirs = pages.facts(book / name), pages.facts(quarto_book / name)
        assert theirs.sidebar == ours.sidebar
        assert theirs.captions == ours.captions
        assert sorted(theirs.headings) == sorted(ours.headings)


def test_the_text_of_each_chapter_is_the_same(book, quarto_book):
    for name in names(book):
        ours, theirs = pages.facts(book / name).main, pages.facts(quarto_book / name).main
        # Quarto puts the banner into the main part.
        assert letters(theirs).removeprefix(letters("Số liệu minh họa, không phải số liệu thật")) == letters(ours)


def test_a_table_is_the_same_to_the_byte_unless_quarto_resolves_something_in_it(book, quarto_book):
    resolved = []
    for name in names(book):
        both = zip(pages.tables(book / name), pages.tables(quarto_book / name), strict=True)
        resolved += [theirs for ours, theirs in both if theirs != ours]
    reference, month, own, bare = resolved
    assert re.search(r'<a href="[^"]*tong-quan.html#tbl-tong-quan-don-vi"[^>]*>.*1\.1', reference)
    assert re.search(r"<td[^>]*><p>tháng 10 năm 2025</p></td>", month)
    assert "<td>Sổ họp</td>" in re.sub(r"<td[^>]*>", "<td>", own)
    assert "Nguồn không có mã." in bare


def test_the_text_of_the_pdf_is_the_same_page_by_page(book, quarto_book):
    ours, theirs = pdfs.page_texts(book / PDF), pdfs.page_texts(quarto_book / PDF)
    assert [text.split() for text in theirs] == [text.split() for text in ours]


def test_what_the_archive_holds_of_earlier_books_does_not_come_into_this_one(own_project):
    found = find_quarto()
    if not found.usable:
        pytest.skip(found.problem)
    for sealed in ("data/archive/2025-09/r1/outputs", "data/archive/2025-09/r1/outputs/_book", ""):
        file = own_project / sealed / "reports/chuong/so-lieu/bang/tbl-a.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("a;b", "utf-8")
    command = [found.path, "render", "--to", "html"]
    done = subprocess.run(command, cwd=own_project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    made = own_project / "_book"
    assert [file.relative_to(made).as_posix() for file in made.rglob("tbl-a.csv")] == [
        "reports/chuong/so-lieu/bang/tbl-a.csv"
    ]


def test_another_form_than_the_books_two_is_refused_with_the_commands_for_these(own_project):
    found = find_quarto()
    if not found.usable:
        pytest.skip(found.problem)
    command = [found.path, "render", "index.qmd", "--to", "typst"]
    done = subprocess.run(command, cwd=own_project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Lỗi: sách chỉ có hai dạng, trang HTML và bản PDF của mẫu baocao-typst." in done.stderr
    assert "quarto render --to baocao-typst" in done.stderr
    assert "error:" not in done.stderr


def test_names_of_the_book_are_the_same_words(nasty_project):
    render_builtin(nasty_project, "html", nasty_project / "_book")
    names = pages.names_of_the_book(nasty_project / "_book")
    found = find_quarto()
    if not found.usable:
        pytest.skip(found.problem)
    command = [found.path, "render", "--to", "html"]
    done = subprocess.run(command, cwd=nasty_project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    # Quarto tells the way to a page twice.
    assert list(dict.fromkeys(pages.names_of_the_book(nasty_project / "_book"))) == list(dict.fromkeys(names))


def test_quartos_pdf_is_a4_pdf_a_2b_and_ua_1_with_the_houses_fonts(book, quarto_book):
    assert pdfs.page_sizes(quarto_book / PDF) == {pdfs.A4}
    assert pdfs.standards(quarto_book / PDF) == ("2", "B", "1")
    assert pdfs.tag_faults(quarto_book / PDF) == []
    assert pdfs.fonts(quarto_book / PDF) == pdfs.fonts(book / PDF)


def test_quartos_pages_load_nothing_from_outside_and_their_links_lead_somewhere(quarto_book):
    assert pages.outside_addresses(quarto_book) == []
    assert pages.broken_links(quarto_book) == []


@pytest.mark.browser
def test_on_a_phone_keys_pass_by_the_contents_and_the_menu_button_stands_within_the_page_and_shows_its_focus(
    quarto_book, browser
):
    page = open_page(browser, quarto_book, "reports/chuong/tong-quan.html", width=PHONE).page
    button = page.locator(".quarto-btn-toggle")
    page.keyboard.press("Tab")
    assert page.locator(".bo-qua").evaluate("one => one === document.activeElement")
    assert page.locator(".bo-qua").bounding_box()["y"] > 0
    page.keyboard.press("Tab")
    assert button.evaluate("one => one === document.activeElement")
    assert (
        button.evaluate("one => getComputedStyle(one).outlineStyle + getComputedStyle(one).outlineWidth") == "solid3px"
    )
    # The outline stands 2 px off and is 3 px wide.
    assert button.bounding_box()["x"] >= 5


@pytest.mark.browser
def test_quartos_pages_open_from_disk_without_a_complaint_and_search_works(quarto_book, browser):
    visit = open_window(browser, quarto_book)
    for name in names(quarto_book):
        for width in (PHONE, DESKTOP):
            visit.go(name, width=width)
            assert visit.problems == []
            assert not visit.overflows(), name
            assert visit.hidden_charts() == 0
    page = open_page(browser, quarto_book, "reports/chuong/tong-quan.html").page
    page.keyboard.press("/")
    page.keyboard.type("dich vu cong")
    assert page.locator(".tim-kiem li").count() == 2
    page.keyboard.press("Enter")
    page.wait_for_url("**/chi-tieu.html#sec-chi-tieu-phuong")
