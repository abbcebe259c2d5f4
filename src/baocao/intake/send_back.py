"""The workbook sent back to a unit: its own cells, faulty ones coloured and with a comment, and a list of findings.

It is made from the cells that intake read, never by copying the submitted file, so that it contains none of that file's
formulas, macros, links or hidden rows. Texts stay texts, whatever they begin with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from baocao.intake.contract import FINDINGS_SHEET
from baocao.intake.findings import named_cells
from baocao.intake.grid import Grid, column_number, reference
from baocao.late import Late
from baocao.workbooks import OPTIONS, height

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
else:
    xlsxwriter = Late("xlsxwriter")

_LEVELS = {"error": "Lỗi", "warning": "Nhắc"}
_HEADINGS = (("Mức", 8), ("Tệp", 26), ("Trang tính", 18), ("Ô", 14), ("Cột", 18), ("Điều phát hiện", 60),
             ("Được phép", 40), ("Việc cần làm", 40))  # fmt: skip
_MADE = datetime(2000, 1, 1)  # fixed, so that equal cells give equal bytes
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_COMMENT_LENGTH = 1500
_QUOTED = "=+-@"
"""First characters of texts that a spreadsheet would take for formulas."""
_WIDEST, _NARROWEST, _PAGE, _TITLE = 60, 20, 200, 150
"""In characters: highest and lowest limit for a column, width that columns share, limit for a title (fits A4)."""

FindingRow = Mapping[str, Any]
"""A row of the findings frame."""


@dataclass(frozen=True)
class Page:
    """A submitted sheet: its file's name as in findings, the title to show, and its cells with the sheet's own name."""

    file: str
    title: str
    grid: Grid


@dataclass(frozen=True)
class _Formats:
    plain: Format
    text: Format
    alone: Format
    """For a text that may extend over the empty cells beside it."""
    heading: Format
    day: Format
    title: Format
    marks: Mapping[str, Mapping[str, Format]]
    """Severity → kind of value → format of a marked cell."""


def send_back_book(title: str, pages: Sequence[Page], findings: Sequence[FindingRow]) -> bytes:
    """The workbook's bytes: first the list of all findings, then each page."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    book.set_properties({"title": title, "author": "baocao", "created": _MADE})
    formats = _formats(book)
    sheet = book.add_worksheet(FINDINGS_SHEET)
    names = _sheet_names(pages)
    _write_list(sheet, title, findings, dict(zip([(p.file, p.grid.sheet) for p in pages], names, strict=True)), formats)
    for page, name in zip(pages, names, strict=True):
        mine = [one for one in findings if (one["file"], one["sheet"]) == (page.file, page.grid.sheet)]
        _write_page(book.add_worksheet(name), page.grid, mine, formats)
    book.close()
    return stream.getvalue()


def _formats(book: xlsxwriter.Workbook) -> _Formats:
    box = {"border": 1, "valign": "top", "text_wrap": True}
    colours = {"error": {"bg_color": "#FFC7CE"}, "warning": {"bg_color": "#FFEB9C"}}
    kinds: dict[str, dict[str, Any]] = {
        "plain": {},
        "text": {"quote_prefix": True},
        "day": {"num_format": "dd/mm/yyyy"},
    }
    marks = {
        severity: {kind: book.add_format({**box, **colour, **more}) for kind, more in kinds.items()}
        for severity, colour in colours.items()
    }
    return _Formats(
        book.add_format(box), book.add_format({**box, "quote_prefix": True}), book.add_format({"valign": "top"}),
        book.add_format({**box, "bold": True, "bg_color": "#DDEBF7"}), book.add_format({**box, **kinds["day"]}),
        book.add_format({"bold": True, "font_size": 13}), marks,
    )  # fmt: skip


def _sheet_names(pages: Sequence[Page]) -> list[str]:
    """Sheet names that a workbook may have, without duplicates."""
    names: list[str] = []
    taken = {FINDINGS_SHEET.casefold()}
    for page in pages:
        base = _FORBIDDEN.sub("_", page.title).strip()[:28] or "Trang"
        name, number = base, 2
        while name.casefold() in taken or name.casefold() == "history":
            name, number = f"{base} {number}"[:31], number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _write_list(
    sheet: Worksheet,
    title: str,
    findings: Sequence[FindingRow],
    names: Mapping[tuple[str, str], str],
    formats: _Formats,
) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    sheet.write_string(0, 0, title, formats.title)
    sheet.write_string(1, 0, "Ô tô đỏ: lỗi, dòng chưa được tính. Ô tô vàng: cần xem lại, dòng vẫn được tính. Sửa trong "
                             "tệp gốc rồi gửi lại.")  # fmt: skip
    for column, (heading, width) in enumerate(_HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, heading, formats.heading)
    for row, one in enumerate(findings, start=3):
        page = names.get((one["file"], one["sheet"]), "")
        texts = [_LEVELS[one["severity"]], one["file"], one["sheet"] or page, named_cells(one["cell"]), one["column"],
                 one["message"], one["allowed"], one["action"]]  # fmt: skip
        sheet.set_row(row, height(texts, [width for _, width in _HEADINGS]))
        for column, text in enumerate(texts):
            form = formats.marks[one["severity"]]["text"] if column == 0 else formats.text
            sheet.write_string(row, column, text, form)
        if page and one["cell"]:
            _link(sheet, row, page, one["cell"], formats)


def _link(sheet: Worksheet, row: int, page: str, cell: str, formats: _Formats) -> None:
    first = cell.split(", ", maxsplit=1)[0]
    target = f"A{first}" if first.isdigit() else first
    quoted = page.replace("'", "''")
    sheet.write_url(row, 3, f"internal:'{quoted}'!{target}", formats.text, named_cells(cell))


def _write_page(sheet: Worksheet, grid: Grid, findings: Sequence[FindingRow], formats: _Formats) -> None:
    marked = _marked(grid, findings)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    widths = _widths(grid)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, line in enumerate(grid.rows):
        alone = _runs_over(line, widths)
        if not alone:
            sheet.set_row(row, height(map(str, line), widths))
        for column, raw in enumerate(line):
            found = marked.pop((row, column), ())
            if alone and raw != "" and not found:
                sheet.write_string(row, column, raw, formats.alone)
            else:
                _write_cell(sheet, grid, (row, column), raw, found, formats)
    for at, some in sorted(marked.items()):  # cells beyond the last cell of their line
        _write_cell(sheet, grid, at, "", some, formats)


def _is_filled(line: Sequence[Any]) -> bool:
    """Whether a line has more than one filled cell; a title is alone and may extend over its neighbours."""
    return len([raw for raw in line if raw != ""]) > 1


def _runs_over(line: Sequence[Any], widths: Sequence[int]) -> bool:
    """Whether a line's only content is a text that fits into one line of the sheet or of the printed page."""
    column = next((i for i, raw in enumerate(line) if raw != ""), len(line))
    if _is_filled(line) or column == len(line) or not isinstance(line[column], str):
        return False
    text = line[column]
    return "\n" not in text and len(text) <= max(sum(widths[column:]), _TITLE) and text[0] not in _QUOTED


def _widths(grid: Grid) -> list[int]:
    columns = max((len(line) for line in grid.rows[:200]), default=0)
    sample = [line for line in grid.rows[:200] if _is_filled(line)]
    lengths = [max((len(str(line[i])) for line in sample if i < len(line)), default=0) for i in range(columns)]
    widest = min(_WIDEST, max(_NARROWEST, _PAGE // max(columns, 1)))
    return [min(max(length, 8) + 2, widest) for length in lengths]


def _marked(grid: Grid, findings: Sequence[FindingRow]) -> dict[tuple[int, int], list[FindingRow]]:
    """Cell → findings about it; findings about a row are put at its first filled cell."""
    marked: dict[tuple[int, int], list[FindingRow]] = {}
    for one in findings:
        for address in filter(None, one["cell"].split(", ")):
            at = _position(grid, address)
            if at is not None:
                marked.setdefault(at, []).append(one)
    return marked


def _position(grid: Grid, address: str) -> tuple[int, int] | None:
    if address.isdigit():
        row = int(address) - 1
        line = grid.rows[row] if 0 <= row < len(grid.rows) else []
        return row, next((i for i, raw in enumerate(line) if raw != ""), 0)
    match = _ADDRESS.fullmatch(address)
    return (int(match[2]) - 1, column_number(match[1])) if match else None


def _write_cell(
    sheet: Worksheet, grid: Grid, at: tuple[int, int], raw: Any, found: Sequence[FindingRow], formats: _Formats
) -> None:
    severity = min((one["severity"] for one in found), default="")
    plain = {"plain": formats.plain, "text": formats.text, "day": formats.day}
    kinds = formats.marks[severity] if severity else plain
    fault = grid.remarks.faults.get(at)
    if raw == "" and fault and fault[1]:
        raw = fault[1]
    if isinstance(raw, bool):
        sheet.write_boolean(*at, raw, kinds["plain"])
    elif isinstance(raw, int | float) and abs(raw) < 1e300:
        sheet.write_number(*at, raw, kinds["plain"])
    elif isinstance(raw, date) and raw.year >= 1900:
        sheet.write_datetime(*at, raw, kinds["day"])
    elif raw != "":
        text = str(raw)[:32_000]
        sheet.write_string(*at, text, kinds["text" if text[0] in _QUOTED else "plain"])
    elif severity:
        sheet.write_blank(*at, None, kinds["plain"])
    if found:
        _comment(sheet, at, found)


def _comment(sheet: Worksheet, at: tuple[int, int], found: Sequence[FindingRow]) -> None:
    place = re.compile(rf"^(?:Ô {reference(*at)}|Dòng {at[0] + 1})(?: \(cột .*?\))?: ")
    notes = [
        f"{_LEVELS[one['severity']]}: {place.sub('', one['message'])} → {one['allowed']}. {one['action']}"
        for one in found
    ]
    text = "\n".join(notes)[:_COMMENT_LENGTH]
    lines = sum(1 + len(note) // 45 for note in notes)
    sheet.write_comment(*at, text, {"author": "baocao", "x_scale": 2.4, "y_scale": max(1.0, lines / 4)})
