"""Which parts of its report a notebook read: noted while it reads, sent with the answer to each cell.

A kept result stays valid while the parts that its notebook read are unchanged; the rest of the month may change.
Notebooks in a run get a watched report, which notes each measure of the ledger and each frame of the records that is
accessed. New names are sent after each cell in the payload of the kernel's answer, which the executed notebook does not
keep. This works in every IPython kernel and on every machine. A part that is not noted cannot have been read: a
watched report gives out nothing without noting it.

Files and variables that a notebook reads on its own are noted too (:mod:`baocao.watch`): in a warm child from the
start, in an ordinary kernel from the moment when the notebook opens its report.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
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
"""Value of ``source`` in payload parts of this module."""

EVERYTHING = "*"
"""The whole report of the month, of every unit: used where it is not known what was read."""
OPENED = "opened"
"""``opened:MONTH@UNIT``: which report was opened; the other names do not say to which report they belong."""
SCOPE = "scope"
"""The period, the units and the months available for comparison; every chapter depends on them."""
PROVENANCE = "provenance"
LEDGER, RECORDS = "ledger", "records"
"""The whole ledger, or ``ledger:MEASURE``; ``records:FRAME``."""

_FRAMES = frozenset(field.name for field in fields(Records))
_noted: set[str] = set()
_told: set[str] = set()


def note(*names: str) -> None:
    """Remember that this process read these parts of a report."""
    _noted.update(names)


def note_opened(month: str, unit: str, *names: str) -> None:
    """Remember which report was opened, and the parts that are read at once."""
    note(f"{OPENED}:{month}@{unit}", *names)


def watch_files(but: Iterable[str]) -> None:
    """In a notebook's process: note what it reads on its own, and send all noted names after each cell.

    Parameters
    ----------
    but
        Folders in which nothing is noted.
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
    """A ledger that notes which measures are asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __reduce__(self) -> tuple[type[WatchedLedger], tuple[Ledger]]:
        return WatchedLedger, (self._ledger,)  # a copy notes what is asked of it, too

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
        """Other attributes, which give rows of more than one measure: the whole ledger is noted."""
        if name == "_ledger":  # while the object is still being made
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
    """Records that note which of their frames are accessed."""

    def __getattribute__(self, name: str) -> Any:
        if name in _FRAMES:
            note(f"{RECORDS}:{name}")
        return super().__getattribute__(name)


@dataclass(frozen=True)
class WatchedReport(Report):
    """A report that notes reads of its provenance and earlier ledger; what every chapter uses is not noted singly."""

    def __getattribute__(self, name: str) -> Any:
        if name == "provenance":
            note(PROVENANCE)
        elif name == "earlier_ledger":
            note(EVERYTHING)
        return super().__getattribute__(name)


def watched(report: Report) -> Report:
    """The report wrapped so that all that is read of it is noted."""
    parts = {field.name: getattr(report, field.name) for field in fields(Report)}
    frames = {name: getattr(report.records, name) for name in _FRAMES}
    return WatchedReport(**parts | {"ledger": WatchedLedger(report.ledger), "records": WatchedRecords(**frames)})


def _tell_after_each_cell() -> None:
    from IPython import get_ipython  # noqa: PLC0415 - loaded in every kernel, and not needed elsewhere

    shell = get_ipython()
    if shell is not None and _tell not in shell.events.callbacks["post_execute"]:
        shell.events.register("post_execute", _tell)


def _tell() -> None:
    """Send the names noted since the last cell with the kernel's answer to this one."""
    from IPython import get_ipython  # noqa: PLC0415

    note(*opening_by_themselves())
    if new := _noted - _told:
        # A part is added, not replaced: a cell may run other cells, so that this is called several times.
        names = sorted({name if _is_utf8(name) else BEYOND for name in new})
        get_ipython().payload_manager.write_payload({"source": SOURCE, "names": names}, single=False)
        _told.update(new)


def _is_utf8(name: str) -> bool:
    """Whether a name can be sent: a file name may be arbitrary bytes, and would arrive changed."""
    try:
        return bool(name.encode("utf-8"))
    except UnicodeEncodeError:
        return False


class Told:
    """Collects the names that a notebook's kernel sends; to be called with the kernel's answer to each cell."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def __call__(self, *, execute_reply: Mapping[str, Any], **_: Any) -> None:
        """Signature of nbclient's ``on_cell_executed``; payload parts from other sources are ignored."""
        for one in execute_reply["content"].get("payload", ()):
            if one.get("source") == SOURCE:
                self._names.update(one["names"])

    @property
    def reads(self) -> tuple[str, ...]:
        """The noted names; :data:`EVERYTHING` if the notebook opened no slice, so that nothing is known."""
        opened = any(name.startswith(f"{OPENED}:") for name in self._names)
        return tuple(sorted(self._names | {SCOPE if opened else EVERYTHING}))


class Columns:
    """The frames of a report's records as lists of values, for all rows or one unit's; each frame is read once."""

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
        """A frame's columns, and unit → its row numbers."""
        found = getattr(self._records, frame)
        places: dict[str, list[int]] = {}
        for i, unit in enumerate(found["unit"]):
            places.setdefault(unit, []).append(i)
        return [found[name].tolist() for name in schema.FRAMES[frame]], places


class Contents:
    """Hashes of the parts of a report that a notebook can read, by the names under which reads are noted.

    With a unit's code, hashes of the report as that unit's chapter sees it (:func:`baocao.workspace.narrowed`).

    Parameters
    ----------
    whole
        The contents of the whole report, so that several units share them.
    root
        The project's folder.

    Environment variables are taken when the object is made: while notebooks run, some are set for them.
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
        """Months and periods of other reports that were opened: their contents are not known here."""
        opened = {what.partition("@")[0] for kind, _, what in (name.partition(":") for name in names) if kind == OPENED}
        return sorted(opened - {str(self._report.month)})

    def hash(self, name: str) -> str:
        """The hash of a part; an unknown part hashes like an empty one."""
        if name not in self._hashes:
            self._hashes[name] = files.digest(self._parts(name))
        return self._hashes[name]

    def hashes(self, names: Iterable[str]) -> dict[str, str]:
        return {name: self.hash(name) for name in names}

    def hashes_since(self, names: Iterable[str], moment: int) -> dict[str, str]:
        """Name → hash for parts that were read after a moment (ns since 1970).

        A file that has changed since then, and was not hashed before, may have been read in its earlier state. That
        state is unknown, so its hash is given as ``""``, which equals no real hash.
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
            yield repr([tuple(row) for row in rows])
