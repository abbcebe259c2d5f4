"""Head and foot of the official report in Word: tables without borders, as offices make them."""

from __future__ import annotations

from pathlib import Path

from docx.document import Document as Word
from docx.shared import Length, Pt
from docx.table import _Cell

from baocao.config.models import OfficialForm
from baocao.official import docx_parts
from baocao.official.content import Foot, Head
from baocao.official.widths import widths

RULE_SHARE = 0.4
"""Length of a rule relative to the line above it; Decree 30, Appendix I, asks for a third to a half."""
ROOM = "\u00a0" * 8
"""Space for a number or a date that the clerk writes."""
SIGNATURE_LINES = 5


def write_head(word: Word, head: Head, form: OfficialForm, root: Path, room: float) -> None:
    """Issuing body and motto side by side, number and date left blank, type, summary, addressee."""
    sizes = form.sizes
    country, motto, issuer, summary = widths(
        root,
        [
            (head.country, float(sizes.country)),
            (head.motto, float(sizes.motto)),
            (head.issuer[-1].upper(), float(sizes.issuer)),
            (max(head.summary, key=len), float(sizes.title)),
        ],
    )
    right = min(country + 14, room * 0.66)
    table = word.add_table(rows=2, cols=2)
    docx_parts.plain_table(table, [Length(Pt(room - right)), Length(Pt(right))])
    _issuer(table.cell(0, 0), head, issuer, room - right)
    _motto(table.cell(0, 1), head, motto, right)
    docx_parts.first_paragraph(table.cell(1, 0), "Số, ký hiệu").add_run(f"Số:{ROOM}/{head.number_code}")
    date = f"{head.place}, ngày{ROOM}tháng{ROOM}năm{ROOM}"
    docx_parts.first_paragraph(table.cell(1, 1), "Địa danh, thời gian").add_run(date)
    for row in table.rows:
        docx_parts.whole_row(row)
    word.add_paragraph(head.kind.upper(), style="Title")
    docx_parts.write_lines(word.add_paragraph(style="Subtitle"), head.summary)
    docx_parts.rule(word.add_paragraph(style="Đường kẻ"), min(summary, room) * RULE_SHARE, room)
    word.add_paragraph(f"Kính gửi: {head.addressee}.", style="Kính gửi")


def _issuer(cell: _Cell, head: Head, width: float, room: float) -> None:
    lines = [("Cơ quan chủ quản", head.superior)] if head.superior else []
    lines += [("Cơ quan ban hành", line) for line in head.issuer]
    for i, (style, text) in enumerate(lines):
        paragraph = docx_parts.first_paragraph(cell, style) if i == 0 else cell.add_paragraph(style=style)
        paragraph.add_run(text.upper())
    docx_parts.rule(cell.add_paragraph(style="Đường kẻ"), min(width, room) * RULE_SHARE, room)


def _motto(cell: _Cell, head: Head, width: float, room: float) -> None:
    docx_parts.first_paragraph(cell, "Quốc hiệu").add_run(head.country.upper())
    cell.add_paragraph(head.motto, style="Tiêu ngữ")
    docx_parts.rule(cell.add_paragraph(style="Đường kẻ"), width, room)


def write_foot(word: Word, foot: Foot, room: float) -> None:
    """Recipients of copies on the left, the signature block on the right, with empty space for a signature."""
    table = word.add_table(rows=1, cols=2)
    docx_parts.plain_table(table, [Length(Pt(room * 0.46)), Length(Pt(room * 0.54))])
    left, right = table.cell(0, 0), table.cell(0, 1)
    docx_parts.first_paragraph(left, "Nơi nhận").add_run("Nơi nhận:")
    for cell in (left, right):
        cell.paragraphs[0].paragraph_format.space_before = Pt(6)
    for line in foot.recipients:
        left.add_paragraph(f"- {line}", style="Danh sách nơi nhận")
    titles = [text for text in (foot.authority, foot.on_behalf, foot.position) if text]
    for i, text in enumerate(titles):
        style = "Thẩm quyền ký"
        paragraph = docx_parts.first_paragraph(right, style) if i == 0 else right.add_paragraph(style=style)
        paragraph.add_run(text.upper())
    for _ in range(SIGNATURE_LINES):
        right.add_paragraph(style="Chỗ ký")
    right.add_paragraph(foot.signer, style="Thẩm quyền ký")
    docx_parts.whole_row(table.rows[0])
