"""The search index as a script, which a page read from disk can load."""

from __future__ import annotations

import json
from collections.abc import Iterable

from baocao.book.builtin.pandoc import Entry
from baocao.text import in_script


def index_script(entries: Iterable[Entry]) -> str:
    """Entries as a script: a list of ``[address, page, section, text]``, one a line."""
    rows = (json.dumps([one.href, one.page, one.section, one.text], ensure_ascii=False) for one in entries)
    listed = ",\n".join(map(in_script, rows))
    return f"window.baocaoSearch = [\n{listed}\n];\n"
