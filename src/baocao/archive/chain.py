"""The chain of seals: ``CHAIN`` lists them in the order of sealing, each with the hash of its manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baocao import files
from baocao.archive.standalone import CHAIN, MANIFEST, chain_line, read_chain
from baocao.errors import ExitCode, UserError


@dataclass(frozen=True)
class Link:
    """A seal in the chain."""

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
        If ``CHAIN`` is no longer what was written.
    """
    path = archive / CHAIN
    chain = read_chain(path.read_text("utf-8", errors="replace")) if path.is_file() else []
    if chain is None:
        raise UserError(
            "chuỗi niêm phong không còn như đã ghi.",
            where="data/archive/CHAIN",
            hint="Khôi phục tệp từ kho mã nguồn hoặc bản sao lưu, rồi kiểm tra: baocao audit --all",
            exit_code=ExitCode.SEAL_BROKEN,
        )
    return tuple(Link(name.split("/r")[0], int(name.split("/r")[1]), digest) for name, digest in chain)


def add_link(archive: Path) -> None:
    """Enter the seal that follows the last link, if there is one that is not entered yet."""
    known = links(archive)
    last = known[-1].manifest if known else ""
    for path in sorted(archive.glob(f"*/r*/{MANIFEST}")):
        if _place(path) == (len(known) + 1, last):
            month, revision = path.parent.parent.name, int(path.parent.name[1:])
            known = (*known, Link(month, revision, files.sha256(path)))
            break
    lines = [chain_line(i, one.month, one.revision, one.manifest) for i, one in enumerate(known, start=1)]
    if lines:
        files.write_text(archive / CHAIN, "\n".join(lines) + "\n")


def _place(manifest: Path) -> tuple[int, str]:
    """The number in the chain and the manifest before, as a manifest says; a damaged one has no place."""
    try:
        said = json.loads(manifest.read_text("utf-8"))
        return int(said["sequence"]), str(said["previous"].get("manifest", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return 0, ""
