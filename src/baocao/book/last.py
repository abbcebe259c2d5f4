"""A copy of the last book, kept aside.

Quarto empties the book's folder before it asks for the chapters (``quarto render``, "clean"), so that a mistyped month,
or a chapter that cannot be rendered, would destroy the present book.
"""

from __future__ import annotations

from pathlib import Path

from baocao import files

_LAST = Path("build/.sach-gan-nhat")
"""Hidden, because Quarto would treat other folders of the project as part of it."""


def keep(root: Path, book: Path) -> None:
    """Keep a copy of the present book, with all files in its folder."""
    with files.replaced_folder(root / _LAST) as fresh:
        files.copy_folder(book, fresh)


def put_back(root: Path, book: Path) -> bool:
    """Put the last book back; returns whether there was one."""
    if not (root / _LAST).is_dir():
        return False
    with files.replaced_folder(book) as fresh:
        files.copy_folder(root / _LAST, fresh)
    return True
