"""The result of intake: typed records and findings of one month, as frozen bundles of data frames.

The types of the columns are declared in :mod:`baocao.intake.schema`. Every row that came in is either in a record frame
or named by a finding of severity ``error``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

ACTIVITY_COLUMNS = (
    "unit", "month", "row", "date", "content", "bullet", "form", "channel", "name", "product", "quantity",
    "attendees", "reach", "cost", "funding", "evidence", "note", "file", "sheet", "line",
)  # fmt: skip
"""``row`` counts a unit's accepted rows of the month from 1; ``content`` is the area's code, ``bullet`` the bullet's
or empty; ``date`` is a datetime64; quantity, attendees, reach and cost (đồng) are Int64, NA where the cell is blank;
``funding`` a funding code or empty; ``line`` is the row's number in its sheet or CSV, from 1, as the office program
shows it."""

VALUE_COLUMNS = (
    "unit", "month", "row", "target", "numerator", "denominator", "value", "as_of", "source", "note", "file", "sheet",
    "line",
)  # fmt: skip
"""numerator, denominator and value are decimal texts (``"20900"``, ``"0.82"``), empty where the cell is blank;
``as_of`` is ISO text or empty; a boolean's value is ``"1"`` or ``"0"``."""

NOTE_COLUMNS = ("unit", "month", "row", "kind", "text", "file", "sheet", "line")
"""``kind`` is ``difficulty``, ``proposal`` or ``plan``."""

FINDING_COLUMNS = (
    "code", "severity", "unit", "month", "file", "sheet", "cell", "column", "given", "message", "allowed", "action",
)  # fmt: skip
"""severity is ``error`` (the row, sheet or file is rejected) or ``warning`` (kept, and asked about); ``cell`` is
``F7`` for a cell, ``F7, F9`` for several, ``7`` for a row, ``7, 9`` for several, empty for a sheet or a file; ``given``
describes the offending value with personal data masked; the rest is Vietnamese text."""

FILE_COLUMNS = ("unit", "month", "file", "sha256", "bytes", "table", "rows_in", "accepted", "rejected")
"""One row for each table (sheet or CSV) of a file; for a file refused as a whole, one row with an empty ``table`` and
zero rows; ``file`` is relative to the submissions folder, with forward slashes."""

SUBMISSION_COLUMNS = ("unit", "month", "state", "version", "received_at", "files")
"""One row for each unit that sent something; ``state`` is ``filed``, ``nil`` or ``refused`` (nothing could be read);
``received_at`` is ISO text with offset, or empty if nobody registered it; ``files`` counts files."""

VERSION_COLUMNS = (
    "unit", "month", "version", "state", "received_at", "sender", "files", "rows_in", "accepted", "rejected", "added",
    "changed", "gone", "cells",
)  # fmt: skip
"""One row for each version of a unit's submission, oldest first. ``added``, ``changed`` and ``gone`` count rows
compared with the previous version, ``cells`` the changed values in changed rows; all are 0 for the first version."""

CHANGE_COLUMNS = (
    "unit", "month", "version", "table", "kind", "record", "line", "label", "column", "before", "after",
)  # fmt: skip
"""What changed with a version (:class:`baocao.intake.changes.Change`); personal data is masked."""


def _empty(columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="str") for name in columns})


@dataclass(frozen=True)
class Records:
    """The records of one month or, concatenated, of many."""

    activities: pd.DataFrame
    values: pd.DataFrame
    notes: pd.DataFrame
    findings: pd.DataFrame
    files: pd.DataFrame
    submissions: pd.DataFrame
    versions: pd.DataFrame = field(default_factory=lambda: _empty(VERSION_COLUMNS))
    changes: pd.DataFrame = field(default_factory=lambda: _empty(CHANGE_COLUMNS))
