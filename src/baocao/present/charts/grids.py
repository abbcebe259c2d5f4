"""Grids: a figure or a state in each cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from baocao.late import Late
from baocao.present.charts.bars import SPLIT, name_axis
from baocao.present.charts.marks import Tile
from baocao.present.frame import Frame, fitting, room_for, told_apart, wrapped
from baocao.present.theme import (
    INK,
    LINE_HEIGHT,
    MUTED,
    NAME_LETTERS,
    PAPER,
    SHADES,
    SMALL,
    SMALL_LETTER,
    STATE_COLOURS,
    STATE_SIGNS,
)

if TYPE_CHECKING:
    import altair as alt
else:
    alt = Late("altair")

_MANY = 24
"""Number of rows from which each row is only one line high."""
_LOW, _GAP = 17, 10


def heat_map(
    tiles: Sequence[Tile], rows: Sequence[str], heads: Sequence[str], title: str, note: str = ""
) -> alt.LayerChart:
    """A grid shaded by level, with the figure in each cell."""
    most = max([1.0, *(tile.level for tile in tiles)])
    shade = alt.Color("level:Q", scale=alt.Scale(domain=[0, most], range=list(SHADES)), legend=None)
    return _grid(tiles, rows, heads, title, note, shade, lambda tile, _: {"level": tile.level, "ink": INK})


def state_grid(tiles: Sequence[Tile], rows: Sequence[str], heads: Sequence[str], title: str) -> alt.LayerChart:
    """A grid coloured by the state of a report, with the state in each cell, as a sign if the word has no room."""
    words = {tile.state: tile.text for tile in tiles}
    short = _room(rows, heads) < SMALL_LETTER * max([0, *map(len, words.values())])
    note = ";  ".join(f"{STATE_SIGNS.get(state, '')} {word}" for state, word in words.items()) if short else ""
    return _grid(
        tiles, rows, heads, title, note, alt.Color("fill:N", scale=None, legend=None),
        lambda tile, _: _state(tile, short),
    )  # fmt: skip


def grid_row_height(rows: int) -> int:
    """Height in pixels of a row in a grid with this many rows; names of more than two lines are cut if need be."""
    return _LOW if rows > _MANY else 2 * LINE_HEIGHT + 8


def _grid(
    tiles: Sequence[Tile],
    rows: Sequence[str],
    heads: Sequence[str],
    title: str,
    note: str,
    colour: alt.Color,
    more: Callable[[Tile, float], dict[str, Any]],
) -> alt.LayerChart:
    names, room = _names(rows), _room(rows, heads)
    tops = _heads(heads, room)
    lines = max([1, *(top.count("\n") + 1 for top in tops)])
    frame = Frame(
        title, left=room_for(names), top=lines * LINE_HEIGHT + 6, height=_height(names), note=note
    )  # fmt: skip
    row_names, top_names = dict(zip(rows, names, strict=True)), dict(zip(heads, tops, strict=True))
    values = [
        {"row": row_names[t.row], "column": top_names[t.column], "text": t.text, "tip": t.about} | more(t, room)
        for t in tiles
    ]
    base = frame.chart(values).encode(y=name_axis("row:N", names), x=_head_axis(tops, lines))
    chart = frame.layered(
        base.mark_rect(stroke=PAPER, strokeWidth=2).encode(color=colour),
        base.mark_text(fontSize=SMALL).encode(
            text=alt.Text("text:N"), color=alt.Color("ink:N", scale=None, legend=None)
        ),
    )
    return cast("alt.LayerChart", chart.resolve_scale(color="independent"))


def _names(rows: Sequence[str]) -> list[str]:
    return told_apart(rows, NAME_LETTERS) if len(rows) > _MANY else fitting(rows)


def _height(names: Sequence[str]) -> int:
    lines = max([1, *(name.count("\n") + 1 for name in names)])
    return max(_LOW if len(names) > _MANY else 30, lines * LINE_HEIGHT + (3 if len(names) > _MANY else 8)) * len(names)


def _room(rows: Sequence[str], heads: Sequence[str]) -> float:
    return Frame("", left=room_for(_names(rows)), height=0).width / max(1, len(heads))


def _heads(heads: Sequence[str], room: float) -> list[str]:
    """Heads of several lines; in narrow columns a month is broken after its slash."""
    letters = max(4, int((room - _GAP / 2) / SMALL_LETTER))
    tops = [head.replace("/", "/\n") if len(head) > letters and " " not in head else head for head in heads]
    return ["\n".join(line for part in top.split("\n") for line in wrapped([part], letters)) for top in tops]


def _state(tile: Tile, short: bool) -> dict[str, Any]:
    fill, ink = STATE_COLOURS.get(tile.state, (PAPER, MUTED))
    text = STATE_SIGNS.get(tile.state, tile.text) if short else tile.text
    return {"fill": fill, "ink": ink, "text": text}


def _head_axis(tops: Sequence[str], lines: int) -> alt.X:
    # Labels grow downwards from their first line: the padding keeps all lines above the grid.
    axis = alt.Axis(
        orient="top", labelAngle=0, labelExpr=SPLIT, domain=False, ticks=False, labelFontSize=SMALL,
        labelBaseline="top", labelPadding=lines * LINE_HEIGHT, labelLineHeight=LINE_HEIGHT,
    )  # fmt: skip
    return alt.X("column:N", sort=list(tops), title=None, axis=axis, scale=alt.Scale(domain=list(tops)))
