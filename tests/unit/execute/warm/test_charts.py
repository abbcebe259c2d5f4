"""A warm renderer's SVGs are numbered as in a process of one's own."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace

import pytest

from baocao import reads
from baocao.execute import drawings
from baocao.execute.warm import charts
from baocao.execute.warm.charts import Numbering


def test_identifiers_begin_as_in_a_new_process_and_count_on_through_the_notebook():
    numbering = Numbering()
    first = numbering.renumber(
        '<g clip-path="url(#clip41)"/><x id="clip41"/><x id="gradient_9" fill="url(#gradient_9)"/>'
    )
    assert first == '<g clip-path="url(#clip1)"/><x id="clip1"/><x id="gradient_0" fill="url(#gradient_0)"/>'
    assert numbering.renumber('<a href="url(#clip7)" id="clip7"/>') == '<a href="url(#clip2)" id="clip2"/>'


def test_words_in_a_chart_are_left_alone():
    svg = '<text>clip41 gradient_9 url(#clip8)</text><x id="clip41"/>'
    assert Numbering().renumber(svg) == '<text>clip41 gradient_9 url(#clip8)</text><x id="clip1"/>'


OWN = {"data": {"values": [{"url": "a column"}]}, "mark": "bar"}
LOADED = {"layer": [{"data": {"url": "https://example.org/a.csv"}, "mark": "bar"}]}


@pytest.fixture
def library(monkeypatch, tmp_path):
    """A stand-in for vl-convert that lists what it drew; nothing is noted yet."""
    drawn = []
    fake = SimpleNamespace(vegalite_to_svg=lambda spec: drawn.append(spec) or "<svg/>", register_font_directory=len)
    monkeypatch.setitem(sys.modules, "vl_convert", fake)
    monkeypatch.setattr(reads, "_noted", set())
    monkeypatch.setattr(charts, "_ask", lambda address, frames: drawn.append(frames) or [b"json", b'"<svg/>"'])
    monkeypatch.setenv(drawings.FOLDER_VARIABLE, str(tmp_path))
    fake.drawn = drawn
    return fake


@pytest.mark.parametrize("chart", [LOADED, json.dumps(LOADED)])
def test_a_chart_whose_data_comes_from_an_address_is_drawn_each_time_and_that_is_noted(library, chart):
    charts.use_renderer("")
    assert [library.vegalite_to_svg(chart) for _ in range(2)] == ["<svg/>"] * 2
    assert (len(library.drawn), reads._noted) == (2, {"beyond"})


def test_a_chart_with_data_of_its_own_is_kept_and_reads_nothing(library):
    charts.use_renderer("")
    assert [library.vegalite_to_svg(OWN) for _ in range(2)] == ["<svg/>"] * 2
    assert (len(library.drawn), reads._noted) == (1, set())


def test_what_a_chart_loads_is_noted_without_a_renderer_too(library):
    charts.use_renderer("")
    library.register_font_directory("")
    library.vegalite_to_svg(LOADED)
    assert reads._noted == {"beyond"}


def test_what_a_chart_loads_is_noted_in_a_new_interpreter_too(library):
    charts.number_from_one()
    assert library.vegalite_to_svg(LOADED) == "<svg/>"
    assert reads._noted == {"beyond"}
