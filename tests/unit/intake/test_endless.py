"""Small files made to keep a reader busy for hours, or to fill its memory, are read or refused like any other."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

import office_files
from baocao.intake import ods, xls, xlsx
from baocao.intake.grid import Limits, RefusedError, Remarks
from baocao.intake.privacy import kinds, mask
from baocao.intake.signs import is_shown_otherwise, sign_of
from baocao.intake.values import parse_text
from patience import ends

TIMES = 200_000
LIMITS = Limits()
BOOK = office_files.xlsx({"A": [["a"]]})
FORMULA = b'<c a=""><f></f>'


def inspect(data: bytes) -> dict[str, Remarks]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    with ends():
        return (xlsx if "xl/workbook.xml" in archive.namelist() else ods).inspect(archive, LIMITS)


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (b"", b"<c "),
        (b"", b"<row "),
        (b"", b"<col "),
        (b"", b'<c t="e">'),
        (b"<c ", b' t="e"'),
        (b'<c t="e">', b"<v"),
        (FORMULA, b" "),
        (FORMULA + b"<v>", b" "),
        (b"", b'<col min="1" max="16384" hidden="1"/>'),
    ],
)
def test_a_sheet_of_beginnings_of_tags_is_looked_through_once(begin: bytes, piece: bytes) -> None:
    sheet = b"<worksheet>" + begin + piece * TIMES + b"x</c></worksheet>"
    found = inspect(office_files.repack(BOOK, {"xl/worksheets/sheet1.xml": sheet}))
    assert len(found["A"].hidden_columns) == 16_384 * (b"hidden" in piece)


def test_a_workbook_in_which_sheets_share_their_cells_is_refused() -> None:
    xml = zipfile.ZipFile(io.BytesIO(BOOK)).read("xl/workbook.xml")
    (sheet,) = re.findall(rb"<sheet [^>]*/>", xml)
    twice = xml.replace(sheet, sheet + sheet.replace(b'name="A"', b'name="B"'))
    with pytest.raises(RefusedError, match="TEP-HONG"):
        inspect(office_files.repack(BOOK, {"xl/workbook.xml": twice}))


def test_in_an_xls_a_sheet_ends_where_another_begins() -> None:
    old = office_files.xls({"A": [["a"]], "B": [[b"\x07"]]})
    stream = xls._streams(old)["Workbook"]
    (_, first), (_, second) = xls._bound_sheets(stream)
    at, other = (start.to_bytes(4, "little") for start in (first, second))
    with ends(), pytest.raises(RefusedError, match="TEP-HONG"):
        xls.inspect(office_files.compound({"Workbook": stream.replace(other, at, 1)}), LIMITS)
    endless = stream[:second].replace(b"\x0a\0\0\0", b"\x0b\0\0\0") + stream[second:]
    assert xls.inspect(office_files.compound({"Workbook": endless}), LIMITS)["A"].faults == {}


def test_of_an_xls_that_embeds_another_its_own_sheets_are_looked_at() -> None:
    own, inner = (xls._streams(office_files.xls({name: [[b"\x07"]]}))["Workbook"] for name in ("A", "B"))
    both = office_files.compound({"Workbook": own, "Workbool": inner})
    twice = both.replace("Workbool".encode("utf-16-le"), "Workbook".encode("utf-16-le"))
    assert list(xls.inspect(twice, LIMITS)) == ["A"]


def ods_rows(row: str) -> bytes:
    return office_files.ods({}, body=f'<table:table table:name="A">{row * 500}</table:table>')


def test_hidden_rows_of_an_ods_beyond_its_limit_are_not_counted_up() -> None:
    hidden = '<table:table-row table:visibility="collapse" table:number-rows-repeated="1000000"/>'
    assert inspect(ods_rows(hidden))["A"].hidden_rows == frozenset(range(LIMITS.lines))


def test_formulas_without_a_value_are_no_more_in_an_ods_than_cells_may_be() -> None:
    cells = '<table:table-cell table:formula="of:=1" table:number-columns-repeated="100"/>'
    with pytest.raises(RefusedError, match="TEP-DONG"):
        inspect(ods_rows(f'<table:table-row table:number-rows-repeated="50000">{cells}</table:table-row>'))


@pytest.mark.parametrize(
    ("begin", "piece", "end"),
    [
        ("", "a", " @"),
        ("a@", "b-", ""),
        ("", ".", "@"),
        ("sinh", "\u00a0", "1"),
        ("a", "\u0323\u0301", ""),
    ],
)
def test_a_cell_of_any_text_is_looked_through_once(begin: str, piece: str, end: str) -> None:
    text = begin + piece * TIMES + end
    with ends():
        cell = parse_text(text)
        assert kinds(cell) == ()
        assert mask(cell) == cell


def test_a_format_of_any_length_shows_little_and_is_looked_through_once() -> None:
    with ends():
        assert sign_of("[x" * TIMES) == ""
        assert len(sign_of(f'0 "{"€" * TIMES}"')) < 256
        assert not is_shown_otherwise(f"1 triệu{',' * TIMES}x", "1")
