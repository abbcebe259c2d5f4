"""The audit's report: HTML and PDF for people, JSON for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from baocao import files
from baocao.archive.audit import VERDICTS, Audit
from baocao.archive.integrity import closing_time
from baocao.config.models import Site
from baocao.html import page_template
from baocao.measures.differences import Difference
from baocao.measures.ledger import Row
from baocao.present.difference_words import DifferenceWords, difference_words
from baocao.present.ledger_words import LedgerWords
from baocao.printable import FONTS
from baocao.text import capital, month_long, number
from baocao.typeset import MAIN, typeset

_MOST_SHOWN = 200
_SPAN = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\{[^{}]*\}")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def write_reports(found: tuple[Audit, ...], site: Site, folder: Path, root: Path) -> tuple[Path, ...]:
    """Write the report in its three forms.

    Parameters
    ----------
    folder
        Where to write; it contains nothing else afterwards.
    root
        The project, for its fonts.
    """
    data = {"site": site.name, "months": [_for_people(one) for one in found], "most": _MOST_SHOWN}
    with files.replaced_folder(folder) as fresh:
        files.write_text(fresh / "kiem-tra.html", _html(data))
        files.write_bytes(fresh / "kiem-tra.pdf", _pdf(data, root))
        files.write_text(fresh / "kiem-tra.json", json.dumps(as_data(found), ensure_ascii=False, indent=1) + "\n")
    return tuple(folder / f"kiem-tra.{kind}" for kind in ("html", "pdf", "json"))


def as_data(found: tuple[Audit, ...]) -> list[dict[str, Any]]:
    """All results of the audits, as plain values."""
    return [_month(one) for one in found]


def _month(one: Audit) -> dict[str, Any]:
    comparison = one.comparison
    return {
        "month": str(one.month),
        "revision": one.revision,
        "verdict": one.verdict,
        "manifest": one.manifest,
        "inputs": one.sealed.inputs if one.sealed else "",
        "commit": one.sealed.commit if one.sealed else "",
        "closed": one.closed,
        "faults": [{"file": file, "problem": problem} for file, problem in one.integrity.faults],
        "notes": list(one.notes),
        "with": one.way,
        "source": one.source,
        "tools": [{"then": then, "now": now} for then, now in one.tools],
        "failure": one.failure,
        "seconds": round(one.seconds, 3),
        "same_files": comparison.same if comparison else 0,
        "files": [{"file": file, "difference": kind} for file, kind in comparison.files] if comparison else [],
        "figures": [_figure(row) for row in comparison.figures] if comparison else [],
        "texts": [{"file": t.file, "then": list(t.then), "now": list(t.now)} for t in comparison.texts]
        if comparison
        else [],
    }


def _figure(one: Difference) -> dict[str, Any]:
    return {
        "id": one.row.id,
        "figure": one.is_figure,
        "then": _cells(one.then),
        "now": _cells(one.now),
        "difference": str(one.change) if one.change is not None else "",
    }


def _cells(row: Row | None) -> dict[str, str] | None:
    names = ("value", "numerator", "denominator", "as_of", "rows")
    return {name: getattr(row, name) for name in names} if row else None


def in_words(one: Audit) -> Iterator[tuple[Difference, DifferenceWords]]:
    """The differing ledger rows with their words, which use the sealed month's names for codes."""
    if one.comparison and one.config:
        words = LedgerWords(one.config)
        yield from ((row, difference_words(words, row)) for row in one.comparison.figures)


def _for_people(one: Audit) -> dict[str, Any]:
    """The same for people: in words, with numbers in Vietnamese form and long lists shortened."""
    month = _month(one)
    changed = [row for row in month["figures"] if row["figure"]]
    return {
        **month,
        "name": capital(month_long(one.month)),
        "verdict_text": VERDICTS[month["verdict"]],
        "seconds_text": number(month["seconds"], 1),
        "counts": {name: number(len(month[name])) for name in ("faults", "files", "figures", "texts")},
        "changed": number(len(changed)),
        "figures": [_words(*found) for found in islice(in_words(one), _MOST_SHOWN)],
        "files": month["files"][:_MOST_SHOWN],
        "texts": [_passage(text) for text in month["texts"][:_MOST_SHOWN]],
        "closed": month["closed"] | {"at": closing_time(month["closed"])},
        "faults": month["faults"][:_MOST_SHOWN],
    }


def _passage(one: dict[str, Any]) -> dict[str, Any]:
    """A difference in text without markup, or with it if only the markup differs."""
    plain = {name: [_ESCAPED.sub(r"\1", _SPAN.sub(r"\1", line)) for line in one[name]] for name in ("then", "now")}
    return one | plain if plain["then"] != plain["now"] else one


def _words(one: Difference, words: DifferenceWords) -> dict[str, str]:
    before, after = (side.rows if side else "" for side in (one.then, one.now))
    rows = before or "–" if before == after else f"trước: {before or '–'}; nay: {after or '–'}"
    return {**asdict(words), "rows": rows}


def _html(data: dict[str, Any]) -> str:
    return page_template("baocao.archive", "audit.html.j2").render(data)


def _pdf(data: dict[str, Any], root: Path) -> bytes:
    source = (Path(__file__).parent / "templates" / "audit.typ").read_text("utf-8")
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return typeset({MAIN: source}, root, root / FONTS, inputs=inputs, standards=())
