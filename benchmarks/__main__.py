"""``python -m benchmarks``: every part of the benchmarks, or those that are named; tables, and JSON on request."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.parts import PARTS, Settings
from benchmarks.ways import WAYS


def main() -> None:
    """Measure and print; the JSON is written after each part, so that what was measured is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)}; none named: all")
    parser.add_argument("--notebooks", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if unknown := sorted(set(given.parts) - set(PARTS)):
        parser.error(f"no such part: {', '.join(unknown)}")
    settings = Settings(given.notebooks, given.rounds, given.rows, tuple(given.ways.split(",")))
    listed = []
    for name in given.parts or PARTS:
        found = PARTS[name](settings)
        found.show()
        listed.append(found.data())
        if given.json:
            given.json.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
