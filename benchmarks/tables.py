"""Results of a benchmark: costs by name, and figures beside their goals."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.measuring import Cost


@dataclass(frozen=True)
class Figure:
    """A figure and its goal: at least (``>=``) or at most (``<=``) a bound, or no goal."""

    name: str
    value: float
    sign: str = ""
    goal: float | None = None

    @property
    def kept(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.sign == ">=" else self.value <= self.goal


@dataclass
class Found:
    """The results of one part."""

    name: str
    costs: dict[str, Cost]
    figures: list[Figure] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """The results as JSON data, with the state of the machine."""
        return {
            "part": self.name,
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
            "costs": {name: asdict(one) for name, one in self.costs.items()},
            "figures": [asdict(one) | {"kept": one.kept} for one in self.figures],
        }

    def show(self) -> None:
        """Print the results as a table."""
        load = f", load at the end {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
        print(f"\n{self.name} ({os.cpu_count()} cores{load})")
        print(f"{'':<34} {'s':>8} {'cpu s':>8} {'MiB':>6}")
        for name, one in self.costs.items():
            print(f"{name:<34} {one.seconds:>8.2f} {one.cpu:>8.2f} {one.mib:>6.0f}")
        for one in self.figures:
            goal = "" if one.goal is None else f"  {one.sign} {one.goal:g}: {'yes' if one.kept else 'NO'}"
            print(f"  {one.name:<52} {one.value:>9.3f}{goal}")
