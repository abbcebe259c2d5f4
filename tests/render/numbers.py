"""Numbers printed in a book: which of them are figures, and whether the ledger has them.

Numbers that are not figures are recognised by their place or form, never by their value:

- numbers of chapters, sections, tables, figures and cross-references;
- headings, quotations of the plan (``blockquote``), codes, settings (``.tham-so``), and words of the plan, of the
  register or of a unit, printed as they are (``.nguyen-van``, and the left-aligned cells of a table);
- days, months and spans, in the forms of Decree 30.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from baocao.measures.ledger import Ledger, Row
from baocao.text import number

NUMBER = re.compile(r"[+\u2212-]?\d+(?:\.\d{3})*(?:,\d+)?")
_DAYS = re.compile(
    r"\d{2}:\d{2} ngày \d{2}/\d{1,2}/\d{4}|\d{1,2} giờ \d{2}|\d{2}/\d{1,2}/\d{4}"
    r"|(?:ngày \d{2} )?[Tt]háng \d{1,2} năm \d{4}|\b\d{1,2}/\d{4}|\btháng báo cáo từ \d+ đến \d+"
    r"|\bnăm \d{4}|\b\d{4}-\d{2}(?:-\d{2})?"
)
_APART = {
    "header-section-number",
    "chapter-number",
    "quarto-xref",
    "nguyen-van",
    "tham-so",
    "tai-ve",
    "dau-vet",
    "toc-gon",
}
_APART_TAGS = {"nav", "script", "style", "blockquote", "code", "h1", "h2", "h3", "h4", "summary", "footer", "header"}
_VOID = {"br", "img", "input", "meta", "link", "hr", "col", "wbr"}
_LABEL = re.compile(r"^\s*(?:Bảng|Hình)[\s\u00a0][\d.]+")


@dataclass
class Printed(HTMLParser):
    """The main part of a page: its figures with the ledger rows that they name, and texts with other numbers."""

    figures: list[tuple[str, str, str]] = field(default_factory=list)
    """Printed text, keys of its ledger rows, key of a row that was subtracted."""
    others: list[str] = field(default_factory=list)
    charts: list[tuple[str, str]] = field(default_factory=list)
    """Texts of charts: role of the surrounding element, and text."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._open.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        # Like browsers, ignore an end tag without an open element: `<br/>` has one, too.
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not re.search(r"\d", data) or not any(tag == "main" for tag, _ in self._open):
            return
        classes = {name for _, attrs in self._open for name in attrs.get("class", "").split()}
        link = next((attrs for tag, attrs in self._open if tag == "a" and "so-lieu" in attrs.get("class", "")), None)
        if any(tag == "svg" for tag, _ in self._open):
            self.charts.append((" ".join(sorted(name for name in classes if name.startswith("role-"))), data))
        elif link is not None:
            keys = link.get("data-l") or unquote(link["href"].partition("#")[2])
            self.figures.append((data, keys, link.get("data-b", "")))
        elif not self._stands_apart(classes):
            self.others.append(data)

    def _stands_apart(self, classes: set[str]) -> bool:
        tags = [tag for tag, _ in self._open]
        cell = next((attrs for tag, attrs in reversed(self._open) if tag in {"td", "th"}), None)
        words = cell is not None and (tags.count("thead") or "right" not in cell.get("style", ""))
        return bool(classes & _APART or set(tags) & _APART_TAGS or words)


def printed(page: Path) -> Printed:
    """Read one page."""
    found = Printed()
    found.feed(page.read_text("utf-8"))
    return found


def other_numbers(text: str) -> list[str]:
    """Numbers in a text that are neither days nor numbers of tables or figures."""
    return NUMBER.findall(_DAYS.sub(" ", _LABEL.sub(" ", text.replace("\u00a0", " "))))


def is_of(text: str, keys: str, before: str, ledger: Ledger) -> bool:
    """Whether every number in a printed figure agrees with its ledger rows."""
    rows = [ledger.by_id(key.replace(":", "|")) for key in keys.split()]
    if any(row is None for row in rows):
        return False
    if before:
        other = ledger.by_id(before.replace(":", "|"))
        known = set() if other is None else _forms(_value(rows[0]) - _value(other))
    elif len(rows) > 1:
        known = _forms(Decimal(len(rows)))
    else:
        known = {
            form
            for text_ in (rows[0].value, rows[0].numerator, rows[0].denominator)
            if text_
            for form in _forms(Decimal(text_))
        }
    return all(one.lstrip("+") in known for one in NUMBER.findall(text))


def _value(row: Row | None) -> Decimal:
    return Decimal(row.value) if row and row.value else Decimal("NaN")


def _forms(value: Decimal) -> set[str]:
    """The forms in which a value may be printed: with two or all decimals; a change also without its sign."""
    places = max(0, -int(value.as_tuple().exponent)) if value.is_finite() else 0
    texts = {number(value), number(value, places)} if value.is_finite() else set()
    return texts | {text.lstrip("\u2212") for text in texts}


def all_values(ledger: Ledger) -> set[str]:
    """Every number of the ledger, in all forms in which it may be printed."""
    found: set[str] = set()
    for row in ledger.rows:
        for text in (row.value, row.numerator, row.denominator):
            if text:
                found |= _forms(Decimal(text))
    return found


def exact_values(ledger: Ledger) -> set[Decimal]:
    """Every number of the ledger."""
    return {Decimal(text) for row in ledger.rows for text in (row.value, row.numerator, row.denominator) if text}


def exact_changes(ledger: Ledger) -> set[Decimal]:
    """The ledger's changes, and every difference between two periods of one figure of the ledger."""
    figures: dict[tuple[str, str, str], list[Decimal]] = {}
    for row in ledger.rows:
        if row.value:
            figures.setdefault((row.unit, row.measure, row.dimensions), []).append(Decimal(row.value))
    found = {one - other for values in figures.values() for one in values for other in values}
    return found | {Decimal(row.value) for row in ledger.rows if row.value and row.measure.endswith("_change")}


def chapter_pages(book: Path) -> list[Path]:
    """The front page and the chapters."""
    return sorted([book / "index.html", *(book / "reports" / "chuong").glob("*.html")])


def chart_figures(page: Path) -> list[str]:
    """Texts at the marks of a page's charts, without titles, which are sentences, and axes, which are scales."""
    texts = [text for role, text in printed(page).charts if "role-mark" in role and "role-axis" not in role]
    # The number after these words is the bound set by the plan.
    return [text.partition("; mức: ")[0] for text in texts]


def loose(book: Path) -> Iterator[tuple[str, str, str]]:
    """Numbers in the chapters that are not recognised as other numbers and have no ledger row: page, number, text."""
    for page in chapter_pages(book):
        for text in printed(page).others:
            yield from ((page.name, one, text.strip()) for one in other_numbers(text))
