"""``python -m benchmarks``: run all or the named parts of the benchmarks; prints tables, writes JSON on request."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.parts import PARTS, Settings
from benchmarks.ways import WAYS


def number(text: str) -> int:
    """A number of at least 1."""
    if (value := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"at least 1, not {value}")
    return value


def main() -> None:
    """Measure and print; JSON is written after each part, so that an interruption loses little."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)}; none named: all")
    parser.add_argument("--notebooks", type=number, default=24, help="that a way runs (goals: 24, 240; %(default)s)")
    parser.add_argument("--rounds", type=number, default=3, help="of each measurement (%(default)s)")
    parser.add_argument("--rows", type=number, default=300, help="of the table that a notebook reads (%(default)s)")
    parser.add_argument("--ways", default=",".join(WAYS), help="of: %(default)s")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures there, after each part")
    given = parser.parse_args()
    ways = tuple(given.ways.split(","))
    for kind, named, known in (("part", given.parts, PARTS), ("way", ways, WAYS)):
        if unknown := sorted(set(named) - set(known)):
            parser.error(f"no such {kind}: {', '.join(unknown)}")
    settings = Settings(given.notebooks, given.rounds, given.rows, ways)
    listed = []
    for name in given.parts or PARTS:
        found = PARTS[name](settings)
        found.show()
        listed.append(found.data())
        if given.json:
            given.json.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
