"""What goes to an executor and what comes back: a notebook with all that it reads, and how it ended."""

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
    """A job with the slice that its notebook reads.

    Attributes
    ----------
    job
        The notebook and its parameters, checked.
    output
        Where the executed notebook is kept.
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
    """Why a notebook failed: at which cell (from 1; 0 if that is not known), and what was raised.

    ``died``: not the cell raised that, but its process died or hung.
    """

    cell: int
    error: str
    message: str
    died: bool = False

    def __str__(self) -> str:
        return f"ô {self.cell}: {self.error}: {self.message}" if self.cell else f"{self.error}: {self.message}"


@dataclass(frozen=True)
class Ended:
    """How a piece of work ended, after how many seconds, with how much memory at most; its notebook is on disk."""

    work: Work
    failure: Failure | None
    seconds: float
    peak: float = 0.0
    """MiB that the notebook's process held at most; 0 if that is not known."""
    reads: tuple[str, ...] = (EVERYTHING,)
    """What the notebook read of its slice (:mod:`baocao.reads`)."""


class Runner(Protocol):
    """Runs pieces of work, in an order of its own, and tells of each as it ends."""

    def __call__(self, works: Iterable[Work]) -> Iterator[Ended]: ...


class Executor(Protocol):
    """Where notebooks run: opened for as long as there is work."""

    def warming(self, root: Path, timezone: str) -> AbstractContextManager[None]:
        """Get ready while the block finds out what there is to do."""
        ...

    def opened(self, root: Path, timezone: str, expected: Expected) -> AbstractContextManager[Runner]:
        """Ready for the work of a project; what runs when the block is left is ended."""
        ...
