"""A workbook that kills its reader costs only itself."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path
from subprocess import Popen

import pytest

import office_files
from baocao.intake import isolated
from baocao.intake.grid import Grid, Limits, RefusedError
from baocao.intake.isolated import CellReader

SOUND = office_files.xlsx({"A": [["a", 1]]})
LITTLE = 64 * 1024 * 1024
SHEETS = (Grid("A", [["a", 1.0]]),)


NOISE = random.Random(1).randbytes(400_000)
"""Without it, what swells is packed more tightly than any office program does."""
SWELLING = {  # the reader library aborts for want of memory, Python raises an error
    "xl/sharedStrings.xml": b"<sst><si><t>" + b"a" * 40_000_000 + b"</t></si></sst>",
    "xl/styles.xml": b"<styleSheet><cellXfs>" + b'<xf a="b"/>' * 400_000 + b"</cellXfs></styleSheet>",
}


def refusal(reader: CellReader, data: bytes) -> str:
    with pytest.raises(RefusedError) as caught:
        reader.read(data, Limits())
    return caught.value.code


@pytest.mark.parametrize("part", SWELLING)
def test_a_file_that_swells_in_memory_costs_only_itself(part: str) -> None:
    with CellReader(memory=LITTLE) as reader:
        assert reader.read(SOUND, Limits()) == SHEETS
        swelling = office_files.repack(SOUND, {part: SWELLING[part], "xl/media/image1.png": NOISE})
        assert refusal(reader, swelling) in {"TEP-NEN", "TEP-HONG"}
        assert reader.read(SOUND, Limits()) == SHEETS


def test_a_reader_that_was_ended_between_two_files_refuses_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, command: list[str], **settings: int) -> None:
            super().__init__(command, **settings)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    with CellReader() as reader:
        reader.read(SOUND, Limits())
        started[0].kill()
        started[0].wait()
        assert reader.read(SOUND, Limits()) == SHEETS
    assert len(started) == 2


def test_the_worker_finds_this_package_also_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    monkeypatch.setattr(
        subprocess, "Popen", lambda command, **settings: started.append(settings) or Popen(command, **settings)
    )
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    with CellReader() as reader:
        reader.read(SOUND, Limits())
    assert started[0]["env"]["PYTHONPATH"].split(os.pathsep) == [str(Path(isolated.__file__).parents[2]), "elsewhere"]


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
