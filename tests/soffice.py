"""LibreOffice, as a unit's reporter would open a workbook and save it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from baocao.intake.contract import ALL_TABLES

COMMAND = shutil.which("soffice") or shutil.which("libreoffice") or ""
needed = pytest.mark.skipif(not COMMAND, reason="LibreOffice (soffice) is not on PATH")
# Comma, quotes, UTF-8, from line 1, cells as shown, every sheet a file of its own.
_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
_FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "xls": "xls:MS Excel 97", "csv": _EVERY_SHEET}


def saved(path: Path, ending: str, folder: Path) -> dict[str, bytes]:
    """What LibreOffice saves of a workbook: names as the submission contract has them → bytes."""
    profile = (folder.parent / "soffice-profile").as_uri()  # made once for all folders of a test run's worker
    command = [COMMAND, f"-env:UserInstallation={profile}", "--headless", "--convert-to", _FILTERS[ending]]
    target = folder / "saved"
    done = subprocess.run(
        [*command, "--outdir", str(target), str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert target.is_dir(), done.stderr
    if ending != "csv":
        return {f"{path.stem}.{ending}": (target / f"{path.stem}.{ending}").read_bytes()}
    names = {f"{path.stem}-{table.sheet}.csv": f"{path.stem}.{table.csv_suffix}.csv" for table in ALL_TABLES}
    return {name: (target / made).read_bytes() for made, name in names.items()}
