"""What was drawn before: Vega's pictures by what they show, kept until others were wanted more lately.

To draw a picture takes a tenth of a second and to start what draws it most of one, while a correction changes few of a
book's charts. A picture depends on its specification, on how numbers are written and on vl-convert, and on nothing
else.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from baocao import files

FOLDER_VARIABLE = "BAOCAO_DRAWINGS"
"""Names the folder where pictures are kept; where it is not set, none are."""

MOST = 1000
"""Pictures that are kept: those of some years of a ward."""


def drawn(specification: dict[str, Any], numbers: dict[str, Any], draw: Callable[..., str]) -> str:
    """A chart as SVG: the one that is kept, or a new one.

    Parameters
    ----------
    specification
        The chart in Vega-Lite.
    numbers
        How numbers are written in it.
    draw
        vl-convert's function.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    if not named:
        return draw(specification, format_locale=numbers)
    about = (json.dumps([specification, numbers]), version("vl-convert-python"), platform.machine())
    path = Path(named) / f"{files.digest(about)}.svg"
    svg = _read(path)
    if svg is None:
        svg = draw(specification, format_locale=numbers)
        with suppress(OSError):  # a full disk is told of by what has to be written
            files.write_text(path, f"{files.digest([svg])}\n{svg}")
    return svg


def _read(path: Path) -> str | None:
    """The picture in a file, which is then the one wanted last; none if nobody wrote it, or somebody was at it."""
    try:
        proof, _, svg = path.read_text("utf-8").partition("\n")
        os.utime(path)
    except (OSError, ValueError):
        return None
    return svg if proof == files.digest([svg]) else None


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
