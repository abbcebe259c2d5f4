"""``python -m benchmarks``: each way in turn, medians, ratios against the goals."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path

from benchmarks import material
from benchmarks.ways import WAYS

GOALS = (
    # slower way, faster way, least ratio for so many notebooks
    ("command", "warm2", {24: 14, 240: 20}),
    ("command", "warm1", {24: 10}),
    ("process2", "warm2", {24: 7}),
)
OVERHEAD_GOAL = 0.08
"""Seconds a notebook that the engine may add to the bare computation."""


def descendants(process: int) -> list[int]:
    """A process and all that came of it (Linux; else only itself)."""
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
    """Largest peak of one process among these, in MiB."""
    most = 0.0
    for one in descendants(process):
        try:
            lines = Path(f"/proc/{one}/status").read_text().splitlines()
        except OSError:
            continue
        most = max([most, *(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))])
    return most


def measure(way: str, folder: Path, count: int) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of one run of a way."""
    began = time.perf_counter()
    running = subprocess.Popen([sys.executable, "-m", "benchmarks.ways", way, str(folder), str(count)])
    peaks = [0.0]

    def watch() -> None:
        while running.poll() is None:
            peaks.append(peak(running.pid))
            time.sleep(0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    if running.wait():
        raise SystemExit(f"{way} failed")
    seconds = time.perf_counter() - began
    watcher.join()
    return seconds, max(peaks)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--notebooks", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    ways = [way for way in given.ways.split(",") if way != "ploomber" or find_spec("ploomber_engine")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        material.write_table(folder / "table.csv", given.rows)
        material.write_notebook(folder / "in.ipynb")
        runs = [(way, *measure(way, folder, given.notebooks)) for _ in range(given.rounds) for way in ways]
    report = summary(runs, given.notebooks)
    show(report)
    if given.json:
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def summary(runs: list[tuple[str, float, float]], count: int) -> dict[str, object]:
    """Medians by way, and ratios of medians."""
    ways = dict.fromkeys(way for way, _, _ in runs)
    median = {way: statistics.median(s for w, s, _ in runs if w == way) for way in ways}
    memory = {way: max(m for w, _, m in runs if w == way) for way in ways}
    ratios = [
        {"of": f"{slow} / {fast}", "ratio": median[slow] / median[fast], "goal": goals.get(count)}
        for slow, fast, goals in GOALS
        if slow in median and fast in median
    ]
    if {"bare", "warm1"} <= median.keys():
        over = (median["warm1"] - median["bare"]) / count
        ratios.append({"of": "overhead of a notebook, s", "ratio": over, "goal": OVERHEAD_GOAL})
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    table = {way: {"seconds": median[way], "each": median[way] / count, "peak_mib": memory[way]} for way in ways}
    return {"notebooks": count, "cores": os.cpu_count(), "load": load, "ways": table, "ratios": ratios}


def show(report: dict[str, object]) -> None:
    """The summary as a table."""
    print(f"{report['notebooks']} notebooks, {report['cores']} cores, load at the end {report['load']:.1f}")
    print(f"{'way':<10} {'s':>8} {'s each':>8} {'MiB':>6}")
    for way, one in report["ways"].items():  # type: ignore[attr-defined]
        print(f"{way:<10} {one['seconds']:>8.2f} {one['each']:>8.3f} {one['peak_mib']:>6.0f}")
    for one in report["ratios"]:  # type: ignore[attr-defined]
        goal = "" if one["goal"] is None else f"  (goal {one['goal']})"
        print(f"{one['of']:<28} {one['ratio']:.3f}{goal}")


if __name__ == "__main__":
    main()
