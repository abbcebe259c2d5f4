"""Bullet bars: a value beside its bound, each on a scale of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from baocao.late import Late
from baocao.present.charts.bars import name_axis
from baocao.present.charts.marks import Bullet
from baocao.present.frame import Frame, height_of, room_for, wrapped
from baocao.present.theme import ACCENT, INK, LINE_HEIGHT, MUTED, PALE, PAPER, SMALL, SMALL_LETTER

if TYPE_CHECKING:
    import altair as alt
else:
    alt = Late("altair")

_NAME_LETTERS, _TEXT_LETTERS, _LEAST = 28, 34, 38


def bullet_height(items: Sequence[Bullet]) -> int:
    """Height in pixels of each row of a picture of these bars: enough for the one with the most lines."""
    return _row_height(_names(items), _texts(items))


def bullet_bars(items: Sequence[Bullet], title: str, note: str) -> alt.LayerChart:
    """A bar for each value, a stroke for its bound, rings for earlier values, a triangle for the required level."""
    names, texts = _names(items), _texts(items)
    height = _row_height(names, texts) * max(1, len(items))
    frame = Frame(title, left=room_for(names), right=room_for(texts, SMALL_LETTER), height=height, note=note)
    rows = [_row(*row) for row in zip(names, texts, items, strict=True)]
    low = min(0.0, *(number for row in rows for number in (row["value"], row["bound"])))
    scale = alt.Scale(domain=[low, 1], nice=False)

    def layer(values: list[dict[str, Any]], field: str) -> alt.Chart:
        x = alt.X(f"{field}:Q", axis=None, scale=scale)
        return frame.chart(values).encode(y=name_axis("name:N", names), x=x)

    before = [row for pair in zip(names, items, strict=True) for row in _before(*pair)]
    path = [row | {"path": row["path"]} for row in rows if row["path"] is not None]
    return frame.layered(
        layer(rows, "full").mark_bar(color=PALE, height={"band": 0.56}, aria=False),
        layer(rows, "value").mark_bar(color=ACCENT, height={"band": 0.26}, aria=False),
        layer(before, "value").mark_point(
            shape="circle", size=34, filled=True, fill=PAPER, stroke=MUTED, opacity=1, aria=False
        ),
        layer(rows, "bound").mark_tick(color=PAPER, thickness=7, height={"band": 0.78}, aria=False),
        layer(rows, "bound").mark_tick(color=INK, thickness=3, height={"band": 0.78}, aria=False),
        layer(path, "path").mark_point(
            shape="triangle-up", size=60, filled=True, color=INK, stroke=PAPER, opacity=1, aria=False
        ),
        layer(rows, "full").mark_text(
            align="left", dx=10, dy=alt.ExprRef("datum.lift"), fontSize=SMALL, lineBreak="\n", lineHeight=LINE_HEIGHT
        ).encode(text=alt.Text("text:N")),
        # A transparent bar over the whole row, which shows the tip at the pointer.
        layer(rows, "full").mark_bar(color=PALE, fillOpacity=0, height={"band": 0.78}),
    )  # fmt: skip


def _names(items: Sequence[Bullet]) -> list[str]:
    return wrapped([item.name for item in items], _NAME_LETTERS)


def _texts(items: Sequence[Bullet]) -> list[str]:
    """What stands beside each bar: its figures, then earlier ones."""
    return ["\n".join(wrapped([item.text, item.more], _TEXT_LETTERS)).strip("\n") for item in items]


def _row_height(names: Sequence[str], texts: Sequence[str]) -> int:
    most = max([1, *(text.count("\n") + 1 for text in texts)])
    return max([_LEAST, *(height_of([name], most * LINE_HEIGHT + 10) for name in names)])


def _row(name: str, text: str, item: Bullet) -> dict[str, Any]:
    scale = _scale(item)
    return {
        "name": name, "text": text, "tip": item.about, "full": 1, "value": item.value / scale,
        "bound": item.bound / scale, "path": None if item.path is None else item.path / scale,
        # Vega positions a text by its first line: moved up by half of the other lines, it is centred.
        "lift": -text.count("\n") * LINE_HEIGHT / 2,
    }  # fmt: skip


def _before(name: str, item: Bullet) -> Iterator[dict[str, Any]]:
    scale = _scale(item)
    yield from ({"name": name, "value": value / scale} for value in item.before)


def _scale(item: Bullet) -> float:
    values = (item.value, item.bound, *item.before, *([] if item.path is None else [item.path]))
    return max(item.full, *(abs(value) for value in values)) or 1.0
