"""The HTML pages: the shell around each chapter, the book's own stylesheet and scripts, the search index."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

from baocao import files
from baocao.book.builtin.index import index_script
from baocao.book.builtin.pandoc import Converted, Page
from baocao.book.builtin.project import ASSETS, Chapter, Project
from baocao.html import page_template

DATA = PurePosixPath("reports/chuong/so-lieu")
"""Folder of the book's files for download."""
HOUSE = ("baocao.css", "baocao.js", "bang-bieu.js")
"""The house's stylesheet and scripts."""
LIBRARY = PurePosixPath("site_libs/baocao")


@dataclass(frozen=True)
class Group:
    """Chapters listed together in the sidebar; ``title`` is empty for chapters outside parts."""

    title: str
    pages: tuple[Page, ...]


def write_site(project: Project, converted: Converted, out: Path) -> None:
    """Write all pages, and the files that they load, into ``out``."""
    _write(out / LIBRARY / "search-index.js", index_script(converted.entries))
    for name in HOUSE:
        shutil.copyfile(project.root / ASSETS / name, out / LIBRARY / name)
    handed_out = project.root / DATA
    if handed_out.is_dir():
        files.copy_folder(handed_out, out / DATA)
    template = page_template("baocao.book.builtin", "page.html.j2")
    groups = group_by_part(project.chapters, converted.pages)
    for i, page in enumerate(converted.pages):
        html = template.render(
            page=page,
            previous=converted.pages[i - 1] if i else None,
            following=converted.pages[i + 1] if i + 1 < len(converted.pages) else None,
            part=project.chapters[i].part,
            groups=groups,
            to_root="../" * page.href.count("/"),
            first=converted.pages[0].href,
            is_first=i == 0,
            library=LIBRARY,
            pdf=f"{project.output_file}.pdf",
            book=project.meta["book"],
            lang=project.meta.get("lang", "vi"),
            labels=project.labels,
            banner=converted.banner,
            footer=converted.footer,
        )
        _write(out / page.href, html)


def group_by_part(chapters: tuple[Chapter, ...], pages: tuple[Page, ...]) -> tuple[Group, ...]:
    """The pages in order, grouped by part."""
    paired = zip(chapters, pages, strict=True)
    return tuple(
        Group(part, tuple(page for _, page in members))
        for part, members in groupby(paired, key=lambda pair: pair[0].part)
    )


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")
