"""What notebooks run in: started before papermill is imported, ended whatever happens."""

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
"""In the command line of an ordinary kernel."""


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
    """Kernels for so many workers, under an environment that does not depend on who runs them.

    The user's IPython profile and start-up files are left out, the package is found without being installed, and
    hashes, time zone and locale are fixed. What runs when the block is left is ended; with ``keep`` what is warm stays
    for the next block, unless an exception ends this one. ``expected`` is what is known of the notebooks. Without
    ``root`` each notebook works in a project folder of its own.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what failed is told by the summary, once
    with kernel_environment(root, source, extra):
        if not control.other_engine():
            # The first ones come up while papermill is imported and reads its notebooks.
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
    """End what this process started as kernels outside of the engine: who waits for their cells then goes on."""
    for child in psutil.Process().children():
        with suppress(psutil.Error):
            if _LAUNCHER in child.cmdline():
                child.kill()
