"""Charts as SVG: the same bytes each time, nothing that fetches or runs."""

import re
from xml.etree import ElementTree

import pytest

from baocao.present import charts
from baocao.present.frame import pages_of
from baocao.present.svg import to_svg
from baocao.present.theme import LINE_HEIGHT, MOST_HEIGHT, WIDTH

LONG = "Một nội dung có tên dài hơn một dòng của trục & có dấu <ngoặc>"
MONTHS = [f"{n}/2025" for n in range(1, 13)] + ["01/2026"]
COLUMNS = tuple(charts.Bar(month, None if n == 3 else n, "?" if n == 3 else str(n)) for n, month in enumerate(MONTHS))
CHARTS = {
    "bars": lambda: charts.bars([charts.Bar(LONG, 1200, "1.200"), charts.Bar("B", None, "chưa nộp")], "T", "hoạt động"),
    "columns": lambda: charts.columns([charts.Bar("8/2025", 3, "3"), charts.Bar("9/2025", None, "?")], "T", "lượt"),
    "heat_map": lambda: charts.heat_map([charts.Tile(LONG, LONG, "5", 5)], [LONG], [LONG, "B"], "T"),
    "state_grid": lambda: charts.state_grid([charts.Tile("A", "B", "chưa nộp", state="missing")], ["A"], ["B"], "T"),
    "state_grid of many": lambda: charts.state_grid(
        [charts.Tile(f"A{i}", m, "chưa nộp", state="missing") for i in range(30) for m in MONTHS],
        [f"A{i}" for i in range(30)],
        MONTHS,
        "T",
    ),
    "bullet_bars": lambda: charts.bullet_bars(
        [
            charts.Bullet("A", 36.3, 40, "36,3%", "trước: 9/2025: 30%", (30.0,), 38.0, 100),
            charts.Bullet("B", -5, 18, "−5%"),
        ],
        "T",
        "Vạch: mức",
    ),
    "panels": lambda: charts.panels([charts.Panel(f"{LONG} {i}", COLUMNS) for i in range(9)], "T", "Số hoạt động"),
    "strips": lambda: charts.strips([charts.Panel(LONG, COLUMNS), charts.Panel("B", COLUMNS, 20)], "T", "Số hoạt động"),
}


@pytest.fixture(params=sorted(CHARTS))
def kind(request):
    return CHARTS[request.param]


def test_the_same_chart_gives_the_same_bytes(kind):
    assert to_svg(kind(), "fig-a") == to_svg(kind(), "fig-a")


def test_every_identifier_starts_with_the_label_and_resolves(kind):
    svg = to_svg(kind(), "fig-a")
    names = re.findall(r'\bid="([^"]+)"', svg)
    assert all(name.startswith("fig-a-") for name in names)
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(names)


def test_an_svg_is_well_formed_and_fetches_nothing(kind):
    svg = to_svg(kind(), "fig-a")
    ElementTree.fromstring(svg)
    assert not re.search(r"href|<script|<image|<!|@import|url\((?!#)", svg)
    assert set(re.findall(r'https?://[^"\s]+', svg)) == {"http://www.w3.org/2000/svg"}


def test_a_chart_has_the_width_of_the_house(kind):
    assert f'width="{WIDTH}"' in to_svg(kind(), "fig-a").split(">", 1)[0]


def test_figures_are_written_at_the_bars_and_axes_in_vietnamese_form():
    svg = to_svg(CHARTS["bars"](), "fig-a")
    assert ">1.200<" in svg
    assert ">chưa nộp<" in svg
    assert ">1.000<" in svg
    assert ">hoạt động<" in svg


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_marks_say_their_name_and_figure_and_nothing_in_english(name):
    svg = to_svg(CHARTS[name](), "fig-a")
    said = re.findall(r'data-tip="([^"]+)"', svg)
    assert said
    assert all(": " in words for words in said)
    assert not re.search("roledescription|aria-label|Title text", svg)


def test_a_mark_says_what_stands_beside_it():
    assert '&lt;ngoặc&gt;: 1.200 hoạt động"' in to_svg(CHARTS["bars"](), "fig-a")
    assert 'data-tip="B: chưa nộp"' in to_svg(CHARTS["bars"](), "fig-a")
    assert 'data-tip="A: 36,3%; trước: 9/2025: 30%"' in to_svg(CHARTS["bullet_bars"](), "fig-a")
    assert 'data-tip="B, 4/2025: ?"' in to_svg(CHARTS["strips"](), "fig-a")


def test_nothing_is_drawn_outside_of_the_picture():
    """Checked on marks and texts placed by pixels, whose places the page's own frame does not hold."""
    for name in ("panels", "strips"):
        svg = to_svg(CHARTS[name](), "fig-a")
        wide, high = (float(size) for size in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
        left, top = (float(size) for size in re.search(r"translate\(([\d.]+),([\d.]+)\)", svg).groups())
        for x, y in re.findall(r"<text [^>]*translate\((-?[\d.]+),(-?[\d.]+)\)", svg):
            assert 0 <= float(x) + left <= wide
            assert -40 <= float(y) <= high - top


def test_where_words_have_no_room_a_grid_has_signs_and_says_what_they_mean():
    svg = to_svg(CHARTS["state_grid of many"](), "fig-a")
    assert ">×<" in svg
    assert "× chưa nộp" in svg


def test_an_unknown_month_has_no_column_but_a_sign():
    svg = to_svg(charts.strips([charts.Panel("A", (charts.Bar("9/2025", None, "chưa nộp"),))], "T"), "fig-a")
    assert ">×<" in svg
    assert 'data-tip="A, 9/2025: chưa nộp"' in svg


def test_a_month_for_which_nothing_was_owed_has_a_sign_of_its_own_in_panels():
    bars = (charts.Bar("8/2025", None, "–", "–"), charts.Bar("9/2025", 0, "không phát sinh", "○"))
    svg = to_svg(charts.panels([charts.Panel("A", bars)], "T", "N"), "fig-a")
    assert (">–<" in svg, ">○<" in svg, "×" in svg) == (True, True, False)


def test_an_earlier_value_is_a_ring_and_a_required_path_a_triangle_only_where_there_is_one():
    with_both, plain = (
        to_svg(charts.bullet_bars([one], "T", ""), "fig-a")
        for one in (
            charts.Bullet("A", 36.3, 40, "36,3%", before=(30.0,), path=38.0),
            charts.Bullet("A", 36.3, 40, "36,3%"),
        )
    )
    assert with_both.count("role-mark") == plain.count("role-mark")
    assert len(re.findall(r"<path[^>]* d=", with_both)) == len(re.findall(r"<path[^>]* d=", plain)) + 2


def test_each_row_of_a_long_grid_has_a_name_of_its_own():
    rows = [f"Trường Trung học cơ sở Nguyễn Thị Minh Khai số {i}" for i in range(30)]
    svg = to_svg(
        charts.state_grid([charts.Tile(row, "8/2025", "đã nộp") for row in rows], rows, ["8/2025"], "T"), "fig-a"
    )
    tops = re.findall(r'data-tip="Trường[^>]*?số \d+, [^>]*? d="M[\d.]+,([\d.]+)', svg)
    assert len({*tops}) == 30


def test_panels_whose_names_begin_alike_show_how_they_end():
    names = [f"Khu dân cư Nghĩa trang liệt sĩ Nguyễn Thị Minh Khai, đường số {i}" for i in range(9)]
    svg = to_svg(charts.panels([charts.Panel(name, COLUMNS) for name in [*names, "Khu dân cư 1"]], "T", "N"), "fig-a")
    assert [f"đường số {i}<" in svg for i in range(9)] == [True] * 9
    assert ">Khu dân cư 1<" in svg


def test_months_without_a_figure_have_signs_where_their_words_have_no_room():
    months = [charts.Bar(month, None, "chưa có số liệu") for month in MONTHS[:8]]
    svg = to_svg(charts.columns([charts.Bar("12/2024", 3, "3"), *months], "T", "hoạt động"), "fig-a")
    assert svg.count(">×<") == 8
    assert svg.count("× chưa có số liệu<") == 1
    assert svg.count('1/2025: chưa có số liệu"') == 1
    svg = to_svg(charts.columns([charts.Bar("12/2024", 3, "3"), months[0]], "T", "hoạt động"), "fig-a")
    assert ">chưa có số liệu<" in svg
    assert "×" not in svg


@pytest.mark.parametrize(("months", "lines"), [(MONTHS[:12], 1), (MONTHS, 2)])
def test_names_of_months_that_are_wider_than_their_columns_have_the_year_below(months, lines):
    chart = charts.columns([charts.Bar(month, 3, "3") for month in months], "T", "hoạt động")
    svg = to_svg(chart, "fig-a")
    assert (">12/2025<" in svg, ">12/<" in svg) == (lines == 1, lines == 2)
    assert chart.to_dict()["padding"]["bottom"] == 30 + (lines - 1) * LINE_HEIGHT


@pytest.mark.parametrize("words", [8, 20, 35])
def test_the_lines_of_a_name_lie_around_the_middle_of_its_bar(words):
    chart = charts.bars([charts.Bar("chữ " * words + "cuối", 2, "2")], "T", "lượt")
    svg = to_svg(chart, "fig-a")
    (place, lines), *_ = re.findall(r'translate\([-\d.]+,([-\d.]+)\)"[^>]*>((?:<tspan[^>]*>[^<]*</tspan>)+)', svg)
    # A line is placed by its baseline, some 4 pixels under the middle of its letters.
    middle = float(place) - 4 + (lines.count("<tspan") - 1) * LINE_HEIGHT / 2
    assert middle == pytest.approx(chart.to_dict()["height"] / 2, abs=2)


@pytest.mark.parametrize("draw", [charts.bars, charts.columns])
@pytest.mark.parametrize(("most", "marks"), [(1, ["0", "1"]), (2, ["0", "1", "2"]), (7, ["0", "2", "4", "6"])])
def test_an_axis_of_what_is_counted_has_no_halves(draw, most, marks):
    svg = to_svg(draw([charts.Bar("A", most, "x"), charts.Bar("B", 0, "y")], "T", "hoạt động"), "fig-a")
    assert re.findall(r">([\d,]+)</text>", svg) == marks


def test_bars_with_texts_of_many_lines_are_split_so_that_each_picture_fits_on_a_page():
    text = " ".join(f"{i}/2025: 11.111 tấn/tháng;" for i in range(6))
    items = [charts.Bullet(f"A{i}", 36.3, 40, "36,3%", text) for i in range(12)]
    first, *rest = pages_of(items, charts.bullet_height(items))
    assert rest
    assert MOST_HEIGHT / 2 < _height(charts.bullet_bars(first, "T", "Vạch: mức")) <= MOST_HEIGHT


@pytest.mark.parametrize(("rows", "names"), [(12, 8), (16, 3)])
def test_names_of_many_lines_are_cut_where_the_page_would_not_hold_them(rows, names):
    listed = [f"{LONG * (names // 2)} {i}" for i in range(rows)]
    tiles = [charts.Tile(name, "8/2025", "đã nộp", state="filed") for name in listed]
    assert _height(charts.bars([charts.Bar(name, 1, "1") for name in listed], LONG, "hoạt động")) <= MOST_HEIGHT
    assert _height(charts.state_grid(tiles, listed, ["8/2025"], LONG)) <= MOST_HEIGHT


def _height(chart):
    return float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', to_svg(chart, "fig-a"))[1])
