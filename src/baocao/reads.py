"""What a notebook read of its report, noted while it reads and told with its outputs.

A kept result holds as long as what its notebook read is as it was; the rest of the month may change. Notebooks of a run
get a watched report: each measure of the ledger and each frame of the records that is looked at is noted, and what is
new after a cell is published beside the cell's outputs, under a MIME type of its own that is taken out of the executed
notebook. That works in every kernel and on every machine. What is not noted here cannot have been read: a watched
report hands out nothing else.

Files of the project that a notebook opens by itself, modules that it imports from there and folders that it lists are
noted too, by what Python tells of that (an audit hook): from the notebook's beginning in a warm child, in an ordinary
kernel from where it opens its report. What a program that is called reads, or a library past Python, is not heard of.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from baocao import files, sources
from baocao.intake import schema
from baocao.intake.records import Records
from baocao.measures.ledger import SITE, Ledger, Row
from baocao.report import Report

MIME = "application/vnd.baocao.reads+json"

EVERYTHING = "*"
"""All of the month's report, of every unit: where it is not known what was read."""
OPENED = "opened"
"""``opened:MONTH@UNIT``: which report was opened. The names do not tell whose parts they are; this does."""
SCOPE = "scope"
"""The period, the units, which months there are to compare with: every chapter rests on them."""
PROVENANCE = "provenance"
LEDGER, RECORDS = "ledger", "records"
"""The whole ledger, or ``ledger:MEASURE``; ``records:FRAME``."""
FILE = "file"
"""``file:PATH``: a file or folder of the project, from the project's folder."""

_values = attrgetter(*(field.name for field in fields(Row)))
_FRAMES = frozenset(field.name for field in fields(Records))
_noted: set[str] = set()
_told: set[str] = set()


def note(*names: str) -> None:
    """Remember that this process read so much of a report."""
    _noted.update(names)


def note_opened(month: str, unit: str, *names: str) -> None:
    """Remember which report was opened, and tell that and all that is read after each cell of the notebook that asks.

    Parameters
    ----------
    names
        What is read of it at once.
    """
    note(f"{OPENED}:{month}@{unit}", *names)
    watch_files()


def watch_files(but: Iterable[str] = ()) -> None:
    """In a notebook's process: note which files of the project it opens, and tell all that is read after each cell.

    Parameters
    ----------
    but
        Folders of which nothing is noted.
    """
    global _watches  # noqa: PLW0603 - of a process there is one
    _tell_after_each_cell()
    root = os.environ.get(sources.ROOT_VARIABLE)
    if _watches or not root:
        return
    _watches = True
    libraries = (sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib"))
    watch = _Files(root, (str(sources.PACKAGE), *libraries, *but))
    for module in list(sys.modules.values()):
        if isinstance(file := getattr(module, "__file__", None), str):
            watch.note(file)
    sys.addaudithook(watch)


_watches = False


class _Files:
    """Notes what this process opens below a folder; what is hidden or in one of the other folders is left out."""

    def __init__(self, root: str, but: Iterable[str]) -> None:
        self._root = os.path.join(os.path.realpath(root), "")
        self._but = tuple(os.path.join(name, "") for one in but for name in {one, os.path.realpath(one)})

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        try:
            if event == "open" and _reads(arguments[2]):
                self.note(arguments[0])
            elif event in ("os.listdir", "os.scandir"):
                self.note(arguments[0] or os.curdir)
        except (OSError, TypeError, ValueError):  # an open file, or no name of one
            return

    def note(self, name: str | bytes | os.PathLike[str]) -> None:
        name = os.fsdecode(name)
        if name.startswith(self._but):  # as a rule, and to follow links takes time
            return
        folder, last = os.path.split(os.path.abspath(name))
        path = os.path.join(os.path.realpath(folder), last)
        if path.endswith(".pyc"):
            path = importlib.util.source_from_cache(path)
        inside = path.removeprefix(self._root)
        if inside and inside != path and not path.startswith(self._but) and not sources.is_hidden(Path(inside)):
            note(f"{FILE}:{Path(inside).as_posix()}")


def _reads(flags: int) -> bool:
    return not flags & os.O_TRUNC and flags & (os.O_WRONLY | os.O_RDWR) != os.O_WRONLY


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
        # What a forked process reads is not heard of here.
        os.register_at_fork(before=lambda: note(EVERYTHING))


def _tell() -> None:
    """Publish what was read since the last cell; the first time also that nothing was."""
    from IPython.display import publish_display_data  # noqa: PLC0415

    if _noted - _told or not _told:
        publish_display_data({MIME: sorted(_noted - _told)})  # type: ignore[no-untyped-call]
        _told.update(_noted | {SCOPE})


def take_reads(notebook: nbformat.NotebookNode) -> tuple[str, ...]:
    """What an executed notebook told of its reads, taken out of its outputs.

    Returns
    -------
    tuple of str
        Names as they are noted; :data:`EVERYTHING` where the notebook opened no slice: nothing is known then.
    """
    told: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            told.update(name for one in cell.outputs if _tells(one) for name in one.data[MIME])
            cell["outputs"] = [one for one in cell.outputs if not _tells(one)]
    opened = any(name.startswith(f"{OPENED}:") for name in told)
    return tuple(sorted(told | {SCOPE if opened else EVERYTHING}))


def _tells(output: nbformat.NotebookNode) -> bool:
    return MIME in output.get("data", {})


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
    """

    def __init__(self, report: Report, unit: str = "", whole: Contents | None = None, root: Path | None = None) -> None:
        self._report = report
        self._root = root
        self._unit = unit
        self._whole = whole or (Contents(report) if unit else self)
        self._columns: Columns = self._whole._columns if unit else Columns(report.records)
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
        elif kind == FILE and self._root:
            yield sources.content(self._root / what)
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
