"""Start what notebooks come from before it is known which will run."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from baocao.execute.environment import SOURCE, kernel_environment
from baocao.execute.warm import control
from baocao.execute.warm.children import Expected, WarmUnavailableError


def warm(root: Path, timezone: str, workers: int, *, few: bool = False) -> None:
    """Start the warm process, if it is not there: it imports while the caller goes on.

    ``few`` if it is likely that few notebooks come: then charts wait until it is known that there are any, and imports
    that this process needs too are made here, once for both.
    """
    with kernel_environment(root, SOURCE, {"TZ": timezone}), suppress(WarmUnavailableError):
        if not control.other_engine():
            control.start(min(workers, os.cpu_count() or 1), Expected(1, 0) if few else None, share=few)
