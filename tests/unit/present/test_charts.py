"""Charts as SVG: the same bytes each time, nothing that fetches or runs."""

import re
from xml.etree import ElementTree

import pytest

from baocao.present import charts
from baocao.present.svg import to_svg
from baocao.present.theme import WIDTH

LONG = "Một nội dung có tên dài hơn một dòng của trục & có dấu <ngoặc>"
CHARTS = {
    "bars": lambda: charts.bars([charts.Bar(LONG, 1200, "1.200"), charts.Bar("B", None, "chưa nộp")], "T", "hoạt động"),
    "columns": lambda: charts.columns([charts.Bar("8/2025", 3, "3"), charts.Bar("9/2025", None, "?")], "T", "lượt"),
    "heat_map": lambda: charts.heat_map([charts.Tile(LONG, LONG, "5", 5)], [LONG], [LONG, "B"], "T"),
    "state_grid": lambda: charts.state_grid([charts.Tile("A", "B", "chưa nộp", state="missing")], ["A"], ["B"], "T"),
    "bullet_bars": lambda: charts.bullet_bars(
        [charts.Bullet("A", 36.3, 40, "36,3%"), charts.Bullet("B", -5, 18, "−5%")], "T"
    ),
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
