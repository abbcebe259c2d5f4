"""What was drawn before: pictures by what they show, kept until others were wanted more lately.

To draw a picture takes a tenth of a second, while a correction changes few of a book's charts. What vl-convert makes
depends on what it is asked and on its version, and on nothing else.
"""

from __future__ import annotations

import os
import platform
import shutil
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from baocao import files

FOLDER_VARIABLE = "BAOCAO_DRAWINGS"
"""Names the folder where pictures are kept; where it is not set, none are."""

MOST = 1000
"""Pictures that are kept: those of some years of a ward."""

Question = tuple[str, bytes]
"""A function of vl-convert, and what it is given, as JSON."""


def kept(question: Question) -> str | None:
    """The answer that is kept, which is then the one wanted last; none if there is none or somebody was at it."""
    path = _path(question)
    try:
        proof, _, answer = path.read_text("utf-8").partition("\n") if path else ("", "", "")
        if not path or proof != files.digest([answer]):
            return None
        os.utime(path)
    except (OSError, ValueError):
        return None
    return answer


def keep(question: Question, answer: str) -> None:
    """Keep an answer for the next time."""
    if path := _path(question):
        with suppress(OSError):  # a full disk is told of by what has to be written
            files.write_text(path, f"{files.digest([answer])}\n{answer}")


def _path(question: Question) -> Path | None:
    named = os.environ.get(FOLDER_VARIABLE)
    about = (*question, version("vl-convert-python"), platform.machine())
    return Path(named) / f"{files.digest(about)}.svg" if named else None


def folder(root: Path) -> Path:
    """Where a project's pictures are kept."""
    return root / "build" / "bieu-do"


def forget(root: Path) -> None:
    """Remove a project's pictures: all of them are to be drawn again."""
    shutil.rmtree(folder(root), ignore_errors=True)


def forget_oldest(root: Path, most: int = MOST) -> None:
    """Remove those that were wanted longest ago, so that at most so many stay."""
    found = sorted(folder(root).glob("*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in found[most:]:
        path.unlink(missing_ok=True)
