"""The one module that runs papermill."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from baocao import files
from baocao.execute.jobs import Job
from baocao.execute.normalise import ids, normalised, to_text
from baocao.execute.parameters import LANGUAGE
from baocao.execute.warm.control import other_engine, stopped
from baocao.execute.warm.engine import PEAK, in_folder, register
from baocao.execute.work import Failure
from baocao.reads import EVERYTHING, Told
from baocao.scratch import scratch_folder

KERNEL = "python3"
CELL_TIMEOUT = 600
"""Seconds after which a running cell counts as hung."""

QUIET_KERNEL = ["--log-level=50"]
"""Log level for kernels that hides nearly everything; else they report on sockets and shutdown, in English."""

_OUT_OF_MEMORY = "hết bộ nhớ dành cho một sổ tay; xem tùy chọn --memory"
_ENDED = {
    "DeadKernelError": "tiến trình của sổ tay dừng đột ngột, có thể do hết bộ nhớ hoặc một thư viện làm sập Python",
    "CellTimeoutError": "ô chạy quá {seconds} giây nên bị dừng",
}
"""Exceptions of nbclient → their meaning in Vietnamese."""


@dataclass(frozen=True)
class Executed:
    """How a notebook ended.

    Attributes
    ----------
    failure
        Why it failed; None if every cell ran.
    peak
        Peak memory of the notebook's process in MiB; 0 if not known.
    reads
        Names of what it read (:mod:`baocao.reads`).
    """

    failure: Failure | None
    peak: float = 0.0
    reads: tuple[str, ...] = (EVERYTHING,)


def execute(job: Job, output: Path, cwd: Path) -> Executed:
    """Run a job's notebook in a separate kernel and keep the executed notebook, even if it fails.

    If the run is stopped, a notebook kept from an earlier run is left untouched.

    Parameters
    ----------
    job
        The notebook and its parameters, already checked.
    output
        Where to keep the executed notebook, normalised.
    cwd
        The kernel's working folder.
    """
    with scratch_folder("notebook") as folder:
        raw = folder / output.name
        told = Told()
        failure = _papermill(job, raw, cwd, told)
        if stopped() or not raw.is_file():
            return Executed(failure)
        notebook = nbformat.read(raw, as_version=4)
        peak = float(notebook.metadata.get("papermill", {}).get(PEAK, 0.0))
        files.write_text(output, to_text(normalised(notebook, ids(job.notebook), cwd)))
    return Executed(failure, peak, told.reads)


def _papermill(job: Job, raw: Path, cwd: Path, told: Told) -> Failure | None:
    try:
        papermill.execute_notebook(
            str(job.notebook),
            str(raw),
            parameters=dict(job.parameters),
            engine_name=other_engine() or register(),
            kernel_name=KERNEL,
            language=LANGUAGE,
            # Not cwd: with it papermill changes the working folder of the whole process, where other notebooks run.
            resources=in_folder(cwd),
            progress_bar=False,
            execution_timeout=CELL_TIMEOUT,
            extra_arguments=QUIET_KERNEL,
            on_cell_executed=told,
        )
    except PapermillExecutionError as error:
        return Failure(error.cell_index + 1, error.ename, _said(error.ename, error.evalue))
    except (Exception, asyncio.CancelledError) as error:
        # Any error makes only this notebook fail: nbclient raises a plain RuntimeError if a kernel does not start, and
        # an AssertionError if one that is out of memory no longer answers.
        cells = _cells(raw)
        name = type(error).__name__
        message = _ENDED[name].format(seconds=CELL_TIMEOUT) if name in _ENDED else _first_line(str(error))
        return _noted(cells) or Failure(_reached(cells), name, message, died=True)
    return None


def _cells(raw: Path) -> list[NotebookNode]:
    """The cells as saved last; none if nothing was saved."""
    try:
        return list(nbformat.read(raw, as_version=4).cells)
    except (OSError, ValueError):
        return []


def _noted(cells: Sequence[NotebookNode]) -> Failure | None:
    """The error of a cell at which papermill stopped, if something else went wrong after that; else None."""
    for number, cell in enumerate(cells, start=1):
        if cell.metadata.get("papermill", {}).get("exception"):
            for output in cell.get("outputs", ()):
                if output.output_type == "error":
                    return Failure(number, output.ename, _said(output.ename, output.evalue))
    return None


def _reached(cells: Sequence[NotebookNode]) -> int:
    """Number of the cell that began last; 0 if none did."""
    began = (
        number for number, cell in enumerate(cells, start=1) if cell.metadata.get("papermill", {}).get("start_time")
    )
    return max(began, default=0)


def _said(name: str, text: str) -> str:
    """An error's message; for lack of memory Python gives none, and libraries only the size of their request."""
    said = _first_line(text)
    if not name.endswith("MemoryError"):
        return said
    return f"{_OUT_OF_MEMORY} ({said})" if said else _OUT_OF_MEMORY


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0][:300]
