"""The one module that runs papermill."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
import psutil
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from baocao import files
from baocao.execute.environment import kernel_environment
from baocao.execute.jobs import Job
from baocao.execute.normalise import normalised, to_text
from baocao.execute.warm import control
from baocao.execute.warm.children import WarmUnavailableError
from baocao.execute.warm.control import other_engine
from baocao.execute.warm.engine import PEAK, register
from baocao.execute.work import Failure
from baocao.reads import EVERYTHING, take_reads

KERNEL = "python3"
CELL_TIMEOUT = 600
"""Seconds after which a cell counts as hung."""


_LAUNCHER = "ipykernel_launcher"
"""In the command line of an ordinary kernel."""

QUIET_KERNEL = ["--log-level=50"]
"""Almost nothing: a kernel otherwise tells in English of its sockets, and of being asked to stop."""


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

    Parameters
    ----------
    job
        The notebook and its parameters, already checked.
    output
        Where the executed notebook is kept, normalised.
    cwd
        The kernel's working folder.
    """
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
        raw = Path(folder) / output.name
        failure = _papermill(job, raw, cwd)
        if not raw.is_file():
            return Executed(failure)
        notebook = nbformat.read(raw, as_version=4)
        peak = float(notebook.metadata.get("papermill", {}).get(PEAK, 0.0))
        reads = take_reads(notebook)
        files.write_text(output, to_text(normalised(notebook)))
    return Executed(failure, peak, reads)


def _papermill(job: Job, raw: Path, cwd: Path) -> Failure | None:
    try:
        papermill.execute_notebook(
            str(job.notebook),
            str(raw),
            parameters=dict(job.parameters),
            engine_name=other_engine() or register(),
            kernel_name=KERNEL,
            cwd=str(cwd),
            progress_bar=False,
            execution_timeout=CELL_TIMEOUT,
            extra_arguments=QUIET_KERNEL,
        )
    except PapermillExecutionError as error:
        return Failure(error.cell_index + 1, error.ename, _first_line(error.evalue))
    except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
        # nbclient raises a plain RuntimeError where a kernel does not start.
        return Failure(0, type(error).__name__, _first_line(str(error)))
    return None


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0][:300]


@contextmanager
def kernels(
    root: Path, source: Path, extra: Mapping[str, str], workers: int, *, keep: bool = False, most: int = 0
) -> Iterator[None]:
    """Kernels for so many workers, under an environment that does not depend on who runs them.

    The user's IPython profile and start-up files are left out, the package is found without being installed, and
    hashes, time zone and locale are fixed. What runs when the block is left is ended; with ``keep`` what is warm stays
    for the next block, unless an exception ends this one. ``most`` is how many notebooks there are, if that is known.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what failed is told by the summary, once
    with kernel_environment(root, source, extra):
        if not other_engine():
            # It warms up while papermill reads the first notebooks.
            with suppress(WarmUnavailableError):
                control.start(min(workers, os.cpu_count() or 1), most)
        ended_well = False
        try:
            yield
            ended_well = True
        finally:
            if not ended_well:
                control.stop(refuse=True)
                _end_ordinary_kernels()
            elif not keep:
                control.stop()


def _end_ordinary_kernels() -> None:
    """End what this process started as kernels outside of the engine: who waits for their cells then goes on."""
    for child in psutil.Process().children():
        with suppress(psutil.Error):
            if _LAUNCHER in child.cmdline():
                child.kill()
