"""A project with the tiny site, files sent to it, and their fate."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import office_files
from baocao.intake.contract import ACTIVITIES
from baocao.intake.register import register_rows
from baocao.receive.receive import Received, receive
from baocao.workspace import Workspace
from projects import SITES

HEADINGS = [column.heading for column in ACTIVITIES.columns]


def line(name: str, day: date = date(2026, 1, 10), **cells: object) -> list[object]:
    """A valid activity of the tiny plan."""
    filled = {
        "Ngày": day, "Nội dung": "ND1", "Hình thức": "HT1", "Kênh": "HOP", "Tên hoạt động": name, "Số lượng": 1,
        **{key.replace("_", " "): value for key, value in cells.items()},
    }  # fmt: skip
    return [filled.get(heading) for heading in HEADINGS]


def book(lines: Sequence[Sequence[object]], unit: str = "VP", month: str = "01/2026", **info: object) -> bytes:
    """A workbook that follows the contract."""
    keys: Mapping[str, object] = {
        "Đơn vị": unit,
        "Kỳ báo cáo": month,
        **{k.replace("_", " "): v for k, v in info.items()},
    }
    sheets = {"Thông tin": [[k, v] for k, v in keys.items() if v], "Hoạt động": [HEADINGS, *map(list, lines)]}
    return office_files.xlsx(sheets)


def csv(*lines: Sequence[object]) -> bytes:
    """The activities as CSV."""
    rows = [HEADINGS, *lines]
    cells = [
        [c.strftime("%d/%m/%Y") if isinstance(c, date) else "" if c is None else str(c) for c in row] for row in rows
    ]
    return "\n".join(";".join(row) for row in cells).encode()


@dataclass(frozen=True)
class Desk:
    """A project, and a folder for the files sent to it."""

    space: Workspace
    sent: Path

    def put(self, name: str, data: bytes) -> Path:
        path = self.sent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def receive(self, *paths: Path, at: str = "03/02/2026 09:00", **options: Any) -> Received:
        return receive(self.space, paths or (self.sent,), at=at, **options)

    def kept(self) -> dict[str, bytes]:
        """Name → bytes of all files among the submissions except the register."""
        folder = self.space.submissions
        files = (path for path in folder.rglob("*") if path.is_file() and path.name != "register.csv")
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    def register(self) -> list[dict[str, str]]:
        path = self.space.submissions / "register.csv"
        return register_rows(path.read_bytes()) if path.is_file() else []


def fresh_desk(folder: Path) -> Desk:
    """A project of the tiny site in this folder, with nothing received yet."""
    shutil.copytree(SITES / "tiny" / "params", folder / "site" / "params")
    (folder / "sent").mkdir()
    return Desk(Workspace(folder / "site"), folder / "sent")
