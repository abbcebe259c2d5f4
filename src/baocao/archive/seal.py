"""Sealing: from a folder with inputs and outputs to a revision that is never changed again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from baocao import files
from baocao.archive.chain import Link, add_link, links
from baocao.archive.gather import FORMAT, as_json, hashes
from baocao.archive.kinds import kind_of
from baocao.archive.sign import sign
from baocao.archive.standalone import MANIFEST, SIGNATURE, SUMS, sums_text, unfinished
from baocao.closed import REOPENED, revisions
from baocao.identity import INPUTS
from baocao.months import Month


@dataclass(frozen=True)
class Approval:
    """Who closed a month, when, and what was accepted; none of this affects a figure or a page.

    Attributes
    ----------
    at
        Time of closing, ISO text with offset.
    role, note
        Who approved, and a note.
    early
        Why the month is closed before its lock date; empty if it is not.
    missing
        Units whose missing report is accepted.
    errors_read
        Whether findings of severity ``error`` were read.
    key
        A file with an SSH key to sign the manifest.
    """

    at: str
    role: str = ""
    note: str = ""
    early: str = ""
    missing: tuple[str, ...] = ()
    errors_read: bool = False
    key: Path | None = field(default=None, compare=False)


def seal(archive: Path, month: Month, revision: int, content: Path, approval: Approval) -> Link:
    """Seal a revision of a month.

    The revision's folder appears complete or not at all. If the process is killed between that and the chain's new
    line, :func:`finish` enters the seal into the chain.

    Parameters
    ----------
    archive
        The archive's folder.
    content
        A folder with ``inputs/``, ``inputs.json`` and ``outputs/``, which is copied.
    """
    finish(archive)
    chain = links(archive)
    before = chain[-1] if chain else None
    target = archive / str(month) / f"r{revision}"
    if target.exists():
        raise FileExistsError(f"{target} is sealed")
    with _fresh_folder(target) as fresh:
        files.copy_folder(content, fresh)
        reopened = target.parent / REOPENED
        if reopened.is_file():
            shutil.copyfile(reopened, fresh / REOPENED)
        _write_manifest(fresh, month, revision, len(chain) + 1, before, approval)
        _make_read_only(fresh)
        fresh.rename(target)
    finish(archive)
    return links(archive)[-1]


def finish(archive: Path) -> None:
    """Finish a killed sealing: enter a complete seal into the chain, remove incomplete ones."""
    for left in unfinished(archive):
        if left.is_dir() and not left.is_symlink():
            _remove(left)
        else:
            left.unlink()
    add_link(archive)
    for path in sorted(archive.glob(f"*/{REOPENED}")):
        newest = max(revisions(path.parent), default=0)
        copy = path.parent / f"r{newest}" / REOPENED
        if copy.is_file() and copy.read_bytes() == path.read_bytes():
            path.unlink()


@contextmanager
def _fresh_folder(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = files.fresh_folder(target)
    try:
        yield fresh
    finally:
        _remove(fresh)


def _write_manifest(
    folder: Path, month: Month, revision: int, sequence: int, before: Link | None, approval: Approval
) -> None:
    found = hashes(folder)
    manifest = {
        "format": FORMAT,
        "month": str(month),
        "revision": revision,
        "sequence": sequence,
        "previous": before.as_dict() if before else {},
        "inputs": found[INPUTS],
        "closed": {
            "at": approval.at,
            "approved_by": approval.role,
            "note": approval.note,
            "early": approval.early,
            "missing": sorted(approval.missing),
            "errors_read": approval.errors_read,
        },
        "signature": bool(approval.key),
        "files": [_entry(folder, name, digest, str(month)) for name, digest in found.items()],
    }
    files.write_text(folder / MANIFEST, as_json(manifest))
    if approval.key:
        sign(folder / MANIFEST, approval.key)
    beside = [name for name in (MANIFEST, SIGNATURE) if (folder / name).is_file()]
    files.write_text(folder / SUMS, sums_text(found | {name: files.sha256(folder / name) for name in beside}))


def _entry(folder: Path, name: str, digest: str, month: str) -> dict[str, Any]:
    kind = kind_of(name, month)
    size = (folder / name).stat().st_size
    return {"path": name, "sha256": digest, "size": size, "kind": kind.name, "made_by": kind.made_by}


def _make_read_only(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o755 if os.name == "nt" else 0o555)


def _remove(folder: Path) -> None:
    """Remove a folder that may be read-only."""
    if not folder.exists():
        return
    for path in (folder, *(one for one in folder.rglob("*") if one.is_dir() and not one.is_symlink())):
        path.chmod(0o755)
    shutil.rmtree(folder)
