"""The chain of seals: ``CHAIN`` lists them in the order of sealing, each with the hash of its manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baocao import files
from baocao.archive.standalone import CHAIN, MANIFEST, chain_line, read_chain
from baocao.closed import revisions
from baocao.errors import ExitCode, UserError


@dataclass(frozen=True)
class Link:
    """A seal's entry in the chain."""

    month: str
    revision: int
    manifest: str

    @property
    def folder(self) -> str:
        return f"{self.month}/r{self.revision}"

    def as_dict(self) -> dict[str, Any]:
        return {"month": self.month, "revision": self.revision, "manifest": self.manifest}


def links(archive: Path) -> tuple[Link, ...]:
    """The seals, oldest first.

    Raises
    ------
    UserError
        If ``CHAIN`` is damaged.
    """
    path = archive / CHAIN
    chain = read_chain(path.read_text("utf-8", errors="replace")) if path.is_file() else []
    if chain is None:
        raise _damaged("chuỗi niêm phong không còn như đã ghi.")
    return tuple(Link(name.split("/r")[0], int(name.split("/r")[1]), digest) for name, digest in chain)


def add_link(archive: Path) -> None:
    """Enter the seal that follows the last one in the chain, if it is not entered yet.

    Raises
    ------
    UserError
        If ``CHAIN`` lacks more than one seal, which a killed sealing cannot cause: numbers would be used twice.
    """
    known = links(archive)
    named = {one.folder for one in known}
    there = [f"{folder.name}/r{one}" for folder in sorted(archive.glob("????-??")) for one in revisions(folder)]
    left = [name for name in there if name not in named]
    if not left:
        return
    manifest, last = archive / left[0] / MANIFEST, known[-1].manifest if known else ""
    if len(left) > 1 or _place(manifest) != (len(known) + 1, last):
        raise _damaged(f"chuỗi niêm phong thiếu bản đã niêm phong: {', '.join(left)}.")
    month, revision = left[0].split("/r")
    known = (*known, Link(month, int(revision), files.sha256(manifest)))
    lines = [chain_line(i, one.month, one.revision, one.manifest) for i, one in enumerate(known, start=1)]
    files.write_text(archive / CHAIN, "\n".join(lines) + "\n")


def _damaged(what: str) -> UserError:
    return UserError(
        what,
        where="data/archive/CHAIN",
        hint="Khôi phục tệp từ kho mã nguồn hoặc bản sao lưu, rồi kiểm tra: baocao audit --all",
        exit_code=ExitCode.SEAL_BROKEN,
    )


def _place(manifest: Path) -> tuple[int, str]:
    """The number in the chain and the previous manifest's hash, from a manifest; 0 and empty for a damaged one."""
    try:
        said = json.loads(manifest.read_text("utf-8"))
        return int(said["sequence"]), str(said["previous"].get("manifest", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return 0, ""
