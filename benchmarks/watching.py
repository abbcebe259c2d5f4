"""The cost of making a book again after a change, for a command with ``--watch``."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measuring import Cost, descendants, peaks

WAITS = "Đang chờ thay đổi"
"""Part of the command's message when the book is made."""
_LOOK = 1.0
"""Seconds between two checks whether the next round is ready."""
_IDLE = 0.15
"""Most processor seconds that a merely waiting command uses between two checks."""


class Watching:
    """A command with ``--watch`` whose first book is made."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self._running = running
        self._until_it_waits()

    def cost(self, change: Callable[[], None]) -> Cost:
        """Make a change when the next round stands by; returns the cost until the command waits again."""
        used = _used(self._running.pid)
        while time.sleep(_LOOK) or _used(self._running.pid) - used > _IDLE:
            used = _used(self._running.pid)
        used, began = _used(self._running.pid), time.perf_counter()
        with peaks(self._running.pid) as seen:
            change()
            self._until_it_waits()
            seconds = time.perf_counter() - began
        return Cost(seconds, _used(self._running.pid) - used, max(seen))

    def _until_it_waits(self) -> None:
        assert self._running.stderr
        said = ""
        for line in self._running.stderr:
            if WAITS in line:
                return
            said += line
        raise SystemExit(f"the command that watches has ended:\n{said}")


def _used(process: int) -> float:
    """Processor seconds of a process and its descendants, ended ones included."""
    ticks = 0
    for one in descendants(process):
        try:
            ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:15]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def watching(command: Sequence[str], folder: Path) -> Iterator[Watching]:
    """Start a command with ``--watch``, which is stopped at the end of the block."""
    running = subprocess.Popen(
        [*command, "--watch"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        yield Watching(running)
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate()
