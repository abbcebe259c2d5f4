import base64
import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from baocao.book.chapters import chapter, placeholder

SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def made(*outputs):
    cells = [new_markdown_cell("## Mục"), new_code_cell("secret_code()", outputs=list(outputs))]
    return chapter(new_notebook(cells=cells), "chi-tieu", "Chỉ tiêu", "Phần")


def test_a_chapter_starts_with_its_title_and_shows_no_code():
    text = made().text
    assert text.startswith("# Chỉ tiêu {#sec-chi-tieu}\n\n## Mục\n")
    assert "secret_code" not in text


def test_markdown_output_comes_as_it_is():
    assert "| a | b |" in made(new_output("display_data", {"text/markdown": "| a | b |", "text/plain": "x"})).text


def test_a_figure_is_a_file_named_after_its_label_with_caption_and_alternative_text():
    about = {"baocao": {"label": "fig-chi-tieu-a", "caption": "Chú thích", "alt": 'Cột "A" cao 3'}}
    one = made(new_output("display_data", {"image/svg+xml": SVG, "text/plain": "x"}, metadata=about))
    assert one.figures == {"chi-tieu-a.svg": f"{SVG}\n".encode()}
    assert '![Chú thích](hinh/chi-tieu-a.svg){#fig-chi-tieu-a fig-alt="Cột \\"A\\" cao 3"}' in one.text


@pytest.mark.parametrize(("kind", "ending"), [("image/png", "png"), ("image/jpeg", "jpg")])
def test_a_picture_of_points_is_a_figure_too(kind, ending):
    one = made(new_output("display_data", {kind: base64.b64encode(b"bytes").decode() + "\n", "text/plain": "<Figure>"}))
    assert one.figures == {f"chi-tieu-1.{ending}": b"bytes"}
    assert f"![](hinh/chi-tieu-1.{ending})" in one.text
    assert "Figure" not in one.text


def test_a_drawing_goes_before_the_points_of_the_same_figure():
    both = {"image/svg+xml": SVG, "image/png": base64.b64encode(b"bytes").decode()}
    assert list(made(new_output("display_data", both)).figures) == ["chi-tieu-1.svg"]


VEGA = "application/vnd.vegalite.v6+json"
BARS = {"mark": "bar", "title": "Tên *a*", "data": {"values": [{"a": 1}]}, "encoding": {"x": {"field": "a"}}}


def test_a_bare_chart_is_a_figure_with_its_title_for_who_cannot_see_it():
    one = made(new_output("execute_result", {VEGA: BARS, "text/plain": "alt.Chart(...)"}, execution_count=1))
    assert '![](hinh/chi-tieu-1.svg){fig-alt="Tên *a*"}' in one.text
    assert one.figures["chi-tieu-1.svg"].startswith(b"<svg ")
    assert "Chart" not in one.text


def test_a_bare_chart_is_drawn_once(tmp_path, monkeypatch):
    notebook = new_notebook(cells=[new_code_cell("x", outputs=[new_output("display_data", {VEGA: BARS})])])
    first = chapter(notebook, "a", "A", pictures=tmp_path)
    monkeypatch.setattr("vl_convert.vegalite_to_svg", None)
    assert chapter(notebook, "a", "A", pictures=tmp_path) == first
    with pytest.raises(TypeError):
        chapter(notebook, "a", "A")


def test_a_chart_whose_data_are_elsewhere_says_so_in_its_place():
    one = made(new_output("display_data", {VEGA: BARS | {"data": {"url": "https://example.org/a.csv"}}}))
    assert "[\\[Không có hình\\: số liệu của biểu đồ nằm ngoài sổ tay\\;" in one.text
    assert one.figures == {}


def test_a_bare_frame_is_a_table_and_other_html_its_words():
    frame = "<table><thead><tr><th>a</th></tr></thead><tr><td>&lt;b&gt;</td></tr></table>"
    text = made(new_output("display_data", {"text/html": frame, "text/plain": "   a\n0  <b>"})).text
    assert "\n\n| a |\n|:---|\n| \\<b\\> |\n" in text
    assert "<" not in made(new_output("display_data", {"text/html": "<h2 onclick='x()'>Tên</h2>"})).text


FRAME = "<table><thead><tr><th>a</th></tr></thead><tr><td>1</td></tr></table>"


def cell(source, *data):
    return new_code_cell(source, outputs=[new_output("display_data", one) for one in data])


def test_a_cell_gives_its_figure_and_its_table_captions_and_labels_in_quartos_form():
    chart = cell("#| label: fig-nam\n#| fig-cap: Theo *năm*\nchart", {VEGA: BARS}, {VEGA: BARS})
    table = cell("#| label: tbl-nam\n#| tbl-cap: Bảng\ndf", {"text/html": "<p>Trước</p>"}, {"text/html": FRAME})
    words = new_markdown_cell("Xem @fig-nam, @tbl-nam; không phải @tbl-nam-2, fig-nam.")
    one = chapter(new_notebook(cells=[words, chart, table]), "chi-tieu", "Chỉ tiêu")
    assert "Xem @fig-chi-tieu-nam, @tbl-chi-tieu-nam; không phải @tbl-nam-2, fig-nam." in one.text
    assert '![Theo *năm*](hinh/chi-tieu-nam.svg){#fig-chi-tieu-nam fig-alt="Tên *a*"}' in one.text
    assert '![](hinh/chi-tieu-2.svg){fig-alt="Tên *a*"}' in one.text
    assert "Trước\n\n::: {#tbl-chi-tieu-nam}\n\n| a |\n|---:|\n| 1 |\n\nBảng\n\n:::" in one.text


@pytest.mark.parametrize("rule", ["|---|---|", "| --- | :-: |", "---|--:", "--- | ---", "  |:--|---|  "])
def test_a_markdown_table_gets_its_caption_without_a_number_where_it_has_no_label(rule):
    table = f"| a | b |\n{rule}\n| 1 | 2 |"
    one = chapter(new_notebook(cells=[cell("#| tbl-cap: Bảng\nx", {"text/markdown": table})]), "a", "A")
    assert "Bảng\n\n| a | b |\n" in one.text
    assert ":::" not in one.text


@pytest.mark.parametrize("text", ["Một | hai", "---", "a - b | c", "| a | b |"])
def test_what_is_no_table_takes_no_caption(text):
    one = chapter(new_notebook(cells=[cell("#| tbl-cap: Bảng\nx", {"text/markdown": text})]), "a", "A")
    assert "Bảng" not in one.text


def test_a_cells_outputs_may_be_kept_out_of_the_book():
    one = chapter(new_notebook(cells=[cell("#| output: false\nx", {"text/plain": "word"})]), "a", "A")
    assert "word" not in one.text


def test_a_figure_of_the_house_keeps_its_own_words():
    about = {"baocao": {"label": "fig-a-b", "caption": "C", "alt": "A"}}
    output = new_output("display_data", {"image/svg+xml": SVG}, metadata=about)
    source = "#| label: fig-x\n#| fig-cap: X\nchart"
    one = chapter(new_notebook(cells=[new_code_cell(source, outputs=[output])]), "a", "A")
    assert '![C](hinh/a-b.svg){#fig-a-b fig-alt="A"}' in one.text


def test_a_formula_is_shown_as_it_was_written():
    text = made(
        new_output("display_data", {"text/latex": "$x^2$", "text/plain": "<IPython.core.display.Math object>"})
    ).text
    assert text.endswith("\n\n\\$x\\^2\\$\n")


def test_figures_without_a_label_have_the_chapters_name_so_that_no_two_chapters_share_a_file():
    output = new_output("display_data", {"image/svg+xml": SVG})
    notebook = new_notebook(cells=[new_code_cell("x", outputs=[output, output])])
    names = [{*chapter(notebook, name, "Tên").figures} for name in ("kinh-phi", "chi-tieu")]
    assert [len(one) for one in names] == [2, 2]
    assert not names[0] & names[1]


@pytest.mark.parametrize("labels", [("", "fig-chi-tieu-1"), ("fig-chi-tieu-2", ""), ("fig-chi-tieu-a",) * 2])
def test_no_picture_is_shown_in_the_place_of_another(labels):
    given = [
        new_output(
            "display_data", {"image/svg+xml": f"<svg>{label}{number}</svg>"}, metadata={"baocao": {"label": label}}
        )
        for number, label in enumerate(labels)
    ]
    one = made(*given)
    shown = [one.figures[file] for file in re.findall(r"hinh/([\w.-]+)", one.text)]
    assert shown == [f"<svg>{label}{number}</svg>\n".encode() for number, label in enumerate(labels)]


def test_a_figures_data_stand_under_it_in_a_division_of_their_own():
    about = {
        "baocao": {"label": "fig-a", "caption": "C", "alt": "A", "data-label": "data-a", "data": "| a |\n|:--|\n| 1 |"}
    }
    text = made(new_output("display_data", {"image/svg+xml": SVG, "text/plain": "x"}, metadata=about)).text
    assert '{#fig-a fig-alt="A"}\n\n::: {#data-a .so-lieu-hinh}\n\n| a |\n|:--|\n| 1 |\n\n:::' in text


def test_no_shortcode_stands_in_a_title_nor_in_an_alternative_text_where_escapes_do_not_help():
    about = {"baocao": {"label": "fig-a", "caption": "C", "alt": 'Tổ {{< meta x >}}: "3" & \\ {{x}} &lt;'}}
    one = made(new_output("display_data", {"image/svg+xml": SVG, "text/plain": "x"}, metadata=about))
    alt = 'Tổ {\u2060{< meta x >}\u2060}: \\"3\\" \\& \\\\ {{x}} \\&lt;'
    assert f'{{#fig-a fig-alt="{alt}"}}' in one.text
    title = placeholder("don-vi-a", "Tổ {{< meta x >}} {{x}}", "", "").text.split("\n")[0]
    assert title == "# Tổ \\{\u2060\\{&lt; meta x &gt;\\}\u2060\\} \\{\\{x\\}\\} {#sec-don-vi-a}"


def test_printed_text_is_escaped():
    text = made(new_output("stream", name="stdout", text="```\n<b>{{< x >}}")).text
    assert "\n\\`\\`\\`\\\n\\<b\\>\\{\\{\\< x \\>\\}\\}\n" in text


def test_what_was_written_to_stderr_is_not_shown():
    assert "careful" not in made(new_output("stream", name="stderr", text="careful")).text


def test_a_failed_chapter_says_so_under_its_own_title():
    one = placeholder("don-vi-a", "Đơn vị *A*", "Phần", "ô 3")
    assert one.text.startswith("# Đơn vị \\*A\\* {#sec-don-vi-a}\n\n::: {.callout-important")
    assert "ô 3" in one.text
