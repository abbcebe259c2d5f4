"""A picture that is kept is the one that would be drawn, or it is drawn."""

from __future__ import annotations

import os

import pytest

from baocao.execute import drawings
from baocao.execute.warm import charts

NAME, CHART = "vegalite_to_svg", {"mark": "bar"}


class Renderer:
    """Stands for the process that draws; numbers clips through its life, as Vega does."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, address, frames):
        self.drawn += 1
        name, question = (frame.decode() for frame in frames)
        return [b"json", f'"<svg id=\\"clip{self.drawn + 1}\\">ả {len(name + question)}</svg>"'.encode()]


@pytest.fixture
def renderer(monkeypatch):
    one = Renderer()
    monkeypatch.setattr(charts, "_ask", one)
    return one


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(drawings.FOLDER_VARIABLE, str(drawings.folder(tmp_path)))
    return drawings.folder(tmp_path)


def draw(chart=CHART, name=NAME, **settings):
    """What a new notebook gets."""
    return charts._remote(name, lambda *_, **__: "own", "", charts.Numbering())(chart, **settings)


def test_a_picture_is_drawn_once(folder, renderer):
    first = draw()
    assert first.startswith('<svg id="clip1">ả ')
    assert draw() == first
    assert renderer.drawn == len(list(folder.iterdir())) == 1


def test_another_chart_other_settings_or_another_version_are_drawn(folder, renderer, monkeypatch):
    draw()
    draw({"mark": "line"})
    draw(format_locale={"decimal": ","})
    draw(name="vega_to_svg")
    monkeypatch.setattr(drawings, "version", lambda _: "0")
    draw()
    assert renderer.drawn == 5


def test_what_is_no_picture_is_not_kept(folder, renderer):
    draw(name="vegalite_to_vega")
    draw(name="vegalite_to_vega")
    assert renderer.drawn == 2
    assert not folder.exists()


@pytest.mark.parametrize("text", ["", '"<svg/>"', 'a\n"<svg/>"', None])
def test_what_somebody_was_at_is_drawn_again(folder, renderer, text):
    first = draw()
    (path,) = folder.iterdir()
    path.write_bytes(b"\xff") if text is None else path.write_text(text, "utf-8")
    assert [draw(), draw()] == [first, first]
    assert renderer.drawn == 2


def test_without_a_folder_or_where_it_cannot_be_written_all_is_drawn(tmp_path, renderer, monkeypatch):
    monkeypatch.delenv(drawings.FOLDER_VARIABLE, raising=False)
    draw()
    drawings.folder(tmp_path).parent.write_text("a file", "utf-8")
    monkeypatch.setenv(drawings.FOLDER_VARIABLE, str(drawings.folder(tmp_path)))
    draw()
    assert renderer.drawn == 2


def test_those_wanted_longest_ago_are_removed(folder, tmp_path, renderer):
    for i in range(5):
        draw({"mark": i})
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    draw({"mark": 0})
    drawings.forget_oldest(tmp_path, most=2)
    draw({"mark": 0})
    assert (renderer.drawn, len(list(folder.iterdir()))) == (5, 2)
    drawings.forget(tmp_path)
    drawings.forget_oldest(tmp_path)
    assert not folder.exists()
