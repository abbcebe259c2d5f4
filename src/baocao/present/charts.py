"""The kinds of charts: plain values in, Altair charts out. Which figures go in is the chapters' affair.

Margins are reckoned from the number of letters and never measured (see :mod:`baocao.present.theme`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from baocao.present.frame import Frame, height_of, room_for, wrapped
from baocao.present.late import Late
from baocao.present.theme import ACCENT, INK, LINE_HEIGHT, MARK, MUTED, PALE, SHADES, STATE_COLOURS

if TYPE_CHECKING:
    import altair as alt
else:
    alt = Late("altair")

_HEAD_LETTER = 6.4
_SPLIT = "split(datum.label, '\\n')"


@dataclass(frozen=True)
class Bar:
    """A bar: its name, its length (none if not known), and the words at its end."""

    name: str
    length: float | None
    text: str


@dataclass(frozen=True)
class Tile:
    """A cell of a grid: where it stands and what is written in it; ``level`` shades it, ``state`` colours it."""

    row: str
    column: str
    text: str
    level: float = 0.0
    state: str = ""


@dataclass(frozen=True)
class Bullet:
    """A target's value beside its bound, both in the target's own unit."""

    name: str
    value: float
    bound: float
    text: str


def bars(items: Sequence[Bar], title: str, axis: str) -> alt.LayerChart:
    """Horizontal bars in the order given, each with its figure at its end."""
    names = wrapped([item.name for item in items])
    frame = Frame(
        title, left=room_for(names), right=room_for([item.text for item in items]), bottom=44, height=height_of(names)
    )
    base = frame.chart(_bar_values(names, items)).encode(
        y=_names("name:N", names), x=alt.X("length:Q", title=axis, scale=_scale(items), axis=_counts())
    )
    return frame.layered(
        base.mark_bar(color=ACCENT, height={"band": 0.68}),
        base.mark_text(align="left", dx=5, color=INK).encode(text="text:N"),
    )


def columns(items: Sequence[Bar], title: str, axis: str) -> alt.LayerChart:
    """Upright bars, as for months; one that is not known is named as such and has no bar."""
    names = [item.name for item in items]
    frame = Frame(title, left=64, right=8, bottom=30, height=200)
    base = frame.chart(_bar_values(names, items)).encode(
        x=alt.X("name:N", sort=names, title=None, axis=alt.Axis(labelAngle=0), scale=alt.Scale(domain=names)),
        y=alt.Y("length:Q", title=axis, scale=_scale(items), axis=_counts(titlePadding=14)),
    )
    return frame.layered(
        base.mark_bar(color=ACCENT, width={"band": 0.6}),
        base.mark_text(baseline="bottom", dy=-4, color=INK).encode(text="text:N"),
    )


def heat_map(tiles: Sequence[Tile], rows: Sequence[str], heads: Sequence[str], title: str) -> alt.LayerChart:
    """A grid shaded by level, the figure written in each cell."""
    most = max([1.0, *(tile.level for tile in tiles)])
    shade = alt.Color("level:Q", scale=alt.Scale(domain=[0, most], range=list(SHADES)), legend=None)
    return _grid(tiles, rows, heads, title, shade, lambda tile: {"level": tile.level, "ink": INK})


def state_grid(tiles: Sequence[Tile], rows: Sequence[str], heads: Sequence[str], title: str) -> alt.LayerChart:
    """A grid coloured by the state of a report, the state written in each cell."""
    return _grid(tiles, rows, heads, title, alt.Color("fill:N", scale=None, legend=None), _state_colours)


def bullet_bars(items: Sequence[Bullet], title: str) -> alt.LayerChart:
    """A bar for each value and a stroke for its bound; each target has a scale of its own."""
    names = wrapped([item.name for item in items])
    frame = Frame(
        title,
        left=room_for(names),
        right=room_for([item.text for item in items]),
        bottom=6,
        height=height_of(names, 38),
    )
    values = [_bullet(name, item) for name, item in zip(names, items, strict=True)]
    low = min([0.0, *(row["value"] for row in values), *(row["bound"] for row in values)])
    scale = alt.Scale(domain=[low, 1], nice=False)
    base = frame.chart(values).encode(y=_names("name:N", names))
    return frame.layered(
        base.mark_bar(color=PALE, height={"band": 0.62}).encode(x=alt.X("full:Q", axis=None, scale=scale)),
        base.mark_bar(color=ACCENT, height={"band": 0.3}).encode(x=alt.X("value:Q", axis=None)),
        base.mark_tick(color=MARK, thickness=4, height={"band": 0.8}).encode(x=alt.X("bound:Q", axis=None)),
        base.mark_text(align="left", dx=10).encode(x=alt.X("full:Q", axis=None), text="text:N"),
    )


def _bar_values(names: Sequence[str], items: Sequence[Bar]) -> list[dict[str, Any]]:
    pairs = zip(names, items, strict=True)
    return [{"name": name, "length": item.length or 0, "text": item.text} for name, item in pairs]


def _scale(items: Sequence[Bar]) -> alt.Scale:
    most = max([1.0, *(item.length or 0 for item in items)])
    return alt.Scale(domain=[0, most * 1.06], nice=False)


def _counts(**more: Any) -> alt.Axis:
    return alt.Axis(format=",~f", tickMinStep=1, **more)


def _bullet(name: str, item: Bullet) -> dict[str, Any]:
    scale = max(abs(item.value), abs(item.bound)) or 1.0
    return {"name": name, "text": item.text, "full": 1, "value": item.value / scale, "bound": item.bound / scale}


def _grid(
    tiles: Sequence[Tile],
    rows: Sequence[str],
    heads: Sequence[str],
    title: str,
    colour: alt.Color,
    more: Callable[[Tile], dict[str, Any]],
) -> alt.LayerChart:
    names = wrapped(rows)
    room = Frame(title, left=room_for(names), height=0).width / max(1, len(heads))
    tops = wrapped(heads, max(7, int(room / _HEAD_LETTER)))
    row_names, top_names = dict(zip(rows, names, strict=True)), dict(zip(heads, tops, strict=True))
    lines = max([1, *(top.count("\n") + 1 for top in tops)])
    frame = Frame(title, left=room_for(names), top=lines * LINE_HEIGHT + 6, bottom=6, height=height_of(names, 30))
    values = [{"row": row_names[t.row], "column": top_names[t.column], "text": t.text} | more(t) for t in tiles]
    base = frame.chart(values).encode(y=_names("row:N", names), x=_heads(tops, lines))
    chart = frame.layered(
        base.mark_rect(stroke="#ffffff", strokeWidth=2).encode(color=colour),
        base.mark_text(fontSize=11).encode(text="text:N", color=alt.Color("ink:N", scale=None, legend=None)),
    )
    return cast("alt.LayerChart", chart.resolve_scale(color="independent"))


def _state_colours(tile: Tile) -> dict[str, Any]:
    fill, ink = STATE_COLOURS.get(tile.state, ("#ffffff", MUTED))
    return {"fill": fill, "ink": ink}


def _names(field: str, names: Sequence[str]) -> alt.Y:
    axis = alt.Axis(labelExpr=_SPLIT, ticks=False, domain=False, labelPadding=8)
    return alt.Y(field, sort=list(names), title=None, axis=axis, scale=alt.Scale(domain=list(names)))


def _heads(tops: Sequence[str], lines: int) -> alt.X:
    # Lines of a label run downwards from its first one: the padding holds them all above the grid.
    axis = alt.Axis(
        orient="top", labelAngle=0, labelExpr=_SPLIT, domain=False, ticks=False, labelFontSize=11,
        labelBaseline="top", labelPadding=lines * LINE_HEIGHT, labelLineHeight=LINE_HEIGHT,
    )  # fmt: skip
    return alt.X("column:N", sort=list(tops), title=None, axis=axis, scale=alt.Scale(domain=list(tops)))
