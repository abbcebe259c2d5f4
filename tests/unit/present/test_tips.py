"""What a chart answers to pointer and keyboard."""

import re

from baocao.present.charts import Bar, bars
from baocao.present.svg import to_svg
from baocao.present.tips import with_tips


def test_each_bar_carries_its_name_and_figure_and_no_english():
    svg = to_svg(bars([Bar("A & <b>", 1200, "1.200"), Bar("B", None, "chưa nộp")], "T", "hoạt động"), "fig-a")
    assert re.findall(r'data-tip="([^"]*)"', svg) == ["A &amp; &lt;b&gt;: 1.200 hoạt động", "B: chưa nộp"]
    assert not re.search(r"aria-(?:label|roledescription)|graphics-", svg)


def test_a_row_may_bring_its_own_words_and_only_the_first_layer_of_marks_speaks():
    layer = {"mark": "bar", "encoding": {}}
    spec = with_tips({"data": {"values": [{"name": "A", "tip": "riêng"}]}, "layer": [layer, {"mark": "tick"}]})
    assert spec["data"]["values"] == [{"name": "A", "tip": "riêng"}]
    assert spec["layer"][0]["encoding"] == {"description": {"field": "tip", "type": "nominal"}}
    assert spec["layer"][1] == {"mark": "tick"}


def test_of_a_line_the_points_speak():
    spec = with_tips({"data": {"values": [{"name": "A"}]}, "mark": {"type": "line", "point": True}})
    assert spec["mark"] == {"type": "line", "point": {"aria": True}}
