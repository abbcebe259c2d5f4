"""The generated part of the book project: chapters, figures, chapter list, front-page text, search index, exports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from baocao import files
from baocao.book.builtin.ahead import Press
from baocao.book.builtin.index import index_script
from baocao.book.builtin.pages import HOUSE
from baocao.book.builtin.partial import convert_changed
from baocao.book.builtin.project import ASSETS, read_project
from baocao.book.chapters import FIGURES, Chapter
from baocao.book.quarto import BOOK_FILE
from baocao.exports.files import export_files
from baocao.exports.ledger_pages import STEM, LedgerPage, ledger_pages
from baocao.exports.workbook import workbook_name
from baocao.present.blocks import download, paragraphs
from baocao.present.chapters import origin
from baocao.present.front import front_page
from baocao.present.traced import rows_named
from baocao.present.words import DEMONSTRATION
from baocao.report import Report
from baocao.text import capital, period_long, referenced, term_long
from baocao.workspace import Workspace

FRONT_FILE = "_mo-dau.md"
ORIGIN_FILE = "_nguon-goc.md"
CHANGES_FILE = "_thay-doi.md"
SEARCH_FILE = "search-index.js"
DATA_FOLDER = "so-lieu"
"""Folder of the exports, beside the chapters; both renderers copy it into the book."""


def book_name(report: Report) -> str:
    """File name of the book's PDF without its ending."""
    return f"bao-cao-{report.month}"


def write_project(space: Workspace, report: Report, chapters: tuple[Chapter, ...], press: Press | None = None) -> None:
    """Make ``reports/chuong/`` contain exactly these chapters; unchanged files are not touched.

    With a press, the built-in renderer begins the PDF as soon as it can.

    Quarto's preview watches the folder: rewriting an unchanged file would start it again, for ever.
    """
    folder = space.chapters
    wanted = {f"{one.name}.qmd": one.text for one in chapters}
    figures = {f"{FIGURES}/{file}": data for one in chapters for file, data in one.figures.items()}
    front = paragraphs(origin.notice(report), front_page(report).markdown, _downloads(report))
    wanted[FRONT_FILE] = front.markdown + "\n"
    wanted[ORIGIN_FILE] = origin.origin(report).markdown + "\n"
    wanted[CHANGES_FILE] = origin.changes(report).markdown + "\n"
    wanted[BOOK_FILE] = yaml.safe_dump(book_metadata(report, chapters), allow_unicode=True, sort_keys=False, width=110)
    wanted["ledger.csv"] = report.ledger.to_csv()
    for name, data in (figures | {name: text.encode("utf-8") for name, text in wanted.items()}).items():
        files.write_bytes(folder / name, data)
    exports = _exports(space.root.resolve(), report, [*wanted.values()], press)
    for name, data in exports.items():
        files.write_bytes(folder / name, data)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in {*wanted, *figures, *exports}:
            path.unlink()


def _exports(root: Path, report: Report, texts: list[str], press: Press | None) -> dict[str, bytes]:
    """Files made from the new chapters: the search index, and the files for download."""
    used, ledger = rows_named(texts), list[LedgerPage]()
    read = convert_changed(
        read_project(root),
        screen=True,
        paper=press is not None,
        press=press,
        meanwhile=lambda: ledger.extend(ledger_pages(report, used)),
    )
    made = export_files(report, read.tables, ledger, used, (read.banner, read.footer))
    assets = {name: (root / ASSETS / name).read_bytes() for name in HOUSE}
    found = {f"{DATA_FOLDER}/{name}": data for name, data in (made | assets).items()}
    return {SEARCH_FILE: index_script(read.entries).encode("utf-8")} | found


def _downloads(report: Report) -> str:
    return "\n\n".join(
        (
            download("Tải mọi bảng của kỳ (XLSX)", workbook_name(report)),
            download("Sổ cái số liệu của kỳ", f"{STEM}.html"),
        )
    )


def book_metadata(report: Report, chapters: tuple[Chapter, ...]) -> dict[str, Any]:
    """The content of ``_book.yml`` for Quarto and the built-in renderer; names are character references if needed."""
    site = report.config.site
    label = term_long(report.month)
    return {
        "book": {
            "title": referenced(site.book_title),
            "subtitle": referenced(f"{capital(label)} ({period_long(report.period)})"),
            "author": referenced(site.name),
            "output-file": book_name(report),
            "chapters": chapter_tree(chapters),
        },
        "baocao": {
            "about": referenced(site.book_subtitle),
            "month": str(report.month),
            "month-label": referenced(label),
            "period-label": referenced(period_long(report.period)),
            "date": report.period.end.isoformat(),
            "site-name": referenced(site.name),
            "superior": referenced(site.superior),
            "issuer": [referenced(line) for line in site.issuer],
            "place": referenced(site.place),
            "emblem": referenced(site.emblem),
            "trace": referenced(report.identity.trace),
            "plan": referenced(report.config.plan.document.short_title),
            "demonstration": site.demonstration,
            "demonstration-text": DEMONSTRATION if site.demonstration else "",
        },
    }


def chapter_tree(chapters: tuple[Chapter, ...]) -> list[Any]:
    """The chapter list of a Quarto book: files, and parts with theirs."""
    tree: list[Any] = []
    for one in chapters:
        path, part = f"reports/chuong/{one.name}.qmd", referenced(one.part)
        if not part:
            tree.append(path)
        elif tree and isinstance(tree[-1], dict) and tree[-1]["part"] == part:
            tree[-1]["chapters"].append(path)
        else:
            tree.append({"part": part, "chapters": [path]})
    return tree
