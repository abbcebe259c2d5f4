"""In the process of papermill: a child that is the kernel of one notebook, whether forked or started anew."""

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
"""Seconds that a child has for its exit functions (as long as jupyter_client gives a kernel)."""


class WarmUnavailableError(Exception):
    """This machine cannot fork safely, or the warm process did not start; other kernels have to be used."""


@dataclass(frozen=True)
class Expected:
    """What is known about the notebooks to come.

    Attributes
    ----------
    most
        Largest number of notebooks.
    charts
        Number of notebooks that may have charts.
    soon
        Whether they come at once; if not, a renderer of charts has time to practise.
    """

    most: int
    charts: int
    soon: bool = True


@dataclass
class Child:
    """A process: its id, a file that is readable once it has ended, how to signal it, our end of its socket.

    ``key`` signs messages, as for any kernel.
    """

    process: int
    named: int
    send_signal: Callable[[int], None]
    socket: socket.socket
    key: bytes
    peak: float = 0.0

    def ended(self, seconds: float | None = 0) -> bool:
        """Whether the process has ended, or ends within ``seconds``; with None, wait until it ends."""
        poll = select.poll()
        poll.register(self.named, select.POLLIN)
        return bool(poll.poll(None if seconds is None else seconds * 1000))

    def signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        with contextlib.suppress(ProcessLookupError):
            self.send_signal(number)

    def leave(self) -> None:
        """Tell the child that no more cells come: it runs its exit functions and ends."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def note_peak(self) -> None:
        """Remember the peak memory of the process so far."""
        self.peak = max(self.peak, peak_memory(self.process))

    def close(self) -> None:
        """Kill the process if it has not ended, and release its files; the rest of its group is ended elsewhere."""
        if not self.ended():
            self.signal(signal.SIGKILL)
            self.ended(GRACE)
        self.socket.close()
        os.close(self.named)


class Source(Protocol):
    """A source of children; its methods may be called from several threads."""

    def child(self, folder: str = "") -> Child:
        """A new child in a folder, by default this process's, with this process's environment.

        Raises
        ------
        WarmUnavailableError
            If there is no child to be had.
        """
        ...

    def expect(self, expected: Expected, folder: str = "") -> None:
        """Announce how many children will be wanted from now on, and in which folder, if that is known."""
        ...

    def close(self) -> None:
        """End all children at once."""
        ...


def request(folder: str = "") -> dict[str, object]:
    """The request for a child, without the key of messages; by default it works in this process's folder."""
    environment = dict(os.environ) | {"JPY_PARENT_PID": str(os.getpid())}
    return {"folder": folder or os.getcwd(), "environment": environment, "memory": memory_bound()}


def peak_memory(process: int) -> float:
    """Peak resident memory of a process in MiB; its present memory if the system records no peak."""
    try:
        for line in Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    with contextlib.suppress(psutil.Error):
        return float(psutil.Process(process).memory_info().rss) / (1 << 20)
    return 0.0
