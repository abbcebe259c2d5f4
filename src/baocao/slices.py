"""Slices: the report as each chapter sees it, prepared once in a run and stored in a file for the notebooks.

A run writes a slice for the site and for each unit with a chapter, and names their folder in the environment. A
notebook opens its slice instead of reading configuration, records and ledger again, and what it reads of it is noted
(:mod:`baocao.reads`). A notebook opened by hand has no such folder and reads the project itself. A slice is also all
that has to be sent with a notebook to another machine.

Slices are pickles: they are written and read within one run by the same code, never kept or accepted from outside.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

from baocao import files, process
from baocao.reads import EVERYTHING, note_opened, watch_files, watched
from baocao.report import Report

FOLDER_VARIABLE = "BAOCAO_SLICES"
"""Environment variable that names the folder of the run's slices."""


def packed(report: Report) -> bytes:
    """A report as bytes."""
    return pickle.dumps(report, protocol=5)


def unpacked(data: bytes) -> Report:
    """The reverse of :func:`packed`."""
    with process.uncollected():
        report: Report = pickle.loads(data)
    return report


def slice_name(month: str, unit: str = "") -> str:
    """File name of a slice; ``unit`` is empty for the site's."""
    return f"{month}@{unit}.pickle"


def in_run() -> bool:
    """Whether this process runs a notebook of a run, not one opened by hand."""
    return bool(os.environ.get(FOLDER_VARIABLE))


def write_slice(folder: Path, month: str, unit: str, data: bytes) -> None:
    """Put a packed report where :func:`open_slice` finds it."""
    files.write_bytes(folder / slice_name(month, unit), data)


def open_slice(month: str, unit: str = "") -> Report | None:
    """The report that the run prepared for this month and unit; None outside a run."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder or not month:
        return None
    path = Path(folder) / slice_name(month, unit)
    if path.parent != Path(folder) or not path.is_file():
        return None
    watch_run()
    note_opened(month, unit)
    return watched(unpacked(path.read_bytes()))


def watch_run(drawings: str = "") -> None:
    """In a notebook's process in a run: note what it reads from now on, and send that after each cell.

    Slices, kept drawings (in the folder named, if any) and the kernel's own files are not noted.
    """
    if folder := os.environ.get(FOLDER_VARIABLE):
        watch_files(filter(None, (folder, drawings, os.environ.get("IPYTHONDIR"))))


def note_around(month: str) -> None:
    """In a notebook of a run: note that it opened a month's report without a slice, and may have read all of it."""
    if in_run():
        watch_run()
        note_opened(month, "", EVERYTHING)
