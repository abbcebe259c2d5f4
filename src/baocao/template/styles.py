"""The look of a blank workbook's cells: white to fill in, grey if filled in already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

_FONT = {"font_name": "Times New Roman", "font_size": 11}
_BOX = {"border": 1, "border_color": "#7F7F7F"}
_CELL = {"valign": "top", "text_wrap": True}
_GIVEN = {**_BOX, **_CELL, "bg_color": "#EDEDED"}
_HEADING = {**_BOX, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
_MARK = {"valign": "vcenter", "align": "center", "bold": True}
# Vietnamese separators, whatever the program's own settings: what is typed, and text made from these cells, is then
# read correctly. In a cell without them an English LibreOffice reads 1.234 as a little more than one.
_NUMBERS = {
    "date": "[$-42A]dd/mm/yyyy",
    "whole": "[$-42A]#,##0",
    "count": "[$-42A]General",
    "decimal": "[$-42A]General",
    "ordinal": "0",
}
_ALIGNED = {"date": "center", "ordinal": "center", "whole": "right", "count": "right", "decimal": "right"}


@dataclass(frozen=True)
class Styles:
    """Formats by use.

    Attributes
    ----------
    inputs, lined
        Kind of column → format of a cell to fill in, without and with borders.
    """

    title: Format
    text: Format
    note: Format
    help: Format
    hint: Format
    bold: Format
    heading: Format
    required: Format
    given: Format
    shown: Format
    rate: Format
    key: Format
    entry: Format
    mark: Format
    plain: Format
    lines: Format
    missing: Format
    inputs: Mapping[str, Format]
    lined: Mapping[str, Format]


def styles(book: Workbook, kinds: frozenset[str]) -> Styles:
    """The formats of a workbook; ``kinds`` are the kinds of columns that units fill in."""

    def made(**look: Any) -> Format:
        return book.add_format({**_FONT, **look})

    def entry(kind: str, **more: Any) -> Format:
        look = {"num_format": _NUMBERS.get(kind, "@"), "align": _ALIGNED.get(kind, "left"), "locked": False}
        return made(**_CELL, **look, **more)

    return Styles(
        title=made(bold=True, font_size=14),
        text=made(valign="top", text_wrap=True),
        note=made(valign="vcenter", italic=True),
        help=made(italic=True, font_size=9, font_color="#404040", align="center", valign="vcenter", text_wrap=True),
        hint=made(italic=True, font_size=9, font_color="#404040", valign="vcenter", indent=1),
        bold=made(bold=True),
        heading=made(**_HEADING, bg_color="#DDEBF7"),
        required=made(**_HEADING, bg_color="#9DC3E6"),
        given=made(**_GIVEN, indent=1),
        shown=made(**{**_GIVEN, "font_size": 9}),
        rate=made(**_GIVEN, align="right"),
        key=made(**_BOX, **_CELL, bold=True, bg_color="#DDEBF7", indent=1),
        entry=made(**_BOX, **_CELL, num_format="@", locked=False, indent=1),
        mark=made(**_BOX, **_MARK, num_format="@", locked=False),
        plain=made(),
        # Conditional formats, without a font, so that they change nothing else.
        lines=book.add_format(_BOX),
        missing=book.add_format({"bg_color": "#FFEB9C"}),
        inputs={kind: entry(kind) for kind in sorted(kinds)},
        lined={kind: entry(kind, **_BOX) for kind in sorted(kinds)},
    )
