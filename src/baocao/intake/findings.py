"""Findings: what was wrong with a file, a sheet, a row or a cell, worded for the clerk who can mend it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from baocao.intake.codes import CHECKS
from baocao.intake.privacy import mask
from baocao.text import one_line

_GIVEN_LENGTH = 80


@dataclass(frozen=True)
class Place:
    """Where a finding is; ``file`` is relative to the submissions folder, ``sheet`` empty for a CSV or a file."""

    month: str
    unit: str = ""
    file: str = ""
    sheet: str = ""

    def at(self, sheet: str) -> Place:
        return replace(self, sheet=sheet)


@dataclass(frozen=True)
class Finding:
    """A row of the findings frame; the fields are :data:`baocao.intake.records.FINDING_COLUMNS`."""

    code: str
    severity: str
    unit: str
    month: str
    file: str
    sheet: str
    cell: str
    column: str
    given: str
    message: str
    allowed: str
    action: str


def shown(raw: object) -> str:
    """A value as a finding may show it: one line, personal data masked, not too long."""
    text = mask(one_line(str(raw)))
    return text if len(text) <= _GIVEN_LENGTH else text[: _GIVEN_LENGTH - 1] + "…"


def found(
    code: str,
    place: Place,
    *,
    cell: str = "",
    column: str = "",
    given: object = "",
    allowed: str = "",
    **texts: object,
) -> Finding:
    """The finding of this code at this place.

    Parameters
    ----------
    cell
        ``F7`` for a cell, ``7`` for a row, empty for a sheet or file.
    given
        The offending value, raw; it is masked here.
    allowed
        What the column allows, where the check itself names nothing.
    texts
        What fills the other placeholders of the check's texts.
    """
    check = CHECKS[code]
    given = shown(given)
    words = {**texts, "given": given, "unit": place.unit}
    where = _where(cell, column)
    return Finding(
        code, check.severity, place.unit, place.month, place.file, place.sheet, cell, column, given,
        f"{where}{check.message.format(**words)}", check.allowed.format(**words) or allowed,
        check.action.format(**words),
    )  # fmt: skip


def _where(cell: str, column: str) -> str:
    if not cell or cell.isdigit():
        return ""
    return f"Ô {cell} (cột {column}): " if column else f"Ô {cell}: "
