"""Makes Quarto's pages work from disk, and with screen readers.

Quarto loads two of its scripts as ES modules, which browsers refuse for pages opened from a folder. These scripts
provide tab sets and the highlighting in the page contents; the book has no tab sets, and its own script highlights.

Further faults of these pages: with the keyboard, one has to go through the whole contents before reaching a chapter.
Navigations have no names, so that a screen reader cannot distinguish them. The toggles of parts in the contents are
marked as navigations and cannot be reached with the keyboard. Links to the previous and next chapter are named by the
title in Markdown, with escapes, instead of by the words shown.
"""

from __future__ import annotations

import re
from pathlib import Path

from baocao import files

_MODULE_SCRIPT = re.compile(r'<script\b[^>]*\btype="module"[^>]*>\s*</script>\n?')

_NAMES = {
    '<nav id="quarto-sidebar" class=': '<nav id="quarto-sidebar" aria-label="Mục lục" class=',
    '<nav class="quarto-secondary-nav">': '<nav class="quarto-secondary-nav" aria-label="Thanh đầu trang">',
    'aria-label="breadcrumb"': 'aria-label="Vị trí trong sách"',
    '<nav class="page-navigation">': '<nav class="page-navigation" aria-label="Chương trước, chương sau">',
}
"""Start tag of a navigation in Quarto's pages → the same with a Vietnamese name, which no longer matches the first."""

_LABELLED = re.compile(r'(<a\b[^>]*\bclass="pagination-link") aria-label="[^"]*"')
_TOGGLE = re.compile(r'<a\b(?=[^>]*\bdata-bs-toggle="collapse")[^>]*\brole="navigation"[^>]*>')
_BODY = re.compile(r"<body\b[^>]*>\n?")
_MAIN = '<main class="content" id="quarto-document-content"'
_PAST = '<a class="bo-qua" href="#quarto-document-content">Đến nội dung chính</a>\n'


def without_modules(html: str) -> str:
    """The page without scripts that are loaded from a file as modules."""
    return _MODULE_SCRIPT.sub("", html)


def with_named_navigation(html: str) -> str:
    """The page with a name on each navigation."""
    for start, named in _NAMES.items():
        html = html.replace(start, named)
    return html


def with_shown_names(html: str) -> str:
    """The page with links to other chapters named by the words shown."""
    return _LABELLED.sub(r"\1", html)


def with_buttons(html: str) -> str:
    """The page with toggles marked as buttons, which the book's own script makes usable with the keyboard."""
    return _TOGGLE.sub(lambda tag: tag[0].replace('role="navigation"', 'role="button" tabindex="0"'), html)


def with_a_way_past(html: str) -> str:
    """The page with a link at its beginning that skips to the main part, as in the built-in renderer's pages."""
    if _PAST in html or _MAIN not in html:
        return html
    return _BODY.sub(lambda tag: tag[0] + _PAST, html, count=1).replace(_MAIN, f'{_MAIN} tabindex="-1"')


def make_readable_from_disk(book: Path) -> None:
    """Rewrite those pages of the folder ``book`` that Quarto made."""
    for page in sorted(book.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        plain = with_a_way_past(with_buttons(with_shown_names(with_named_navigation(without_modules(html)))))
        if plain != html:
            files.write_text(page, plain)
