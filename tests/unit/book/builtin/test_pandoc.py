"""What pandoc and the house's Lua make of chapters."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from baocao.book.builtin.pandoc import Converted, Problem, convert
from baocao.book.builtin.project import read_project

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><defs><clipPath id="c"/></defs><g clip-path="url(#c)">{}</g></svg>'


@pytest.fixture
def converted(tmp_path: Path, project: Path):
    """Convert one chapter, which stands after an unnumbered one."""
    extension = tmp_path / "_extensions" / "baocao"
    shutil.copytree(project / "_extensions" / "baocao", extension, ignore=shutil.ignore_patterns("fonts"))
    shutil.copyfile(project / "reports" / "ngon-ngu.yml", tmp_path / "labels.yml")
    (tmp_path / "index.qmd").write_text("# Đầu {.unnumbered}\n", "utf-8")

    def run(text: str, svg: str = "", **wanted: bool) -> Converted:
        (tmp_path / "one.qmd").write_text(text, "utf-8")
        (tmp_path / "x.svg").write_text(svg, "utf-8")
        book = {"language": "labels.yml", "book": {"title": "Sách", "chapters": ["index.qmd", "one.qmd"]}}
        (tmp_path / "_quarto.yml").write_text(yaml.safe_dump(book | {"lang": "vi"}, allow_unicode=True), "utf-8")
        return convert(read_project(tmp_path), **(wanted or {"screen": True}))

    return run


def page(done: Converted) -> str:
    return done.pages[1].html.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        ("@sec-mot", "Chương 1"),
        ("@sec-hai", "Mục 1.1"),
        ("[-@sec-hai]", "1.1"),
        ("[@sec-mot; @sec-hai]", "Chương 1"),
        ("@sec-tron", "Không số"),
    ],
)
def test_references_to_chapters_and_sections(converted, reference, shown):
    text = f"# Một {{#sec-mot}}\n\nXem {reference}.\n\n## Hai {{#sec-hai}}\n\n## Không số {{#sec-tron .unnumbered}}\n"
    assert f">{shown}</a>" in page(converted(text))
    assert converted(text).problems == ()


def test_an_unresolved_reference_and_a_doubled_identifier_are_problems(converted):
    table = "::: {#tbl-a}\n\n| a |\n|---|\n| 1 |\n\nBảng.\n:::\n\n"
    done = converted(f"# Một\n\n@fig-a\n\n{table}{table}")
    assert set(done.problems) == {Problem("one.qmd", "unresolved", "fig-a"), Problem("one.qmd", "duplicate", "tbl-a")}


def test_an_inline_chart_has_identifiers_of_its_own_and_its_alternative_text(converted):
    html = page(converted('# Một\n\n![Chú thích](x.svg){#fig-x fig-alt="A \\"b\\" <c>"}\n', SVG.format("")))
    assert 'aria-label="A &quot;b&quot; &lt;c&gt;"' in html
    assert 'id="x-c"' in html
    assert "url(#x-c)" in html


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        '<g onload="alert(1)"/>',
        "<foreignObject/>",
        '<image href="http://example.com/a.png"/>',
        '<image xlink:href="//example.com/a.png"/>',
        '<rect fill="url(http://example.com/a)"/>',
        "<!-- -->",
    ],
)
def test_a_picture_that_could_run_or_fetch_something_stays_a_file(converted, inside):
    html = page(converted("# Một\n\n![Chú thích](x.svg){#fig-x}\n", SVG.format(inside)))
    assert "<svg" not in html
    assert '<img src="x.svg"' in html


def test_a_file_that_is_no_picture_is_not_put_into_the_page(converted):
    assert "passwd" not in page(converted("# Một\n\n![Chú thích](x.svg){#fig-x}\n", "passwd"))


def test_columns_of_the_paper_table_follow_their_texts(converted):
    long = "Nội dung dài " * 6
    done = converted(f"# Một\n\n| a | b |\n|---|--:|\n| {long} | 1.234 |\n", paper=True)
    widths = done.typst["one.qmd.typ"].split("columns: (")[-1].split(")")[0].split(", ")
    assert float(widths[0].rstrip("%")) > 80
    assert sum(float(width.rstrip("%,")) for width in widths) <= 100.01


def test_a_wide_table_on_paper_is_set_smaller(converted):
    head = "|".join(f" Cột số {i} " for i in range(12))
    done = converted(f"# Một\n\n|{head}|\n|{'---|' * 12}\n|{'Nội dung|' * 12}\n", paper=True)
    assert "set text(size: 10pt); #table(" in done.typst["one.qmd.typ"]


def test_text_that_looks_like_typst_is_text(converted):
    done = converted("# Một\n\n\\#panic\\(\\) \\$x\\$ \\@ref \\<label\\> \\/\\/ \\*x\\*\n", paper=True)
    assert "\\#panic() \\$x\\$ \\@ref \\<label\\> /\\/ \\*x\\*" in done.typst["one.qmd.typ"]


def test_statuses_and_key_figures_get_the_houses_typst(converted):
    text = "# Một\n\n::: {.so-chinh}\n- [29]{.so} việc\n:::\n\n[đạt]{.trang-thai .dat}\n"
    typst = converted(text, paper=True).typst["one.qmd.typ"]
    assert '#status("dat")[đạt];' in typst
    assert "#key-figure[29]; việc" in typst


@pytest.mark.parametrize("piece", ["@sec-mot", "[x](one.qmd#sec-mot)", "[đạt]{.trang-thai .dat}"])
@pytest.mark.parametrize("after", [r"\[a\]", r"\(a\)", r"\.fields"])
def test_text_right_after_a_piece_does_not_become_part_of_its_call(converted, piece, after):
    typst = converted(f"# Một {{#sec-mot}}\n\nX {piece}{after}\n", paper=True).typst["one.qmd.typ"]
    body = typst.split("<sec-mot>\n")[1]
    assert re.search(r"[\])];\\?[\[(.]", body), body


def test_search_entries_are_cut_at_the_sections(converted):
    done = converted("# Một {#sec-mot}\n\nĐầu.\n\n## Hai\n\nXem @sec-mot.\n", screen=True)
    assert [(entry.href, entry.page, entry.section, entry.text) for entry in done.entries[1:]] == [
        ("one.html", "1. Một", "", "Đầu."),
        ("one.html#hai", "1. Một", "1.1. Hai", "Xem Chương 1."),
    ]
