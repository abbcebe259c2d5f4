"""How workbooks are written: options of the writer, and heights of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""For ``xlsxwriter.Workbook``: what was submitted stays text, never a formula, a link or a number by its look."""

# Not every office program computes heights: LibreOffice takes those given in files marked as written by Excel, and
# xlsxwriter marks its files so.
_LINE = 15.0
_HIGHEST = 400.0


def lines_of(text: str, width: float) -> int:
    """Number of lines of a text in a column of this width, in characters."""
    if len(text) <= width and "\n" not in text:
        return 1  # most texts; there are many
    return sum(_wrapped(part, width) for part in text.split("\n"))


def _wrapped(part: str, width: float) -> int:
    """Number of lines when a word moves to the next line if it does not fit; a long word takes several."""
    if len(part) * _LINE > width * _HIGHEST:
        return ceil(len(part) / width)  # more than fit in the greatest height, so wrapping does not matter
    lines, room = 1, width
    for word in part.split(" "):
        if len(word) > room and room < width:
            lines, room = lines + 1, width
        more = max(0, ceil(len(word) / width) - 1)
        lines, room = lines + more, room + more * width - len(word) - 1
    return lines


def height(texts: Iterable[str], widths: Sequence[float]) -> float:
    """The height, in points, of a row with these texts in columns of these widths, in characters."""
    lines = max((lines_of(text, width) for text, width in zip(texts, widths, strict=False)), default=1)
    return min(_LINE * lines + 1, _HIGHEST)
