"""Starting the warm process before it is known which notebooks will run."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from baocao.execute.environment import SOURCE, kernel_environment
from baocao.execute.warm import control
from baocao.execute.warm.children import Expected, WarmUnavailableError


def warm(root: Path, timezone: str, workers: int, *, few: bool = False, soon: bool = True) -> None:
    """Start the warm process, unless it is there; it imports while the caller goes on.

    ``few``: only a few notebooks are likely to come. Then nothing is started for charts until there are some, and
    modules that this process needs, too, are imported here, once for both processes. ``soon``: they come at once.
    """
    with kernel_environment(root, SOURCE, {"TZ": timezone}), suppress(WarmUnavailableError):
        if not control.other_engine():
            expected = Expected(1, 0) if few else None if soon else Expected(0, 1, soon=False)
            control.start(min(workers, os.cpu_count() or 1), expected, share=few)
