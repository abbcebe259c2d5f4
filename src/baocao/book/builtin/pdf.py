"""The book as PDF through Typst, at once PDF/A-2b (for keeping) and PDF/UA-1 (for readers who listen)."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import typst

from baocao.book.builtin.project import EXTENSION
from baocao.pdf import compact

STANDARDS: Final[list[Literal["a-2b", "ua-1"]]] = ["a-2b", "ua-1"]


def compile_pdf(source: str, root: Path) -> bytes:
    """Compile a Typst document with the house's fonts and no other; its pictures are looked up from ``root``."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[root / EXTENSION / "fonts"])
    compiler = typst.Compiler(source.encode("utf-8"), root=root, font_paths=fonts)
    pdf = compiler.compile(format="pdf", pdf_standards=[*STANDARDS])
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returned no PDF")
    return compact(pdf)
