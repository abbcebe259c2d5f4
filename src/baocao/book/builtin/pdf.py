"""The book as PDF."""

from __future__ import annotations

from pathlib import Path

from baocao.book.builtin.project import EXTENSION
from baocao.typeset import typeset_apart


def compile_pdf(source: str, root: Path) -> bytes:
    """Compile the book's Typst document with the house's fonts; its pictures are looked up from ``root``."""
    return typeset_apart(source, root, root / EXTENSION / "fonts", own_fonts=True)
