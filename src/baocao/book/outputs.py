"""Turning HTML outputs of libraries into Markdown: tables of pandas and others, Altair charts, text.

No HTML of a notebook is put into the book: pages must open without a network, and texts of units must stay texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

from baocao.present.blocks import Column, pipe_table
from baocao.present.figures import NOTHING
from baocao.text import markdown, number, one_line

_UNSEEN = frozenset({"style", "script", "head", "title", "template", "noscript"})
_LINES = frozenset(
    {"p", "div", "br", "li", "dt", "dd", "hr", "pre", "blockquote", "section", "article", "header", "footer"}
    | {f"h{level}" for level in range(1, 7)}
)
"""HTML elements that begin and end a line."""
_CHART = re.compile(r"\}\)\((?=\{)|\bvar spec = (?=\{)|\bconst spec = (?=\{)")
"""Text before a chart's specification in pages written by Altair (``altair.utils.html``)."""
_SIZE = re.compile(r"^(\d+) rows × (\d+) columns$")
"""pandas' line under a table of which it shows only the beginning and the end."""
_NUMBER = re.compile(r"[-−+]?[\d.,\s\u00a0]*\d\s*%?|nan|none|<na>|nat|-?inf|\.{3}|…", re.IGNORECASE)
_NO_VALUE = frozenset({"NaN", "None", "<NA>", "NaT"})
"""pandas' texts for missing values."""
_MOST_WIDTH = 40
"""Number of letters of a cell up to which it widens its column."""
_ELLIPSES = ("...", "…")

Grid = list[list[str]]


def chart_in(data: dict[str, Any]) -> dict[str, Any] | None:
    """The Vega-Lite specification of a chart in a cell's output, as JSON or in a page written by Altair; else None."""
    for kind, content in data.items():
        if kind.startswith("application/vnd.vegalite.") and isinstance(content, dict):
            return content
    page = str(data.get("text/html", ""))
    if "vega-embed" not in page:
        return None
    root = _parsed(page)
    if root.find(".//table") is not None:  # text in tables was submitted, and may look like anything
        return None
    scripts = (script.text_content() for script in root.iter("script"))
    return next((chart for script in scripts for chart in _charts(script)), None)


def _charts(script: str) -> Iterator[dict[str, Any]]:
    for start in _CHART.finditer(script):
        with suppress(ValueError):
            found, _ = json.JSONDecoder().raw_decode(script, start.end())
            yield found


def html_as_markdown(page: str) -> str:
    """The tables of an output's HTML as pipe tables, and its other text as paragraphs, in order.

    Links, pictures, scripts and styles are left out; ``""`` if nothing remains.
    """
    return "\n\n".join(block for block in map(_block, _parts(_parsed(page))) if block) if page.strip() else ""


def lines_as_markdown(text: str) -> str:
    """Text as Markdown that prints it line by line; not a code block, in which Quarto would expand shortcodes."""
    return "\\\n".join(markdown(line) for line in text.strip("\n").split("\n")) if text.strip() else ""


def _parsed(page: str) -> Any:
    from lxml import html as lxml_html  # noqa: PLC0415  # no chapter of the house has any HTML

    return lxml_html.fragment_fromstring(page, "div")


def _block(part: str | Any) -> str:
    if not isinstance(part, str):
        return _table(part)
    lines = [one_line(line) for line in part.split("\n")]
    return lines_as_markdown("\n".join(_size(line) for line in lines if line))


def _size(line: str) -> str:
    found = _SIZE.match(line)
    if not found:
        return line
    rows, columns = (number(int(count)) for count in found.groups())
    return f"Bảng có {rows} dòng và {columns} cột; ở đây chỉ in phần đầu và phần cuối."


def _parts(root: Any) -> Iterator[str | Any]:
    """Texts between tables, and the elements of tables."""
    words: list[str] = []
    for piece in _pieces(root):
        if isinstance(piece, str):
            words.append(piece)
            continue
        yield "".join(words)
        words = []
        yield piece
    yield "".join(words)


def _pieces(node: Any) -> Iterator[str | Any]:
    if not isinstance(node.tag, str) or node.tag in _UNSEEN:  # a comment has no tag
        return
    if node.tag == "table":
        yield node
        return
    edge = "\n" if node.tag in _LINES else ""
    yield edge + _flowing(node.text)
    for child in node:
        yield from _pieces(child)
        yield _flowing(child.tail)
    yield edge


def _flowing(text: str | None) -> str:
    """Text with line ends turned into blanks, as in HTML."""
    return re.sub(r"\s+", " ", text or "")


def _table(table: Any) -> str:
    head, body = _grids(table)
    caption = markdown(" ".join(one.text_content() for one in table.iterchildren("caption")))
    if not body:
        return "\n\n".join(filter(None, [caption, "Bảng không có dòng nào."]))
    count = max(map(len, head + body))
    rows = [row + [""] * (count - len(row)) for row in body]
    titles = [_title([row[place] for row in head if place < len(row)]) for place in range(count)]
    columns = list(zip(titles, *rows, strict=True))
    if count > 1 and _says_nothing(columns[0]):
        columns = columns[1:]
    cells = tuple(zip(*(map(_cell, column[1:]) for column in columns), strict=True))
    text = pipe_table(tuple(map(_column, columns)), cells)
    return f"{caption}\n\n{text}" if caption else text


def _column(cells: tuple[str, ...]) -> Column:
    said = [cell for cell in cells[1:] if cell]
    width = min(_MOST_WIDTH, max(3, *map(len, cells)))
    return Column(markdown(cells[0]), width, right=bool(said) and all(map(_NUMBER.fullmatch, said)))


def _cell(text: str) -> str:
    """A cell as Markdown; missing values as in the house's own tables."""
    return NOTHING if text in _NO_VALUE else markdown(text)


def _title(cells: list[str]) -> str:
    """A heading of several rows on one line, without repetitions: ``Kinh phí / sum``."""
    return " / ".join(dict.fromkeys(filter(None, cells)))


def _says_nothing(column: tuple[str, ...]) -> bool:
    """Whether a column is pandas' default index: 0, 1, 2, with a gap for rows that are not shown."""
    title, *cells = column
    shown = [cell for cell in cells if cell not in _ELLIPSES]
    if title or not shown or not all(cell.isdecimal() for cell in shown):
        return False
    places = list(map(int, shown))
    gaps = sum(after != before + 1 for before, after in pairwise(places))
    return places[0] == 0 and gaps <= len(cells) - len(shown) and places == sorted(places)


def _grids(table: Any) -> tuple[Grid, Grid]:
    """The texts of a table's head and body; the text of a spanning cell is repeated in each place."""
    head: Grid = []
    body: Grid = []
    open_spans: dict[int, tuple[int, str]] = {}  # column → number of rows still covered, text
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is not table:
            continue
        cells = _row(row, open_spans)
        of_head = next(row.iterancestors("thead"), None) is not None
        of_head = of_head or (not body and all(cell.tag == "th" for cell in row.iterchildren("th", "td")))
        (head if of_head else body).append(cells)
    return head, body


def _row(row: Any, open_spans: dict[int, tuple[int, str]]) -> list[str]:
    texts: list[str] = []

    def covered() -> None:
        while len(texts) in open_spans:
            left, text = open_spans.pop(len(texts))
            if left > 1:
                open_spans[len(texts)] = (left - 1, text)
            texts.append(text)

    for cell in row.iterchildren("th", "td"):
        covered()
        text = one_line(_words(cell))
        down = _span(cell, "rowspan")
        for _ in range(_span(cell, "colspan")):
            if down > 1:
                open_spans[len(texts)] = (down - 1, text)
            texts.append(text)
    covered()
    return texts


def _words(cell: Any) -> str:
    return "".join(piece if isinstance(piece, str) else f" {piece.text_content()} " for piece in _pieces(cell))


def _span(cell: Any, name: str) -> int:
    given = cell.get(name, "1")
    return min(max(int(given), 1), 1000) if given.isdecimal() else 1
