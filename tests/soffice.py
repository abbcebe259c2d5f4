"""LibreOffice, used as a unit's reporter does to open and save a workbook."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from filelock import FileLock

from baocao.intake.contract import ALL_TABLES

COMMAND = shutil.which("soffice") or shutil.which("libreoffice") or ""
needed = pytest.mark.skipif(not COMMAND, reason="LibreOffice (soffice) is not on PATH")
# Comma, quotes, UTF-8, from line 1, cells as shown, a file for every sheet.
_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
_FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "xls": "xls:MS Excel 97", "csv": _EVERY_SHEET}


def saved(books: Mapping[str, bytes], ending: str, shared: Path) -> dict[str, dict[str, bytes]]:
    """Workbooks as saved by LibreOffice: name → ending of the saved file after the unit's code → bytes.

    All workers of a test run share the folder, because LibreOffice takes longer to start than to save.
    """
    folder = shared / "soffice" / ending
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(shared / "soffice" / "lock"):
        if not (folder / "saved").exists():
            _save(books, ending, folder)
    endings = {f".{ending}": f".{ending}"}
    if ending == "csv":
        endings = {f"-{table.sheet}.csv": f".{table.csv_suffix}.csv" for table in ALL_TABLES}
    return {
        name: {known: (folder / "saved" / f"{name}{made}").read_bytes() for made, known in endings.items()}
        for name in books
    }


def _save(books: Mapping[str, bytes], ending: str, folder: Path) -> None:
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    profile = (folder.parent / "profile").as_uri()
    command = [COMMAND, f"-env:UserInstallation={profile}", "--headless", "--convert-to", _FILTERS[ending]]
    paths = [str(folder / f"{name}.xlsx") for name in books]
    done = subprocess.run(
        [*command, "--outdir", str(folder / "saved"), *paths], capture_output=True, text=True, timeout=120, check=False
    )
    assert (folder / "saved").is_dir(), done.stderr
