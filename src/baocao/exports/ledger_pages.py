"""The ledger pages of a book: for each unit, and for the site, the rows that the book's figures link to.

A page (``so-cai.html``, ``so-cai-<unit>.html``) works without scripts and from disk. A script beside it has the same
content; chapters use it to show a row next to its figure. Rows that no figure links to are left out, because the whole
ledger is available as a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from baocao.exports.rows_behind import Behind, Lines, behind, lines_of
from baocao.html import page_template
from baocao.measures.ledger import MEASURES, SITE, Row
from baocao.present.ledger_words import LedgerWords, RowWords
from baocao.present.traced import key
from baocao.report import Report
from baocao.text import capital, in_script, term_long

STEM = "so-cai"


@dataclass(frozen=True)
class Entry:
    """A row of a page; ``source`` is the number, on the page, of the submitted rows behind it, 0 if there are none."""

    key: str
    measure: str
    words: RowWords
    behind: Behind
    source: int


@dataclass(frozen=True)
class Sources:
    """The sets of submitted rows on a page, each listed once, because many figures have the same rows behind them.

    ``told`` is shared by the pages: the sets that were put in words.
    """

    lines: Lines
    told: dict[str, Behind]
    found: dict[str, int] = field(default_factory=dict)

    def number(self, rows: str) -> int:
        """The number of a set on the page."""
        return self.found.setdefault(rows, len(self.found) + 1) if rows else 0

    def words(self, rows: str) -> Behind:
        """A set in words."""
        if rows not in self.told:
            self.told[rows] = behind(rows, self.lines)
        return self.told[rows]


def stem(unit: str) -> str:
    """File name of a unit's page without its ending."""
    return STEM if unit == SITE else f"{STEM}-{unit.lower()}"


@dataclass(frozen=True)
class LedgerPage:
    """The content of a unit's page, or of the site's."""

    unit: str
    name: str
    entries: tuple[Entry, ...]
    sources: Sources


def ledger_pages(report: Report, used: Iterable[str]) -> tuple[LedgerPage, ...]:
    """The content of each page: it needs only the chapters' texts, not what pandoc makes of them.

    Parameters
    ----------
    used
        Ids of the ledger rows that the book's figures link to.
    """
    wanted = set(used)
    by_unit: dict[str, list[Row]] = {SITE: []}
    for row in report.ledger.rows:
        if row.id in wanted:
            by_unit.setdefault(row.unit, []).append(row)
    words, lines, told = LedgerWords(report.config), lines_of(report), dict[str, Behind]()
    pages = []
    for unit, rows in by_unit.items():
        sources = Sources(lines, told)
        entries = tuple(_entry(row, words, sources) for row in rows)
        pages.append(LedgerPage(unit, "Toàn địa bàn" if unit == SITE else words.unit(unit), entries, sources))
    return tuple(pages)


def ledger_files(pages: Sequence[LedgerPage], report: Report, banner: str, footer: str) -> dict[str, str]:
    """Pages and scripts by file name.

    Parameters
    ----------
    banner, footer
        HTML at the beginning and at the end of every page of the book.
    """
    files = {}
    for page in pages:
        files[f"{stem(page.unit)}.html"] = _html(page, pages, report, banner, footer)
        files[f"{stem(page.unit)}.js"] = _script(page.entries)
    return files


def _entry(row: Row, words: LedgerWords, sources: Sources) -> Entry:
    return Entry(key(row.id), row.measure, words.row(row), sources.words(row.rows), sources.number(row.rows))


def _html(page: LedgerPage, pages: Sequence[LedgerPage], report: Report, banner: str, footer: str) -> str:
    order = list(MEASURES)
    by_measure = sorted(page.entries, key=lambda entry: order.index(entry.measure))
    groups = [(measure, tuple(mine)) for measure, mine in groupby(by_measure, key=lambda entry: entry.measure)]
    return page_template("baocao.exports", "so-cai.html.j2").render(
        book_title=report.config.site.book_title,
        month=capital(term_long(report.month)),
        name=page.name,
        pages=[(f"{stem(one.unit)}.html", one.name, one is page) for one in pages],
        groups=[(*MEASURES[measure], mine) for measure, mine in groups],
        sources=[(number, page.sources.words(rows)) for rows, number in page.sources.found.items()],
        banner=banner,
        footer=footer,
    )


def _script(entries: tuple[Entry, ...]) -> str:
    """The rows as calls in a script: a page opened from disk can load scripts, but not data files."""
    rows = {entry.key: _short(entry) for entry in entries}
    lines = ",\n".join(f"{json.dumps(name)}: {_json(words)}" for name, words in rows.items())
    return f"Object.assign((window.baocaoSoCai = window.baocaoSoCai || {{}}), {{\n{lines}\n}});\n"


def _short(entry: Entry) -> list[str]:
    words = entry.words
    return [
        words.definition,
        "; ".join(filter(None, [words.unit, words.period, words.details])),
        words.value,
        words.ratio,
        words.as_of,
        entry.behind.short,
    ]


def _json(value: object) -> str:
    return in_script(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
