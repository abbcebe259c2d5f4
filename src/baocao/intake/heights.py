"""How high a line of a workbook must be for its texts to stand whole.

Not every office program finds that out when it opens a file: LibreOffice takes the heights of one that says it is of
Excel as given, as the library that writes workbooks makes them say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

_LINE = 15.0
_HIGHEST = 400.0


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width, in characters."""
    return sum(_wrapped(part, width) for part in text.split("\n"))


def _wrapped(part: str, width: float) -> int:
    """Lines of which each begins with the word that the one before had no room for; a word may take several."""
    lines, room = 1, width
    for word in part.split(" "):
        if len(word) > room and room < width:
            lines, room = lines + 1, width
        more = max(0, ceil(len(word) / width) - 1)
        lines, room = lines + more, room + more * width - len(word) - 1
    return lines


def height(texts: Iterable[str], widths: Sequence[float]) -> float:
    """The height of a line with these texts in columns of these widths, in points."""
    lines = max((lines_of(text, width) for text, width in zip(texts, widths, strict=False)), default=1)
    return min(_LINE * lines + 1, _HIGHEST)
