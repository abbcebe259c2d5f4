"""The content of a book's pages, read without a browser; for books of both renderers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADING = {("img", "src"), ("script", "src"), ("link", "href"), ("iframe", "src"), ("source", "src")}
_CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")
_REMOTE = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
_TABLE = re.compile(r'<div class="bang do-chu">.*?</table>\s*</div>', re.DOTALL)
_SPACES = re.compile(r"\s+")


@dataclass
class Facts(HTMLParser):
    """Identifiers, links and loaded files of a page, and the text of its parts."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    main: str = ""
    sidebar: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        self.handlers += [f"{tag} {key}={value}" for key, value in values.items() if key.startswith("on")]
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        self.loads += [values[name] for name in ("src", "href") if (tag, name) in _LOADING and values.get(name)]
        if tag in {"main", "nav", "figcaption", "h1", "h2", "h3", "script", "style", "svg"}:
            self._open.append((tag, values.get("id", "")))
            if tag == "figcaption":
                self.captions.append("")
            elif tag in {"h1", "h2", "h3"}:
                self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if {"script", "style", "svg"} & set(tags):
            return
        if "figcaption" in tags:
            self.captions[-1] += data
        if {"h1", "h2", "h3"} & set(tags):
            self.headings[-1] += data
        if "main" in tags:
            self.main += data
        if ("nav", "quarto-sidebar") in self._open:
            self.sidebar += data


def facts(page: Path) -> Facts:
    """Read one page."""
    found = Facts()
    found.feed(page.read_text("utf-8"))
    found.captions = [squeeze(text) for text in found.captions]
    found.headings = [squeeze(text) for text in found.headings]
    found.main, found.sidebar = squeeze(found.main), squeeze(found.sidebar)
    return found


def tables(page: Path) -> list[str]:
    """The page's tables in the house's boxes, ignoring paths of links and the notation of hard blanks."""
    text = page.read_text("utf-8").replace("&nbsp;", "\u00a0")
    return [table.replace("../../reports/chuong/", "") for table in _TABLE.findall(text)]


def squeeze(text: str) -> str:
    """The text with each run of blanks, hard ones included, as one blank."""
    return _SPACES.sub(" ", text.replace("\u00a0", " ")).strip()


def pages(book: Path) -> list[Path]:
    return sorted(book.rglob("*.html"))


def outside_addresses(book: Path) -> list[str]:
    """Addresses outside the folder that a page, a stylesheet or a script would load."""
    return sorted({f"{file.relative_to(book)}: {address}" for file, address in _loaded(book) if _REMOTE.match(address)})


def _loaded(book: Path) -> Iterator[tuple[Path, str]]:
    for page in pages(book):
        yield from ((page, address) for address in facts(page).loads)
        yield from ((page, address) for address in _CSS_ADDRESS.findall(page.read_text("utf-8")))
    for sheet in sorted(book.rglob("*.css")):
        yield from ((sheet, address) for address in _CSS_ADDRESS.findall(sheet.read_text("utf-8")))


def broken_links(book: Path) -> list[str]:
    """Links and loads to a missing file of the book, or to a missing identifier in a page."""
    ids = {page.resolve(): set(facts(page).ids) for page in pages(book)}
    broken = []
    for page in pages(book):
        found = facts(page)
        for link in [*found.links, *found.loads]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
            target = target / "index.html" if target.is_dir() else target
            missing = parts.fragment and unquote(parts.fragment) not in ids.get(target, set())
            if not target.exists() or missing:
                broken.append(f"{page.relative_to(book)}: {link}")
    return broken


def names_of_the_book(book: Path) -> list[str]:
    """All texts in which a page of the second part names book and part, and the first page book and author."""
    page = (book / "reports/chuong/don-vi-a1.html").read_text("utf-8")
    found = [re.findall(r"<title>(.*?)</title>", page), re.findall(r'breadcrumb-item">(.*?)</li>', page)[:1]]
    found += [re.findall(r'class="sidebar-title[^"]*">(.*?)</div>', page, re.DOTALL)]
    found += [re.findall(r'<footer class="dau-vet">(.*?)</footer>', page)]
    found += [re.findall(r'menu-text">(P .*?)</s(?:pan|ummary)>', page)]
    first = (book / "index.html").read_text("utf-8")
    found += [re.findall(pattern, first) for pattern in (r"<title>(.*?)</title>", r'class="title">(.*?)</h1>')]
    found += [re.findall(r'class="subtitle[^>]*>(.*?)</p>', first), re.findall(r"<p>(U .*?)</p>", first)]
    return [squeeze(unescape(re.sub(r"<[^>]+>", "", text)).replace("\u2060", "")) for texts in found for text in texts]
