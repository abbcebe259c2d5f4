"""Cells that show a percentage: the file stores 12,5% as 0.125, and only the cell's format says so."""

from __future__ import annotations

import re

from baocao.intake.grid import Cells
from baocao.intake.values import Raw, percent_text

BUILT_IN = frozenset(("9", "10"))
"""Numbers of the office programs' own formats of percentages."""
_NOT_CODE = re.compile(r'"[^"]*"|[\\_*].')


def is_percent_format(code: str) -> bool:
    """Whether a format's code multiplies by a hundred: a percent sign that is no literal text."""
    return "%" in _NOT_CODE.sub("", code)


def write_percents(rows: list[list[Raw]], cells: Cells) -> None:
    """Put what the cell shows in place of the stored fraction."""
    for row, column in cells:
        if row < len(rows) and column < len(rows[row]):
            raw = rows[row][column]
            if isinstance(raw, int | float) and not isinstance(raw, bool):
                rows[row][column] = percent_text(raw)
