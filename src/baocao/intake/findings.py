"""Findings: what is wrong with a file, a sheet, a row or a cell, worded for a clerk with the site's texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from baocao.config.models import Check
from baocao.intake.privacy import mask
from baocao.text import one_line

_GIVEN_LENGTH = 80
_CELLS_NAMED = 8


@dataclass(frozen=True)
class Place:
    """Where a finding is; ``file`` is relative to the submissions folder, ``sheet`` empty for a CSV or a whole file."""

    month: str
    unit: str = ""
    file: str = ""
    sheet: str = ""

    def at(self, sheet: str) -> Place:
        return replace(self, sheet=sheet)


@dataclass(frozen=True)
class Finding:
    """A finding, not yet put into words.

    Attributes
    ----------
    cell
        ``F7`` for a cell, ``F7, F9`` for several, ``7`` for a row, ``7, 9`` for several, empty for a sheet or a file.
    given
        The offending value as it may be shown.
    allowed
        What the column allows, for checks that do not say it themselves.
    words
        Values for the placeholders in the check's texts.
    """

    code: str
    unit: str
    month: str
    file: str
    sheet: str
    cell: str
    column: str
    given: str
    allowed: str
    words: Mapping[str, object] = field(default_factory=dict)


Checks = Mapping[str, Check]


def is_error(finding: Finding, checks: Checks) -> bool:
    """Whether the finding rejects what it is about."""
    check = checks[finding.code]
    return check.enabled and check.severity == "error"


def worded(findings: Iterable[Finding], checks: Checks) -> Iterator[tuple[str, ...]]:
    """Rows of the findings frame (:data:`baocao.intake.records.FINDING_COLUMNS`); checks that are off give none."""
    for one in findings:
        check = checks[one.code]
        if check.enabled:
            words = {**one.words, "given": one.given, "unit": one.unit}
            yield (
                one.code, check.severity, one.unit, one.month, one.file, one.sheet, one.cell, one.column, one.given,
                f"{_where(one, check)}{check.message.format(**words)}",
                check.allowed.format(**words) or one.allowed, check.action.format(**words),
            )  # fmt: skip


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
        ``F7`` for a cell, ``F7, F9`` for several, ``7`` for a row, ``7, 9`` for several, empty for a sheet or file.
    given
        The offending value, raw; it is masked here.
    allowed
        What the column allows, for checks that do not say it themselves.
    texts
        Values for the other placeholders in the check's texts.
    """
    return Finding(code, place.unit, place.month, place.file, place.sheet, cell, column, shown(given), allowed, texts)


def named_cells(cell: str) -> str:
    """A finding's cells in words: the first ones, and how many more there are."""
    cells = cell.split(", ")
    kind = "dòng" if cells[0].isdigit() else "ô"
    more = f" và {len(cells) - _CELLS_NAMED} {kind} khác" if len(cells) > _CELLS_NAMED else ""
    return ", ".join(cells[:_CELLS_NAMED]) + more


def _where(one: Finding, check: Check) -> str:
    """The beginning of a message: the cell or line, unless the message itself names the row."""
    if not one.cell or (one.cell[0].isdigit() and "{line}" in check.message):
        return ""
    named, column = named_cells(one.cell), f" (cột {one.column})" if one.column else ""
    return f"{'Dòng' if one.cell[0].isdigit() else 'Ô'} {named}{column}: "
