"""Make Quarto's pages readable from disk, and to those who listen.

Quarto loads two of its scripts as ES modules, which a browser refuses for pages opened from a folder. They bring
tab sets and the marking of the page contents; the book has no tab sets, and its own script does the marking.

Keys lead through the whole contents before they reach a chapter. The navigations have no names of their own, so that a
screen reader could not tell one from another, and what opens and closes a part of the contents is said to be a
navigation and cannot be reached by keys. Links to the chapter before and after are named by its title as Markdown, with
its escapes, instead of by the words that they show.
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
"""How a navigation begins in Quarto's pages → the same with a Vietnamese name, which does not begin so any more."""

_LABELLED = re.compile(r'(<a\b[^>]*\bclass="pagination-link") aria-label="[^"]*"')
_TOGGLE = re.compile(r'<a\b(?=[^>]*\bdata-bs-toggle="collapse")[^>]*\brole="navigation"[^>]*>')
_BODY = re.compile(r"<body\b[^>]*>\n?")
_MAIN = '<main class="content" id="quarto-document-content"'
_PAST = '<a class="bo-qua" href="#quarto-document-content">Đến nội dung chính</a>\n'


def without_modules(html: str) -> str:
    """The page without scripts that are loaded as modules from a file."""
    return _MODULE_SCRIPT.sub("", html)


def with_named_navigation(html: str) -> str:
    """The page with a name for each navigation."""
    for start, named in _NAMES.items():
        html = html.replace(start, named)
    return html


def with_shown_names(html: str) -> str:
    """The page with links to other chapters that are named by what they show."""
    return _LABELLED.sub(r"\1", html)


def with_buttons(html: str) -> str:
    """The page with buttons for what opens and closes; the book's own script lets keys press them."""
    return _TOGGLE.sub(lambda tag: tag[0].replace('role="navigation"', 'role="button" tabindex="0"'), html)


def with_a_way_past(html: str) -> str:
    """The page with a link to its main part, as the built-in renderer's pages begin with."""
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
