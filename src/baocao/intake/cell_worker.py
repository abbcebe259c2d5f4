"""The cells of workbooks, read in a process of its own: damage can abort the reader library, and with it its process.

Run as a script by :mod:`baocao.intake.isolated`; imports nothing of the package, so that it starts quickly. Each
request and each answer is its length in eight bytes and then its bytes; an answer is a pickle of a status and the
worksheets as ``(name, visible, rows)``.
"""

from __future__ import annotations

import pickle
import struct
import sys
from io import BytesIO

import python_calamine

MEMORY = 512 * 1024 * 1024
MAX_CELLS = 5_000_000
OK, PASSWORD, DAMAGED, TOO_LARGE = "ok", "password", "damaged", "too large"
LENGTH = struct.Struct("<Q")

Sheets = list[tuple[str, bool, list[list[object]]]]


class _TooLargeError(Exception):
    pass


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _rows(sheet: python_calamine.CalamineSheet) -> list[list[object]]:
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise _TooLargeError
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def _sheets(data: bytes) -> Sheets:
    with python_calamine.load_workbook(BytesIO(data)) as book:
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet]
        visible = python_calamine.SheetVisibleEnum.Visible
        return [(s.name, s.visible is visible, _rows(book.get_sheet_by_name(s.name))) for s in sheets]


def _answer(data: bytes) -> tuple[str, Sheets]:
    try:
        return OK, _sheets(data)
    except python_calamine.PasswordError:
        return PASSWORD, []
    except _TooLargeError:
        return TOO_LARGE, []
    except BaseException:  # a panic of the reader library is no Exception
        return DAMAGED, []


def main() -> None:
    """Answer requests until there are no more."""
    _limit_memory()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        answer = pickle.dumps(_answer(source.read(LENGTH.unpack(head)[0])))
        target.write(LENGTH.pack(len(answer)) + answer)
        target.flush()


if __name__ == "__main__":
    main()
