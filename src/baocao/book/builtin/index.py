"""The search index as a script, which a page read from disk can load."""

from __future__ import annotations

import json
from collections.abc import Iterable

from baocao.book.builtin.pandoc import Entry


def index_script(entries: Iterable[Entry]) -> str:
    """Entries as a script: a list of ``[address, page, section, text]``, one a line."""
    rows = ",\n".join(_safe([entry.href, entry.page, entry.section, entry.text]) for entry in entries)
    return f"window.baocaoSearch = [\n{rows}\n];\n"


def _safe(row: list[str]) -> str:
    # Neither a closing tag nor JavaScript's own line ends may stand in a script's string.
    encoded = json.dumps(row, ensure_ascii=False).replace("<", "\\u003c")
    return encoded.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
