"""A warm renderer's SVGs are numbered as in a process of one's own."""

from __future__ import annotations

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
