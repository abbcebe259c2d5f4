"""The bound on the memory of a notebook's process."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

MEMORY_VARIABLE = "BAOCAO_WORKER_MEMORY"
"""Environment variable with the memory bound of a notebook's process in MiB; 0 means no bound."""

MEMORY = 2048
"""The default bound in MiB: several times what the largest of the project's own notebooks needs."""


def memory_bound() -> int:
    """The memory bound of a notebook's process in MiB; 0 means no bound."""
    text = os.environ.get(MEMORY_VARIABLE, "")
    return int(text) if text.isdecimal() else MEMORY


RESERVE = 64 << 20
"""Bytes that a process gets beyond its bound once it is out of memory, because reporting this takes some."""

_SHARE = RESERVE // 4
"""Bytes that a watching process lends at a time, so that a false alarm does not use up the whole reserve."""

_LITTLE = 1 << 20
"""A process this many bytes below its bound is out of memory: Python's next request to the system will be refused."""


def lend_reserve() -> None:
    """Raise this process's bound by the reserve, if its memory is bounded."""
    _lend(0, RESERVE)


def lend_share(process: int) -> None:
    """Raise a process's bound by a share of the reserve, if its memory is bounded and the reserve is not used up."""
    _lend(process, _SHARE)


def _lend(process: int, most: int) -> None:
    import resource  # noqa: PLC0415 - not on Windows, where nothing of this runs

    if not hasattr(resource, "prlimit"):
        return
    with suppress(OSError):  # the process has ended
        bound, last = resource.prlimit(process, resource.RLIMIT_DATA)
        if last - bound in range(_SHARE, RESERVE + 1, _SHARE):  # else the notebook has set a bound itself
            resource.prlimit(process, resource.RLIMIT_DATA, (min(bound + most, last), last))


def memory_at_bound(process: int) -> int:
    """Bytes held by a process that is at its memory bound; 0 if it is not, or that cannot be determined."""
    import resource  # noqa: PLC0415

    with suppress(OSError, AttributeError):
        held = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
        bound, _ = resource.prlimit(process, resource.RLIMIT_DATA)
        return held if 0 < bound < held + _LITTLE else 0
    return 0
