"""Table columns wide enough for their longest number: a number broken over lines, or overlapping, would mislead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from baocao.config.models import OfficialForm
from baocao.official.content import Table

_NUMBER = re.compile(r"[\d.,]+")
_BESIDE = 8.0
"""Total width, in points, of a cell's margins and borders left and right of the text."""
_DIGIT, _MARK = 0.5, 0.25
"""Widths of a digit and of a dot or comma in Times and similar faces, upright and bold, relative to the type size."""


def fitted(table: Table, form: OfficialForm) -> Table:
    """The table with columns wide enough for their numbers; unchanged if they are already.

    The width is taken from the other columns in proportion. If the numbers are wider than the page, nothing changes.
    """
    room = float(210 - form.margins.left - form.margins.right) / 25.4 * 72
    have = [column.width for column in table.columns]
    wide = _shared(have, [_needed(table, at, float(form.sizes.table)) for at in range(len(have))], room)
    if wide is None:
        return table
    return replace(table, columns=tuple(replace(c, width=w) for c, w in zip(table.columns, wide, strict=True)))


def _needed(table: Table, at: int, size: float) -> float:
    """Width of a column's longest number, in points; 0 without a number."""
    words = ("".join(run.text for run in line.cells[at]).split() for line in table.lines)
    numbers = (word for found in words for word in found if _NUMBER.fullmatch(word))
    ems = max((sum(_DIGIT if sign.isdigit() else _MARK for sign in number) for number in numbers), default=0)
    return ems * size + _BESIDE if ems else 0


def _shared(have: Sequence[float], need: Sequence[float], room: float) -> list[float] | None:
    """The new widths in points; None if all columns are wide enough already, or cannot be."""
    wide = [width * room / sum(have) for width in have]
    narrow: set[int] = set()
    while more := {at for at, width in enumerate(wide) if at not in narrow and width < need[at]}:
        narrow |= more
        left = room - sum(need[at] for at in narrow)
        others = sum(width for at, width in enumerate(have) if at not in narrow)
        if left <= 0 or not others:
            return None
        wide = [need[at] if at in narrow else width * left / others for at, width in enumerate(have)]
    return [round(width, 2) for width in wide] if narrow else None
