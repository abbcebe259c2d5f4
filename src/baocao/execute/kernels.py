"""The processes in which notebooks run: started before papermill is imported, ended whatever happens."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from baocao.execute.environment import kernel_environment
from baocao.execute.warm import control
from baocao.execute.warm.children import Expected, WarmUnavailableError

_LAUNCHER = "ipykernel_launcher"
"""Part of the command line of an ordinary kernel, by which it is recognised."""


@contextmanager
def kernels(
    root: Path | None,
    source: Path,
    extra: Mapping[str, str],
    workers: int,
    *,
    keep: bool = False,
    expected: Expected | None = None,
) -> Iterator[None]:
    """Provide kernels for ``workers`` notebooks at once, in an environment that does not depend on the user.

    The user's IPython profile and start-up files are ignored, the package is found even if not installed, and hash
    seed, time zone and locale are fixed. Whatever still runs at the end of the block is ended; with ``keep``, warm
    processes stay for the next block, unless this one ends with an exception. ``expected`` is what is known about the
    notebooks. Without ``root`` each notebook works in a project folder of its own.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # the summary reports failures, once
    with kernel_environment(root, source, extra):
        if not control.other_engine():
            # The first kernels start while papermill is imported and reads its notebooks.
            with suppress(WarmUnavailableError):
                control.start(min(workers, os.cpu_count() or 1), expected, str(root.resolve()) if root else "")
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
    """End ordinary kernels that this process started outside the engine; threads waiting for their cells then go on."""
    for child in psutil.Process().children():
        with suppress(psutil.Error):
            if _LAUNCHER in child.cmdline():
                child.kill()
