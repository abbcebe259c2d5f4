"""The workbooks to send back for a month: one for each unit with findings, one for files of no known unit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from baocao.config.models import Config, Thresholds
from baocao.intake.contract import is_of_ours
from baocao.intake.grid import Limits, RefusedError
from baocao.intake.isolated import CellReader
from baocao.intake.readers import read_csv, read_workbook
from baocao.intake.records import Records
from baocao.intake.send_back import Page, send_back_book
from baocao.intake.submissions import SubmittedFile, list_month
from baocao.months import Month
from baocao.text import capital, month_long

ENDING = "-tra-lai.xlsx"
UNPLACED = "khong-ro-don-vi"


def send_back_books(folder: Path, month: Month, config: Config, records: Records) -> dict[str, bytes]:
    """File name → workbook, in the order of the findings.

    Parameters
    ----------
    folder
        The submissions folder.
    records
        The month's records and findings.
    """
    listed = {submission.unit.casefold(): submission for submission in list_month(folder, month).submissions}
    names = {unit.code: unit.name for unit in config.units.units}
    books = {}
    with CellReader() as reader:
        for code in dict.fromkeys(records.findings["unit"]):
            mine = records.findings[records.findings["unit"] == code].to_dict("records")
            files = listed[code.casefold()].files if code.casefold() in listed else ()
            named = {(one["file"], one["sheet"]) for one in mine}
            pages = [
                page
                for file in files
                for page in _pages(file, config.thresholds, reader)
                if not is_of_ours(page.grid.sheet) or (page.file, page.grid.sheet) in named
            ]
            who = names.get(code, code) or "Tệp chưa rõ đơn vị"
            title = f"{who}: phát hiện khi kiểm tra báo cáo {month_long(month)}"
            rows = [{str(key): value for key, value in row.items()} for row in mine]
            books[f"{code or UNPLACED}{ENDING}"] = send_back_book(capital(title), pages, rows)
    return books


def _pages(file: SubmittedFile, thresholds: Thresholds, reader: CellReader) -> Iterator[Page]:
    """The sheets of a file; none if it cannot be read, about which there is a finding."""
    limits = Limits(thresholds.max_file_mb, thresholds.max_rows)
    try:
        if file.path.stat().st_size > limits.file_mb * 1024 * 1024:
            return
        data = file.path.read_bytes()
        grids = (read_csv(data, file.table, limits),) if file.table else read_workbook(data, limits, reader)
    except (OSError, RefusedError):
        return
    yield from (Page(file.name, grid.sheet or (file.table.sheet if file.table else ""), grid) for grid in grids)
