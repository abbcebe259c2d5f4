"""Collecting a month's inputs, with a list of them, into a self-contained project folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pypandoc

from baocao import files
from baocao.archive.remake import commands, copy
from baocao.book.quarto import find_quarto
from baocao.closed import reopening, seal_of
from baocao.identity import INPUTS, month_digest
from baocao.intake.register import REGISTER
from baocao.measures.terms import first_month
from baocao.months import Month
from baocao.origin import sources_digest, working_identity
from baocao.sources import PACKAGE, SET_UP, code_digests, package_files, project_files
from baocao.workspace import Workspace, provenance, tool_versions

FORMAT = 1
"""Version of the format of ``inputs.json`` and ``manifest.json``, for later readers."""


def gather_inputs(space: Workspace, month: Month, engine: str, folder: Path) -> None:
    """Write ``inputs/`` and ``inputs.json`` of the month's next revision into a folder.

    Submissions of earlier months are included: the ledger compares with them, and a seal must be self-contained.
    """
    target = folder / "inputs"
    copy(space.root, project_files(space.root, ("params/**/*", *SET_UP)), target)
    copy(space.root, project_files(space.root), target)
    copy(PACKAGE.parent, package_files(), target / "src")
    months = _months(space, month)
    for one in months:
        _copy_month(space.submissions, one, target / "data" / "submissions")
    if (space.submissions / REGISTER).is_file():
        copy(space.submissions, [Path(REGISTER)], target / "data" / "submissions")
    seal = seal_of(space.archive, month)
    if seal.revision:
        ledger = f"outputs/build/{month}/data/ledger.csv"
        copy_one(space.archive / str(month) / f"r{seal.revision}" / ledger, target / "previous" / "ledger.csv")
    files.write_text(folder / INPUTS, as_json(_list(space, month, engine, months, target)))


def as_json(value: dict[str, Any]) -> str:
    """JSON in the archive's form: sorted keys, one value on each line."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def copy_one(source: Path, target: Path) -> None:
    """Copy a file; the target's folder is made if it is missing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def hashes(folder: Path) -> dict[str, str]:
    """Name relative to the folder → hash, for each file under it."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): files.sha256(path) for path in found}


def _months(space: Workspace, month: Month) -> tuple[Month, ...]:
    return tuple(one for one in first_month(space.config, month).upto(month) if one in space.months())


def _copy_month(submissions: Path, month: Month, target: Path) -> None:
    found = files.submitted_files(submissions / str(month))
    copy(submissions, [path.relative_to(submissions) for path in found], target)


def _list(space: Workspace, month: Month, engine: str, months: tuple[Month, ...], inputs: Path) -> dict[str, Any]:
    seal, digest = seal_of(space.archive, month), space.inputs_digest(month)
    working = working_identity(space, month, provenance(space, month, digest))
    return {
        "format": FORMAT,
        "month": str(month),
        "revision": seal.revision + 1,
        "compared": seal.revision,
        "reason": reopening(space.archive, month).get("reason", "") if seal.reopened else "",
        "commit": working.commit,
        "code": code_digests(space.root),
        "commands": list(commands(month, engine)),
        "earlier": [{"month": one.month, "revision": one.revision} for one in working.earlier],
        "engine": engine,
        "months": [str(one) for one in months],
        "provenance": [list(pair) for pair in working.provenance.items()],
        "sources": sources_digest(space, digest),
        "submissions": month_digest(space.submissions, month),
        "tools": tools(engine),
        "files": hashes(inputs),
    }


def tools(engine: str) -> list[str]:
    """Names and versions of what made a month's outputs."""
    found = [*tool_versions(), f"pandoc {pypandoc.get_pandoc_version()}"]
    return [*found, f"quarto {find_quarto().version}"] if engine == "quarto" else found
