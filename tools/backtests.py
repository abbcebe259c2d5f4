"""Rewrite the published ledgers with which tests/backtests/ compares the code's results.

A published figure may change only for a stated reason: the month then gets a further revision, and nothing is written
until CHANGELOG.md has a line for it under the heading “Figures”::

    ### Figures

    - 2025-10 r2: the reason

Run it with ``make backtests``.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

from baocao import files
from baocao.intake import schema
from baocao.measures.compute import compute_ledger
from baocao.measures.differences import FIGURE, Difference, differences
from baocao.measures.ledger import Ledger, Row
from baocao.months import Month
from baocao.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "backtests" / "ledgers"
PUBLISHED = FOLDER / "published.json"
CHANGELOG = ROOT / "CHANGELOG.md"
_MOST_NAMED = 10


def published(path: Path = PUBLISHED) -> dict[str, dict[str, Any]]:
    """Month → its published revision and the hash of its ledger."""
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def ledger_now(root: Path, month: str) -> Ledger:
    """The month's ledger as computed by the present code."""
    space, of = Workspace.find(root), Month.parse(month)
    return compute_ledger(schema.concat(list(space.records(of))), space.config, of)


def ledger_then(month: str, folder: Path = FOLDER) -> Ledger:
    """The month's published figures; empty if the month was not published."""
    path = folder / f"{month}.csv"
    lines = csv.reader(path.read_text("utf-8").splitlines()[1:]) if path.is_file() else ()
    return Ledger(Row(*line[0].split("|", 3), *line[1:]) for line in lines)


def figures_text(ledger: Ledger) -> str:
    """A ledger's figures in the committed form, one on each line, without the record rows behind them."""
    frame = ledger.frame()[["id", *FIGURE]]
    return frame.to_csv(index=False, lineterminator="\n")


def moved(then: Ledger, now: Ledger) -> tuple[Difference, ...]:
    """Published figures that have changed or are gone; new rows do not count."""
    return tuple(one for one in differences(then, now) if one.then is not None and one.is_figure)


def explained(changelog: str, month: str, revision: int) -> str:
    """The changelog's reason for a revision; empty if there is none."""
    section = re.search(r"^### Figures\n(.*?)(?=^#|\Z)", changelog, re.M | re.S)
    found = re.search(rf"^- {month} r{revision}: (\S.*)$", section[1], re.M) if section else None
    return found[1] if found else ""


def unexplained(months: dict[str, dict[str, Any]], changelog: str) -> list[str]:
    """Later revisions without a reason in the changelog."""
    return [
        f"{month} r{revision}"
        for month, said in months.items()
        for revision in range(2, said["revision"] + 1)
        if not explained(changelog, month, revision)
    ]


def publish(month: str, now: Ledger, changelog: str, folder: Path = FOLDER) -> list[str]:
    """Write a month's ledger, as a further revision if a figure changed; returns reasons why it was not written."""
    months = published(folder / PUBLISHED.name)
    found, first = moved(ledger_then(month, folder), now), month not in months
    revision = 1 if first else months[month]["revision"] + bool(found)
    if found and not explained(changelog, month, revision):
        named = [f"  {one.row.id}: {_value(one.then)} -> {_value(one.now)}" for one in found[:_MOST_NAMED]]
        more = [f"  and {len(found) - _MOST_NAMED} more"] if len(found) > _MOST_NAMED else []
        return [
            f"{month}: {len(found)} published figures moved; CHANGELOG.md needs “- {month} r{revision}: …”",
            *named,
            *more,
        ]
    text = figures_text(now)
    files.write_text(folder / f"{month}.csv", text)
    months[month] = {"revision": revision, "sha256": files.digest([text])}
    files.write_text(folder / PUBLISHED.name, json.dumps(dict(sorted(months.items())), indent=1) + "\n")
    return []


def _value(row: object) -> str:
    return "nothing" if row is None else str(getattr(row, "value", "")) or "not known"


def main() -> int:
    """Publish every demonstration month again; returns 1 if a figure changed without a reason."""
    changelog = CHANGELOG.read_text("utf-8")
    faults = [
        line
        for month in Workspace.find(ROOT).months()
        for line in publish(str(month), ledger_now(ROOT, str(month)), changelog)
    ]
    for line in faults:
        print(line, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
