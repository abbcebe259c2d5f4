"""What was drawn before: pictures by what they show, kept until others were wanted more lately.

To draw a picture takes a tenth of a second, while a correction changes few of a book's charts. What vl-convert makes
depends on what it is asked and on its version, and on nothing else.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable
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


def drawn(question: Question, draw: Callable[[], str], kept: Path | None = None) -> str:
    """The answer that is kept, or a new one, which is kept for the next time: in that folder, or the one of a run."""
    named = kept or os.environ.get(FOLDER_VARIABLE)
    if not named:
        return draw()
    about = (*question, version("vl-convert-python"), platform.machine())
    path = Path(named) / f"{files.digest(about)}.svg"
    answer = _read(path)
    if answer is None:
        answer = draw()
        with suppress(OSError):  # a full disk is told of by what has to be written
            files.write_text(path, f"{files.digest([answer])}\n{answer}")
    return answer


def _read(path: Path) -> str | None:
    """What is kept in a file, which is then the one wanted last; none if there is none or somebody was at it."""
    try:
        proof, _, answer = path.read_text("utf-8").partition("\n")
        os.utime(path)
    except (OSError, ValueError):
        return None
    return answer if proof == files.digest([answer]) else None


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
