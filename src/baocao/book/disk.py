"""Make Quarto's pages readable from disk.

Quarto loads two of its scripts as ES modules, which a browser refuses for pages opened from a folder. They bring
tab sets and the marking of the page contents; the book has no tab sets, and its own script does the marking.
"""

from __future__ import annotations

import re
from pathlib import Path

from baocao import files

_MODULE_SCRIPT = re.compile(r'<script\b[^>]*\btype="module"[^>]*>\s*</script>\n?')


def without_modules(html: str) -> str:
    """The page without scripts that are loaded as modules from a file."""
    return _MODULE_SCRIPT.sub("", html)


def make_readable_from_disk(book: Path) -> None:
    """Rewrite those pages of the folder ``book`` that load modules."""
    for page in sorted(book.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        plain = without_modules(html)
        if plain != html:
            files.write_text(page, plain)
