"""A picture that is kept is the one that would be drawn, or it is drawn."""

from __future__ import annotations

import os

import pytest

from baocao.present import drawings
from baocao.present.charts import Bar, bars
from baocao.present.svg import to_svg

SPECIFICATION, NUMBERS = {"mark": "bar"}, {"decimal": ","}


class Draws:
    """Stands for vl-convert; counts what it drew."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, specification, *, format_locale):
        self.count += 1
        return f"<svg>{specification} {format_locale} ả</svg>"


@pytest.fixture
def draw():
    return Draws()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(drawings.FOLDER_VARIABLE, str(drawings.folder(tmp_path)))
    return drawings.folder(tmp_path)


def test_a_picture_is_drawn_once(folder, draw):
    first = drawings.drawn(SPECIFICATION, NUMBERS, draw)
    assert drawings.drawn(SPECIFICATION, NUMBERS, draw) == first == "<svg>{'mark': 'bar'} {'decimal': ','} ả</svg>"
    assert draw.count == len(list(folder.iterdir())) == 1


def test_another_chart_other_numbers_or_another_version_are_drawn(folder, draw, monkeypatch):
    drawings.drawn(SPECIFICATION, NUMBERS, draw)
    drawings.drawn({"mark": "line"}, NUMBERS, draw)
    drawings.drawn(SPECIFICATION, {"decimal": "."}, draw)
    monkeypatch.setattr(drawings, "version", lambda _: "0")
    drawings.drawn(SPECIFICATION, NUMBERS, draw)
    assert draw.count == 4


@pytest.mark.parametrize("text", ["", "<svg/>", "a\n<svg/>", None])
def test_what_somebody_was_at_is_drawn_again(folder, draw, text):
    first = drawings.drawn(SPECIFICATION, NUMBERS, draw)
    (path,) = folder.iterdir()
    path.write_bytes(b"\xff") if text is None else path.write_text(text, "utf-8")
    assert drawings.drawn(SPECIFICATION, NUMBERS, draw) == first
    assert draw.count == 2
    assert drawings.drawn(SPECIFICATION, NUMBERS, draw) == first
    assert draw.count == 2


def test_without_a_folder_or_where_it_cannot_be_written_all_is_drawn(tmp_path, draw, monkeypatch):
    monkeypatch.delenv(drawings.FOLDER_VARIABLE, raising=False)
    drawings.drawn(SPECIFICATION, NUMBERS, draw)
    drawings.folder(tmp_path).parent.write_text("a file", "utf-8")
    monkeypatch.setenv(drawings.FOLDER_VARIABLE, str(drawings.folder(tmp_path)))
    drawings.drawn(SPECIFICATION, NUMBERS, draw)
    assert draw.count == 2


def test_those_wanted_longest_ago_are_removed(folder, tmp_path, draw):
    for i in range(5):
        drawings.drawn({"mark": i}, NUMBERS, draw)
    for i, path in enumerate(folder.iterdir()):
        os.utime(path, (i, i))
    drawings.drawn({"mark": 0}, NUMBERS, draw)
    drawings.forget_oldest(tmp_path, most=2)
    drawings.drawn({"mark": 0}, NUMBERS, draw)
    assert (draw.count, len(list(folder.iterdir()))) == (5, 2)
    drawings.forget(tmp_path)
    drawings.forget_oldest(tmp_path)
    assert not folder.exists()


def test_a_chart_is_the_same_drawn_or_kept(folder):
    def chart():
        return to_svg(bars([Bar("A", 1200, "1.200")], "T", "hoạt động"), "fig-a")

    (folder.parent / "none").mkdir(parents=True)
    first = chart()
    assert len(list(folder.iterdir())) == 1
    assert chart() == first
    drawings.forget(folder.parent.parent)
    assert chart() == first
