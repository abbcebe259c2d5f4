"""The conservation law over thousands of damaged files: refused whole with one reason, or no row unaccounted for.

A variant is made from a seed, so that a failure can be made again from the number that hypothesis prints.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import office_files
from baocao.config.models import Config
from baocao.intake.contract import INFO, TABLES, Table
from baocao.intake.findings import is_error, worded
from baocao.intake.grid import Grid, Remarks
from baocao.intake.isolated import CellReader
from baocao.intake.reading import FileResult, read_file
from baocao.intake.rows import Context
from baocao.intake.submissions import SubmittedFile
from intake_site import MONTH, activity, sheets

Line = list[object]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Check = Callable[[bytes | tuple[Grid, ...], str, Table | None], FileResult]

BROKEN: list[object] = [
    "", " ", None, "x", "1.234", "1,234", "12,5%", "-1", -5, 10**13, 1.5, 1e300, True, "Tổng cộng", "01/10/2025",
    "31/02/2025", "10/01/2025", date(1950, 1, 1), date(2100, 1, 1), "II.4", "II.99", "4", "III.4", "UB-01", "Khó khăn",
    "=1+1", "#N/A", "gọi 0912345678", "Ngày", "Nội dung", "đã giao", "\u0301", "Ngµy ®Ñp n¨m", "a\nb", 'a"b', "a;b",
    "\u202eabc", "{given}", "<b>", "0" * 40, "a" * 500, "\ufffd", "٣", "１２",
]  # fmt: skip
SOUND: dict[str, Line] = {
    "activities": activity(),
    "values": [1, "UB-02", None, None, 4, date(2025, 10, 14), "Sở", ""],
    "notes": [1, "Khó khăn", "Ít máy"],
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258", "latin-1", "utf-32", "cp437")
SETTINGS = settings(
    deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture(scope="module")
def check(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Check]:
    """Reads a file's bytes, or cells as if a workbook had held them."""
    context, folder = Context.of(config, MONTH), tmp_path_factory.mktemp("variants")
    unit = config.units.units[0]
    with CellReader() as reader:

        def run(data: bytes | tuple[Grid, ...], name: str, table: Table | None) -> FileResult:
            path: Path = folder / name
            path.write_bytes(data if isinstance(data, bytes) else b"x")
            file = SubmittedFile(path, f"2025-10/{name}", "AN", 1, table)
            if isinstance(data, bytes):
                return read_file(file, unit, context, reader)
            with patch("baocao.intake.reading.read_workbook", return_value=data):
                return read_file(file, unit, context, reader)

        yield run


def assert_conserved(result: FileResult, config: Config) -> None:
    """Refused with one reason; or every row accepted or rejected, and every rejection named by file and message."""
    if result.refused:
        assert len(result.findings) == 1
        assert is_error(result.findings[0], config.checks)
        assert not result.tables
    for table in result.tables:
        assert table.located.rows_in == len(table.records) + table.rejected
        errors = [
            one for one in result.findings if is_error(one, config.checks) and one.sheet == table.located.place.sheet
        ]
        assert bool(table.rejected) <= bool(errors)
        if table.located.readable:
            faulty = {int(one.cell.lstrip(LETTERS)) for one in errors if one.cell}
            accepted = [record["line"] for record in table.records]
            assert len(set(accepted)) == len(accepted)
            assert len(faulty) == table.rejected
            assert not faulty & set(accepted)
    for row in worded(result.findings, config.checks):
        assert row[4]
        assert row[9]
        assert row[11]


def damaged(chance: random.Random, table: Table) -> list[Line]:
    """Lines of a table: its columns shuffled, cells broken, cells too many, blank lines and titles between."""
    columns = list(range(len(table.columns)))
    if chance.random() < 0.5:
        chance.shuffle(columns)
    lines: list[Line] = [[f"BÁO CÁO {i}"] for i in range(chance.choice((0, 0, 1, 3)))]
    headings = [column.heading for column in table.columns]
    if chance.random() < 0.3:
        headings[chance.randrange(len(headings))] = str(chance.choice(BROKEN))
    if chance.random() < 0.3:
        headings = [chance.choice((str.upper, str.lower, lambda text: f" {text}\n"))(text) for text in headings]
    lines.append([headings[i] for i in columns])
    count = chance.randrange(6)
    for _ in range(count):
        row = list(SOUND[table.name])
        for _ in range(chance.choice((0, 0, 1, 2, 6))):
            row[chance.randrange(1, len(row))] = chance.choice(BROKEN)
        line = [row[i] for i in columns]
        line += [chance.choice(BROKEN) for _ in range(chance.choice((0, 0, 0, 1, 3)))]
        lines += [[], line] if chance.random() < 0.2 else [line]
    return lines + [[] for _ in range(chance.randrange(3))]


def spoiled(chance: random.Random, data: bytes) -> bytes:
    """Bytes as they are, cut off, with noise inside, or with bytes behind."""
    kind = chance.random()
    at = chance.randrange(max(len(data), 1))
    if kind < 0.25:
        return data[:at]
    if kind < 0.5:
        return data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[at + chance.randrange(9) :]
    return data + chance.randbytes(chance.randrange(64)) if kind < 0.6 else data


def _text(cell: object) -> str:
    return "" if cell is None else cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


@settings(SETTINGS, max_examples=2_000)
@given(st.integers(0, 2**32 - 1))
def test_any_csv_is_refused_with_one_reason_or_conserved(check: Check, config: Config, seed: int) -> None:
    chance = random.Random(seed)
    table = chance.choice((*TABLES, INFO))
    lines = damaged(chance, chance.choice(TABLES) if table is INFO else table)
    stream = io.StringIO()
    csv.writer(stream, delimiter=chance.choice(";,\t|"), lineterminator=chance.choice(("\n", "\r\n"))).writerows(
        [_text(cell) for cell in line] for line in lines
    )
    data = stream.getvalue().encode(chance.choice(ENCODINGS), "replace")
    assert_conserved(check(spoiled(chance, data), f"AN.{table.csv_suffix}.csv", table), config)


@settings(SETTINGS, max_examples=500)
@given(st.integers(0, 2**32 - 1))
def test_each_line_of_a_sound_csv_is_counted(check: Check, config: Config, seed: int) -> None:
    chance = random.Random(seed)
    table = chance.choice(TABLES)
    lines = [[column.heading for column in table.columns]]
    for _ in range(chance.randrange(20)):
        row = list(SOUND[table.name])
        row[chance.randrange(1, len(row))] = chance.choice(BROKEN)
        lines.append([_text(cell) for cell in row])
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(lines)
    result = check(stream.getvalue().encode(), f"AN.{table.csv_suffix}.csv", table)
    assert_conserved(result, config)
    assert result.refused or result.tables[0].located.rows_in == len(lines) - 1


@settings(SETTINGS, max_examples=1_000)
@given(st.integers(0, 2**32 - 1))
def test_any_sheets_are_refused_with_one_reason_or_conserved(check: Check, config: Config, seed: int) -> None:
    chance = random.Random(seed)
    names = [chance.choice((table.sheet, table.sheet.upper(), "Trang 1", "Hoạt động")) for table in TABLES]
    names = [f"{name} {i}" if name in names[:i] else name for i, name in enumerate(names)]
    grids = []
    for name, table in zip(names, TABLES, strict=True):
        rows: list[list[object]] = [["" if cell is None else cell for cell in line] for line in damaged(chance, table)]
        places = [(i, j) for i, row in enumerate(rows) for j in range(len(row) + 1)]
        faults = {
            at: chance.choice((("O-GOP", ""), ("O-CONGTHUC", ""), ("O-LOI", "#N/A")))
            for at in chance.sample(places, min(len(places), chance.choice((0, 0, 2, 10))))
        }
        for row, column in faults:
            if column < len(rows[row]):
                rows[row][column] = ""
        hidden = frozenset(chance.sample(range(len(rows)), chance.randrange(min(len(rows), 3))))
        remarks = Remarks(hidden, faults, chance.random() < 0.1)
        grids.append(Grid(name, rows, chance.random() < 0.1, remarks))  # type: ignore[arg-type]
    info = Grid("Thông tin", [["Đơn vị", chance.choice(("AN", "AN", "BINH"))], ["Kỳ báo cáo", "10/2025"]])
    chance.shuffle(grids)
    assert_conserved(check((info, *grids), "AN.xlsx", None), config)


@settings(SETTINGS, max_examples=500)
@given(st.integers(0, 2**32 - 1))
def test_any_bytes_of_a_workbook_are_refused_with_one_reason_or_conserved(
    check: Check, config: Config, seed: int
) -> None:
    chance = random.Random(seed)
    book: dict[str, list[Line]] = {**sheets()}
    for table in TABLES:
        book[table.sheet] = [[_cell(cell) for cell in line] for line in damaged(chance, table)]
    if chance.random() < 0.2:
        book[chance.choice(("Nháp", "Hoạt động (2)"))] = book["Hoạt động"]
    ending = chance.choice(("xlsx", "ods", "xls"))
    data = getattr(office_files, ending)(book)
    assert_conserved(check(spoiled(chance, data), f"AN.{ending}", None), config)


def _cell(cell: object) -> object:
    """A cell that the test's own writers can write."""
    if isinstance(cell, str):
        return "".join(char for char in cell if char.isprintable() or char == "\n")
    return None if cell == 1e300 or (isinstance(cell, date) and cell.year < 1960) else cell
