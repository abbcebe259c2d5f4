"""Input and output of an executor: a notebook with all that it reads, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from baocao.execute.jobs import Job
from baocao.execute.warm.children import Expected
from baocao.reads import EVERYTHING


@dataclass(frozen=True)
class Work:
    """A job together with the slice that its notebook reads.

    Attributes
    ----------
    job
        The notebook and its parameters, checked.
    output
        Where to keep the executed notebook.
    month
        The report month (or period) of the slice.
    data
        The slice (:mod:`baocao.slices`).
    """

    job: Job
    output: Path
    month: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Failure:
    """Why a notebook failed: the number of the cell (from 1; 0 if not known), and the error.

    ``died``: the process died or hung; no cell raised an error.
    """

    cell: int
    error: str
    message: str
    died: bool = False

    def __str__(self) -> str:
        return f"ô {self.cell}: {self.error}: {self.message}" if self.cell else f"{self.error}: {self.message}"


@dataclass(frozen=True)
class Ended:
    """How a piece of work ended, with its running time in seconds; the executed notebook is on disk."""

    work: Work
    failure: Failure | None
    seconds: float
    peak: float = 0.0
    """Peak memory of the notebook's process in MiB; 0 if not known."""
    reads: tuple[str, ...] = (EVERYTHING,)
    """Names of what the notebook read (:mod:`baocao.reads`)."""


class Runner(Protocol):
    """Runs pieces of work, in any order, and yields the outcome of each as it ends."""

    def __call__(self, works: Iterable[Work]) -> Iterator[Ended]: ...


class Executor(Protocol):
    """A place where notebooks run, opened while there is work."""

    def warming(self, root: Path, timezone: str) -> AbstractContextManager[None]:
        """Get ready in the background while the block finds out what there is to do."""
        ...

    def opened(self, root: Path, timezone: str, expected: Expected) -> AbstractContextManager[Runner]:
        """Provide a runner for a project's work; whatever still runs at the end of the block is ended."""
        ...
