"""Small multiples: a small column chart for each name, side by side or one below the other.

All positions are given in pixels, because Vega's own facets would measure their headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from baocao.late import Late
from baocao.present.charts.marks import Panel
from baocao.present.frame import Frame, clipped, room_for, wrapped
from baocao.present.theme import (
    ACCENT,
    INK,
    LINE,
    LINE_HEIGHT,
    MUTED,
    QUIET,
    SMALL,
    SMALL_LETTER,
    UNKNOWN,
    WIDTH,
)
from baocao.present.traced import plain

if TYPE_CHECKING:
    import altair as alt
else:
    alt = Late("altair")

PANELS_A_ROW = 4
_GAP, _EDGE, _MONTHS = 14, 6, 20
_PLOT = 34
_NAME_LINES = 2
PANEL_HEIGHT = _NAME_LINES * LINE_HEIGHT + LINE_HEIGHT + _PLOT + _GAP
"""Height of a row of panels, in pixels."""
_STRIP_PLOT = 44
_WIDEST = 44


@dataclass(frozen=True)
class _Area:
    """The area of a panel's columns, in pixels: left and right side, foot, and height of the tallest column."""

    left: float
    right: float
    foot: float
    height: float


def panels(items: Sequence[Panel], title: str, note: str) -> alt.LayerChart:
    """Panels side by side on a common scale; the last column of each shows its figure."""
    most = max([1.0, *(bar.length or 0 for item in items for bar in item.bars)])
    width = (WIDTH - 2 * _EDGE - (PANELS_A_ROW - 1) * _GAP) / PANELS_A_ROW
    letters = int(width / SMALL_LETTER)
    marks, names = [], []
    for i, (item, lines) in enumerate(zip(items, _name_lines([item.name for item in items], letters), strict=True)):
        left, top = (i % PANELS_A_ROW) * (width + _GAP), (i // PANELS_A_ROW) * PANEL_HEIGHT
        first = top + (_NAME_LINES - len(lines)) * LINE_HEIGHT
        names += [{"x": left, "y": first + n * LINE_HEIGHT, "text": line} for n, line in enumerate(lines)]
        area = _Area(left, left + width, top + PANEL_HEIGHT - _GAP, _PLOT)
        marks += _columns(item, area, item.most or most, every=False)
    rows = -(-len(items) // PANELS_A_ROW)
    frame = Frame(title, left=_EDGE, height=rows * PANEL_HEIGHT, note=note)
    return _drawn(frame, marks, names, [])


def _name_lines(names: Sequence[str], letters: int) -> list[list[str]]:
    """Names on a few lines; a last line that is too long is cut, at its front if another name begins alike."""
    all_lines = [name.split("\n") for name in wrapped(names, letters)]
    firsts = [lines[: _NAME_LINES - 1] for lines in all_lines]
    rests = [" ".join(lines[_NAME_LINES - 1 :]) for lines in all_lines]
    cut = [[*first, clipped(rest, letters)] for first, rest in zip(firsts, rests, strict=True)]
    return [
        list(filter(None, lines if cut.count(lines) == 1 else [*first, _end(rest, letters)]))
        for lines, first, rest in zip(cut, firsts, rests, strict=True)
    ]


def _end(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"…{text[1 - letters :].lstrip()}"


def strips(items: Sequence[Panel], title: str, note: str = "") -> alt.LayerChart:
    """Panels one below the other, with names on the left and a figure at every column that has room for it."""
    names = wrapped([item.name for item in items], 24)
    high = _STRIP_PLOT + LINE_HEIGHT + _GAP
    frame = Frame(title, left=room_for(names), height=high * len(items), bottom=_MONTHS + _EDGE, note=note)
    marks, texts = [], []
    for i, (name, item) in enumerate(zip(names, items, strict=True)):
        foot = (i + 1) * high
        own = item.most or max([1.0, *(bar.length or 0 for bar in item.bars)])
        marks += _columns(item, _Area(0, frame.width, foot, _STRIP_PLOT), own, every=True)
        lines = name.split("\n")
        above = foot - _STRIP_PLOT / 2 - len(lines) * LINE_HEIGHT / 2
        texts += [{"x": _EDGE - frame.left, "y": above + n * LINE_HEIGHT, "text": t} for n, t in enumerate(lines)]
    return _drawn(frame, marks, texts, _months(items, frame))


def _columns(panel: Panel, area: _Area, most: float, *, every: bool) -> list[dict[str, Any]]:
    bars = panel.bars
    step = (area.right - area.left) / max(1, len(bars))
    wide = min(_WIDEST, step * 0.72)
    marks = []
    for i, bar in enumerate(bars):
        middle = area.left + (i + 0.5) * step
        last = i == len(bars) - 1
        figure = plain(bar.sign or (UNKNOWN if bar.length is None else bar.text))
        room = len(figure) * SMALL_LETTER
        fits = every and room <= step
        marks.append({
            "x": middle - wide / 2, "x2": middle + wide / 2, "foot": area.foot,
            "middle": min(middle, area.right - room / 2),
            "top": area.foot - (bar.length or 0) / most * area.height, "tip": f"{panel.name}, {bar.about}",
            "text": figure if fits or last or bar.length is None else "", "fill": ACCENT if last else QUIET,
        })  # fmt: skip
    return marks


def _months(items: Sequence[Panel], frame: Frame) -> list[dict[str, Any]]:
    """The names of the columns, once at the foot: as many as have room, and always the last one."""
    bars = items[0].bars if items else ()
    step = frame.width / max(1, len(bars))
    longest = max([1, *(len(bar.name) for bar in bars)])
    each = max(1, -(-int(longest * SMALL_LETTER + 6) // int(step)))
    return [
        {"x": (i + 0.5) * step, "y": frame.height + _EDGE, "text": bar.name}
        for i, bar in enumerate(bars)
        if (len(bars) - 1 - i) % each == 0
    ]


def _drawn(
    frame: Frame, marks: list[dict[str, Any]], names: list[dict[str, Any]], heads: list[dict[str, Any]]
) -> alt.LayerChart:
    bars = frame.chart(marks)
    return frame.layered(
        bars.mark_rule(stroke=LINE).encode(x=_at("x"), x2=alt.X2("x2:Q"), y=_at("foot", alt.Y)),
        bars.mark_rect().encode(
            x=_at("x"), x2=alt.X2("x2:Q"), y=_at("top", alt.Y), y2=alt.Y2("foot:Q"),
            fill=alt.Fill("fill:N", scale=None, legend=None),
        ),
        bars.mark_text(baseline="bottom", dy=-3, fontSize=SMALL, color=INK).encode(
            x=_at("middle"), y=_at("top", alt.Y), text=alt.Text("text:N")
        ),
        frame.chart(names).mark_text(align="left", baseline="top", fontSize=SMALL, color=INK).encode(
            x=_at("x"), y=_at("y", alt.Y), text=alt.Text("text:N")
        ),
        frame.chart(heads).mark_text(align="center", baseline="top", fontSize=SMALL, color=MUTED).encode(
            x=_at("x"), y=_at("y", alt.Y), text=alt.Text("text:N")
        ),
    )  # fmt: skip


def _at(field: str, channel: Any = None) -> Any:
    """A channel with positions in pixels, without scale or axis."""
    return (channel or alt.X)(f"{field}:Q", scale=None, axis=None)
