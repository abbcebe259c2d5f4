"""Time and memory of intake: 10,000 and 50,000 rows as xlsx, ods, xls and CSV, and a zip bomb.

Run with ``python benchmarks/intake.py [ROWS…]`` in the project's environment; prints a table. Times depend on the
machine: to compare two versions, run them alternately on one machine.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
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


def measure(folder: Path) -> None:
    """Read the folder's month and print seconds, memory of the process and of its worker, and the rows."""
    config = load_config(REPOSITORY)
    read_month(folder / "none", MONTH, config)  # loads the libraries
    start, before = time.perf_counter(), cpu()
    records = read_month(folder, MONTH, config)
    seconds, used = time.perf_counter() - start, cpu() - before
    own, worker = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    rows_in, rejected = (int(records.files[name].sum()) for name in ("rows_in", "rejected"))
    print(f"{seconds:8.2f} {used:8.2f} {own:8d} {worker:8d} {rows_in:8d} {rejected:8d}")


def cpu() -> float:
    """Seconds of processor time of this process and of its ended children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    if sys.argv[1:2] == ["--measure"]:
        return measure(Path(sys.argv[2]))
    if sys.argv[1:2] == ["--make"]:
        file, make = CASES[sys.argv[2]]
        (Path(sys.argv[4]) / str(MONTH)).mkdir()
        (Path(sys.argv[4]) / str(MONTH) / file).write_bytes(make(int(sys.argv[3])))
        return None
    counts = [int(one) for one in sys.argv[1:]] or [10_000, 50_000]
    print("(2): the worker that reads cells")
    print(f"{'':14} {'seconds':>8} {'cpu':>8} {'MB':>8} {'MB (2)':>8} {'rows in':>8} {'rejected':>8}")
    for name in CASES:
        # The bomb has one size, and the tests' own writer of .xls is limited.
        for count in counts[:1] if name == "bomb" else [one for one in counts if name != "xls" or one <= 10_000]:
            with tempfile.TemporaryDirectory() as folder:
                # In a separate process, because a child's peak memory starts at its parent's.
                subprocess.run([sys.executable, __file__, "--make", name, str(count), folder], check=True)
                print(f"{name:6} {count:7d} ", end="", flush=True)
                subprocess.run([sys.executable, __file__, "--measure", folder], check=True)
    return None


if __name__ == "__main__":
    main()
