"""Office files to cells: what is read, and what is refused with one clear reason."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date

import pytest
import xlsxwriter

import office_files
from baocao.intake.contract import ACTIVITIES
from baocao.intake.grid import Grid, Limits, RefusedError
from baocao.intake.isolated import CellReader
from baocao.intake.readers import read_csv
from baocao.intake.readers import read_workbook as read_workbook_with

LIMITS = Limits(file_mb=1, rows=1000)
READER = CellReader()
SHEETS = {"Hoạt động": [["a", 1.5, None, True, date(2025, 9, 5)], [None, "đ"]], "Hai": [[1]]}


@pytest.fixture(scope="module", autouse=True)
def _reader() -> Iterator[None]:
    global READER
    with CellReader() as READER:
        yield


def read_workbook(data: bytes, limits: Limits) -> tuple[Grid, ...]:
    return read_workbook_with(data, limits, READER)


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(RefusedError) as caught:
        read_workbook(data, limits)
    return caught.value.code


def plain(grids: tuple[Grid, ...]) -> list[tuple[str, list[list[object]]]]:
    return [(grid.sheet, [[*row] for row in grid.rows]) for grid in grids]


@pytest.mark.parametrize("write", [office_files.xlsx, office_files.ods, office_files.xls])
def test_the_three_kinds_of_workbook_give_the_same_cells(write: object) -> None:
    grids = read_workbook(write(SHEETS), LIMITS)  # type: ignore[operator]
    assert [grid.sheet for grid in grids] == ["Hoạt động", "Hai"]
    assert grids[0].rows[0] == ["a", 1.5, "", True, date(2025, 9, 5)]
    assert grids[0].rows[1][:2] == ["", "đ"]


@pytest.mark.parametrize("write", [office_files.xlsx, office_files.ods, office_files.xls])
def test_blank_lines_and_columns_before_the_data_keep_the_addresses(write: object) -> None:
    (grid,) = read_workbook(write({"A": [[None], [None], [None, None, "c3"]]}), LIMITS)  # type: ignore[operator]
    assert grid.rows[2][2] == "c3"


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"") == "TEP-RONG"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "tài liệu PDF"), (b"\x89PNG\r\n", "hình ảnh"), (b"<html><body>", "trang web (HTML)"),
        (b"<?xml version='1.0'?><Workbook/>", "tài liệu XML"), (b"STT;Ng\xc3\xa0y", "văn bản thường"),
        (b"\x01\x02\x00\x03", "dữ liệu không rõ loại"), (b"Rar!\x1a\x07", "tệp nén RAR"),
    ],
)  # fmt: skip
def test_other_content_under_a_workbooks_name_is_refused_and_named(data: bytes, kind: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read_workbook(data, LIMITS)
    assert (caught.value.code, caught.value.texts["given"]) == ("TEP-SAILOAI", kind)


def test_a_word_document_and_a_plain_zip_are_no_workbooks() -> None:
    for member in ("word/document.xml", "a.txt", "xl/workbook.bin"):
        assert refusal(zipped({member: b"x"})) == "TEP-SAILOAI"
    assert refusal(office_files.compound({"WordDocument": b"x"})) == "TEP-SAILOAI"
    assert refusal(office_files.compound({"Other": b"x"})) == "TEP-SAILOAI"


def test_password_protected_workbooks_are_refused() -> None:
    assert refusal(office_files.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})) == "TEP-MATKHAU"
    filepass = struct.pack("<HHHHH", 0x002F, 6, 1, 1, 1)
    assert refusal(office_files.xls(SHEETS, in_globals=filepass)) == "TEP-MATKHAU"
    assert refusal(office_files.xls(SHEETS, in_globals=filepass, short=True)) == "TEP-MATKHAU"
    manifest = b"<manifest><encryption-data/></manifest>"
    assert refusal(office_files.repack(office_files.ods(SHEETS), {"META-INF/manifest.xml": manifest})) == "TEP-MATKHAU"
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    assert refusal(zipped({"mimetype": mimetype, "encrypted-package": b"x"})) == "TEP-MATKHAU"


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("write", [office_files.xlsx, office_files.ods, office_files.xls])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_truncated_workbooks_are_refused(write: object, share: float) -> None:
    data: bytes = write(SHEETS)  # type: ignore[operator]
    assert refusal(data[: int(len(data) * share)]) in ("TEP-HONG", "TEP-SAILOAI")


@pytest.mark.parametrize("write", [office_files.xlsx, office_files.ods])
def test_a_flipped_byte_anywhere_never_gives_other_cells(write: object) -> None:
    data: bytes = write(SHEETS)  # type: ignore[operator]
    sound = plain(read_workbook(data, LIMITS))
    for at in range(0, len(data), max(1, len(data) // 60)):
        broken = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        with contextlib.suppress(RefusedError):
            assert plain(read_workbook(broken, LIMITS)) == sound


def test_a_file_above_the_limit_is_refused_and_one_at_the_limit_is_not_for_its_size() -> None:
    assert refusal(b"x" * (1024 * 1024 + 1)) == "TEP-LON"
    assert refusal(b"x" * (1024 * 1024)) == "TEP-SAILOAI"


def test_a_zip_bomb_by_its_declared_size_is_refused() -> None:
    data = office_files.repack(office_files.xlsx(SHEETS), {"xl/media/a": bytes(30 * 1024 * 1024)})
    assert len(data) < 100_000
    assert refusal(data) == "TEP-NEN"


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    huge = zlib.compressobj(wbits=-15)
    packed = huge.compress(bytes(200 * 1024 * 1024)) + huge.flush()
    name = b"xl/workbook.xml"
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(packed), 10, len(name), 0) + name + packed
    central = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(packed), 10, len(name), 0, 0, 0, 0, 0, 0)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central) + len(name), len(local), 0)
    assert refusal(local + central + name + end) == "TEP-NEN"


def test_a_cell_far_away_is_refused_before_the_sheet_is_laid_out() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    book = office_files.xlsx({"A": [[1]]})
    name = "xl/worksheets/sheet1.xml"
    xml = zipfile.ZipFile(io.BytesIO(book)).read(name).replace(b"</sheetData>", far)
    assert refusal(office_files.repack(book, {name: xml})) == "TEP-DONG"
    body = (
        '<table:table table:name="B"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
        "</table:table>"
    )
    assert refusal(office_files.ods({"A": [[1]]}, body)) == "TEP-DONG"
    assert refusal(office_files.xls({"A": [[1]]}, struct.pack("<HHHHHd", 0x0203, 14, 65535, 255, 0, 1.0))) == "TEP-DONG"


def test_formats_far_below_the_data_do_no_harm() -> None:
    book = office_files.xlsx({"A": [[1]]})
    name = "xl/worksheets/sheet1.xml"
    for cell in (b'<c r="XFD1048576" s="0"/>', b'<c r="XFD1048576" s="0" t="n"></c>'):  # openpyxl writes the latter
        far = b'<row r="1048576">' + cell + b"</row></sheetData>"
        xml = zipfile.ZipFile(io.BytesIO(book)).read(name).replace(b"</sheetData>", far)
        assert read_workbook(office_files.repack(book, {name: xml}), LIMITS)[0].rows == [[1.0]]
    body = (
        '<table:table table:name="B"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    assert read_workbook(office_files.ods({"A": [[1]]}, body), LIMITS)[0].rows == [[1.0]]


@pytest.mark.parametrize("write", [office_files.xlsx, office_files.ods, office_files.xls])
def test_lines_up_to_the_limit_are_read_and_one_more_is_refused(write: object) -> None:
    limits = Limits(rows=20)
    assert len(read_workbook(write({"A": [[1]] * limits.lines}), limits)[0].rows) == limits.lines  # type: ignore[operator]
    assert refusal(write({"A": [[1]] * (limits.lines + 1)}), limits) == "TEP-DONG"  # type: ignore[operator]


def test_a_workbook_with_a_document_type_is_refused() -> None:
    book = office_files.ods(SHEETS)
    content = zipfile.ZipFile(io.BytesIO(book)).read("content.xml")
    bomb = content.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "bbbb">]>', 1)
    assert refusal(office_files.repack(book, {"content.xml": bomb})) == "TEP-HONG"


def test_formulas_without_a_result_and_errors_are_remarked_in_xlsx() -> None:
    book = office_files.xlsx({"A": [["=1+1", "#N/A", 5]]})
    (grid,) = read_workbook(book, LIMITS)
    assert grid.remarks.faults == {(0, 0): ("O-CONGTHUC", ""), (0, 1): ("O-LOI", "#N/A")}


def test_formulas_with_a_result_are_read_as_their_result() -> None:
    name = "xl/worksheets/sheet1.xml"
    book = office_files.xlsx({"A": [["=1+1"]]})
    xml = zipfile.ZipFile(io.BytesIO(book)).read(name).replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    (grid,) = read_workbook(office_files.repack(book, {name: xml}), LIMITS)
    assert (grid.rows, dict(grid.remarks.faults)) == ([[2.0]], {})


def written(*formulas: tuple[str, object], on_load: bool = True) -> bytes:
    """An .xlsx by a library that does not compute: each formula with this as its stored result."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("A")
        for row, (formula, result) in enumerate(formulas):
            sheet.write_formula(row, 0, formula, None, result)
    data = stream.getvalue()
    if on_load:
        return data
    name = "xl/workbook.xml"
    xml = zipfile.ZipFile(io.BytesIO(data)).read(name)
    return office_files.repack(data, {name: xml.replace(b' fullCalcOnLoad="1"', b"")})


@pytest.mark.parametrize(
    ("result", "on_load", "faulty"),
    [(0, True, True), (0, False, False), (1, True, False), (0.5, True, False), ("", True, True), ("x", True, False)],
)
def test_a_zero_that_a_library_stored_for_a_formula_is_no_result(result: object, on_load: bool, faulty: bool) -> None:
    (grid,) = read_workbook(written(("=1+1", result), on_load=on_load), LIMITS)
    assert dict(grid.remarks.faults) == ({(0, 0): ("O-CONGTHUC", "")} if faulty else {})


def formula_in_xls(row: int, result: bytes) -> bytes:
    """The record of a formula ``=1`` with this as its stored result."""
    return struct.pack("<HHHHH", 0x0006, 25, row, 0, 0) + result + struct.pack("<HIHBH", 0, 0, 3, 0x1E, 1)


EMPTY, TWO = b"\x03\0\0\0\0\0\xff\xff", struct.pack("<d", 2)


@pytest.mark.parametrize(("others", "faulty"), [([], True), ([EMPTY], True), ([TWO], False)])
def test_empty_text_is_no_result_in_an_xls_where_no_formula_has_another(others: list[bytes], faulty: bool) -> None:
    records = b"".join(formula_in_xls(row, result) for row, result in enumerate([EMPTY, *others], start=1))
    (grid,) = read_workbook(office_files.xls({"A": [["a"]]}, records), LIMITS)
    assert (grid.remarks.faults.get((1, 0)) == ("O-CONGTHUC", "")) is faulty


def test_errors_are_remarked_in_xls() -> None:
    (grid,) = read_workbook(office_files.xls({"A": [["a", b"\x07"]]}), LIMITS)
    assert grid.remarks.faults == {(0, 1): ("O-LOI", "#DIV/0!")}


def test_formulas_without_a_result_merged_cells_and_hidden_rows_are_remarked_in_ods() -> None:
    body = (
        '<table:table table:name="B"><table:table-row><table:table-cell table:formula="of:=1+1"/>'
        '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:visibility="filter"><table:table-cell office:value-type="float" office:value="1"/>'
        "</table:table-row></table:table>"
    )
    grid = read_workbook(office_files.ods({"A": [[1]]}, body), LIMITS)[1]
    assert grid.remarks.faults == {(0, 0): ("O-CONGTHUC", ""), (0, 2): ("O-GOP", "")}
    assert grid.remarks.hidden_rows == {1}


def in_ods(*cells: str) -> Grid:
    """A sheet with one line of cells as XML."""
    row = "".join(f"<table:table-cell {cell}</table:table-cell>" for cell in cells)
    body = f'<table:table table:name="B"><table:table-row>{row}</table:table-row></table:table>'
    return read_workbook(office_files.ods({"A": [[1]]}, body), LIMITS)[1]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('office:value-type="boolean" office:boolean-value="true"><text:p>ĐÚNG</text:p>', True),
        ('office:value-type="boolean" office:boolean-value="false"><text:p>SAI</text:p>', False),
        ('office:value-type="percentage" office:value="0.125"><text:p>12,5%</text:p>', "12,5%"),
        ('office:value-type="percentage" office:value="1"><text:p>100%</text:p>', "100%"),
        ('office:value-type="float" office:value="0.125"><text:p>0,125</text:p>', 0.125),
        ('office:value-type="currency" office:currency="VND" office:value="1500000"><text:p>1.500.000 ₫</text:p>',
         1_500_000.0),
        ('office:value-type="currency" office:value="1500000"><text:p>1.500.000</text:p>', 1_500_000.0),
        ('office:value-type="currency" office:currency="USD" office:value="150"><text:p>150,00 US$</text:p>',
         "150,00 US$"),
        ('office:value-type="float" office:value="1500"><text:p>1.500,00 USD</text:p>', "1.500,00 USD"),
        ('office:value-type="float" office:value="2.5"><text:p>2,5 triệu đồng</text:p>', "2,5 triệu đồng"),
        ('office:value-type="float" office:value="1500000"><text:p>1,5 triệu</text:p>', 1_500_000.0),
        ('office:value-type="float" office:value="3"><text:p>3 trường</text:p>', 3.0),
        ('office:value-type="time" office:time-value="PT08H30M00S"><text:p>08:30</text:p>', "08:30"),
        ('office:value-type="time" office:time-value="PT32H30M00S"><text:p>32:30</text:p>', "32:30"),
        ('office:value-type="string"><text:p>a<text:line-break/>b</text:p><text:p>c<text:tab/>d<text:s text:c="2"/>e'
         "<text:span>f</text:span>g</text:p>", "a\nb\nc\td  efg"),
    ],
)  # fmt: skip
def test_cells_of_each_type_are_read_as_they_are_shown_in_ods(cell: str, read: object) -> None:
    grid = in_ods(cell)
    assert (grid.rows, dict(grid.remarks.faults)) == ([[read]], {})


@pytest.mark.parametrize(
    "kind", ["", *(f'office:value-type="{kind}"' for kind in ("float", "date", "boolean", "void"))]
)
def test_a_cell_that_shows_what_is_not_stored_is_remarked_in_ods(kind: str) -> None:
    grid = in_ods(f"{kind}><office:annotation><text:p>lời</text:p></office:annotation><text:p>01/10/25</text:p>")
    assert (len(grid.rows), dict(grid.remarks.faults)) == (1, {(0, 0): ("O-KHONGLUU", "01/10/25")})
    assert in_ods(f"{kind}>").remarks.faults == {}


def test_a_formula_whose_result_is_empty_text_has_one_in_ods() -> None:
    formula = 'table:formula="of:=IF([.A1]=&quot;&quot;;&quot;&quot;;1)"'
    assert in_ods(f"{formula}><text:p/>").remarks.faults == {}  # as LibreOffice saves it
    assert in_ods(f'{formula} office:value-type="string" office:string-value=""><text:p/>').remarks.faults == {}


def test_a_note_on_a_formula_in_ods_is_no_result_of_it() -> None:
    grid = in_ods('table:formula="of:=1+1"><office:annotation><text:p>lời</text:p></office:annotation>')
    assert grid.remarks.faults == {(0, 0): ("O-CONGTHUC", "")}


@pytest.mark.parametrize(
    ("code", "shown"),
    [("0.0%", "12,5%"), ("0%", "12,5%"), ("[Red]0.00%;-0.00%", "12,5%"), ('0.0"%"', 0.125), ("0.0\\%", 0.125),
     ("General", 0.125)],
)  # fmt: skip
def test_numbers_that_an_xlsx_shows_as_percentages_are_read_so(code: str, shown: object) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("A")
        sheet.write(0, 0, 0.125, book.add_format({"num_format": code}))
        sheet.write(0, 1, "x", book.add_format({"num_format": code}))
    assert read_workbook(stream.getvalue(), LIMITS)[0].rows == [[shown, "x"]]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("[$$-409]#,##0.00", "1500,5 $"),
        ("#,##0 [$US$-409]", "1500,5 US$"),
        ("#,##0.00 [$€-407];[Red]-#,##0.00 [$€-407]", "1500,5 €"),
        ("[$CHF-807] #,##0", "1500,5 CHF"),
        ('_("$"* #,##0_);_("$"* (#,##0)', "1500,5 $"),
        ("$#,##0", "1500,5 $"),
        ("\\£#,##0", "1500,5 £"),
        ('#,##0 "USD"', "1500,5 USD"),
        ('#,##0 "triệu"', "1500,5 triệu"),
        ('0.0 "Triệu đồng";-0.0 "triệu đồng"', "1500,5 Triệu đồng"),
        ('#,##0.0"tr.đ"', "1500,5 tr.đ"),
        ("0\\k", "1500,5 k"),
        ('#,##0.0,,"triệu"', 1500.5),
        ('#,##0, "nghìn đồng"', 1500.5),
        ('0 "trường"', 1500.5),
        ("#,##0 [$₫-42A]", 1500.5),
        ("#,##0 [$đ-42A]", 1500.5),
        ("#,##0 [$VND]", 1500.5),
        ('#,##0 "đồng"', 1500.5),
        ('#,##0 "₫"', 1500.5),
        ('#,##0 "CBO"', 1500.5),
        ("[$-42A]#,##0.0", 1500.5),
        ("_(* #,##0_);_(* (#,##0)", 1500.5),
    ],
)
def test_numbers_that_an_xlsx_shows_as_foreign_money_or_multiples_are_read_so(code: str, shown: object) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("A").write(0, 0, 1500.5, book.add_format({"num_format": code}))
    assert read_workbook(stream.getvalue(), LIMITS)[0].rows == [[shown]]


def test_numbers_that_an_xls_shows_with_a_sign_are_read_so() -> None:
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    code = record(0x041E, struct.pack("<HHB", 170, 4, 0) + b"0.0%")
    code += record(0x041E, struct.pack("<HHB", 171, 8, 0) + b"[$USD] 0")
    styles = b"".join(record(0x00E0, struct.pack("<HHH", 0, number, 0) + bytes(14)) for number in (0, 9, 170, 171))
    cells = b"".join(
        record(0x0203, struct.pack("<HHHd", 1, column, style, 0.125)) for column, style in enumerate((0, 1, 2, 3))
    )
    run = record(0x00BD, struct.pack("<HHHiHiH", 2, 0, 1, (50 << 2) | 3, 0, (50 << 2) | 3, 1))
    (grid,) = read_workbook(office_files.xls({"A": [["a"]]}, cells + run, code + styles), LIMITS)
    assert grid.rows[1:] == [[0.125, "12,5%", "12,5%", "0,125 USD"], ["50%", 0.5, "", ""]]


def test_hidden_columns_are_remarked_in_xlsx() -> None:
    book = office_files.xlsx({"A": [[1, 2, 3, 4]]})
    name = "xl/worksheets/sheet1.xml"
    columns = (
        b'<cols><col min="1" max="1" width="9"/><col min="2" max="3" width="9" hidden="1"/>'
        b'<col min="4" max="4" hidden="0"/></cols><sheetData>'
    )
    xml = zipfile.ZipFile(io.BytesIO(book)).read(name).replace(b"<sheetData>", columns)
    (grid,) = read_workbook(office_files.repack(book, {name: xml}), LIMITS)
    assert grid.remarks.hidden_columns == {1, 2}


def test_hidden_columns_are_remarked_in_ods() -> None:
    body = (
        '<table:table table:name="B"><table:table-column table:number-columns-repeated="2"/><table:table-column-group>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '</table:table-column-group><table:table-column table:visibility="visible"/><table:table-row>'
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>'
    )
    grid = read_workbook(office_files.ods({"A": [[1]]}, body), LIMITS)[1]
    assert grid.remarks.hidden_columns == {2, 3}


def test_hidden_columns_are_remarked_in_xls() -> None:
    shown = struct.pack("<HHHHHHHH", 0x007D, 12, 0, 0, 2000, 0, 0, 0)
    hidden = struct.pack("<HHHHHHHH", 0x007D, 12, 1, 2, 2000, 0, 1, 0)
    (grid,) = read_workbook(office_files.xls({"A": [[1, 2, 3]]}, shown + hidden), LIMITS)
    assert grid.remarks.hidden_columns == {1, 2}


@pytest.mark.parametrize("short", [False, True])
def test_hidden_rows_and_merged_cells_are_remarked_in_xls(short: bool) -> None:
    row = struct.pack("<HHHHHHHHI", 0x0208, 16, 1, 0, 1, 255, 0, 0, 0x20)
    merged = struct.pack("<HHH4H", 0x00E5, 10, 1, 0, 1, 0, 0)
    (grid,) = read_workbook(office_files.xls({"A": [[1], [2]]}, row + merged, short=short), LIMITS)
    assert grid.remarks.hidden_rows == {1}
    assert grid.remarks.faults == {(1, 0): ("O-GOP", "")}


def to_the_end_in_xlsx(rows: list[list[object]]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(office_files.xlsx({"A": rows}))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="B2:XFD1048576"/></mergeCells>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", merge)
    return zipped(parts)


def to_the_end_in_xls(rows: list[list[object]]) -> bytes:
    return office_files.xls({"A": rows}, struct.pack("<HHH4H", 0x00E5, 10, 1, 1, 65535, 1, 255))


@pytest.mark.parametrize("write", [to_the_end_in_xlsx, to_the_end_in_xls])
def test_of_a_merge_that_reaches_to_the_sheets_end_the_cells_among_the_data_are_remarked(write: object) -> None:
    """All the others, five millions of them, took a gigabyte of memory."""
    (grid,) = read_workbook(write([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), LIMITS)  # type: ignore[operator]
    assert grid.remarks.faults == dict.fromkeys([(1, 2), (2, 1), (2, 2)], ("O-GOP", ""))


def test_of_a_merge_that_reaches_to_the_sheets_end_no_empty_line_is_remarked_in_ods() -> None:
    line = '<table:table-cell office:value-type="float" office:value="1"/><table:covered-table-cell/>'
    body = (
        f'<table:table table:name="B"><table:table-row>{line}</table:table-row>'
        '<table:table-row table:number-rows-repeated="900"><table:table-cell/>'
        '<table:covered-table-cell table:number-columns-repeated="16383"/></table:table-row></table:table>'
    )
    grid = read_workbook(office_files.ods({"A": [[1]]}, body), LIMITS)[1]
    assert grid.remarks.faults == {(0, 1): ("O-GOP", "")}


HEADER = "Ngày;Nội dung;Hình thức;Tên hoạt động;Số lượng"
LINE = "01/10/2025;II.4;III.4;Tập huấn;1"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_every_encoding_and_delimiter_of_the_contract(encoding: str, delimiter: str) -> None:
    text = f"{HEADER}\r\n{LINE}\r\n".replace(";", delimiter)
    grid = read_csv(text.encode(encoding), ACTIVITIES, LIMITS)
    assert grid.rows == [HEADER.split(";"), LINE.split(";")]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r", "\n"])
def test_the_delimiter_is_found_however_lines_end(end: str, delimiter: str) -> None:
    text = f"{HEADER}{end}{LINE}{end}".replace(";", delimiter)
    assert read_csv(text.encode(), ACTIVITIES, LIMITS).rows == [HEADER.split(";"), LINE.split(";")]


def test_commas_in_texts_do_not_make_the_comma_the_delimiter() -> None:
    text = f"{HEADER}\n01/10/2025;II.4;III.4;a, b, c, d, e, f, g, h;1\n"
    assert len(read_csv(text.encode(), ACTIVITIES, LIMITS).rows[1]) == 5


def test_blank_lines_of_a_csv_count_for_the_line_numbers() -> None:
    assert read_csv(f"\n\n{HEADER}\n".encode(), ACTIVITIES, LIMITS).rows[2][0] == "Ngày"


def test_the_line_that_names_the_separator_is_no_line_of_the_table() -> None:
    assert read_csv(f"sep=;\n{HEADER}\n".encode(), ACTIVITIES, LIMITS).rows == [HEADER.split(";")]


def csv_refusal(data: bytes) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        read_csv(data, ACTIVITIES, LIMITS)
    return caught.value


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"Ng\xe0y;H\xecnh th\xfd\xecc", "windows-1258"),
        (b"Loa\xf2i;N\xf4\xf2i dung", "windows-1258"),
        (b"Lo\xb9i;N\xe9i dung", "TCVN3"),
        (b"Loa\xefi;No\xe4i dung", "VNI"),
        (b"caf\xe9;Ngay;So luong", "windows-1252"),
        (b"Ng\xb5y;N\xe9i dung;S\xe8 l\xad\xeeng", "TCVN3"),
        (b"Nga\xf8y;No\xe4i dung;So\xe1 l\xf6\xf4\xefng", "VNI"),
        ("Ngày".encode("utf-32"), "UTF-32"),
    ],
)  # fmt: skip
def test_other_encodings_are_named_and_refused(data: bytes, encoding: str) -> None:
    refused = csv_refusal(data)
    assert refused.code == "TEP-MAHOA"
    assert encoding in str(refused.texts["given"])


def test_a_csv_cut_off_within_a_letter_is_refused() -> None:
    assert csv_refusal("Ngày".encode()[:-2]).code == "TEP-HONG"
    assert csv_refusal("Ngày".encode("utf-16")[:-1]).code == "TEP-HONG"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TEP-RONG"), (b"%PDF-1.4", "TEP-SAILOAI"), (b"<!DOCTYPE html><table>", "TEP-SAILOAI"),
        (office_files.xlsx({"A": [[1]]}), "TEP-SAILOAI"),
        (b"a;b\0c;d;eeeeeeeeeeeeeeeeeeeeeeeee", "TEP-SAILOAI"), (b"x" * (1024 * 1024 + 1), "TEP-LON"),
    ],
)  # fmt: skip
def test_other_content_under_a_csvs_name_is_refused(data: bytes, code: str) -> None:
    assert csv_refusal(data).code == code


@pytest.mark.parametrize(
    "lines",
    [
        f'01/10/2025;II.4;III.4;"Tập huấn;1\n{LINE}\n{LINE}\n',
        f'01/10/2025;II.4;III.4;"Học tập" số;1\n{LINE}\n',
        f'01/10/2025;II.4;III.4;"Tập huấn;1\n{LINE}\n01/10/2025;II.4;III.4;Tập huấn";1\n',
    ],
)
def test_quotes_that_could_swallow_lines_refuse_the_csv(lines: str) -> None:
    assert csv_refusal(f"{HEADER}\n{lines}".encode()).code == "TEP-CSV"


def test_a_line_break_inside_quotes_belongs_to_its_cell() -> None:
    rows = read_csv(f'{HEADER}\n01/10/2025;II.4;III.4;"Tập\nhuấn";1\n'.encode(), ACTIVITIES, LIMITS).rows
    assert rows[1][3] == "Tập\nhuấn"


def test_too_many_lines_refuse_the_csv() -> None:
    limits = Limits(rows=10)
    assert len(read_csv(b"1;2\n" * limits.lines, ACTIVITIES, limits).rows) == limits.lines
    with pytest.raises(RefusedError) as caught:
        read_csv(b"1;2\n" * (limits.lines + 1), ACTIVITIES, limits)
    assert caught.value.code == "TEP-DONG"
