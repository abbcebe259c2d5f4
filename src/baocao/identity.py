"""Which making of a month a page belongs to: revision, hash of the sealed list of inputs, commit.

A sealed revision lists its inputs in ``inputs.json``, and the hash of that file stands on its pages: the pages cannot
bear the hash of the manifest, which holds theirs. The manifest holds the hash of ``inputs.json``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from baocao import files
from baocao.closed import Seal, revisions, seal_of
from baocao.errors import UserError
from baocao.intake.register import REGISTER, read_register
from baocao.months import Month

INPUTS = "inputs.json"
SHOWN = 12
"""How many digits of a hash a page shows."""


@dataclass(frozen=True)
class Earlier:
    """A month before, whose figures are compared with; ``revision`` is 0 if no sealed revision holds the same files."""

    month: str
    revision: int


@dataclass(frozen=True)
class Identity:
    """What pages say of their origin.

    Attributes
    ----------
    revision
        The sealed revision; 0 for a working copy.
    inputs
        Hash of ``inputs.json``, for a working copy of what its data rest on.
    commit
        Of the code; empty if it is not known.
    earlier
        The months before, oldest first.
    commands
        What was run, without the program's name.
    compared, reason
        The sealed revision with which this one's figures are compared (0: none), and why the month was opened again.
    """

    month: str
    revision: int = 0
    inputs: str = ""
    commit: str = ""
    earlier: tuple[Earlier, ...] = ()
    commands: tuple[str, ...] = ()
    compared: int = 0
    reason: str = ""
    provenance: dict[str, str] = field(default_factory=dict)

    @property
    def trace(self) -> str:
        """The small line of every page."""
        kind = f"bản r{self.revision} · bản kê" if self.revision else "bản làm việc · dữ liệu"
        return f"Kỳ {self.month} · {kind} {self.inputs[:SHOWN]} · mã nguồn {short_commit(self.commit)}"


def short_commit(commit: str) -> str:
    """A commit as pages show it."""
    return f"{commit[:SHOWN]}{'+' if commit.endswith('+') else ''}" if commit else "không rõ"


def from_inputs(data: bytes) -> Identity:
    """The identity that a sealed list of inputs gives.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is no such list.
    """
    said: dict[str, Any] = json.loads(data)
    return Identity(
        month=said["month"],
        revision=said["revision"],
        inputs=hashlib.sha256(data).hexdigest(),
        commit=said["commit"],
        earlier=tuple(Earlier(**one) for one in said["earlier"]),
        commands=tuple(said["commands"]),
        compared=said["compared"],
        reason=said["reason"],
        provenance=dict(said["provenance"]),
    )


def sealed_inputs(archive: Path, month: Month) -> Path | None:
    """The list of inputs of a month's newest sealed revision."""
    folder = archive / str(month)
    newest = max(revisions(folder), default=0)
    path = folder / f"r{newest}" / INPUTS
    return path if newest and path.is_file() else None


def earlier_months(archive: Path, submissions: Path, months: tuple[Month, ...]) -> tuple[Earlier, ...]:
    """For each of these months, the newest sealed revision if it holds the files that now lie in the submissions."""
    return tuple(Earlier(str(month), _held(archive, submissions, month)) for month in months)


def _held(archive: Path, submissions: Path, month: Month) -> int:
    same = is_as_sealed(archive, submissions, month)
    return max(revisions(archive / str(month))) if same else 0


def is_as_sealed(archive: Path, submissions: Path, month: Month) -> bool | None:
    """Whether a month's files are those that its newest sealed revision holds; none if no list of them can be read."""
    other = not_as_sealed(archive, submissions, month)
    return None if other is None else not other


def not_as_sealed(archive: Path, submissions: Path, month: Month) -> tuple[str, ...] | None:
    """A month's files that are missing, other or more than in its newest sealed revision; none as above.

    Named as in the submissions folder. The register is among them if it says other things of the month than the
    sealed one: who was in time rests on it.
    File by file and not by :func:`month_digest`: revisions that were sealed with what an office program had left in
    the folder list that too, and it is no matter whether it still lies there.
    """
    path = sealed_inputs(archive, month)
    said = _said(path)
    if path is None or not said:
        return None
    folder = submissions / str(month)
    there = {one.relative_to(folder).as_posix(): _digest(one) for one in files.submitted_files(folder)}
    then = _submitted(said, month)
    register = [REGISTER] if _registered_otherwise(path.parent / "inputs", said["files"], submissions, month) else []
    return (*sorted({f"{month}/{name}" for name, _ in there.items() ^ then.items()}), *register)


def revised_since(archive: Path, month: Month) -> tuple[Seal, ...]:
    """The months before of which a later revision, with other files, was sealed than the month's newest one rests on.

    What is sealed stays as it is: its totals over the months are those of the files that it holds itself.
    """
    said = _said(sealed_inputs(archive, month))
    try:
        newest = [(one["revision"], seal_of(archive, Month.parse(one["month"]))) for one in said["earlier"]]
        later = [seal for revision, seal in newest if seal.revision > revision]
    except (KeyError, TypeError, UserError):
        return ()  # a damaged list is for the audit to tell of
    lists = [(seal, _said(sealed_inputs(archive, seal.month))) for seal in later]
    return tuple(seal for seal, own in lists if own and _submitted(own, seal.month) != _submitted(said, seal.month))


def _said(path: Path | None) -> dict[str, Any]:
    """What a sealed list of inputs says; nothing if there is none, or its hashes by file cannot be read."""
    said = files.read_object(path) if path else {}
    return said if isinstance(said.get("files"), dict) else {}


def _submitted(said: dict[str, Any], month: Month) -> dict[str, str]:
    """Of such a list, a month's submitted files by their names in its folder, with their hashes."""
    top = f"data/submissions/{month}/"
    own = {name.removeprefix(top): digest for name, digest in said["files"].items() if name.startswith(top)}
    return {name: digest for name, digest in own.items() if not files.is_left_behind(name)}


def _digest(path: Path) -> str:
    """A file's hash; empty where it may not be read: then nobody can say that it is the sealed one."""
    try:
        return files.sha256(path)
    except OSError:
        return ""


def _registered_otherwise(inputs: Path, listed: dict[str, str], submissions: Path, month: Month) -> bool:
    """Whether the register gives other receipts of the month than the sealed one; one that is gone cannot be asked."""
    name = f"data/submissions/{REGISTER}"
    if name in listed and not (inputs / name).is_file():
        return False
    sealed, now = (read_register(folder, str(month)) for folder in ((inputs / name).parent, submissions))
    return sealed.receipts != now.receipts


def month_digest(submissions: Path, month: Month) -> str:
    """One hash over a month's submitted files."""
    folder = submissions / str(month)
    return files.files_digest(folder, files.submitted_files(folder))
