"""Bars and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from baocao.late import Late
from baocao.present.charts.marks import Bar
from baocao.present.frame import Frame, fitting, height_of, room_for
from baocao.present.theme import ACCENT, INK, LETTER, LINE_HEIGHT, UNKNOWN

if TYPE_CHECKING:
    import altair as alt
else:
    alt = Late("altair")

_LONG = 10_000
SPLIT = "split(datum.label, '\\n')"


def bars(items: Sequence[Bar], title: str, axis: str) -> alt.LayerChart:
    """Horizontal bars in the given order, each with its figure at the end."""
    names = fitting([item.name for item in items])
    frame = Frame(
        title, left=room_for(names), right=room_for([item.text for item in items]), bottom=44, height=height_of(names)
    )
    base = frame.chart(_values(names, items, axis)).encode(
        y=name_axis("name:N", names),
        x=alt.X("length:Q", title=axis, scale=_scale(items), axis=_counts(tickCount=_ticks(items))),
    )
    return frame.layered(
        base.mark_bar(color=ACCENT, height={"band": 0.68}),
        base.mark_text(align="left", dx=5, color=INK).encode(text=alt.Text("text:N")),
    )


def columns(items: Sequence[Bar], title: str, axis: str) -> alt.LayerChart:
    """Vertical bars, as for months; an unknown figure has words, or a sign if these have no room, in place of a bar."""
    unknown = dict.fromkeys(item.text for item in items if item.length is None)
    frame = Frame(title, left=64, right=8, bottom=30, height=200)
    room = frame.width / max(1, len(items))
    names = _month_names([item.name for item in items], room)
    short = max([0, *map(len, unknown)]) * LETTER > room
    bottom = frame.bottom + max([0, *(name.count("\n") for name in names)]) * LINE_HEIGHT
    frame = replace(frame, bottom=bottom, note=f"{UNKNOWN} {' hoặc '.join(unknown)}" if short else "")
    values = _values(names, items, axis)
    for value in values:
        value["text"] = UNKNOWN if short and value["text"] in unknown else value["text"]
    months = alt.Axis(labelAngle=0, labelExpr=SPLIT, labelLineHeight=LINE_HEIGHT)
    base = frame.chart(values).encode(
        x=alt.X("name:N", sort=names, title=None, axis=months, scale=alt.Scale(domain=names)),
        y=alt.Y("length:Q", title=axis, scale=_scale(items), axis=_counts(tickCount=_whole(items), titlePadding=14)),
    )
    return frame.layered(
        base.mark_bar(color=ACCENT, width={"band": 0.6}),
        base.mark_text(baseline="bottom", dy=-4, color=INK).encode(text=alt.Text("text:N")),
    )


def _month_names(names: Sequence[str], room: float) -> list[str]:
    """Names of months, with the year on a second line if any of them is wider than its column."""
    narrow = max([0, *map(len, names)]) * LETTER > room
    return [name.replace("/", "/\n") if narrow else name for name in names]


def name_axis(field: str, names: Sequence[str]) -> alt.Y:
    """An axis of names on the left; a name may have several lines."""
    # Vega positions a label of several lines by its first line. Aligned at the bottom, two lines are centred on the
    # bar; more lines are moved up by half of the further ones.
    several = {"condition": {"test": "indexof(datum.label, '\\n') >= 0", "value": "bottom"}, "value": "middle"}
    counts = sorted({name.count("\n") + 1 for name in names if name.count("\n") > 1})
    lifts = [{"test": f"length({SPLIT}) == {n}", "value": -(n - 2) * LINE_HEIGHT / 2} for n in counts]
    lifted: dict[str, Any] = {"labelOffset": {"condition": lifts, "value": 0}} if lifts else {}
    axis = alt.Axis(labelExpr=SPLIT, labelBaseline=several, ticks=False, domain=False, labelPadding=8, **lifted)
    return alt.Y(field, sort=list(names), title=None, axis=axis, scale=alt.Scale(domain=list(names)))


def _values(names: Sequence[str], items: Sequence[Bar], unit: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "length": item.length or 0, "text": item.text, "tip": _about(item, unit)}
        for name, item in zip(names, items, strict=True)
    ]


def _about(item: Bar, unit: str) -> str:
    """Name and figure with its unit of measure; words in place of a figure have no unit."""
    return f"{item.about} {unit}" if item.text.lstrip("[\u2212")[:1].isdigit() else item.about


def _scale(items: Sequence[Bar]) -> alt.Scale:
    most = max([1.0, *(item.length or 0 for item in items)])
    return alt.Scale(domain=[0, most * 1.06], nice=False)


def _ticks(items: Sequence[Bar]) -> int:
    """Number of ticks on the axis: fewer if their labels are long."""
    return 3 if max((item.length or 0 for item in items), default=0) >= _LONG else _whole(items)


def _whole(items: Sequence[Bar]) -> int:
    """Most ticks that are whole numbers: five ticks up to 2 would include halves."""
    return min(5, max([1, *(int(item.length or 0) for item in items)]))


def _counts(**more: Any) -> alt.Axis:
    return alt.Axis(format=",~f", tickMinStep=1, **more)
