"""How much memory the process of a notebook may hold."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

MEMORY_VARIABLE = "BAOCAO_WORKER_MEMORY"
"""Names the most memory of a notebook's process in MiB; 0 for no bound."""

MEMORY = 2048
"""The bound where none is named: several times what the project's own notebooks need at their largest."""


def memory_bound() -> int:
    """The most memory of a notebook's process in MiB, 0 for no bound."""
    text = os.environ.get(MEMORY_VARIABLE, "")
    return int(text) if text.isdecimal() else MEMORY


RESERVE = 64 << 20
"""Bytes beyond its bound that a process gets once it is out of memory: to say so takes some."""

_SHARE = RESERVE // 4
"""What whoever watches lends at once: a process that only seemed to be in need must not use up all of it."""

_LITTLE = 1 << 20
"""Bytes below the bound: what Python then asks the system for is refused."""


def lend_reserve() -> None:
    """Give this process what was kept back when its memory was bounded, if it was."""
    _lend(0, RESERVE)


def lend_share(process: int) -> None:
    """Give a process a share of what was kept back when its memory was bounded, if it was and is not used up."""
    _lend(process, _SHARE)


def _lend(process: int, most: int) -> None:
    import resource  # noqa: PLC0415 - not on Windows, where nothing of this runs

    if not hasattr(resource, "prlimit"):
        return
    with suppress(OSError):  # it has ended
        bound, last = resource.prlimit(process, resource.RLIMIT_DATA)
        if last - bound in range(_SHARE, RESERVE + 1, _SHARE):  # else the notebook has bounded itself
            resource.prlimit(process, resource.RLIMIT_DATA, (min(bound + most, last), last))


def memory_at_bound(process: int) -> int:
    """How many bytes a process holds if it stands at its bound of memory; 0 if it does not, or that is not known."""
    import resource  # noqa: PLC0415

    with suppress(OSError, AttributeError):
        held = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
        bound, _ = resource.prlimit(process, resource.RLIMIT_DATA)
        return held if 0 < bound < held + _LITTLE else 0
    return 0
