"""The values that charts draw: names, lengths, and the texts printed beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A bar: its name, its length (None if not known), the text at its end, and a sign in place of a text of words."""

    name: str
    length: float | None
    text: str
    sign: str = ""

    @property
    def about(self) -> str:
        return f"{self.name}: {self.text}"


@dataclass(frozen=True)
class Tile:
    """A cell of a grid: its row and column, and its text; ``level`` shades it, ``state`` colours it."""

    row: str
    column: str
    text: str
    level: float = 0.0
    state: str = ""

    @property
    def about(self) -> str:
        return f"{self.row}, {self.column}: {self.text}"


@dataclass(frozen=True)
class Bullet:
    """A target's value beside its bound, both in the target's own unit.

    ``before`` are the values of earlier months, oldest first; ``path`` is the level required by now if there is a
    baseline; ``text`` and ``more`` are the two lines at the end of the bar.
    """

    name: str
    value: float
    bound: float
    text: str
    more: str = ""
    before: tuple[float, ...] = ()
    path: float | None = None
    full: float = 0.0
    """The end of the scale, if it has a natural one, such as 100 per cent."""

    @property
    def about(self) -> str:
        return f"{self.name}: {self.text}" + (f"; {self.more}" if self.more else "")


@dataclass(frozen=True)
class Panel:
    """A small chart with a name and a column for each month; ``most``, if given, is the end of its scale."""

    name: str
    bars: tuple[Bar, ...]
    most: float | None = None
