"""What pandoc and the house's Lua make of chapters."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pytest
import typst
import yaml

from baocao.book.builtin.pandoc import Converted, Problem, convert
from baocao.book.builtin.project import read_project
from baocao.printable import FONTS
from baocao.typeset import typeset

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


def test_nothing_is_left_in_the_systems_folder_for_temporary_files_even_where_that_is_not_the_one_named(
    converted, tmp_path, monkeypatch
):
    place = tmp_path / "chỗ tạm"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "missing"))
    assert "chữ" in page(converted("# Một\n\nchữ\n"))
    assert not any(place.iterdir())


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


def test_a_table_whose_caption_bears_its_identifier_is_numbered_like_one_in_the_houses_form(converted):
    plain = "| a |\n|---|\n| 1 |\n\n"
    done = converted(f"# Một\n\n@tbl-b\n\n::: {{#tbl-a}}\n\n{plain}Nhà.\n:::\n\n{plain}: Của *chị* Hoa {{#tbl-b}}\n")
    assert done.problems == ()
    assert '<a href="#tbl-b" class="quarto-xref">Bảng 1.2</a>' in page(done)
    assert "Bảng 1.2: Của <em>chị</em> Hoa</figcaption>" in page(done)


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
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="//example.com/a.png"/>',
        '<rect fill="url(http://example.com/a)"/>',
        "<!-- -->",
    ],
)
def test_a_picture_that_could_run_or_fetch_something_stays_an_image_of_its_own(converted, inside):
    html = page(converted("# Một\n\n![Chú thích](x.svg){#fig-x}\n", SVG.format(inside)))
    assert "<svg" not in html
    assert '<img src="data:image/svg+xml;base64,' in html


def test_a_file_that_is_no_picture_is_not_put_into_the_page(converted):
    assert "passwd" not in page(converted("# Một\n\n![Chú thích](x.svg){#fig-x}\n", "passwd"))


PNG = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0....\xff\xd9"


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("(a.png)", "a.png", "png"),
        ("(<ảnh họp.JPG>)", "ảnh họp.JPG", "jpeg"),
        ("(/reports/a.png)", "reports/a.png", "png"),
        ("(./reports/../a.png)", "a.png", "png"),
        ("(a.png){#fig-a}", "a.png", "png"),
    ],
)
def test_a_picture_of_points_is_in_the_page_itself_and_found_from_the_projects_folder_on_paper(
    converted, tmp_path, written, name, kind
):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(PNG if kind == "png" else JPEG)
    done = converted(f"# Một\n\n![Buổi họp]{written}\n", screen=True, paper=True)
    assert done.problems == ()
    assert re.search(rf'<img src="data:image/{kind};base64,[^"]+" class="[^"]+" alt="Buổi họp"', page(done))
    assert f'#box(image("/{name}", alt: "Buổi họp"))' in done.typst["one.qmd.typ"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("(none.png)", "không có tệp hình"),
        ("(text.png)", "tệp hình không phải PNG, JPEG, GIF, WebP hay SVG"),
        ("(text.bmp)", "tệp hình không phải PNG, JPEG, GIF, WebP hay SVG"),
        ("(half.png)", "tệp hình không trọn vẹn"),
        ("(half.jpg)", "tệp hình không trọn vẹn"),
        ("(https://example.com/a.png)", "hình không nằm trong dự án nên không đưa vào sách"),
        ("(//example.com/a.png)", "hình không nằm trong dự án nên không đưa vào sách"),
        ("(data:image/png;base64,AAAA)", "hình không nằm trong dự án nên không đưa vào sách"),
        ("(../a.png)", "hình không nằm trong dự án nên không đưa vào sách"),
        ("(data/a.png)", "hình nằm ngoài reports/ nên tháng đã khóa không giữ được"),
        ("(none.png){#fig-a}", "không có tệp hình"),
    ],
)
def test_a_picture_that_cannot_go_into_the_book_is_told_and_costs_itself(converted, tmp_path, written, problem):
    for name, data in (("text.png", b"text"), ("text.bmp", b"BM"), ("half.png", PNG[:9]), ("half.jpg", JPEG[:7])):
        (tmp_path / name).write_bytes(data)
    done = converted(f"# Một\n\nTrước.\n\n![Buổi họp]{written}\n\nSau.\n", screen=True, paper=True)
    assert [(one.source, one.kind) for one in done.problems] == [("one.qmd", problem)]
    for text in (page(done), done.typst["one.qmd.typ"].replace("\\[", "[").replace("\\]", "]")):
        assert "[Không có hình: Buổi họp]" in text
        assert "Sau." in text
        assert "image(" not in text
        assert "<img" not in text


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'


@pytest.mark.parametrize("inside", ["<g>", "<g/", "a & b", "&nbsp;", "<a xlink:href='#a'/>", "<x:g a='<'/>", "</g><g>"])
def test_a_drawing_that_is_no_xml_is_told_and_costs_itself(converted, tmp_path, inside):
    (tmp_path / "a.svg").write_text(DRAWING.format(inside), "utf-8")
    done = converted("# Một\n\n![Họp](a.svg)\n\nSau.\n", screen=True, paper=True)
    problem = "tệp SVG sai cú pháp XML, cần xuất lại từ chương trình vẽ"
    assert done.problems == (Problem("one.qmd", problem, "a.svg"),)
    assert "[Không có hình: Họp]" in page(done)
    assert "image(" not in done.typst["one.qmd.typ"]


@pytest.mark.parametrize(
    "inside",
    [
        "<title>Tổ A &amp; B</title>",
        "<!-- <a b:c='1'> --><g/>",
        "<g aria-label='lúc a:b = c'/>",
        '<g data-tip="khu a:5 việc, x > y:z"/>',
        "<a xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='#a' xml:space='preserve'/>",
        "<style>a:hover { fill: red }</style>",
    ],
)
def test_a_drawing_that_is_xml_is_in_the_book(converted, tmp_path, inside):
    (tmp_path / "a.svg").write_text(DRAWING.format(inside), "utf-8")
    done = converted("# Một\n\n![Họp](a.svg)\n", screen=True, paper=True)
    assert done.problems == ()
    assert 'image("/a.svg", alt: "Họp")' in done.typst["one.qmd.typ"]
    assert typst.compile(f'#image("{tmp_path / "a.svg"}")'.encode(), root="/", format="pdf")


def test_a_picture_without_words_gets_its_name_for_those_who_do_not_see_it_and_is_told(converted, tmp_path):
    (tmp_path / "a.png").write_bytes(PNG)
    done = converted("# Một\n\n![](a.png)\n", screen=True, paper=True)
    assert done.problems == (Problem("one.qmd", "hình chưa có lời mô tả cho người không nhìn thấy (fig-alt)", "a.png"),)
    assert 'alt="Hình a.png"' in page(done)
    assert 'alt: "Hình a.png"' in done.typst["one.qmd.typ"]


@pytest.mark.parametrize(
    ("given", "paper"),
    [("width=50%", "width: 50%"), ("height=40px", "height: 30.0pt"), ("width=3cm", "width: 3cm"), ("width=a", "")],
)
def test_a_pictures_size_is_kept(converted, tmp_path, given, paper):
    (tmp_path / "a.png").write_bytes(PNG)
    done = converted(f"# Một\n\n![A](a.png){{{given}}}\n", screen=True, paper=True)
    call = 'image("/a.png", alt: "A"' + (f", {paper}" if paper else "") + "))"
    assert call in done.typst["one.qmd.typ"]


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


@pytest.mark.parametrize(
    ("marked", "on_screen", "on_paper"),
    [
        ('.content-visible when-format="html"', True, False),
        ('.content-visible when-format="typst"', False, True),
        ('.content-visible when-format="pdf"', False, False),  # Quarto's name for PDF by LaTeX
        ('.content-visible unless-format="html"', False, True),
        ('.content-hidden when-format="html"', False, True),
        ('.content-hidden unless-format="typst"', False, True),
        (".content-hidden", False, False),
    ],
)
def test_content_for_one_form_is_left_out_of_the_other(converted, marked, on_screen, on_paper):
    table = "| ô |\n|---|\n| 1 |\n"
    text = f"# Một\n\n::: {{{marked}}}\nriêng\n\n{table}\n:::\n\nTrước [trong câu]{{{marked}}} sau.\n"
    done = converted(text, screen=True, paper=True)
    typst, found = done.typst["one.qmd.typ"], "".join(entry.text for entry in done.entries)
    assert [piece in page(done) for piece in ("riêng", "<td", "trong câu")] == [on_screen] * 3
    assert [piece in typst for piece in ("riêng", "table(", "trong câu")] == [on_paper] * 3
    assert [piece in found for piece in ("riêng", "ô", "trong câu")] == [on_screen] * 3
    assert done.problems == ()


def test_a_condition_that_only_quarto_evaluates_is_named_and_its_content_stays(converted):
    done = converted('# Một\n\n::: {.content-visible when-profile="x"}\nriêng\n:::\n', screen=True, paper=True)
    assert ("riêng" in page(done), "riêng" in done.typst["one.qmd.typ"]) == (True, True)
    assert done.problems == (Problem("one.qmd", "foreign", ".content-visible"),)


def test_shortcodes_and_labels_that_only_quarto_knows_are_named(converted):
    done = converted("# Một\n\n{{< kbd Ctrl-C >}} {{< kbd Ctrl-C >}} {{{< var x >}}} \\{\\{<\n\n$$\n1\n$$ {#eq-a}\n")
    assert [(one.kind, one.id) for one in done.problems] == [("foreign", "{#eq-a}"), ("foreign", "{{< kbd Ctrl-C >}}")]


@pytest.mark.parametrize("fence", ["```{python}", "~~~~ {python}", "```{python, echo=FALSE}"])
def test_a_code_cell_in_a_text_is_shown_as_code_and_named_because_nobody_runs_it(converted, fence):
    ends = re.match("[`~]+", fence)[0]
    done = converted(f"# Một\n\n{fence}\nprint(1)\n{ends}\n\n```{{.python}}\n2\n```\n\n```{{mermaid}}\nA --> B\n```\n")
    blocks = [re.sub("<[^>]+>", "", one) for one in re.findall("<pre.*?</pre>", page(done), re.DOTALL)]
    assert blocks == ["print(1)", "2", "A --&gt; B"]
    assert [(one.kind, one.id) for one in done.problems] == [("foreign", "{mermaid}"), ("idle", "{python}")]


def test_a_page_break_breaks_the_page_on_paper(converted):
    done = converted("# Một\n\nA\n\n{{< pagebreak >}}\n\nB\n", screen=True, paper=True)
    assert re.search(r"A\s+#pagebreak\(weak: true\)\s+B", done.typst["one.qmd.typ"])
    assert re.search(r'<p>A</p>\s+<div style="break-after: page"></div>\s+<p>B</p>', page(done))
    assert done.problems == ()


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("@phuong-so", ("unresolved", "phuong-so")),
        ("[@nguon, tr. 3]", ("unresolved", "nguon")),
        ("[xem @sec-mot; @nguon]", ("unresolved", "nguon")),
        ("@lst-a", ("foreign", "@lst-a")),  # a listing, which Quarto numbers
    ],
)
def test_what_looks_like_a_citation_stays_as_it_was_written(converted, written, problem):
    done = converted(f"# Một {{#sec-mot}}\n\nTheo {written}.\n", screen=True, paper=True)
    assert f"<p>Theo {written}.</p>" in page(done)
    assert "cite" not in done.typst["one.qmd.typ"]
    assert [(one.kind, one.id) for one in done.problems] == [problem]


def test_a_formula_is_shown_on_screen_and_accepted_on_paper(converted, project):
    done = converted("# Một\n\nTỷ lệ $\\frac{a}{b}$.\n\n$$\nx = \\sqrt{2}\n$$\n", screen=True, paper=True)
    assert re.findall("<(mfrac|msqrt)>", page(done)) == ["mfrac", "msqrt"]
    assert typeset(done.typst, project, project / FONTS).startswith(b"%PDF")


def test_search_entries_are_cut_at_the_sections(converted):
    done = converted("# Một {#sec-mot}\n\nĐầu.\n\n## Hai\n\nXem @sec-mot.\n", screen=True)
    assert [(entry.href, entry.page, entry.section, entry.text) for entry in done.entries[1:]] == [
        ("one.html", "1. Một", "", "Đầu."),
        ("one.html#hai", "1. Một", "1.1. Hai", "Xem Chương 1."),
    ]
