"""The origin that a page states: revision, hash of the sealed list of inputs, commit.

A sealed revision lists its inputs in ``inputs.json``, and its pages show the hash of that file. They cannot show that
of the manifest, because the manifest contains the hashes of the pages; it also contains the hash of ``inputs.json``.
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
"""Number of a hash's digits that a page shows."""


@dataclass(frozen=True)
class Earlier:
    """An earlier month used for comparison; ``revision`` is 0 if no sealed revision holds its present files."""

    month: str
    revision: int


@dataclass(frozen=True)
class Identity:
    """What pages say about their origin.

    Attributes
    ----------
    revision
        The sealed revision; 0 for a working copy.
    inputs
        Hash of ``inputs.json``; for a working copy, a hash over its inputs.
    commit
        Commit of the code; empty if it is not known.
    earlier
        The earlier months, oldest first.
    commands
        The commands that were run, without the program's name.
    compared, reason
        The sealed revision whose figures are compared with this one's (0: none), and why the month was reopened.
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
        """The small line with the origin on every page, in Vietnamese."""
        kind = f"bản r{self.revision} · bản kê" if self.revision else "bản làm việc · dữ liệu"
        return f"Kỳ {self.month} · {kind} {self.inputs[:SHOWN]} · mã nguồn {short_commit(self.commit)}"


def short_commit(commit: str) -> str:
    """A commit as pages show it, shortened."""
    return f"{commit[:SHOWN]}{'+' if commit.endswith('+') else ''}" if commit else "không rõ"


def from_inputs(data: bytes) -> Identity:
    """The identity stated by a sealed list of inputs.

    Raises
    ------
    ValueError, KeyError, TypeError
        If the data is not such a list.
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
    """Path of the list of inputs of a month's newest sealed revision; None if there is none."""
    folder = archive / str(month)
    newest = max(revisions(folder), default=0)
    path = folder / f"r{newest}" / INPUTS
    return path if newest and path.is_file() else None


def earlier_months(archive: Path, submissions: Path, months: tuple[Month, ...]) -> tuple[Earlier, ...]:
    """Each month with its newest sealed revision, or with 0 if that does not hold the present submissions."""
    return tuple(Earlier(str(month), _held(archive, submissions, month)) for month in months)


def _held(archive: Path, submissions: Path, month: Month) -> int:
    same = is_as_sealed(archive, submissions, month)
    return max(revisions(archive / str(month))) if same else 0


def is_as_sealed(archive: Path, submissions: Path, month: Month) -> bool | None:
    """Whether a month's files equal those of its newest sealed revision; None if there is no readable list of them."""
    other = not_as_sealed(archive, submissions, month)
    return None if other is None else not other


def not_as_sealed(archive: Path, submissions: Path, month: Month) -> tuple[str, ...] | None:
    """A month's files that are missing from, differ from or were added since its newest sealed revision.

    They are named relative to the submissions folder; None if there is no readable list of the sealed files. The
    register is among them if it differs from the sealed one about this month: it decides whose report was in time.
    Files are compared one by one, not by :func:`month_digest`: some revisions were sealed together with files that
    office programs leave behind, and whether these still exist does not matter.
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
    """Earlier months of which a revision with other files was sealed after the month's newest revision was made.

    The sealed revision does not change: its totals over several months still use the files that it contains.
    """
    said = _said(sealed_inputs(archive, month))
    try:
        newest = [(one["revision"], seal_of(archive, Month.parse(one["month"]))) for one in said["earlier"]]
        later = [seal for revision, seal in newest if seal.revision > revision]
    except (KeyError, TypeError, UserError):
        return ()  # a damaged list is reported by the audit
    lists = [(seal, _said(sealed_inputs(archive, seal.month))) for seal in later]
    return tuple(seal for seal, own in lists if own and _submitted(own, seal.month) != _submitted(said, seal.month))


def _said(path: Path | None) -> dict[str, Any]:
    """A sealed list of inputs as read; empty if there is none, or it has no hashes by file."""
    said = files.read_object(path) if path else {}
    return said if isinstance(said.get("files"), dict) else {}


def _submitted(said: dict[str, Any], month: Month) -> dict[str, str]:
    """The month's submitted files in such a list: name in the month's folder → hash."""
    top = f"data/submissions/{month}/"
    own = {name.removeprefix(top): digest for name, digest in said["files"].items() if name.startswith(top)}
    return {name: digest for name, digest in own.items() if not files.is_left_behind(name)}


def _digest(path: Path) -> str:
    """A file's hash; empty if it cannot be read, so that it does not count as equal to the sealed file."""
    try:
        return files.sha256(path)
    except OSError:
        return ""


def _registered_otherwise(inputs: Path, listed: dict[str, str], submissions: Path, month: Month) -> bool:
    """Whether the register's receipts for the month differ from the sealed ones; False if the sealed copy is gone."""
    name = f"data/submissions/{REGISTER}"
    if name in listed and not (inputs / name).is_file():
        return False
    sealed, now = (read_register(folder, str(month)) for folder in ((inputs / name).parent, submissions))
    return sealed.receipts != now.receipts


def month_digest(submissions: Path, month: Month) -> str:
    """One hash over a month's submitted files."""
    folder = submissions / str(month)
    return files.files_digest(folder, files.submitted_files(folder))
