"""The book that stood last, kept aside.

Quarto empties the book's folder before it asks for the chapters (``quarto render``, "clean"), so that a month that was
mistyped, or a chapter that cannot be rendered, would cost the book that stands there.
"""

from __future__ import annotations

from pathlib import Path

from baocao import files

_LAST = Path("build/.sach-gan-nhat")
"""Hidden: Quarto takes what lies in other folders of a project for its own."""


def keep(root: Path, book: Path) -> None:
    """Remember the book as it stands now, with what stands beside it."""
    with files.replaced_folder(root / _LAST) as fresh:
        files.copy_folder(book, fresh)


def put_back(root: Path, book: Path) -> bool:
    """Put the last book where it stood; whether there is one."""
    if not (root / _LAST).is_dir():
        return False
    with files.replaced_folder(book) as fresh:
        files.copy_folder(root / _LAST, fresh)
    return True
