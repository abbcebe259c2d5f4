"""Running those of a month's notebooks whose inputs changed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from baocao import files
from baocao.execute import drawings
from baocao.execute.cache import READS, Key, job_keys, why_stale
from baocao.execute.jobs import Job
from baocao.execute.parameters import check_parameters
from baocao.execute.warm.children import Expected
from baocao.execute.work import Ended, Executor, Work
from baocao.reads import Contents
from baocao.report import Report
from baocao.slices import packed
from baocao.watch import KEY
from baocao.workspace import narrowed


@dataclass(frozen=True)
class Outcome:
    """The outcome of a job.

    Attributes
    ----------
    state
        ``succeeded``, ``failed`` or ``unchanged``.
    reason
        Why it failed.
    seconds
        Running time in seconds.
    because
        Why it ran, in Vietnamese; empty if it did not.
    died
        Whether it failed because its process died or hung, not because a cell raised an error.
    peak
        Peak memory of its process in MiB; 0 if not known.
    """

    job: Job
    state: str
    reason: str = ""
    seconds: float = 0.0
    because: str = ""
    died: bool = False
    peak: float = 0.0


@dataclass(frozen=True)
class Step:
    """Progress of a run: jobs done, jobs in all, seconds since it began."""

    done: int
    total: int
    seconds: float

    @property
    def left(self) -> float:
        """Estimated seconds left, at the average speed so far."""
        return self.seconds / self.done * (self.total - self.done)


RESULT = "result"
"""Entry of a kept key: hash of the executed notebook, to detect changes made by others."""

_EXECUTED = ".ipynb"
"""Ending, after the chapter's name, of an executed notebook."""

_CHART = b'"image/svg+xml"'
"""Occurs in every executed notebook that has charts."""

_TICK = 20_000_000
"""Nanoseconds by which file times may lag behind the system clock."""

Progress = Callable[[Outcome, Step], None]
"""Called after each job with its outcome and how far the run is."""


def notebook_path(folder: Path, job: Job) -> Path:
    """Where a job's executed notebook is kept."""
    return folder / f"{job.name}{_EXECUTED}"


@dataclass(frozen=True)
class Lot:
    """The jobs of a month (or period), the report that their notebooks read, and the folder for results."""

    jobs: tuple[Job, ...]
    report: Report
    folder: Path

    @cached_property
    def packed(self) -> bytes:
        """The report as bytes."""
        return packed(self.report)


def run_jobs(
    lots: Sequence[Lot],
    root: Path,
    executor: Executor,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> tuple[tuple[Outcome, ...], ...]:
    """Run the jobs whose inputs changed since their last good run.

    Parameters
    ----------
    lots
        The jobs of each month; all parameters are checked before the first job runs.
    root
        The project folder.
    executor
        Where they run.
    force
        Whether to run all jobs.
    progress
        Called with each outcome.

    Returns
    -------
    tuple of tuple of Outcome
        For each lot, the outcomes of its jobs in their order.
    """
    for lot in lots:
        for job in lot.jobs:
            check_parameters(job.notebook, job.parameters)
    plans = [_plan(lot, force, root) for lot in lots]
    tasks = {task.work.output: task for plan in plans for task in plan}
    if force:
        drawings.forget(root)
    done = _execute_all(tasks, root, executor, lots, progress) if tasks else {}
    for lot in lots:
        outputs = {notebook_path(lot.folder, job): job for job in lot.jobs}
        _remember(lot.folder, [done[path] for path in outputs if path in done])
        _forget(lot.folder, {job.name for job in lot.jobs})
    return tuple(
        tuple(done.get(notebook_path(lot.folder, job), Outcome(job, "unchanged")) for job in lot.jobs) for lot in lots
    )


@dataclass(frozen=True)
class _Task:
    """A piece of work, the key of its result, what it may read, why it runs, and its last running time in seconds."""

    work: Work
    key: Key
    data: Contents
    because: str
    last: float


def _plan(lot: Lot, force: bool, root: Path) -> list[_Task]:
    """The lot's jobs that have to run."""
    seconds, data = _seconds(lot.folder), _Slices(lot, root)
    tasks = []
    for job, key in zip(lot.jobs, job_keys(lot.jobs, lot.report), strict=True):
        contents = data.contents(job.unit)
        if because := "theo tùy chọn --force" if force else _why(lot.folder, job, key, contents):
            work = Work(job, notebook_path(lot.folder, job), str(lot.report.month), data.packed(job.unit))
            tasks.append(_Task(work, key, contents, because, seconds.get(job.name, float("inf"))))
    return tasks


class _Slices:
    """The slices of a lot's report; each is narrowed, hashed and packed only once."""

    def __init__(self, lot: Lot, root: Path) -> None:
        self._lot = lot
        self._root = root
        self._whole = Contents(lot.report, root=root)
        self._contents: dict[str, Contents] = {"": self._whole}
        self._packed: dict[str, bytes] = {}

    def contents(self, unit: str) -> Contents:
        if unit not in self._contents:
            self._contents[unit] = Contents(self._lot.report, unit, self._whole, self._root)
        return self._contents[unit]

    def packed(self, unit: str) -> bytes:
        if unit not in self._packed:
            self._packed[unit] = packed(narrowed(self._lot.report, unit)) if unit else self._lot.packed
        return self._packed[unit]


def longest_first(tasks: Iterable[_Task]) -> list[_Task]:
    """The tasks in running order: first those never run before, then by last running time, longest first."""
    return sorted(tasks, key=lambda task: -task.last)


def _execute_all(
    tasks: Mapping[Path, _Task], root: Path, executor: Executor, lots: Sequence[Lot], progress: Progress | None
) -> dict[Path, Outcome]:
    done: dict[Path, Outcome] = {}
    began, moment = time.monotonic(), time.time_ns() - _TICK
    with executor.opened(root, lots[0].report.config.site.timezone, _expected(tasks)) as runner:
        for ended in runner(_unstamped(longest_first(tasks.values()))):
            task = tasks[ended.work.output]
            done[ended.work.output] = outcome = _outcome(task, ended)
            if outcome.state == "succeeded":
                stamp = {
                    **task.key,
                    READS: task.data.hashes_since(ended.reads, moment),
                    RESULT: files.sha256(task.work.output),
                }
                files.write_text(_stamp_path(task.work), json.dumps(stamp) + "\n")
            if progress:
                progress(outcome, Step(len(done), len(tasks), time.monotonic() - began))
    return done


def _expected(tasks: Mapping[Path, _Task]) -> Expected:
    return Expected(len(tasks), sum(not path.is_file() or _CHART in path.read_bytes() for path in tasks))


def _unstamped(tasks: Sequence[_Task]) -> list[Work]:
    """The work of tasks whose old key files are removed first, so that after a kill none belongs to half a result."""
    for task in tasks:
        _stamp_path(task.work).unlink(missing_ok=True)
    return [task.work for task in tasks]


def _outcome(task: _Task, ended: Ended) -> Outcome:
    failure = ended.failure
    if failure is None:
        return Outcome(task.work.job, "succeeded", "", ended.seconds, task.because, peak=ended.peak)
    return Outcome(task.work.job, "failed", str(failure), ended.seconds, task.because, failure.died, ended.peak)


def _stamp_path(work: Work) -> Path:
    return _key_path(work.output.parent, work.job)


def _key_path(folder: Path, job: Job) -> Path:
    return folder / f"{job.name}{KEY}"


def _why(folder: Path, job: Job, key: Key, data: Contents) -> str:
    result = notebook_path(folder, job)
    if not result.is_file():
        return "chưa có kết quả"
    kept = files.read_object(_key_path(folder, job))
    return why_stale(kept, key, data) or ("kết quả đã bị sửa" if kept.get(RESULT) != files.sha256(result) else "")


def _seconds_path(folder: Path) -> Path:
    return folder.parent / "seconds.json"


def _seconds(folder: Path) -> dict[str, float]:
    """Last running time of each notebook; used only for the running order."""
    return {
        name: float(value)
        for name, value in files.read_object(_seconds_path(folder)).items()
        if isinstance(value, float)
    }


def _remember(folder: Path, outcomes: Sequence[Outcome]) -> None:
    if not outcomes:
        return
    seconds = _seconds(folder) | {one.job.name: round(one.seconds, 3) for one in outcomes}
    files.write_text(_seconds_path(folder), json.dumps(seconds) + "\n")


def _forget(folder: Path, names: set[str]) -> None:
    """Remove executed notebooks of chapters that the month no longer has."""
    kept = {f"{name}{ending}" for name in names for ending in (_EXECUTED, KEY)}  # a code may contain dots
    for path in folder.glob("*"):
        if path.is_file() and path.name not in kept:
            path.unlink()
