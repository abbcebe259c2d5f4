"""The search index of the book: a script that both renderers' pages load, so that it works from disk.

The index is made from the chapters' Markdown and not from pages, so it is the same whichever renderer made them. The
pages' script folds case and accents, so “dich vu cong” finds “dịch vụ công”.
"""

from __future__ import annotations

from pathlib import Path

from baocao.book.builtin.index import index_script
from baocao.book.builtin.pandoc import convert
from baocao.book.builtin.project import read_project


def search_index(root: Path) -> str:
    """The index of the book project in ``root``, as JavaScript that defines ``window.baocaoSearch``.

    Raises
    ------
    UserError
        If the project or a chapter cannot be read.
    """
    return index_script(convert(read_project(root.resolve()), search=True).entries)
