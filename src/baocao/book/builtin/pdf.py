"""The book as PDF/A-2b through Typst."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import typst

from baocao.book.builtin.project import EXTENSION

STANDARD: Final = "a-2b"


def compile_pdf(source: str, root: Path) -> bytes:
    """Compile a Typst document with the house's fonts and no other; its pictures are looked up from ``root``."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[root / EXTENSION / "fonts"])
    compiler = typst.Compiler(source.encode("utf-8"), root=root, font_paths=fonts)
    pdf = compiler.compile(format="pdf", pdf_standards=STANDARD)
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returned no PDF")
    return pdf
