"""What a notebook read of its report, noted while it reads and told with the answer to each cell.

A kept result holds as long as what its notebook read is as it was; the rest of the month may change. Notebooks of a run
get a watched report: each measure of the ledger and each frame of the records that is looked at is noted, and what is
new after a cell travels in the payload of the kernel's answer, of which the executed notebook keeps nothing. That works
in every IPython kernel and on every machine. What is not noted here cannot have been read: a watched report hands out
nothing else.

What a notebook reads by itself is noted too (:mod:`baocao.watch`): from its beginning in a warm child, in an ordinary
kernel from where it opens its report.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd

from baocao import files, sources
from baocao.intake import schema
from baocao.intake.records import Records
from baocao.measures.ledger import SITE, Ledger, Row
from baocao.report import Report
from baocao.watch import BEYOND, FOUND, Watch, found, is_newer, opening_by_themselves

SOURCE = "baocao.reads"
"""From where a part of a payload says that it comes."""

EVERYTHING = "*"
"""All of the month's report, of every unit: where it is not known what was read."""
OPENED = "opened"
"""``opened:MONTH@UNIT``: which report was opened. The names do not tell whose parts they are; this does."""
SCOPE = "scope"
"""The period, the units, which months there are to compare with: every chapter rests on them."""
PROVENANCE = "provenance"
LEDGER, RECORDS = "ledger", "records"
"""The whole ledger, or ``ledger:MEASURE``; ``records:FRAME``."""

_values = attrgetter(*(field.name for field in fields(Row)))
_FRAMES = frozenset(field.name for field in fields(Records))
_noted: set[str] = set()
_told: set[str] = set()


def note(*names: str) -> None:
    """Remember that this process read so much of a report."""
    _noted.update(names)


def note_opened(month: str, unit: str, *names: str) -> None:
    """Remember which report was opened, and what is read of it at once."""
    note(f"{OPENED}:{month}@{unit}", *names)


def watch_files(but: Iterable[str]) -> None:
    """In a notebook's process: note what it reads by itself, and tell all that is read after each cell.

    Parameters
    ----------
    but
        Folders of which nothing is noted.
    """
    global _watches  # noqa: PLW0603 - of a process there is one
    _tell_after_each_cell()
    if _watches:
        return
    _watches = True
    libraries = (sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib"))
    packed = (one for one in sys.path if one.endswith(".zip"))
    root = os.environ.get(sources.ROOT_VARIABLE) or os.getcwd()
    Watch(note, root, (str(sources.PACKAGE), *libraries, *packed, *but)).begin()


_watches = False


class WatchedLedger(Ledger):
    """A ledger that notes of which measures it was asked."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def row(self, period: str, measure: str, unit: str = SITE, **codes: str) -> Row | None:
        note(f"{LEDGER}:{measure}")
        return self._ledger.row(period, measure, unit, **codes)

    def by_id(self, row_id: str) -> Row | None:
        note(LEDGER)
        return self._ledger.by_id(row_id)

    def of(self, measure: str, unit: str | None = None) -> tuple[Row, ...]:
        note(f"{LEDGER}:{measure}")
        return self._ledger.of(measure, unit)

    def __getattr__(self, name: str) -> Any:
        """All that asks for rows of more than one measure."""
        if name == "_ledger":  # while it is being made
            raise AttributeError(name)
        note(LEDGER)
        return getattr(self._ledger, name)

    def __len__(self) -> int:
        note(LEDGER)
        return len(self._ledger)

    def only(self, units: Iterable[str]) -> Ledger:
        note(LEDGER)
        return WatchedLedger(self._ledger.only(units))

    def frame(self) -> pd.DataFrame:
        note(LEDGER)
        return self._ledger.frame()

    def to_csv(self) -> str:
        note(LEDGER)
        return self._ledger.to_csv()


class WatchedRecords(Records):
    """Records that note which of their frames were looked at."""

    def __getattribute__(self, name: str) -> Any:
        if name in _FRAMES:
            note(f"{RECORDS}:{name}")
        return super().__getattribute__(name)


@dataclass(frozen=True)
class WatchedReport(Report):
    """A report that notes what is read of it; what each chapter rests on anyway is not told apart."""

    def __getattribute__(self, name: str) -> Any:
        if name == "provenance":
            note(PROVENANCE)
        elif name == "earlier_ledger":
            note(EVERYTHING)
        return super().__getattribute__(name)


def watched(report: Report) -> Report:
    """The report, with all that is read of it noted."""
    parts = {field.name: getattr(report, field.name) for field in fields(Report)}
    frames = {name: getattr(report.records, name) for name in _FRAMES}
    return WatchedReport(**parts | {"ledger": WatchedLedger(report.ledger), "records": WatchedRecords(**frames)})


def _tell_after_each_cell() -> None:
    from IPython import get_ipython  # noqa: PLC0415 - loaded in every kernel, and not needed elsewhere

    shell = get_ipython()
    if shell is not None and _tell not in shell.events.callbacks["post_execute"]:
        shell.events.register("post_execute", _tell)


def _tell() -> None:
    """Tell what was read since the last cell, with the kernel's answer to this one."""
    from IPython import get_ipython  # noqa: PLC0415

    note(*opening_by_themselves())
    if new := _noted - _told:
        # Not in the place of what the same cell told before: a cell may run others.
        names = sorted({name if _is_utf8(name) else BEYOND for name in new})
        get_ipython().payload_manager.write_payload({"source": SOURCE, "names": names}, single=False)
        _told.update(new)


def _is_utf8(name: str) -> bool:
    """Whether a name can be told: that of a file may be any bytes, and would arrive as another one's."""
    try:
        return bool(name.encode("utf-8"))
    except UnicodeEncodeError:
        return False


class Told:
    """What a notebook's kernel tells of its reads; to be called with the kernel's answer to each cell."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def __call__(self, *, execute_reply: Mapping[str, Any], **_: Any) -> None:
        """As nbclient's ``on_cell_executed``; parts of a payload that come from elsewhere are passed over."""
        for one in execute_reply["content"].get("payload", ()):
            if one.get("source") == SOURCE:
                self._names.update(one["names"])

    @property
    def reads(self) -> tuple[str, ...]:
        """Names as they are noted; :data:`EVERYTHING` where the notebook opened no slice: nothing is known then."""
        opened = any(name.startswith(f"{OPENED}:") for name in self._names)
        return tuple(sorted(self._names | {SCOPE if opened else EVERYTHING}))


class Columns:
    """The frames of a report's records as lists of values, of all rows or of a unit's; each is gone through once."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: dict[str, tuple[list[list[Any]], dict[str, list[int]]]] = {}

    def of(self, frame: str, unit: str = "") -> list[list[Any]]:
        """The columns of a frame."""
        if frame not in self._known:
            self._known[frame] = self._split(frame)
        columns, places = self._known[frame]
        return [[column[i] for i in places.get(unit, ())] for column in columns] if unit else columns

    def _split(self, frame: str) -> tuple[list[list[Any]], dict[str, list[int]]]:
        """A frame's columns, and unit → its rows."""
        found = getattr(self._records, frame)
        places: dict[str, list[int]] = {}
        for i, unit in enumerate(found["unit"]):
            places.setdefault(unit, []).append(i)
        return [found[name].tolist() for name in schema.FRAMES[frame]], places


class Contents:
    """The hash of each part of a report that a notebook can read, by the names that are noted.

    With a unit's code, of the report as that unit's chapter sees it (:func:`baocao.workspace.narrowed`).

    Parameters
    ----------
    whole
        The same of the whole report, where several units ask for it.
    root
        The project's folder.

    The variables of the environment are those at this moment: while notebooks run some are their own.
    """

    def __init__(self, report: Report, unit: str = "", whole: Contents | None = None, root: Path | None = None) -> None:
        self._report = report
        self._root: Path | None = root or (whole._root if whole else None)
        self._unit = unit
        self._whole = whole or (Contents(report) if unit else self)
        self._columns: Columns = self._whole._columns if unit else Columns(report.records)
        self._variables: Mapping[str, str] = self._whole._variables if unit else dict(os.environ)
        self._hashes: dict[str, str] = {}

    def others(self, names: Iterable[str]) -> list[str]:
        """Months and periods whose reports were opened beside this one: what they hold is not known here."""
        opened = {what.partition("@")[0] for kind, _, what in (name.partition(":") for name in names) if kind == OPENED}
        return sorted(opened - {str(self._report.month)})

    def hash(self, name: str) -> str:
        """The hash of a part; of an unknown one as of one that is empty."""
        if name not in self._hashes:
            self._hashes[name] = files.digest(self._parts(name))
        return self._hashes[name]

    def hashes(self, names: Iterable[str]) -> dict[str, str]:
        return {name: self.hash(name) for name in names}

    def hashes_since(self, names: Iterable[str], moment: int) -> dict[str, str]:
        """Name → hash, of what was read after a moment (ns since 1970).

        What has changed since, and was not hashed before, may have been read as it was: of that nothing is known, and
        its hash (``""``) is none that it ever has.
        """
        return {name: "" if self._may_be_other(name, moment) else self.hash(name) for name in names}

    def _may_be_other(self, name: str, moment: int) -> bool:
        return name not in self._hashes and self._root is not None and is_newer(name, self._root, moment)

    def _parts(self, name: str) -> Iterator[str | bytes]:
        report, (kind, _, what) = self._report, name.partition(":")
        if (kind == EVERYTHING and self._unit) or (kind == OPENED and what != f"{report.month}@{self._unit}"):
            yield self._whole.hash(EVERYTHING)
        elif kind == EVERYTHING:
            yield from (self.hash(one) for one in (SCOPE, PROVENANCE, LEDGER))
            yield from (self.hash(f"{RECORDS}:{frame}") for frame in sorted(_FRAMES))
        elif kind == SCOPE:
            yield repr((report.period, report.units, self._unit, report.history, report.year_to_date))
            yield repr((report.since_start, sorted(report.states.items()), report.compared))
        elif kind in FOUND and self._root:
            yield found(name, self._root, self._variables)
        elif kind == PROVENANCE and not self._unit:
            yield repr(sorted(report.provenance.items()))
        elif kind == RECORDS and what in _FRAMES:
            yield repr(self._columns.of(what, self._unit))
        elif kind == LEDGER:
            if what:
                rows = report.ledger.of(what, self._unit or None)
            else:
                rows = tuple(row for row in report.ledger.rows if self._unit in ("", row.unit))
            yield repr([_values(row) for row in rows])
