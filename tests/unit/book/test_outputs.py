import altair as alt
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

from baocao.book.outputs import chart_in, html_as_markdown


def html(shown) -> str:
    data, _ = DisplayFormatter().format(shown)
    return data["text/html"]


UNITS = pd.DataFrame({"Đơn vị": ["Văn phòng | A", "<b>Tổ</b> {{< x >}}"], "Số": [1.5, 20]})
ESCAPED = "\\<b\\>Tổ\\<\\/b\\> \\{\\{\\< x \\>\\}\\}"


def cells(markdown: str) -> list[list[str]]:
    """The cells of a pipe table without a bar in one."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in markdown.split("\n") if "|" in line]


def test_a_frame_is_a_pipe_table_without_the_numbers_of_its_rows():
    assert html_as_markdown(html(UNITS)).split("\n") == [
        "| Đơn vị | Số |",
        "|:-------------------|----:|",
        "| Văn phòng \\| A | 1\\.5 |",
        f"| {ESCAPED} | 20\\.0 |",
    ]


@pytest.mark.parametrize("numbers", [[1, 2], [0, 2], [2025, 2026], ["0", "x"]])
def test_other_names_of_rows_are_kept(numbers):
    made = cells(html_as_markdown(html(pd.DataFrame({"a": [5, 6]}, index=numbers))))
    assert [row[0] for row in made[2:]] == [str(number) for number in numbers]


def test_names_of_rows_that_have_a_heading_are_kept():
    made = cells(html_as_markdown(html(pd.DataFrame({"a": [5]}, index=pd.Index([0], name="Năm")))))
    assert made[0] == ["Năm", "a"]


def test_headings_of_several_rows_become_one():
    frame = pd.DataFrame({"Đơn vị": ["A", "A", "B"], "Kỳ": [1, 2, 1], "Số": [1, 2, 3]})
    summed = frame.groupby(["Đơn vị", "Kỳ"]).agg({"Số": ["sum", "mean"]})
    made = cells(html_as_markdown(html(summed)))
    assert made[0] == ["Đơn vị", "Kỳ", "Số \\/ sum", "Số \\/ mean"]
    assert [row[:2] for row in made[2:]] == [["A", "1"], ["A", "2"], ["B", "1"]]  # a name over two rows stands in both


def test_a_long_frame_says_how_much_of_it_is_left_out():
    made = html_as_markdown(html(pd.DataFrame({"a": range(1000, 2500)})))
    assert [row[0] for row in cells(made)[2:]].count("\\.\\.\\.") == 1
    assert made.endswith("Bảng có 1\\.500 dòng và 1 cột\\; ở đây chỉ in phần đầu và phần cuối\\.")
    assert len(cells(made)[0]) == 1


def test_no_value_is_a_dash_as_in_the_houses_tables():
    frame = pd.DataFrame({"a": [1.5, None], "b": ["x", None], "c": pd.array([1, None]), "d": [pd.NaT, pd.NaT]})
    assert cells(html_as_markdown(html(frame)))[-1] == ["–", "–", "–", "–"]


def test_a_frame_of_nothing_says_so():
    assert html_as_markdown(html(pd.DataFrame({"a": []}))) == "Bảng không có dòng nào."


def test_a_styled_frame_has_its_caption_and_its_forms_of_numbers_and_nothing_of_its_style():
    styled = UNITS.style.format({"Số": "{:.2f}"}, escape="html").set_caption("Thử *a*").highlight_max(subset=["Số"])
    made = html_as_markdown(html(styled))
    assert made.startswith("Thử \\*a\\*\n\n| Đơn vị | Số |\n")
    assert "| 20\\.00 |" in made
    assert "background" not in made


def test_columns_of_figures_stand_to_the_right_and_words_to_the_left():
    frame = pd.DataFrame({"a": ["x", "1"], "b": ["1.234", "5%"], "c": [None, 2.0], "d": [None, None]})
    rule = html_as_markdown(html(frame)).split("\n")[1]
    assert [column.endswith(":") for column in rule.strip("|").split("|")] == [False, True, True, True]


def test_other_html_is_its_words_line_by_line():
    page = (
        "<h3>Đầu</h3><!-- x --><style>a{}</style><script>b()</script><p>một <i>hai</i><br>ba</p><img src='http://x'>*"
    )
    assert html_as_markdown(page) == "Đầu\\\nmột hai\\\nba\\\n\\*"
    assert html_as_markdown("<script>b()</script>") == ""
    assert html_as_markdown(" ") == ""


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ("<?xml version='1.0' encoding='utf-8'?><p>x</p>", "x"),
        ("<dl><dt>a<dd>b</dl>", "a\\\nb"),
        ("a\x00b", "a\ufffdb"),
        ("<!-- only -->", ""),
        ("<table><tr></tr></table>", "Bảng không có dòng nào."),
        (
            "x<table><tr><td rowspan=3>a<td>b<tr><td>c<tr></table>y",
            "x\n\n| | |\n|:---|:---|\n| a | b |\n| a | c |\n| a | |\n\ny",
        ),
    ],
)
def test_html_that_is_not_as_it_should_be_loses_no_words(page, made):
    assert html_as_markdown(page) == made


def test_a_table_within_a_cell_does_not_add_rows():
    page = "<table><tr><th>a</th></tr><tr><td>x<table><tr><td>y</td></tr></table></td></tr></table>"
    assert cells(html_as_markdown(page)) == [["a"], [":---"], ["x y"]]


def test_cells_that_are_missing_are_empty_and_widths_that_are_no_numbers_are_one():
    page = "<table><tr><th>a</th><th>b</th></tr><tr><td colspan='x'>1</td></tr><tr><td colspan='2'>2</td></tr></table>"
    assert cells(html_as_markdown(page))[2:] == [["1", ""], ["2", "2"]]


@pytest.mark.parametrize("renderer", ["default", "html", "mimetype", "olli"])
def test_a_bare_chart_is_found_however_altair_shows_it(renderer):
    title = "Tên }) ({ <table> </b>"
    chart = alt.Chart(UNITS, title=title).mark_bar().encode(x="Số", y="Đơn vị")
    with alt.renderers.enable(renderer):
        data = chart._repr_mimebundle_()
    data = data[0] if isinstance(data, tuple) else data
    found = chart_in(data)
    assert found
    assert (found["mark"], found["title"]) == ({"type": "bar"}, title)


def test_what_looks_like_a_chart_within_a_table_is_its_words():
    frame = pd.DataFrame({"a": ['vega-embed })({"mark": "bar"}, {});']})
    assert chart_in({"text/html": html(frame)}) is None
    assert chart_in({"text/html": "<div class='vega-embed'></div><script>})({x: 1})</script>"}) is None
