"""From a workbook's bytes to its sheets of cells, or to one clear reason why not.

The reader library gets a workbook only after its size was checked here. All of this runs in a separate process
(:mod:`baocao.intake.cell_worker`), so a file that swells in memory or aborts the library does no harm to a command.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

import python_calamine

from baocao.intake import ods, xls, xlsx
from baocao.intake.archives import open_archive
from baocao.intake.grid import UNREADABLE, Grid, Limits, RefusedError, Remarks
from baocao.intake.signs import write_signs
from baocao.intake.values import Raw

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DAMAGE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, LookupError, OSError, zlib.error)
_MAX_CELLS = 5_000_000


def read(data: bytes, limits: Limits) -> tuple[Grid, ...]:
    """The worksheets of an .xlsx, .ods or .xls, in their order.

    Parameters
    ----------
    data
        A whole file that begins as one of :data:`ZIP` or :data:`OLE`.
    limits
        How large it may be.

    Raises
    ------
    RefusedError
        With the code of the finding that says why the file cannot be read.
    """
    remarks = xls.inspect(data, limits) if data.startswith(OLE) else _inspect_zip(data, limits)
    with _opened(data) as book:
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet]
        return tuple(_grid(book, sheet, remarks.get(sheet.name, Remarks()), limits) for sheet in sheets)


def _opened(data: bytes) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.load_workbook(BytesIO(data))
    except python_calamine.PasswordError as error:
        raise RefusedError("TEP-MATKHAU") from error


def _inspect_zip(data: bytes, limits: Limits) -> dict[str, Remarks]:
    archive = open_archive(data, limits)
    try:
        return _inspect_archive(archive, limits)
    except _DAMAGE as error:
        raise RefusedError("TEP-HONG") from error


def _inspect_archive(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Remarks]:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return xlsx.inspect(archive, limits)
    if ods.is_encrypted(archive):
        raise RefusedError("TEP-MATKHAU")
    if "content.xml" in names and _mimetype(archive).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return ods.inspect(archive, limits)
    raise RefusedError("TEP-SAILOAI", given=_zip_kind(names))


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    return archive.read("mimetype") if "mimetype" in archive.namelist() else b""


def _zip_kind(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "văn bản Word"
    if "xl/workbook.bin" in names:
        return "sổ tính nhị phân (.xlsb)"
    return "văn bản hoặc bản trình chiếu" if "content.xml" in names or "ppt/presentation.xml" in names else "tệp nén"


def _grid(
    book: python_calamine.CalamineWorkbook, sheet: python_calamine.SheetMetadata, remarks: Remarks, limits: Limits
) -> Grid:
    """A sheet with shown texts in place of stored values that would be misread."""
    rows = _rows(book.get_sheet_by_name(sheet.name), limits)
    last = max((row for (row, _), (code, _) in remarks.faults.items() if code in UNREADABLE), default=-1)
    rows += [[] for _ in range(len(rows), last + 1)]  # the library leaves out lines whose cells have no values
    for (row, column), text in remarks.texts.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    write_signs(rows, remarks.signs)
    return Grid(sheet.name, rows, sheet.visible is not python_calamine.SheetVisibleEnum.Visible, remarks)


def _rows(sheet: python_calamine.CalamineSheet, limits: Limits) -> list[list[Raw]]:
    if sheet.total_height > limits.lines or sheet.total_height * sheet.total_width > _MAX_CELLS:
        raise RefusedError("TEP-DONG", given=sheet.name, limit=limits.rows)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]
