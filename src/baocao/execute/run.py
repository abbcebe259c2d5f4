"""Run what changed of a month's notebooks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from baocao import files
from baocao.execute.cache import Key, job_keys, why_stale
from baocao.execute.jobs import Job
from baocao.execute.parameters import check_parameters
from baocao.report import Report


@dataclass(frozen=True)
class Outcome:
    """What became of a job.

    Attributes
    ----------
    state
        ``succeeded``, ``failed`` or ``unchanged``.
    reason
        Why it failed.
    seconds
        How long it ran.
    because
        In Vietnamese, why it ran; empty if it did not.
    died
        Whether its process died or hung, where otherwise a cell raised an error.
    """

    job: Job
    state: str
    reason: str = ""
    seconds: float = 0.0
    because: str = ""
    died: bool = False


@dataclass(frozen=True)
class Step:
    """How far a run is: jobs done, jobs in all, seconds since it began."""

    done: int
    total: int
    seconds: float

    @property
    def left(self) -> float:
        """Seconds that the rest takes if it goes on as so far."""
        return self.seconds / self.done * (self.total - self.done)


Progress = Callable[[Outcome, Step], None]
"""Called after each job with its outcome and how far the run is."""


def notebook_path(folder: Path, job: Job) -> Path:
    """Where a job's executed notebook is kept."""
    return folder / f"{job.name}.ipynb"


def run_jobs(
    jobs: tuple[Job, ...],
    report: Report,
    folder: Path,
    root: Path,
    *,
    workers: int = 2,
    force: bool = False,
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Run the jobs whose inputs changed since their last good run.

    Parameters
    ----------
    jobs
        The month's jobs; all parameters are checked before the first one runs.
    report
        The month's report: what the notebooks will read.
    folder
        Where executed notebooks and their stamps are kept.
    root
        The project folder.
    workers
        How many notebooks run at once.
    force
        Run all of them.
    progress
        Told of each outcome.

    Returns
    -------
    tuple of Outcome
        One a job, in the order of the jobs.
    """
    for job in jobs:
        check_parameters(job.notebook, job.parameters)
    keys = dict(zip(jobs, job_keys(jobs, report), strict=True))
    reasons = {job: "theo tùy chọn --force" if force else _why(folder, job, keys[job]) for job in jobs}
    stale = [job for job in jobs if reasons[job]]
    done = {job: Outcome(job, "unchanged") for job in jobs if not reasons[job]}
    if stale:
        began = time.monotonic()
        for outcome in _execute_all(stale, keys, reasons, folder, root, workers, report.config.site.timezone):
            done[outcome.job] = outcome
            if progress:
                count = len(done) - len(jobs) + len(stale)
                progress(outcome, Step(count, len(stale), time.monotonic() - began))
        _remember(folder, [done[job] for job in stale])
    _forget(folder, {job.name for job in jobs})
    return tuple(done[job] for job in jobs)


def longest_first(jobs: Sequence[Job], seconds: Mapping[str, float]) -> list[Job]:
    """The jobs in the order of running: those never run before first, then by the time that they took last."""
    return sorted(jobs, key=lambda job: -seconds.get(job.name, float("inf")))


def _execute_all(
    stale: list[Job],
    keys: Mapping[Job, Key],
    reasons: Mapping[Job, str],
    folder: Path,
    root: Path,
    workers: int,
    timezone: str,
) -> Iterator[Outcome]:
    # Imported here: nothing else needs papermill, and a run with nothing to do should not wait for it.
    from baocao.execute.papermill_runner import kernels  # noqa: PLC0415

    source = Path(__file__).resolve().parents[2]
    workers = min(workers, len(stale))
    # Whatever ends the block ends the children first: then the threads that wait for them end too.
    with ThreadPoolExecutor(max_workers=workers) as pool, kernels(root, source, {"TZ": timezone}, workers):
        order = longest_first(stale, _seconds(folder))
        futures = [pool.submit(_execute_one, job, keys[job], reasons[job], folder, root) for job in order]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _execute_one(job: Job, key: Key, because: str, folder: Path, root: Path) -> Outcome:
    from baocao.execute.papermill_runner import execute  # noqa: PLC0415

    stamp = _stamp_path(folder, job)
    stamp.unlink(missing_ok=True)
    began = time.monotonic()
    failure = execute(job, notebook_path(folder, job), root)
    seconds = time.monotonic() - began
    if failure:
        return Outcome(job, "failed", str(failure), seconds, because, died=not failure.cell)
    files.write_text(stamp, json.dumps(key) + "\n")
    return Outcome(job, "succeeded", "", seconds, because)


def _stamp_path(folder: Path, job: Job) -> Path:
    return folder / f"{job.name}.key.json"


def _why(folder: Path, job: Job, key: Key) -> str:
    if not notebook_path(folder, job).is_file():
        return "chưa có kết quả"
    return why_stale(_read(_stamp_path(folder, job)), key)


def _read(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _seconds_path(folder: Path) -> Path:
    return folder.parent / "seconds.json"


def _seconds(folder: Path) -> dict[str, float]:
    """How long each notebook took last; it decides the order of running and nothing else."""
    return {name: float(value) for name, value in _read(_seconds_path(folder)).items() if isinstance(value, float)}


def _remember(folder: Path, outcomes: Sequence[Outcome]) -> None:
    seconds = _seconds(folder) | {one.job.name: round(one.seconds, 3) for one in outcomes}
    files.write_text(_seconds_path(folder), json.dumps(seconds) + "\n")


def _forget(folder: Path, names: set[str]) -> None:
    """Remove executed notebooks of chapters that the month no longer has."""
    for path in folder.glob("*"):
        if path.is_file() and path.name.split(".", 1)[0] not in names:
            path.unlink()
