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
"""Seconds after which a cell counts as hung."""

QUIET_KERNEL = ["--log-level=50"]
"""Almost nothing: a kernel otherwise tells in English of its sockets, and of being asked to stop."""

_OUT_OF_MEMORY = "hết bộ nhớ dành cho một sổ tay; xem tùy chọn --memory"
_ENDED = {
    "DeadKernelError": "tiến trình của sổ tay dừng đột ngột, có thể do hết bộ nhớ hoặc một thư viện làm sập Python",
    "CellTimeoutError": "ô chạy quá {seconds} giây nên bị dừng",
}
"""What errors of nbclient's own mean."""


@dataclass(frozen=True)
class Executed:
    """How a notebook ended.

    Attributes
    ----------
    failure
        None if every cell ran.
    peak
        The most memory in MiB that the notebook's process held, 0 if that is not known.
    reads
        What it read of its slice.
    """

    failure: Failure | None
    peak: float = 0.0
    reads: tuple[str, ...] = (EVERYTHING,)


def execute(job: Job, output: Path, cwd: Path) -> Executed:
    """Run a job's notebook in a kernel of its own and keep the executed notebook, also when it fails.

    When the run is stopped, what was kept before stays as it was.

    Parameters
    ----------
    job
        The notebook and its parameters, already checked.
    output
        Where the executed notebook is kept, normalised.
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
            # Not cwd: papermill then changes the folder of this whole process, in which other notebooks run too.
            resources=in_folder(cwd),
            progress_bar=False,
            execution_timeout=CELL_TIMEOUT,
            extra_arguments=QUIET_KERNEL,
            on_cell_executed=told,
        )
    except PapermillExecutionError as error:
        return Failure(error.cell_index + 1, error.ename, _said(error.ename, error.evalue))
    except (Exception, asyncio.CancelledError) as error:
        # Whatever it is costs this notebook and no other: nbclient raises a plain RuntimeError where a kernel does not
        # start, and an AssertionError where one that ran out of memory no longer answers.
        cells = _cells(raw)
        name = type(error).__name__
        message = _ENDED[name].format(seconds=CELL_TIMEOUT) if name in _ENDED else _first_line(str(error))
        return _noted(cells) or Failure(_reached(cells), name, message, died=True)
    return None


def _cells(raw: Path) -> list[NotebookNode]:
    """The cells as they were kept last; none if nothing was."""
    try:
        return list(nbformat.read(raw, as_version=4).cells)
    except (OSError, ValueError):
        return []


def _noted(cells: Sequence[NotebookNode]) -> Failure | None:
    """The error of a cell at which papermill stopped before something else went wrong."""
    for number, cell in enumerate(cells, start=1):
        if cell.metadata.get("papermill", {}).get("exception"):
            for output in cell.get("outputs", ()):
                if output.output_type == "error":
                    return Failure(number, output.ename, _said(output.ename, output.evalue))
    return None


def _reached(cells: Sequence[NotebookNode]) -> int:
    """The cell that began last; 0 if none did."""
    began = (
        number for number, cell in enumerate(cells, start=1) if cell.metadata.get("papermill", {}).get("start_time")
    )
    return max(began, default=0)


def _said(name: str, text: str) -> str:
    """What an error says; of want of memory Python itself says nothing, libraries say how much they asked for."""
    said = _first_line(text)
    if not name.endswith("MemoryError"):
        return said
    return f"{_OUT_OF_MEMORY} ({said})" if said else _OUT_OF_MEMORY


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0][:300]
