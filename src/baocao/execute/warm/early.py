"""Start what notebooks come from before it is known which will run."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from baocao.execute.environment import SOURCE, kernel_environment
from baocao.execute.warm import control
from baocao.execute.warm.children import WarmUnavailableError


def warm(root: Path, timezone: str, workers: int) -> None:
    """Start the warm process, if it is not there: it imports while the caller goes on."""
    with kernel_environment(root, SOURCE, {"TZ": timezone}), suppress(WarmUnavailableError):
        if not control.other_engine():
            control.start(min(workers, os.cpu_count() or 1))
