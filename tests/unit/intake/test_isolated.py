"""A workbook that kills its reader costs only itself."""

from __future__ import annotations

import io
import subprocess
import zipfile

import pytest

import office_files
from baocao.intake.grid import RefusedError
from baocao.intake.isolated import CellReader

SOUND = office_files.xlsx({"A": [["a", 1]]})


def deadly() -> bytes:
    """A sheet whose full rectangle no memory holds."""
    name = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    xml = zipfile.ZipFile(io.BytesIO(SOUND)).read(name).replace(b"</sheetData>", far)
    return office_files.repack(SOUND, {name: xml})


def refusal(reader: CellReader, data: bytes) -> str:
    with pytest.raises(RefusedError) as caught:
        reader.read(data)
    return caught.value.code


def test_a_reader_that_aborts_refuses_the_file_and_reads_the_next() -> None:
    with CellReader() as reader:
        assert reader.read(SOUND) == [("A", True, [["a", 1.0]])]
        assert refusal(reader, deadly()) == "TEP-HONG"
        assert reader.read(SOUND) == [("A", True, [["a", 1.0]])]


def test_a_reader_that_was_ended_between_two_files_refuses_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, command: list[str], **settings: int) -> None:
            super().__init__(command, **settings)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    with CellReader() as reader:
        reader.read(SOUND)
        started[0].kill()
        started[0].wait()
        assert reader.read(SOUND) == [("A", True, [["a", 1.0]])]
    assert len(started) == 2


def test_a_sheet_of_too_many_cells_is_refused() -> None:
    far = [[None] * 256 for _ in range(2)]
    far[1][255] = 1  # type: ignore[call-overload]
    lines = [*far, *([[]] * 22_000), [1]]
    with CellReader() as reader:
        assert refusal(reader, office_files.xls({"A": lines})) == "TEP-DONG"


def test_a_reader_that_does_not_end_is_stopped() -> None:
    with CellReader(seconds=0) as reader:
        assert refusal(reader, SOUND) == "TEP-HONG"


def test_what_is_no_workbook_is_refused() -> None:
    with CellReader() as reader:
        assert refusal(reader, b"PK\x03\x04 not a workbook") == "TEP-HONG"
