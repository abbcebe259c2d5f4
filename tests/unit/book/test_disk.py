"""Quarto's pages made readable from disk."""

from __future__ import annotations

from baocao.book.disk import make_readable_from_disk

MODULE = '<script src="site_libs/quarto-html/quarto.js" type="module"></script>\n'
CLASSIC = '<script src="site_libs/quarto-nav/quarto-nav.js"></script>\n'


def test_module_scripts_are_taken_out_and_the_rest_stays(tmp_path):
    page = tmp_path / "reports" / "a.html"
    page.parent.mkdir()
    page.write_text(f"<head>\n{CLASSIC}{MODULE}</head>", "utf-8")
    make_readable_from_disk(tmp_path)
    assert page.read_text("utf-8") == f"<head>\n{CLASSIC}</head>"


def test_each_navigation_has_a_vietnamese_name_of_its_own_and_one_only(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(
        '<nav id="quarto-sidebar" class="x"></nav><nav class="quarto-secondary-nav"></nav>'
        '<nav class="page-navigation"></nav><nav class="x" aria-label="breadcrumb"></nav>',
        "utf-8",
    )
    for _ in range(2):  # `quarto render` of one chapter leaves the other pages as they are
        make_readable_from_disk(tmp_path)
    assert page.read_text("utf-8") == (
        '<nav id="quarto-sidebar" aria-label="Mục lục" class="x"></nav>'
        '<nav class="quarto-secondary-nav" aria-label="Thanh đầu trang"></nav>'
        '<nav class="page-navigation" aria-label="Chương trước, chương sau"></nav>'
        '<nav class="x" aria-label="Vị trí trong sách"></nav>'
    )


def test_what_opens_a_part_of_the_contents_is_a_button_that_keys_reach(tmp_path):
    page = tmp_path / "a.html"
    toggle = '<a class="x" role="navigation" data-bs-toggle="collapse" aria-expanded="true">'
    other = '<a role="navigation" href="b.html">'
    page.write_text(toggle + other, "utf-8")
    make_readable_from_disk(tmp_path)
    make_readable_from_disk(tmp_path)
    button = '<a class="x" role="button" tabindex="0" data-bs-toggle="collapse" aria-expanded="true">'
    assert page.read_text("utf-8") == button + other


def test_a_link_to_the_next_chapter_is_named_by_what_it_shows(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(
        '<a href="b.html" class="pagination-link" aria-label="Khó khăn\\, kiến nghị">7 Khó khăn, kiến nghị</a>', "utf-8"
    )
    make_readable_from_disk(tmp_path)
    assert page.read_text("utf-8") == '<a href="b.html" class="pagination-link">7 Khó khăn, kiến nghị</a>'


def test_a_page_begins_with_a_link_to_its_main_part(tmp_path):
    page = tmp_path / "a.html"
    page.write_text('<body class="x">\n<nav></nav>\n<main class="content" id="quarto-document-content">', "utf-8")
    make_readable_from_disk(tmp_path)
    make_readable_from_disk(tmp_path)
    assert page.read_text("utf-8") == (
        '<body class="x">\n<a class="bo-qua" href="#quarto-document-content">Đến nội dung chính</a>\n<nav></nav>\n'
        '<main class="content" id="quarto-document-content" tabindex="-1">'
    )
