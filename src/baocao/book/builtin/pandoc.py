"""One pandoc process turns chapters into pages, search entries, tables and Typst text."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pypandoc

from baocao.book.builtin.project import EXTENSION, Part, Project
from baocao.exports.tables import BookTable, Cell

_DEPTH = 2
_TOC_DEPTH = 3
_MARK = "#baocao-chapters"
"""Where the chapters belong in the frame; a bare # in a text of the book would be escaped."""


@dataclass(frozen=True)
class Heading:
    """A line of a page's contents; ``html`` is its text as HTML."""

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
    """What the search knows of one section."""

    href: str
    page: str
    section: str
    text: str


@dataclass(frozen=True)
class Problem:
    """A cross-reference to nothing (``unresolved``) or an identifier used twice (``duplicate``)."""

    source: str
    kind: str
    id: str


@dataclass(frozen=True)
class Converted:
    """All that pandoc made of the chapters; what was not asked for is empty."""

    pages: tuple[Page, ...] = ()
    entries: tuple[Entry, ...] = ()
    tables: tuple[BookTable, ...] = ()
    typst: str = ""
    banner: str = ""
    footer: str = ""
    problems: tuple[Problem, ...] = ()


def convert(project: Project, *, screen: bool = False, paper: bool = False) -> Converted:
    """Convert all chapters of a project in one pandoc process."""
    answer = run_job(job_of(project, screen=screen, paper=paper))
    return converted(project, answer["chapters"], answer["problems"], answer)


def run_job(job: dict[str, Any]) -> dict[str, Any]:
    """The answer of pandoc to a job (see ``lua/book.lua``)."""
    with as_file(files(__package__) / "lua") as folder:
        out = _run([_pandoc(), "lua", str(folder / "book.lua")], json.dumps(job, ensure_ascii=False))
    answer: dict[str, Any] = json.loads(out)
    return answer


def converted(
    project: Project, chapters: Sequence[dict[str, Any]], problems: Sequence[dict[str, str]], around: dict[str, Any]
) -> Converted:
    """What pandoc made as what the renderer works with.

    Parameters
    ----------
    chapters
        What was made of each chapter, in the order of the book.
    problems
        What is wrong with their references.
    around
        What belongs to no chapter: ``notices``, and on paper ``frame`` and ``parts``.
    """
    on_screen = [one for one in chapters if "page" in one]
    return Converted(
        pages=tuple(_page(one["page"]) for one in on_screen),
        entries=tuple(Entry(**entry) for one in on_screen for entry in one["entries"] or ()),
        tables=tuple(_table(table) for one in on_screen for table in one["tables"] or ()),
        typst=_document(project, [one["typst"] for one in chapters], around) if "frame" in around else "",
        banner=around["notices"]["banner"],
        footer=around["notices"]["footer"],
        problems=tuple(Problem(**problem) for problem in problems),
    )


def _document(project: Project, texts: list[str], around: dict[str, Any]) -> str:
    """The Typst document: chapters and the parts' pages in their order, in the frame."""
    chapters, parts = iter(texts), iter(around["parts"])
    pieces = [next(parts) if isinstance(item, Part) else next(chapters) for item in project.items]
    before, _, after = str(around["frame"]).partition(_MARK)
    return before + "\n\n".join(pieces) + after


@cache
def _pandoc() -> str:
    return str(pypandoc.get_pandoc_path())


def _run(command: list[str], stdin: str) -> str:
    done = subprocess.run(command, input=stdin, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"pandoc ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def job_of(project: Project, *, screen: bool = False, paper: bool = False) -> dict[str, Any]:
    """What pandoc is asked for: pages, search entries and tables for the screen, Typst text for paper."""
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
            else {"source": item.source, "href": item.href, "folder": item.folder, "text": item.text}
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
    """The pandoc template of the Typst document: the house's two partials around the body."""
    partials = (extension / name for name in ("typst-template.typ", "typst-show.typ"))
    head, show = (path.read_text(encoding="utf-8") for path in partials)
    rule = "#let horizontalrule = line(start: (25%, 0%), end: (75%, 0%))\n"
    return f"{rule}{head}\n{show}\n$body$\n"


def _page(page: dict[str, Any]) -> Page:
    return Page(**(page | {"toc": tuple(Heading(**heading) for heading in page["toc"])}))


def _table(table: dict[str, Any]) -> BookTable:
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in table["rows"])
    return BookTable(**(table | {"heads": tuple(table["heads"]), "right": tuple(table["right"]), "rows": rows}))
