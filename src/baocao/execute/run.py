"""Run what changed of a month's notebooks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, fields
from pathlib import Path

from baocao import files
from baocao.execute.jobs import Job
from baocao.execute.parameters import check_parameters
from baocao.intake import schema
from baocao.intake.records import Records
from baocao.report import Report
from baocao.workspace import environment, narrowed, package_digest


@dataclass(frozen=True)
class Outcome:
    """What became of a job; ``state`` is ``succeeded``, ``failed`` or ``unchanged``."""

    job: Job
    state: str
    reason: str = ""
    seconds: float = 0.0


Progress = Callable[[Outcome, int, int], None]
"""Called after each job with its outcome, how many are done, and how many there are."""


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
    stale = [job for job in jobs if force or not _is_fresh(folder, job, keys[job])]
    done = {job: Outcome(job, "unchanged") for job in jobs if job not in stale}
    if stale:
        for outcome in _execute_all(stale, keys, folder, root, workers, report.config.site.timezone):
            done[outcome.job] = outcome
            if progress:
                progress(outcome, len(done) - len(jobs) + len(stale), len(stale))
    _forget(folder, {job.name for job in jobs})
    return tuple(done[job] for job in jobs)


def _execute_all(
    stale: list[Job], keys: Mapping[Job, str], folder: Path, root: Path, workers: int, timezone: str
) -> Iterator[Outcome]:
    # Imported here: nothing else needs papermill, and a run with nothing to do should not wait for it.
    from baocao.execute.papermill_runner import kernels  # noqa: PLC0415

    source = Path(__file__).resolve().parents[2]
    with ThreadPoolExecutor(max_workers=workers) as pool, kernels(root, source, {"TZ": timezone}, workers):
        futures = [pool.submit(_execute_one, job, keys[job], folder, root) for job in stale]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _execute_one(job: Job, key: str, folder: Path, root: Path) -> Outcome:
    from baocao.execute.papermill_runner import execute  # noqa: PLC0415

    stamp = _stamp_path(folder, job)
    stamp.unlink(missing_ok=True)
    began = time.monotonic()
    failure = execute(job, notebook_path(folder, job), root)
    seconds = time.monotonic() - began
    if failure:
        return Outcome(job, "failed", str(failure), seconds)
    files.write_text(stamp, json.dumps({"key": key}) + "\n")
    return Outcome(job, "succeeded", "", seconds)


def job_keys(jobs: tuple[Job, ...], report: Report) -> list[str]:
    """One hash a job over all that its outputs rest on: notebook, parameters, its own rows, code, versions."""
    config = report.config.model_dump_json()
    slices = {"": _slice(report)}
    keys = []
    for job in jobs:
        if job.unit not in slices:
            slices[job.unit] = _slice(narrowed(report, job.unit))
        shown = json.dumps(dict(job.parameters), sort_keys=True)
        data = slices[job.unit]
        keys.append(files.digest((job.notebook.read_bytes(), shown, data, config, package_digest(), *environment())))
    return keys


def _slice(report: Report) -> str:
    frames = (schema.to_csv(field.name, getattr(report.records, field.name)) for field in fields(Records))
    return files.digest((report.ledger.to_csv(), *frames))


def _stamp_path(folder: Path, job: Job) -> Path:
    return folder / f"{job.name}.key.json"


def _is_fresh(folder: Path, job: Job, key: str) -> bool:
    try:
        stamp = json.loads(_stamp_path(folder, job).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return stamp.get("key") == key and notebook_path(folder, job).is_file()


def _forget(folder: Path, names: set[str]) -> None:
    """Remove executed notebooks of chapters that the month no longer has."""
    for path in folder.glob("*"):
        if path.is_file() and path.name.split(".", 1)[0] not in names:
            path.unlink()
