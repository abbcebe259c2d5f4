"""The month's tables as one workbook: contents, a sheet for each table, the ledger rows behind them, a dictionary.

Tables that every unit chapter has become one sheet with a column for the unit: sixty sheets that differ only in the
unit would be hard to find and impossible to filter. Texts are written as texts: no cell is a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from baocao.exports.tables import BookTable, Cell, figure
from baocao.late import Late
from baocao.measures.ledger import MEASURES, Row
from baocao.present.ledger_words import LedgerWords
from baocao.present.words import DEMONSTRATION
from baocao.report import Report
from baocao.text import term_long
from baocao.workbooks import OPTIONS, height

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
else:
    xlsxwriter = Late("xlsxwriter")

_MOST_LETTERS = 31
_WIDEST = 60
_HEAD = 2
"""Index of the line with the headings."""
_PERCENT = re.compile(r"[+\u2212]?[\d.,]+%")


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook: title, caption, headings, which columns hold figures, and rows of cells."""

    title: str
    caption: str
    heads: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]


def workbook_name(report: Report) -> str:
    """The name of the workbook's file."""
    return f"so-lieu-{report.month}.xlsx"


def sheets(tables: Iterable[BookTable], units: dict[str, str]) -> tuple[Sheet, ...]:
    """The sheets in the order of the book.

    Parameters
    ----------
    units
        Name of a unit chapter → the unit's name; the same table of several unit chapters is put on one sheet.
    """
    kept: dict[tuple[str, tuple[str, ...]], Sheet] = {}
    for table in tables:
        chapter = table.source.rsplit("/", 1)[-1].removesuffix(".qmd")
        unit = units.get(chapter)
        if unit is None:
            kept[table.label, ()] = Sheet(table.name, table.caption, table.heads, table.right, table.rows)
            continue
        name = table.label.partition("-")[2].removeprefix(f"{chapter}-")
        rows = tuple((Cell(unit), *row) for row in table.rows)
        caption = f"Các đơn vị: {table.caption}"
        sheet = Sheet(f"Đơn vị {name}", caption, ("Đơn vị", *table.heads), (False, *table.right), rows)
        before = kept.get((name, table.heads))
        kept[name, table.heads] = sheet if before is None else replace(before, rows=before.rows + rows)
    return _named_apart(kept.values())


def _named_apart(found: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """The sheets with titles that Excel accepts: at most 31 letters, no special ones, no duplicates."""
    taken, result = set(), []
    for sheet in found:
        base = "".join(c for c in sheet.title if c not in "[]:*?/\\'")[:_MOST_LETTERS]
        name, more = base, 2
        while name.casefold() in taken:
            name, more = f"{base[: _MOST_LETTERS - 4]} {more}", more + 1
        taken.add(name.casefold())
        result.append(replace(sheet, title=name))
    return tuple(result)


def workbook(report: Report, tables: Sequence[Sheet], used: frozenset[str]) -> bytes:
    """The file's bytes; equal reports give equal bytes."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        # The last day of the period is given as the time of creation: a clock would change the bytes.
        day = datetime.combine(report.period.end, time(), UTC).replace(tzinfo=None)
        title = f"Số liệu {term_long(report.month)}"
        book.set_properties({"title": title, "author": report.config.site.name, "created": day})
        writer = _Writer(book, report)
        writer.contents(title, tables)
        for sheet in tables:
            writer.table(sheet)
        writer.ledger([row for row in report.ledger.rows if row.id in used])
        writer.dictionary()
    return out.getvalue()


class _Writer:
    """Writes sheets in the house's look."""

    def __init__(self, book: xlsxwriter.Workbook, report: Report) -> None:
        self._book, self._report = book, report
        face = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        self._text = book.add_format({**face, "text_wrap": True})
        self._beside_figures = book.add_format({**face, "text_wrap": True, "align": "right"})
        self._whole = book.add_format({**face, "num_format": "#,##0"})
        self._part = book.add_format({**face, "num_format": "#,##0.######"})
        self._percents = book.add_format({**face, "num_format": '#,##0"%"'})
        self._percents_in_part = book.add_format({**face, "num_format": '#,##0.######"%"'})
        self._link = book.add_format({**face, "font_color": "#0b4fa0", "underline": 1})
        self._title = book.add_format({**face, "bold": True, "font_size": 14})
        self._head = book.add_format(
            {**face, "bold": True, "text_wrap": True, "bg_color": "#e9eef6", "bottom": 1, "valign": "bottom"}
        )

    def contents(self, title: str, tables: Sequence[Sheet]) -> None:
        """The first sheet: a link to each of the others, and what they contain."""
        page = self._book.add_worksheet("Mục lục")
        _for_paper(page)
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 100)
        page.write_string(0, 0, title, self._title)
        site = self._report.config.site
        page.write_string(1, 0, DEMONSTRATION if site.demonstration else site.name)
        last = [("Sổ cái", "Các con số của sách, với tử số, mẫu số và dòng số liệu phía sau."),
                ("Từ điển", "Định nghĩa và đơn vị tính của mỗi chỉ số; ý nghĩa của các cột.")]  # fmt: skip
        for i, (name, words) in enumerate([*((sheet.title, sheet.caption) for sheet in tables), *last], start=3):
            page.write_url(i, 0, f"internal:'{name}'!A1", self._link, name)
            page.write_string(i, 1, words, self._text)
            page.set_row(i, height([words], [100]))

    def table(self, sheet: Sheet) -> None:
        """A table under its caption, with frozen headings and a filter."""
        page = self._page(sheet.title, sheet.caption, sheet.heads, len(sheet.rows))
        for i, row in enumerate(sheet.rows, start=_HEAD + 1):
            for j, cell in enumerate(row):
                value = figure(cell, self._report.ledger)
                if value is None:
                    page.write_string(i, j, cell.text, self._beside_figures if sheet.right[j] else self._text)
                else:
                    page.write_number(i, j, float(value), self._look(value, cell.text))
        texts = [[cell.text for cell in row] for row in sheet.rows]
        letters = [
            max(len(text) for text in (*head.split(), *(row[j] for row in texts))) for j, head in enumerate(sheet.heads)
        ]
        self._shape(page, [sheet.heads, *texts], letters)

    def _look(self, value: Decimal, text: str) -> Format:
        whole = value == int(value)
        if _PERCENT.match(text):
            return self._percents if whole else self._percents_in_part
        return self._whole if whole else self._part

    def ledger(self, rows: Sequence[Row]) -> None:
        """The ledger rows behind the book's figures."""
        heads = (
            "Mã dòng",
            "Chỉ số",
            "Kỳ",
            "Đơn vị",
            "Chi tiết",
            "Giá trị",
            "Tử số",
            "Mẫu số",
            "Ngày chốt",
            "Dòng phía sau",
        )
        page = self._page("Sổ cái", "Các con số của sách và dòng số liệu phía sau.", heads, len(rows))
        words, texts = LedgerWords(self._report.config), []
        for i, row in enumerate(rows, start=_HEAD + 1):
            said = words.row(row)
            before, behind = (row.id, said.definition, said.period, said.unit, said.details), _fitting(row.rows)
            for j, text in enumerate(before):
                page.write_string(i, j, text, self._text)
            for j, text in enumerate((row.value, row.numerator, row.denominator), start=5):
                if text:
                    page.write_number(i, j, float(text), self._whole if "." not in text else self._part)
            page.write_string(i, 8, said.as_of, self._text)
            page.write_string(i, 9, behind, self._text)
            texts.append((*before, "", "", "", said.as_of, behind))
        self._shape(page, [heads, *texts], (34, 40, 26, 26, 40, 14, 12, 12, 12, 60))

    def dictionary(self) -> None:
        """The sheet that explains each measure and each column."""
        heads = ("Chỉ số", "Định nghĩa", "Đơn vị tính")
        rows = [*((code, *words) for code, words in MEASURES.items()), *_COLUMN_WORDS]
        page = self._page("Từ điển", "Định nghĩa các chỉ số và các cột của trang “Sổ cái”.", heads, len(rows))
        for i, row in enumerate(rows, start=_HEAD + 1):
            for j, text in enumerate(row):
                page.write_string(i, j, text or "–", self._text)
        self._shape(page, [heads, *rows], (22, 90, 18))

    def _page(self, name: str, caption: str, heads: Sequence[str], rows: int) -> Worksheet:
        page = self._book.add_worksheet(name)
        page.write_string(0, 0, caption, self._title)
        for j, head in enumerate(heads):
            page.write_string(_HEAD, j, head, self._head)
        page.set_row(0, 20)
        page.freeze_panes(_HEAD + 1, 0)
        page.autofilter(_HEAD, 0, _HEAD + rows, len(heads) - 1)
        page.repeat_rows(_HEAD)
        _for_paper(page)
        return page

    def _shape(self, page: Worksheet, lines: Iterable[Sequence[str]], letters: Sequence[int]) -> None:
        """Set column widths for this many letters, and row heights, from the headings on, that show the texts fully."""
        widths = [min(_WIDEST, max(10, width + 2)) for width in letters]
        for j, width in enumerate(widths):
            page.set_column(j, j, width)
        for i, texts in enumerate(lines, start=_HEAD):
            page.set_row(i, height(texts, widths))


def _for_paper(page: xlsxwriter.worksheet.Worksheet) -> None:
    """Print on A4 in landscape, scaled to the width of the columns."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _fitting(references: str) -> str:
    """References for a cell: as many whole ones as Excel allows, and a mark if there are more."""
    if len(references) <= _MOST_CELL:
        return references
    return f"{references[:_MOST_CELL].rpartition(' ')[0]} {_MORE}"


_MOST_CELL = 32_000
_MORE = "… (đủ trong ledger.csv)"
_COLUMN_WORDS = (
    ("Mã dòng", "Kỳ, đơn vị (* là tất cả), chỉ số và chi tiết; mỗi mã có đúng một dòng trong sổ cái (ledger.csv)", ""),
    ("Giá trị", "Số đúng, không làm tròn; để trống là chưa tính được, khác với số 0", ""),
    ("Tử số", "Tử số của tỷ lệ, nếu chỉ số là tỷ lệ", ""),
    ("Mẫu số", "Mẫu số của tỷ lệ, nếu chỉ số là tỷ lệ", ""),
    ("Dòng phía sau", "Đơn vị@tháng#số thứ tự dòng trong bảng đơn vị đã gửi", ""),
)
