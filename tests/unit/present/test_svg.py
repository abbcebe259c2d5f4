import altair as alt
import pandas as pd
import pytest

from baocao.present.svg import NotDrawnError, any_svg, words_of
from baocao.present.theme import FONT

BARS = alt.Chart(pd.DataFrame({"Đơn vị": ["A", "B"], "Số": [1500, 2000.5]})).mark_bar().encode(x="Số", y="Đơn vị")


def test_a_bare_chart_has_the_houses_face_and_numbers_and_room_for_its_names():
    svg = any_svg(BARS.to_dict(), "chi-tieu-1")
    assert FONT.split(",")[0] in svg
    assert ">2.000<" in svg
    assert 'aria-roledescription="' not in svg
    assert float(svg.split('width="')[1].split('"')[0]) > 320  # 300 pixels of bars, and names beside them


def test_what_the_chart_says_of_its_own_look_goes_before_the_houses():
    assert 'font-size="31px"' in any_svg(BARS.configure_axis(labelFontSize=31).to_dict(), "a")


def test_the_same_chart_is_the_same_bytes_with_identifiers_of_its_own():
    clipped = BARS.mark_bar(clip=True).to_dict()
    first, again, other = any_svg(clipped, "a-1"), any_svg(clipped, "a-1"), any_svg(clipped, "b-1")
    assert first == again
    assert 'id="a-1-1"' in first
    assert 'id="b-1-1"' in other


@pytest.mark.parametrize("address", ["https://example.org/a.csv", "data/a.csv", "file:///etc/passwd"])
@pytest.mark.parametrize("nested", [False, True])
def test_data_elsewhere_are_not_fetched(address, nested):
    chart = alt.Chart(address).mark_bar().encode(x="a:Q")
    with pytest.raises(NotDrawnError, match="ngoài sổ tay"):
        any_svg((alt.layer(chart, BARS) if nested else chart).to_dict(), "a")


def test_a_specification_that_is_none_says_what_vega_lite_says():
    with pytest.raises(NotDrawnError, match=r"Vega-Lite không vẽ được biểu đồ \(.+\)"):
        any_svg({"mark": "nothing of the kind"}, "a")


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({}, ""),
        ({"title": "Tên"}, "Tên"),
        ({"title": ["Tên", "dài"]}, "Tên dài"),
        ({"title": {"text": "Tên", "subtitle": "x"}}, "Tên"),
        ({"title": "Tên", "description": "Lời"}, "Lời"),
    ],
)
def test_a_charts_words_are_its_description_or_its_title(about, words):
    assert words_of(about) == words
