"""The search index of the book: a script that both renderers' pages load, so that it works from disk.

The index is made from the chapters' Markdown and not from pages, so it is the same whichever renderer made them. The
pages' script folds case and accents, so “dich vu cong” finds “dịch vụ công”.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from baocao.book.builtin.pandoc import Entry, convert
from baocao.book.builtin.project import read_project


def search_index(root: Path) -> str:
    """The index of the book project in ``root``, as JavaScript that defines ``window.baocaoSearch``.

    Raises
    ------
    UserError
        If the project or a chapter cannot be read.
    """
    return index_script(convert(read_project(root.resolve()), search=True).entries)


def index_script(entries: Iterable[Entry]) -> str:
    """Entries as a script: a list of ``[address, page, section, text]``, one a line."""
    rows = ",\n".join(_safe([entry.href, entry.page, entry.section, entry.text]) for entry in entries)
    return f"window.baocaoSearch = [\n{rows}\n];\n"


def _safe(row: list[str]) -> str:
    # Neither a closing tag nor JavaScript's own line ends may stand in a script's string.
    encoded = json.dumps(row, ensure_ascii=False).replace("<", "\\u003c")
    return encoded.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
