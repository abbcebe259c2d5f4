"""The search index as a script, because a page opened from disk can load scripts but not data files."""

from __future__ import annotations

import json
from collections.abc import Iterable

from baocao.book.builtin.pandoc import Entry
from baocao.text import in_script


def index_script(entries: Iterable[Entry]) -> str:
    """A script that defines a list of entries ``[address, page, section, text]``, one on each line."""
    rows = (json.dumps([one.href, one.page, one.section, one.text], ensure_ascii=False) for one in entries)
    listed = ",\n".join(map(in_script, rows))
    return f"window.baocaoSearch = [\n{listed}\n];\n"
