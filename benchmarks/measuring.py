"""Time and memory of a command, including all processes that it starts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.2
"""Seconds between two measurements of memory."""


@dataclass(frozen=True)
class Cost:
    """Cost of one run: seconds, processor seconds of all processes, largest peak memory of one process in MiB."""

    seconds: float
    cpu: float
    mib: float


def descendants(process: int) -> list[int]:
    """A process and all its descendants (on Linux; elsewhere only itself)."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found = [process]
    for one in found:
        found += parents.get(one, [])
    return found


def peak(process: int) -> float:
    """Largest peak memory of a single process among a process and its descendants, in MiB."""
    most = 0.0
    for one in descendants(process):
        try:
            lines = Path(f"/proc/{one}/status").read_text().splitlines()
        except OSError:
            continue
        most = max([most, *(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))])
    return most


@contextmanager
def peaks(process: int) -> Iterator[list[float]]:
    """Measure that repeatedly while the block runs; yields the list of results."""
    seen, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(EVERY):
            seen.append(peak(process))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        done.set()
        looking.join()


def cost(command: Sequence[str], folder: Path | None = None, **environment: str) -> Cost:
    """Run a command to its end and measure its cost."""
    before, began = os.times(), time.perf_counter()
    running = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    with peaks(running.pid) as seen:
        said = running.communicate()[1]
        seconds = time.perf_counter() - began
    if running.returncode:
        sys.stderr.write(said.decode("utf-8", "replace"))
        raise SystemExit(f"failed: {' '.join(command)}")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(seconds, used, max(seen))


def interleaved(ways: Iterable[str], rounds: int, run: Callable[[str], Cost]) -> dict[str, Cost]:
    """Run the ways in turn, A B C A B C; returns for each the median times and the largest peak."""
    ways = list(ways)
    found: dict[str, list[Cost]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            found[way].append(run(way))
    return {way: middle(costs) for way, costs in found.items()}


def middle(costs: Sequence[Cost]) -> Cost:
    """Medians of time, the largest peak."""
    return Cost(
        statistics.median(one.seconds for one in costs),
        statistics.median(one.cpu for one in costs),
        max(one.mib for one in costs),
    )
