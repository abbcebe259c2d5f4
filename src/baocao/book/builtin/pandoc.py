"""Chapters as pages, search entries, tables and Typst text, by pandoc."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from baocao.book.builtin.project import EXTENSION, Part, Project
from baocao.book.builtin.shares import conversion
from baocao.exports.tables import BookTable, Cell
from baocao.typeset import MAIN, Document

_DEPTH = 2
_TOC_DEPTH = 3
_MARK = "#baocao-chapters"
"""Marks the end of the house's definitions in the frame, where the chapters go; it cannot occur in a text of the book,
because # is escaped there."""
_HOUSE = "baocao-house.typ"
FOREIGN = "foreign"
"""Kind of a problem: something that only Quarto understands."""


@dataclass(frozen=True)
class Heading:
    """An entry of a page's table of contents; ``html`` is its text as HTML."""

    id: str
    level: int
    number: str
    html: str


@dataclass(frozen=True)
class Page:
    """A chapter as HTML: ``title`` and ``html`` are HTML, ``text`` is the title as plain text."""

    href: str
    identifier: str
    number: str
    title: str
    text: str
    toc: tuple[Heading, ...]
    html: str


@dataclass(frozen=True)
class Entry:
    """A section's entry in the search index."""

    href: str
    page: str
    section: str
    text: str


@dataclass(frozen=True, order=True)
class Problem:
    """A fault in a chapter: a broken cross-reference (``unresolved``) or ``link``, a ``duplicate`` identifier, a
    code cell that is not run (``idle``), or :data:`FOREIGN`."""

    source: str
    kind: str
    id: str


@dataclass(frozen=True)
class Converted:
    """All that pandoc made from the chapters; parts that were not asked for are empty."""

    pages: tuple[Page, ...] = ()
    entries: tuple[Entry, ...] = ()
    tables: tuple[BookTable, ...] = ()
    typst: Document = field(default_factory=dict)
    banner: str = ""
    footer: str = ""
    problems: tuple[Problem, ...] = ()


def convert(project: Project, *, screen: bool = False, paper: bool = False) -> Converted:
    """Convert all chapters of a project."""
    job, sources = job_of(project, screen=screen, paper=paper), [chapter.source for chapter in project.chapters]
    with conversion(job, sources) as running:
        running.go_on(running.outlines())
        texts = running.paper() if paper else {}
        return converted(project, texts | running.screen())


def converted(project: Project, made: dict[str, Any]) -> Converted:
    """Turn pandoc's answers into the renderer's objects.

    Parameters
    ----------
    made
        The answers for all chapters (see ``shares.Conversion``).
    """
    screens = [made["screens"][chapter.source] for chapter in project.chapters]
    on_screen = [one for one in screens if one]
    order = {chapter.source: i for i, chapter in enumerate(project.chapters)}
    problems = sorted([*_problems(made), *_written(project)], key=lambda one: (order[one.source], one))
    return Converted(
        pages=tuple(_page(one["page"]) for one in on_screen),
        entries=tuple(Entry(**entry) for one in on_screen for entry in one["entries"] or ()),
        tables=tuple(_table(table) for one in on_screen for table in one["tables"] or ()),
        typst=document(project, made) if "texts" in made else {},
        banner=made["notices"]["banner"],
        footer=made["notices"]["footer"],
        problems=tuple(problems),
    )


def _written(project: Project) -> Iterator[Problem]:
    """What stands in the chapters' texts and is neither made nor run here."""
    for chapter in project.chapters:
        yield from (Problem(chapter.source, FOREIGN, written) for written in chapter.foreign)
        yield from (Problem(chapter.source, "idle", written) for written in chapter.idle)


def _problems(made: dict[str, Any]) -> Iterator[Problem]:
    """Faults in the chapters, including links to chapters, or places in them, that do not exist."""
    for one in made["problems"]:
        places = made["places"].get(one.get("to"))
        place = unquote(one.get("place", ""))
        if one["kind"] != "link" or places is None or (place and place not in places):
            yield Problem(one["source"], one["kind"], one["id"])


def document(project: Project, made: dict[str, Any]) -> Document:
    """The Typst document: the house's definitions, each chapter, and the file that orders chapters and part pages.

    Each chapter is a separate file, so that a process that laid out an earlier document recognises unchanged ones.
    """
    parts = iter(made["parts"] or ())
    house, before, after = str(made["frame"]).split(_MARK)
    use = f'#import "{_HOUSE}": *\n'
    names = {chapter.source: f"{quote(chapter.source, safe='')}.typ" for chapter in project.chapters}
    pieces = [next(parts) if isinstance(item, Part) else f'#include "{names[item.source]}"' for item in project.items]
    texts = {names[source]: use + made["texts"][source] + "\n" for source in names}
    return {_HOUSE: house, **texts, MAIN: use + before + "\n\n".join(pieces) + after}


def job_of(project: Project, *, screen: bool = False, paper: bool = False) -> dict[str, Any]:
    """The job for pandoc: pages, search entries and tables for ``screen``, Typst text for ``paper``."""
    return {
        "root": str(project.root),
        "extension": str(project.root / EXTENSION),
        "depth": project.meta.get("number-depth", _DEPTH),
        "toc_depth": project.meta.get("toc-depth", _TOC_DEPTH),
        "delim": project.meta.get("crossref", {}).get("title-delim", ":").rstrip(),
        "labels": project.labels,
        "meta": _metadata(project),
        "want": {"screen": screen, "paper": paper},
        "template": template(project.root / EXTENSION) if paper else "",
        "mark": _MARK,
        "items": [
            {"part": item.title}
            if isinstance(item, Part)
            else {"source": item.source, "href": item.href, "folder": item.folder, "text": item.markdown}
            for item in project.items
        ],
    }


def _metadata(project: Project) -> dict[str, Any]:
    book = project.meta["book"]
    names = {key: str(book[key]) for key in ("title", "subtitle") if book.get(key)}
    return names | {
        "lang": str(project.meta.get("lang", "vi")),
        "baocao": project.meta.get("baocao", {}),
        "number-depth": str(project.meta.get("number-depth", _DEPTH)),
        "toc-depth": str(project.meta.get("toc-depth", _TOC_DEPTH)),
        "toc-title": project.labels.get("toc-title-document", ""),
        "chapter-label": project.labels.get("crossref-ch-prefix", ""),
    }


def template(extension: Path) -> str:
    """The pandoc template of the Typst document: the house's two partial templates around the body."""
    partials = (extension / name for name in ("typst-template.typ", "typst-show.typ"))
    head, show = (path.read_text(encoding="utf-8") for path in partials)
    rule = "#let horizontalrule = line(start: (25%, 0%), end: (75%, 0%))\n"
    return f"{rule}{head}\n{_MARK}\n{show}\n$body$\n"


def _page(page: dict[str, Any]) -> Page:
    return Page(**(page | {"toc": tuple(Heading(**heading) for heading in page["toc"])}))


def _table(table: dict[str, Any]) -> BookTable:
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in table["rows"])
    return BookTable(**(table | {"heads": tuple(table["heads"]), "right": tuple(table["right"]), "rows": rows}))
