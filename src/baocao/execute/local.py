"""Notebooks run on this machine, several at once."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from baocao import slices
from baocao.execute import drawings
from baocao.execute.environment import SOURCE
from baocao.execute.kernels import kernels
from baocao.execute.warm import control
from baocao.execute.warm.children import Expected
from baocao.execute.warm.early import warm
from baocao.execute.work import Ended, Runner, Work
from baocao.scratch import scratch_folder


@dataclass(frozen=True)
class Local:
    """Executor for several notebooks at once on this machine; ``keep`` leaves warm processes for the next project."""

    workers: int
    keep: bool = False

    @contextmanager
    def warming(self, root: Path, timezone: str) -> Iterator[None]:
        """Start the warm process, which imports while the block runs."""
        warm(root, timezone, self.workers)
        try:
            yield
        finally:
            if not self.keep:
                control.stop()

    @contextmanager
    def opened(self, root: Path, timezone: str, expected: Expected) -> Iterator[Runner]:
        """Start kernels, and threads that run notebooks in them."""
        workers = max(1, min(self.workers, expected.most))
        pictures = drawings.folder(root.resolve())
        with scratch_folder("slices") as folder:
            settings = {"TZ": timezone, slices.FOLDER_VARIABLE: str(folder), drawings.FOLDER_VARIABLE: str(pictures)}
            # However the block ends, children end first, so that the threads waiting for them end, too.
            with (
                ThreadPoolExecutor(max_workers=workers) as pool,
                kernels(root, SOURCE, settings, workers, keep=self.keep, expected=expected),
            ):
                # Imported here: nothing else needs papermill, a run with nothing to do should not wait for it, and
                # the threads should not all import it at once.
                import baocao.execute.papermill_runner  # noqa: F401, PLC0415

                def run(works: Iterable[Work]) -> Iterator[Ended]:
                    yield from _run(pool, works, folder, root)

                yield run
        drawings.forget_oldest(root.resolve())


def _run(pool: ThreadPoolExecutor, works: Iterable[Work], folder: Path, root: Path) -> Iterator[Ended]:
    futures = [pool.submit(execute_work, work, folder, root) for work in works]
    try:
        for future in as_completed(futures):
            yield future.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def execute_work(work: Work, folder: Path, root: Path) -> Ended:
    """Run a notebook with the folder of slices named in its environment."""
    from baocao.execute.papermill_runner import execute  # noqa: PLC0415

    slices.write_slice(folder, work.month, work.job.unit, work.data)
    began = time.monotonic()
    done = execute(work.job, work.output, root)
    return Ended(work, done.failure, time.monotonic() - began, done.peak, done.reads)
