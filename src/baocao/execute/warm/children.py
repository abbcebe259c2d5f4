"""In the process of papermill: a child that is the kernel of one notebook, however it came about."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

from baocao.execute.memory import memory_bound

GRACE = 5.0
"""Seconds that a child has for what it registered to be done at its end (as long as jupyter_client gives a kernel)."""


class WarmUnavailableError(Exception):
    """This machine cannot fork safely, or the warm process did not come up; other kernels have to do."""


@dataclass(frozen=True)
class Expected:
    """What is known of the notebooks that come.

    Attributes
    ----------
    most
        How many there are at most.
    charts
        How many of them may have charts.
    """

    most: int
    charts: int


@dataclass
class Child:
    """A process: its id, a file that is readable once it has ended, how to signal it, one end of its socket.

    ``key`` signs messages, as with any kernel.
    """

    process: int
    named: int
    send_signal: Callable[[int], None]
    socket: socket.socket
    key: bytes
    peak: float = 0.0

    def ended(self, seconds: float | None = 0) -> bool:
        """Whether the process has ended, or does within so many seconds (none: however long it takes)."""
        poll = select.poll()
        poll.register(self.named, select.POLLIN)
        return bool(poll.poll(None if seconds is None else seconds * 1000))

    def signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        with contextlib.suppress(ProcessLookupError):
            self.send_signal(number)

    def leave(self) -> None:
        """Say that no more cells come: the child does what it registered to be done at its end, and ends."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def note_peak(self) -> None:
        """Remember the most memory that the process held so far."""
        self.peak = max(self.peak, peak_memory(self.process))

    def close(self) -> None:
        """Kill the process if it has not ended, and forget it; the rest of its group is ended elsewhere."""
        if not self.ended():
            self.signal(signal.SIGKILL)
            self.ended(GRACE)
        self.socket.close()
        os.close(self.named)


class Source(Protocol):
    """Where children come from; its methods may be called from several threads."""

    def child(self, folder: str = "") -> Child:
        """A new child in a folder (without one: in this process's), with this process's environment.

        Raises
        ------
        WarmUnavailableError
            If there is none to be had.
        """
        ...

    def expect(self, expected: Expected, folder: str = "") -> None:
        """So many children are wanted from now on, and no more; in this folder, if that is known."""
        ...

    def close(self) -> None:
        """End every child, at once."""
        ...


def request(folder: str = "") -> dict[str, object]:
    """What a child is asked to be, but for the key of its messages; without a folder it works in this process's."""
    environment = dict(os.environ) | {"JPY_PARENT_PID": str(os.getpid())}
    return {"folder": folder or os.getcwd(), "environment": environment, "memory": memory_bound()}


def peak_memory(process: int) -> float:
    """The most resident memory that a process held, in MiB; what it holds now where the system keeps no peak."""
    try:
        for line in Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    with contextlib.suppress(psutil.Error):
        return float(psutil.Process(process).memory_info().rss) / (1 << 20)
    return 0.0
