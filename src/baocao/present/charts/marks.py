"""What is drawn: names, lengths, and the words that a chart prints beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A bar: its name, its length (none if not known), the words at its end, and a sign where they have no room."""

    name: str
    length: float | None
    text: str
    sign: str = ""

    @property
    def about(self) -> str:
        return f"{self.name}: {self.text}"


@dataclass(frozen=True)
class Tile:
    """A cell of a grid: where it stands and what is written in it; ``level`` shades it, ``state`` colours it."""

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

    ``before`` are the values of earlier months, oldest first; ``path`` is what is required by now where a baseline is
    entered; ``text`` and ``more`` are the two lines at the end of the bar.
    """

    name: str
    value: float
    bound: float
    text: str
    more: str = ""
    before: tuple[float, ...] = ()
    path: float | None = None
    full: float = 0.0
    """The end of the scale, if it has one of its own, such as 100 per cent."""

    @property
    def about(self) -> str:
        return f"{self.name}: {self.text}" + (f"; {self.more}" if self.more else "")


@dataclass(frozen=True)
class Panel:
    """A small chart of columns, one a month, with its own name; ``most`` is the end of its scale if it is given."""

    name: str
    bars: tuple[Bar, ...]
    most: float | None = None
