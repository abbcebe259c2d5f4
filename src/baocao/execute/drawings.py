"""A cache of drawn pictures, by their specification; the least recently used are removed.

Drawing a picture takes a tenth of a second, and a correction changes few of a book's charts. The result depends only on
the specification and on the version of vl-convert.
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
"""Environment variable that names the folder of kept pictures; if it is not set, none are kept."""

MOST = 1000
"""Most pictures that are kept: enough for some years of a ward."""

Question = tuple[str, bytes]
"""Name of a function of vl-convert, and its arguments as JSON."""


def drawn(question: Question, draw: Callable[[], str], kept: Path | None = None) -> str:
    """The kept picture, or a new one from ``draw``, which is then kept; in folder ``kept``, by default the run's."""
    named = kept or os.environ.get(FOLDER_VARIABLE)
    if not named:
        return draw()
    about = (*question, version("vl-convert-python"), platform.machine())
    path = Path(named) / f"{files.digest(about)}.svg"
    answer = _read(path)
    if answer is None:
        answer = draw()
        with suppress(OSError):  # files that must be written will report a full disk
            files.write_text(path, f"{files.digest([answer])}\n{answer}")
    return answer


def _read(path: Path) -> str | None:
    """The picture in a file, which becomes the most recently used one; None if missing or damaged."""
    try:
        proof, _, answer = path.read_text("utf-8").partition("\n")
        os.utime(path)
    except (OSError, ValueError):
        return None
    return answer if proof == files.digest([answer]) else None


def folder(root: Path) -> Path:
    """The folder of a project's kept pictures."""
    return root / "build" / "bieu-do"


def forget(root: Path) -> None:
    """Remove a project's kept pictures, so that all are drawn again."""
    shutil.rmtree(folder(root), ignore_errors=True)


def forget_oldest(root: Path, most: int = MOST) -> None:
    """Remove the least recently used pictures, so that at most ``most`` remain."""
    found = sorted(folder(root).glob("*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in found[most:]:
        path.unlink(missing_ok=True)
