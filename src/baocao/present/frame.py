"""The frame of a chart: its title, note and margins, in pixels reckoned from letters."""

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
"""Room that title, note, heads and axis of a chart may take of the page."""
Item = TypeVar("Item")


@dataclass(frozen=True)
class Frame:
    """Margins around the plot: ``top`` is what stands between title and plot, ``height`` the plot's own.

    ``note`` stands under the title: the unit of measure, what a sign means.
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
        """The plot's own width."""
        return max(120, WIDTH - self.left - self.right)

    @property
    def _title_lines(self) -> list[str]:
        return _balanced(plain(self.title), TITLE_LETTERS)

    @property
    def _note_lines(self) -> list[str]:
        return _lines(self.note, NOTE_LETTERS)

    def chart(self, values: list[dict[str, Any]]) -> alt.Chart:
        """A chart of the frame's size on these rows."""
        return alt.Chart(alt.InlineData(values=values), width=self.width, height=self.height)

    def layered(self, *charts: alt.Chart) -> alt.LayerChart:
        """The layers under the frame's title, with its margins."""
        note = len(self._note_lines) * (LINE_HEIGHT + 2) + 6 if self.note else 0
        above = len(self._title_lines) * TITLE_HEIGHT + note + 14 + self.top + _EDGE
        padding = {"left": self.left, "right": self.right, "top": above, "bottom": self.bottom}
        subtitle = self._note_lines or alt.Undefined
        title = alt.TitleParams(self._title_lines, subtitle=subtitle, dx=_EDGE - self.left)
        layered: alt.LayerChart = alt.layer(*charts)  # type: ignore[assignment]  # no facets among them
        return layered.properties(title=title, padding=padding)


def wrapped(names: Sequence[str], letters: int = NAME_LETTERS) -> list[str]:
    """Names over several lines, none longer than so many letters if its words allow."""
    return ["\n".join(_lines(plain(name), letters)) for name in names]


def _lines(text: str, letters: int) -> list[str]:
    """The text's lines; codes and numbers of documents stay whole, which part at no hyphen."""
    return textwrap.wrap(text, letters, break_long_words=False, break_on_hyphens=False)


def _balanced(text: str, letters: int) -> list[str]:
    """As few lines as it needs, ended after a comma or a colon where that can be, and of about one length."""
    fewest = len(_lines(text, letters))
    ways = [lines for most in range(1, letters + 1) if len(lines := _lines(text, most)) <= fewest]
    return max(ways, key=lambda lines: sum(line.endswith((",", ";", ":")) for line in lines[:-1]))


def clipped(name: str, letters: int) -> str:
    """The name on one line, its end cut off where it is too long."""
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


def told_apart(names: Sequence[str], letters: int) -> list[str]:
    """Each name on one line: its end is cut off where it is too long, its middle where another one begins alike.

    Names that differ in their middle only get as much more room as they need.
    """
    ends = [clipped(name, letters) for name in names]
    short = [end if ends.count(end) == 1 else _inner(name, letters) for name, end in zip(names, ends, strict=True)]
    return short if len({*short}) == len({*names}) else told_apart(names, letters + 8)


def _inner(name: str, letters: int) -> str:
    if len(name) <= letters:
        return name
    first, last = name[: letters // 2], name[-(letters // 2) :]
    return f"{first.rpartition(' ')[0] or first}…{last.partition(' ')[2] or last}"


def room_for(names: Sequence[str], letter: float = LETTER) -> int:
    """Pixels beside the plot for the longest line of these names."""
    longest = max([0, *(len(line) for name in names for line in plain(name).split("\n"))])
    return round(longest * letter) + 22


def height_of(names: Sequence[str], least: int = 26) -> int:
    """The plot's height: a band for each name, high enough for the one with most lines."""
    lines = max([1, *(name.count("\n") + 1 for name in names)])
    return max(least, LINE_HEIGHT * lines + 8) * max(1, len(names))


def pages_of(items: Sequence[Item], row_height: int, a_row: int = 1) -> list[Sequence[Item]]:
    """The items in as few parts as fit a page each, the parts of about one size; ``a_row`` stand side by side."""
    most = max(1, (MOST_HEIGHT - _ABOVE) // row_height) * a_row
    parts = max(1, -(-len(items) // most))
    size = -(-len(items) // parts)
    size = -(-size // a_row) * a_row
    return [items[start : start + size] for start in range(0, len(items), size)] if items else []
