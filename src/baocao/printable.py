"""Characters that a PDF can show: PDF/A forbids text without a glyph, and Typst then makes no PDF at all.

The file is written by ``tools/printable.py``. Templates read it themselves and put a box in place of every other
character; they cannot look into pictures.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FONTS = "_extensions/baocao/fonts"
"""The house's fonts, from the project's folder."""
FILE = f"{FONTS}/printable.txt"
BOX = "□"


def printable(root: Path) -> str:
    r"""The characters as Typst's regular expressions take them in brackets (``\u{20}-\u{7f}``).

    Empty where the project has no such file: a month may have been sealed without.
    """
    listed = root / FILE
    return listed.read_text("utf-8").strip() if listed.is_file() else ""


def boxed(text: str, root: Path) -> str:
    """The text of a picture with a box in place of what cannot be shown."""
    listed = printable(root)
    return _others(listed).sub(BOX, text) if listed else text


@cache
def _others(listed: str) -> re.Pattern[str]:
    ranges = re.sub(r"\\u\{(\w+)\}", lambda found: f"\\U{int(found[1], 16):08x}", listed)
    return re.compile(f"[^\t\n\r{ranges}]")
