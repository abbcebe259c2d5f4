"""Whether a month is closed, read from the archive folder without changing anything.

``data/archive/YYYY-MM/rN/manifest.json`` is a sealed revision. ``data/archive/YYYY-MM/reopened.json`` reopens the
month: ``{"revision": N, …}`` names the revision that was newest at that time, so a later revision closes the month
again; without that key the month is open as long as the file exists. A folder without a manifest is not sealed, unless
``data/archive/CHAIN`` names it: then it was sealed, and the seal is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from baocao import files
from baocao.months import Month
from baocao.text import capital, month_long, month_short, some_files

MANIFEST = "manifest.json"
REOPENED = "reopened.json"
CHAIN = "CHAIN"
_REVISION = re.compile(r"r([1-9][0-9]{0,5})")


@dataclass(frozen=True)
class Seal:
    """A month's state in the archive.

    Attributes
    ----------
    revision
        The newest sealed revision; 0 if the month was never closed.
    reopened
        Whether the month was reopened after that revision.
    """

    month: Month
    revision: int = 0
    reopened: bool = False

    @property
    def closed(self) -> bool:
        """Whether the month is sealed and takes no new submissions."""
        return self.revision > 0 and not self.reopened


def seal_of(archive: Path, month: Month) -> Seal:
    """The state of a month.

    Parameters
    ----------
    archive
        The archive's folder, which holds one folder a month.
    """
    folder = archive / str(month)
    newest = max((*revisions(folder), *_chained(archive, month)), default=0)
    return Seal(month, newest, newest > 0 and _reopened(folder / REOPENED, newest))


def revisions(folder: Path) -> tuple[int, ...]:
    """The sealed revisions in a month's folder of the archive, oldest first."""
    found = (_REVISION.fullmatch(path.name) for path in folder.iterdir()) if folder.is_dir() else ()
    return tuple(sorted(int(match[1]) for match in found if match and (folder / match[0] / MANIFEST).is_file()))


def _chained(archive: Path, month: Month) -> tuple[int, ...]:
    """The revisions of a month that the chain names, as far as a damaged chain can still be read."""
    path = archive / CHAIN
    text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
    return tuple(int(match[1]) for match in re.finditer(rf"^\d{{4}} {month} {_REVISION.pattern} ", text, re.M))


def reopening(archive: Path, month: Month) -> dict[str, str]:
    """What was noted when a month was reopened: ``reason``, ``time``, ``revision``; empty if it was not."""
    said = files.read_object(archive / str(month) / REOPENED)
    return {key: str(value) for key, value in said.items()}


def _reopened(path: Path, newest: int) -> bool:
    """Whether the file reopens the month; a file that cannot be read does not."""
    try:
        said = json.loads(path.read_text("utf-8"))
        return isinstance(said, dict) and int(said.get("revision", newest)) >= newest
    except (OSError, ValueError, TypeError):
        return False


def closed_text(seal: Seal) -> str:
    """Why a closed month takes no submissions, for the user."""
    return f"{month_long(seal.month)} đã khóa (bản niêm phong {seal.revision}), không nhận thêm hay sửa số liệu"


def former_text(seal: Seal, later: Sequence[Month]) -> str:
    """Tell that later months were sealed before this revision, whose figures are part of their totals."""
    named = some_files([month_short(month) for month in later], what="tháng")
    return (
        f"{capital(month_long(seal.month))} nay có bản r{seal.revision}. Bản đã khóa của {named} lập trước bản này nên "
        "số cộng dồn vẫn theo số liệu cũ; cần đổi thì mở lại rồi khóa lại từng tháng, từ tháng cũ nhất."
    )


def reopen_hint(month: Month) -> str:
    """How to reopen a closed month, for the user."""
    return f"Nếu cần điều chỉnh, mở lại tháng: baocao reopen {month} --reason “LÝ DO”; nhận tệp xong thì khóa bản mới."
