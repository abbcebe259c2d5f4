"""Whether a sealed revision is unchanged: every hash, the chain from the first seal, no file more or less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from baocao import files
from baocao.archive.sign import SIGNERS, verified
from baocao.archive.standalone import (
    CHAIN,
    MANIFEST,
    SIGNATURE,
    Fault,
    chain_faults,
    read_chain,
    seal_faults,
    unfinished,
)
from baocao.closed import former_text, seal_of
from baocao.identity import revised_since
from baocao.months import Month
from baocao.text import day_long, some_files

UNFINISHED = "Một lần khóa hoặc mở lại tháng bị ngắt giữa chừng; lần chạy baocao close tới sẽ làm nốt."
_CLOSING: dict[str, Any] = {
    "at": "", "approved_by": "", "note": "", "early": "", "missing": [], "errors_read": False,
}  # fmt: skip


@dataclass(frozen=True)
class Integrity:
    """The result; ``faults`` name files relative to the archive, ``notes`` say what could not be checked."""

    faults: tuple[Fault, ...]
    notes: tuple[str, ...] = ()


def check_integrity(archive: Path, month: Month, revision: int, signers: Path, head: str = "") -> Integrity:
    """Check a sealed revision, and the chain that it belongs to.

    Parameters
    ----------
    signers
        The file of allowed signers.
    head
        Hash of a manifest, or its first digits, noted outside the archive, that the chain must contain; empty for none.
    """
    name = f"{month}/r{revision}"
    own = [(f"{name}/{file}", problem) for file, problem in seal_faults(archive / name)]
    faults = [*own, *chain_faults(archive), *_head_faults(archive, head)]
    signature, notes = _signature(archive / name, signers)
    left = (UNFINISHED,) if unfinished(archive) else ()
    if revision == seal_of(archive, month).revision:
        notes = (*notes, *(former_text(seal, [month]) for seal in revised_since(archive, month)))
    return Integrity(tuple(sorted({*faults, *((f"{name}/{file}", text) for file, text in signature)})), (*notes, *left))


@dataclass(frozen=True)
class Standing:
    """A quick check of the archive: faults of the chain and of files beside it, and whether a sealing was cut short.

    Files inside the seals are not read; an audit does that.
    """

    faults: tuple[Fault, ...] = ()
    unfinished: bool = False

    def of(self, month: Month) -> tuple[Fault, ...]:
        """The faults of the chain itself and of this month's seals."""
        return tuple(fault for fault in self.faults if fault[0].split("/")[0] in (CHAIN, str(month)))


def standing(archive: Path) -> Standing:
    """Check the archive quickly."""
    return Standing(tuple(chain_faults(archive)), bool(unfinished(archive))) if archive.is_dir() else Standing()


def in_words(faults: Sequence[Fault]) -> str:
    """The first few faults for a message, and how many more there are."""
    return some_files([f"{file}: {problem}" for file, problem in faults], "; ")


def read_manifest(folder: Path) -> dict[str, Any]:
    """A seal's manifest; empty if it cannot be read."""
    return files.read_object(folder / MANIFEST)


def read_closing(folder: Path) -> dict[str, Any]:
    """Who closed a month, when and why, from a seal's manifest; missing or malformed values are empty."""
    said = read_manifest(folder).get("closed")
    known = said if isinstance(said, dict) else {}
    found = {key: known[key] if isinstance(known.get(key), type(none)) else none for key, none in _CLOSING.items()}
    return found | {"missing": [str(unit) for unit in found["missing"]]}


def closing_time(closing: dict[str, Any]) -> str:
    """When a month was closed, in Vietnamese form; unchanged if it is not a time."""
    text = str(closing["at"])
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{at:%H:%M} {day_long(at.date())}"


def _head_faults(archive: Path, head: str) -> list[Fault]:
    if not head:
        return []
    path = archive / CHAIN
    chain = read_chain(path.read_text("utf-8", errors="replace")) if path.is_file() else None
    if chain and any(digest.startswith(head.lower()) for _, digest in chain):
        return []
    return [(CHAIN, f"không có bản niêm phong nào mang mã băm {head}")]


def _signature(folder: Path, signers: Path) -> tuple[list[Fault], tuple[str, ...]]:
    if not (folder / SIGNATURE).is_file():
        return [], ()
    name = verified(folder, signers)
    if name is None:
        return [], (
            f"Có chữ ký nhưng chưa kiểm được: cần tệp {SIGNERS} (cách ghi: data/archive/README.md) và lệnh ssh-keygen.",
        )
    if not name:
        return [(SIGNATURE, "chữ ký không đúng, hoặc không phải của người trong danh sách")], ()
    return [], (f"Chữ ký đúng, của {name}.",)
