"""The book as PDF/A-2b through Typst."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

import typst

from baocao.book.builtin.project import EXTENSION

STANDARD: Final = "a-2b"


def compile_pdf(source: str, root: Path) -> bytes:
    """Compile a Typst document with the house's fonts and no other; its pictures are looked up from ``root``."""
    with NamedTemporaryFile("w", encoding="utf-8", suffix=".typ", dir=root, prefix=".sach-") as file:
        file.write(source)
        file.flush()
        pdf = typst.compile(
            Path(file.name),
            root=root,
            font_paths=[root / EXTENSION / "fonts"],
            ignore_system_fonts=True,
            pdf_standards=[STANDARD],
        )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst returned no PDF")
    return pdf
