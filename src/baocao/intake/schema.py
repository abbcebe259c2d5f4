"""The typed contract of the record frames, and their lossless text form.

A violation is a bug of intake, never an error of a reporter: those have become findings before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any

import pandas as pd

from baocao.config.check_codes import CODES
from baocao.intake.contract import NOTE_KINDS, TABLES
from baocao.intake.records import (
    ACTIVITY_COLUMNS,
    CHANGE_COLUMNS,
    FILE_COLUMNS,
    FINDING_COLUMNS,
    NOTE_COLUMNS,
    SUBMISSION_COLUMNS,
    VALUE_COLUMNS,
    VERSION_COLUMNS,
    Records,
)

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

FRAMES: Mapping[str, tuple[str, ...]] = {
    "activities": ACTIVITY_COLUMNS,
    "values": VALUE_COLUMNS,
    "notes": NOTE_COLUMNS,
    "findings": FINDING_COLUMNS,
    "files": FILE_COLUMNS,
    "submissions": SUBMISSION_COLUMNS,
    "versions": VERSION_COLUMNS,
    "changes": CHANGE_COLUMNS,
}
"""Frame → its columns, in order."""

_INTEGERS = frozenset(
    (
        "row",
        "line",
        "bytes",
        "rows_in",
        "accepted",
        "rejected",
        "version",
        "added",
        "changed",
        "gone",
        "cells",
        "record",
    )
)
_NULLABLE = frozenset(("quantity", "attendees", "reach", "cost"))
_DAY = "datetime64[us]"
_DECIMAL = r"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?"
_ISO_DAY = r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"


def dtype_of(frame: str, column: str) -> str:
    """The pandas dtype of a frame's column: text, integer, nullable integer, or day."""
    if column in _INTEGERS or (frame, column) in (("submissions", "files"), ("versions", "files")):
        return "int64"
    if frame == "activities" and column in (*_NULLABLE, "date"):
        return _DAY if column == "date" else "Int64"
    return "str"


def frame_of(frame: str, rows: Iterable[Mapping[str, Any] | Sequence[Any]]) -> pd.DataFrame:
    """A record frame from rows (mappings, or sequences in the order of the columns)."""
    columns = FRAMES[frame]
    data = [[row[c] for c in columns] if isinstance(row, Mapping) else list(row) for row in rows]
    return _frame(frame, zip(*data, strict=True)) if data else _empty(frame).copy()


@cache
def _empty(frame: str) -> pd.DataFrame:
    """A frame without rows; a month without submissions has nothing but such frames."""
    return _frame(frame, [() for _ in FRAMES[frame]])


def _frame(frame: str, table: Iterable[Sequence[Any]]) -> pd.DataFrame:
    columns = zip(FRAMES[frame], table, strict=True)
    return pd.DataFrame({name: pd.Series(list(values), dtype=dtype_of(frame, name)) for name, values in columns})


def empty_records() -> Records:
    """Records without a row."""
    return Records(**{name: frame_of(name, ()) for name in FRAMES})


def concat(parts: Iterable[Records]) -> Records:
    """The records of several months, one after the other."""
    several = list(parts)
    if not several:
        return empty_records()
    frames = {f.name: [getattr(part, f.name) for part in several] for f in fields(Records)}
    return Records(**{name: _stack(name, pieces) for name, pieces in frames.items()})


def _stack(name: str, pieces: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [piece for piece in pieces if len(piece)]
    return pd.concat(filled, ignore_index=True) if filled else frame_of(name, ())


@cache
def schemas() -> Mapping[str, DataFrameSchema]:
    """Each frame's schema; the first call loads pandera."""
    import pandera.pandas as pa  # noqa: PLC0415 - slow to load, and needed only where records are made

    return {
        name: pa.DataFrameSchema(
            {c: pa.Column(None, _rules(pa, name, c), nullable=_may_miss(name, c)) for c in columns},
            checks=_dtypes_rule(pa, name),
            strict=True,
            ordered=True,
            unique=["unit", "month", "row"] if "row" in columns else None,
        )
        for name, columns in FRAMES.items()
    }


def _dtypes_rule(pa: Any, frame: str) -> Any:
    """One check of all dtypes; pandera's own examines each cell of a text column, which doubles the total time."""
    wanted = {column: pd.api.types.pandas_dtype(dtype_of(frame, column)) for column in FRAMES[frame]}

    def has_dtypes(data: pd.DataFrame) -> bool:
        return all(data[column].dtype == dtype for column, dtype in wanted.items())

    return pa.Check(has_dtypes, error=f"dtypes of {frame}: {wanted}")


def _may_miss(frame: str, column: str) -> bool:
    return frame == "activities" and column in _NULLABLE - {"quantity"}


def _rules(pa: Any, frame: str, column: str) -> list[Any]:
    """The allowed values of a column, as pandera checks."""
    ranges = {("activities", "quantity"): 1, ("activities", "row"): 1, ("values", "row"): 1, ("notes", "row"): 1}
    choices = {
        ("notes", "kind"): list(NOTE_KINDS),
        ("findings", "severity"): ["error", "warning"],
        ("findings", "code"): list(CODES),
        ("files", "table"): ["", *(table.name for table in TABLES), "info"],
        ("submissions", "state"): ["filed", "nil", "refused"],
        ("versions", "state"): ["filed", "nil", "refused"],
        ("changes", "table"): [table.name for table in TABLES],
        ("changes", "kind"): ["added", "changed", "gone"],
    }
    patterns = {
        **{("values", name): _DECIMAL for name in ("numerator", "denominator", "value")},
        ("values", "as_of"): _ISO_DAY,
        ("files", "sha256"): r"|[0-9a-f]{64}",
    }
    rules = []
    if column in _NULLABLE or column in _INTEGERS:
        rules.append(pa.Check.ge(ranges.get((frame, column), 0)))
    if (frame, column) in choices:
        rules.append(pa.Check.isin(choices[frame, column]))
    if (frame, column) in patterns:
        rules.append(pa.Check.str_matches(f"(?:{patterns[frame, column]})$"))
    if column == "month":
        rules.append(pa.Check.str_matches(r"[0-9]{4}-[0-9]{2}$"))
    return rules


def validate(records: Records) -> Records:
    """Check that records keep the typed contract, and return them.

    Raises
    ------
    pandera.errors.SchemaError
        If they do not, which is a bug.
    """
    for name, schema in schemas().items():
        frame = getattr(records, name)
        if len(frame) or list(frame.columns) != list(FRAMES[name]):
            schema.validate(frame)
    return records


def to_csv(frame: str, data: pd.DataFrame) -> str:
    """A record frame as CSV text (comma, ``\\n``); equal rows give equal text, NA is a blank."""
    return data[list(FRAMES[frame])].to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def from_csv(frame: str, text: str) -> pd.DataFrame:
    """The reverse of :func:`to_csv`."""
    raw = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    return pd.DataFrame({name: _typed(raw[name], dtype_of(frame, name)) for name in FRAMES[frame]})


def _typed(column: Any, dtype: str) -> Any:
    return (column.where(column != "", other=None) if dtype == "Int64" else column).astype(dtype)
