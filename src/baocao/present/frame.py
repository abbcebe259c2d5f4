"""The frame of a chart: its title and margins, in pixels reckoned from letters."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from baocao.present.late import Late
from baocao.present.theme import LETTER, LINE_HEIGHT, NAME_LETTERS, TITLE_HEIGHT, TITLE_LETTERS, WIDTH
from baocao.present.traced import plain

if TYPE_CHECKING:
    import altair as alt
else:
    alt = Late("altair")

_EDGE = 6


@dataclass(frozen=True)
class Frame:
    """Margins around the plot: ``top`` is what stands between title and plot, ``height`` the plot's own."""

    title: str
    left: int
    height: int
    right: int = _EDGE
    top: int = 0
    bottom: int = _EDGE

    @property
    def width(self) -> int:
        """The plot's own width."""
        return max(120, WIDTH - self.left - self.right)

    @property
    def _title_lines(self) -> list[str]:
        return textwrap.wrap(plain(self.title), TITLE_LETTERS)

    def chart(self, values: list[dict[str, Any]]) -> alt.Chart:
        """A chart of the frame's size on these rows."""
        return alt.Chart(alt.InlineData(values=values), width=self.width, height=self.height)

    def layered(self, *charts: alt.Chart) -> alt.LayerChart:
        """The layers under the frame's title, with its margins."""
        above = len(self._title_lines) * TITLE_HEIGHT + 14 + self.top + _EDGE
        padding = {"left": self.left, "right": self.right, "top": above, "bottom": self.bottom}
        title = alt.TitleParams(self._title_lines, dx=_EDGE - self.left)
        layered: alt.LayerChart = alt.layer(*charts)  # type: ignore[assignment]  # no facets among them
        return layered.properties(title=title, padding=padding)


def wrapped(names: Sequence[str], letters: int = NAME_LETTERS) -> list[str]:
    """Names over several lines, none longer than so many letters if its words allow."""
    return ["\n".join(textwrap.wrap(plain(name), letters, break_long_words=False)) for name in names]


def room_for(names: Sequence[str]) -> int:
    """Pixels beside the plot for the longest line of these names."""
    longest = max([0, *(len(line) for name in names for line in plain(name).split("\n"))])
    return round(longest * LETTER) + 22


def height_of(names: Sequence[str], least: int = 26) -> int:
    """The plot's height: a band for each name, high enough for the one with most lines."""
    lines = max([1, *(name.count("\n") + 1 for name in names)])
    return max(least, LINE_HEIGHT * lines + 8) * max(1, len(names))
