"""The frame of a chart: its title, note and margins, in pixels computed from numbers of letters."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from baocao.late import Late
from baocao.present.theme import (
    LETTER,
    LINE_HEIGHT,
    MOST_HEIGHT,
    NAME_LETTERS,
    NOTE_LETTERS,
    TITLE_HEIGHT,
    TITLE_LETTERS,
    WIDTH,
)
from baocao.present.traced import plain

if TYPE_CHECKING:
    import altair as alt
else:
    alt = Late("altair")

_EDGE = 6
_ABOVE = 140
"""Height in pixels reserved on a page for a chart's title, note, heads and axis."""
Item = TypeVar("Item")


@dataclass(frozen=True)
class Frame:
    """Margins around the plot: ``top`` is the height between title and plot, ``height`` that of the plot.

    ``note`` is a line under the title, with the unit of measure or the meaning of a sign.
    """

    title: str
    left: int
    height: int
    right: int = _EDGE
    top: int = 0
    bottom: int = _EDGE
    note: str = ""

    @property
    def width(self) -> int:
        """Width of the plot without margins."""
        return max(120, WIDTH - self.left - self.right)

    @property
    def _title_lines(self) -> list[str]:
        return _balanced(plain(self.title), TITLE_LETTERS)

    @property
    def _note_lines(self) -> list[str]:
        return _lines(self.note, NOTE_LETTERS)

    def chart(self, values: list[dict[str, Any]]) -> alt.Chart:
        """A chart of the frame's size with these data rows."""
        return alt.Chart(alt.InlineData(values=values), width=self.width, height=self.height)

    def layered(self, *charts: alt.Chart) -> alt.LayerChart:
        """The layers under the frame's title, with its margins."""
        note = len(self._note_lines) * (LINE_HEIGHT + 2) + 6 if self.note else 0
        above = len(self._title_lines) * TITLE_HEIGHT + note + 14 + self.top + _EDGE
        padding = {"left": self.left, "right": self.right, "top": above, "bottom": self.bottom}
        subtitle = self._note_lines or alt.Undefined
        title = alt.TitleParams(self._title_lines, subtitle=subtitle, dx=_EDGE - self.left)
        layered: alt.LayerChart = alt.layer(*charts)  # type: ignore[assignment]  # no facets are passed in
        return layered.properties(title=title, padding=padding)


def wrapped(names: Sequence[str], letters: int = NAME_LETTERS) -> list[str]:
    """Names wrapped to lines of at most this many letters, unless a single word is longer."""
    return ["\n".join(_lines(plain(name), letters)) for name in names]


def _lines(text: str, letters: int) -> list[str]:
    """The text wrapped without breaking at hyphens, so that codes and document numbers stay whole."""
    return textwrap.wrap(text, letters, break_long_words=False, break_on_hyphens=False)


def _balanced(text: str, letters: int) -> list[str]:
    """The fewest lines possible, of similar lengths, and broken after commas or colons if possible."""
    fewest = len(_lines(text, letters))
    ways = [lines for most in range(1, letters + 1) if len(lines := _lines(text, most)) <= fewest]
    return max(ways, key=lambda lines: sum(line.endswith((",", ";", ":")) for line in lines[:-1]))


def clipped(name: str, letters: int) -> str:
    """The name on one line, with its end cut off if it is too long."""
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


def told_apart(names: Sequence[str], letters: int) -> list[str]:
    """Names shortened to one line each, but still different from each other.

    The end of a long name is cut off; its middle, if another name begins alike. If names differ only in the middle, the
    limit is raised until they differ.
    """
    ends = [clipped(name, letters) for name in names]
    short = [end if ends.count(end) == 1 else _inner(name, letters) for name, end in zip(names, ends, strict=True)]
    return short if len({*short}) == len({*names}) else told_apart(names, letters + 8)


def _inner(name: str, letters: int) -> str:
    if len(name) <= letters:
        return name
    first, last = name[: letters // 2], name[-(letters // 2) :]
    return f"{first.rpartition(' ')[0] or first}…{last.partition(' ')[2] or last}"


def fitting(names: Sequence[str]) -> list[str]:
    """Names for rows below each other: wrapped or, if a page could not hold them, shortened to one line each."""
    lines = wrapped(names)
    if height_of(lines) <= MOST_HEIGHT - _ABOVE:
        return lines
    return told_apart([plain(name) for name in names], NAME_LETTERS)


def room_for(names: Sequence[str], letter: float = LETTER) -> int:
    """Width in pixels for the longest line of these names beside the plot."""
    longest = max([0, *(len(line) for name in names for line in plain(name).split("\n"))])
    return round(longest * letter) + 22


def height_of(names: Sequence[str], least: int = 26) -> int:
    """The plot's height in pixels: equal bands for all names, high enough for the one with the most lines."""
    lines = max([1, *(name.count("\n") + 1 for name in names)])
    return max(least, LINE_HEIGHT * lines + 8) * max(1, len(names))


def pages_of(items: Sequence[Item], row_height: int, a_row: int = 1) -> list[Sequence[Item]]:
    """The items split into the fewest parts that fit on a page, of similar size; ``a_row`` items stand side by side."""
    most = max(1, (MOST_HEIGHT - _ABOVE) // row_height) * a_row
    parts = max(1, -(-len(items) // most))
    size = -(-len(items) // parts)
    size = -(-size // a_row) * a_row
    return [items[start : start + size] for start in range(0, len(items), size)] if items else []
