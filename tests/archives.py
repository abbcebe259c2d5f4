"""Small sealed months made without running notebooks, on which the archive's rules do not depend."""

from __future__ import annotations

import json
from pathlib import Path

from baocao.archive.chain import Link
from baocao.archive.seal import Approval, seal
from baocao.months import Month

AT = "2026-02-21T09:00:00+07:00"


def content(folder: Path, month: str, revision: int = 1, value: str = "12") -> Path:
    """A folder to seal a small revision from: a few files of several kinds."""
    texts = {
        "inputs/params/site.yml": "name: Xã A\n",
        f"inputs/data/submissions/{month}/VP.hoat-dong.csv": f"STT;Ngày\n1;{value}\n",
        f"outputs/build/{month}/data/ledger.csv": f"id,value\n{month}|*|activities|,{value}\n",
        f"outputs/build/{month}/notebooks/tong-quan.ipynb": "{}\n",
        "outputs/reports/chuong/tong-quan.qmd": "# Tổng quan\n",
        "outputs/_book/index.html": "<html></html>\n",
        f"outputs/_book/bao-cao-{month}.pdf": "%PDF-1.7\n",
    }
    identity = {"month": month, "revision": revision, "months": [month], "commit": "", "reason": "", "compared": 0}
    identity |= {"earlier": [], "commands": [], "provenance": []}
    identity |= {"code": {}, "engine": "pandoc", "tools": ["typst 0.1"]}
    texts["inputs.json"] = json.dumps(identity)
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def sealed(archive: Path, scratch: Path, *months: str) -> list[Link]:
    """Seal small months one after the other; a month given twice gets two revisions."""
    made: list[Link] = []
    for number, month in enumerate(months):
        revision = months[: number + 1].count(month)
        made.append(
            seal(archive, Month.parse(month), revision, content(scratch / str(number), month, revision), Approval(AT))
        )
    return made
