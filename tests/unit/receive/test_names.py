"""What a file's name tells where nothing else does."""

from __future__ import annotations

from datetime import date

import pytest

from baocao.config.models import Unit
from baocao.receive.names import read_name

NAMES = {"KDC05": "Khu dân cư 5", "KDC10": "Khu dân cư 10", "VP": "Văn phòng"}
UNITS = [Unit(code=code, name=name, kind="x", valid_from=date(2025, 1, 1)) for code, name in NAMES.items()]


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("KDC10-2025.xlsx", None),
        ("kdc10 năm 2025.xlsx", None),
        ("Khu dân cư 5 - 2025.xlsx", None),
        ("Báo cáo Khu dân cư 10 năm 2025.xlsx", None),
        ("KDC10_2025-hoat-dong.csv", None),
        ("KDC10-09-2025.xlsx", "2025-09"),
        ("KDC05 T10-2025.xlsx", "2025-10"),
        ("Khu dân cư 5 tháng 10 năm 2025.xlsx", "2025-10"),
        ("VP 202510.xlsx", "2025-10"),
        ("BC10-2025.xlsx", "2025-10"),
        ("VP 9-2025, 10-2025.xlsx", None),
        ("VP 13-2025.xlsx", None),
    ],
)
def test_a_number_of_a_units_name_is_no_month(name, month):
    found = read_name(name, UNITS).month
    assert (str(found) if found else None) == month
