"""Submissions of many rows in each kind of file, and a zip bomb, for the benchmark of intake."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY / "tests")]

from baocao.config.load import load_config  # noqa: E402
from baocao.intake.intake import read_month  # noqa: E402
from baocao.months import Month  # noqa: E402

MONTH = Month(2025, 10)
HEADINGS = (
    "STT", "Ngày", "Nội dung", "Hình thức", "Kênh", "Tên hoạt động", "Sản phẩm", "Số lượng", "Người tham dự",
    "Lượt tiếp cận", "Kinh phí (đồng)", "Nguồn kinh phí", "Minh chứng", "Ghi chú",
)  # fmt: skip


def lines(count: int) -> list[list[object]]:
    """Lines of activities; every tenth has a fault."""
    start = date(2025, 9, 15)
    return [
        [i + 1, start + timedelta(days=i % 30), f"II.{i % 10 + 1}", "III.4", "CH-10", f"Lớp tập huấn số {i}",
         "lớp tập huấn", "hai" if i % 10 == 0 else 1, 30, None, 1_000_000, "đã giao", f"https://mau.example/{i}", ""]
        for i in range(count)
    ]  # fmt: skip


def workbook(ending: str, count: int) -> bytes:
    import office_files  # noqa: PLC0415

    sheets = {
        "Thông tin": [["Đơn vị", "VHXH"], ["Kỳ báo cáo", "10/2025"]],
        "Hoạt động": [list(HEADINGS), *lines(count)],
    }
    data: bytes = getattr(office_files, ending)(sheets)
    return data


def text(count: int) -> bytes:
    rows = [list(HEADINGS), *lines(count)]
    shown = (
        (c.strftime("%d/%m/%Y") if isinstance(c, date) else "" if c is None else str(c) for c in row) for row in rows
    )
    return "\n".join(";".join(row) for row in shown).encode()


def bomb(_: int) -> bytes:
    import office_files  # noqa: PLC0415

    return office_files.repack(workbook("xlsx", 10), {"xl/media/image1.emf": bytes(300 * 1024 * 1024)})


CASES: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "xlsx": ("VHXH.xlsx", lambda count: workbook("xlsx", count)),
    "ods": ("VHXH.ods", lambda count: workbook("ods", count)),
    "xls": ("VHXH.xls", lambda count: workbook("xls", count)),
    "csv": ("VHXH.hoat-dong.csv", text),
    "bomb": ("VHXH.xlsx", bomb),
}
"""Kind → the name and the contents of a submission of that many rows."""


def make(kind: str, count: int, folder: Path) -> None:
    """Write a month with one submission."""
    name, contents = CASES[kind]
    (folder / str(MONTH)).mkdir()
    (folder / str(MONTH) / name).write_bytes(contents(count))


def read(folder: Path) -> None:
    """Read and check a folder's month."""
    read_month(folder, MONTH, load_config(REPOSITORY))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        read(Path(sys.argv[2]))
