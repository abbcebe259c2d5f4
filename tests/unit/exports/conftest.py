"""The small report of the tests of chapters, with one table whose cells are figures and words."""

from __future__ import annotations

import pytest

from baocao.exports.tables import BookTable, Cell
from unit.present.conftest import empty_report, report, tiny_config

__all__ = ["empty_report", "report", "tiny_config"]

NOW, BEFORE = "2026-02:*:cost:", "2026-01:*:cost:"


@pytest.fixture
def table() -> BookTable:
    rows = (
        (Cell("=1+1"), Cell("2.500.000", NOW), Cell("+1.500.000", NOW, BEFORE)),
        (Cell("@a; “b”"), Cell("không nêu"), Cell("2", f"{NOW} {BEFORE}")),
    )
    heads, right = ("Tên", "Kinh phí", "Thay đổi"), (False, True, True)
    return BookTable("tbl-a-b", "1.1", "reports/chuong/a.qmd", "Chương", "Chú thích.", heads, right, rows)
