"""Characters that a PDF can show: PDF/A forbids text without a glyph, and Typst then makes no PDF at all.

The file is written by ``tools/printable.py``. Templates read it and put a box in place of every other character.
"""

from __future__ import annotations

from pathlib import Path

FONTS = "_extensions/baocao/fonts"
"""The house's fonts, from the project's folder."""
FILE = f"{FONTS}/printable.txt"


def printable(root: Path) -> str:
    r"""The characters as Typst's regular expressions take them in brackets (``\u{20}-\u{7f}``).

    Empty where the project has no such file: a month may have been sealed without.
    """
    listed = root / FILE
    return listed.read_text("utf-8").strip() if listed.is_file() else ""
