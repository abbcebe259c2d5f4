"""What a file's name tells where nothing else does."""

from __future__ import annotations

from datetime import date

import pytest

from baocao.config.models import Unit
from baocao.receive.names import read_name

NAMES = {
    "KDC05": "Khu dân cư 5",
    "KDC10": "Khu dân cư 10",
    "VP": "Văn phòng",
    "KDC11": "Khu dân cư 5-10",
    "TD_1": "Tổ dân phố (TD_1)",
    "TH8": "Trường TH-THCS số 8",
}
UNITS = [
    Unit(code=code, name=name, kind="x", valid_from=date(2025, 1, 1), earlier_names=(f"Tổ {code} số 8",))
    for code, name in NAMES.items()
]


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("KDC10-2025.xlsx", None),
        ("kdc10 năm 2025.xlsx", None),
        ("Khu dân cư 5 - 2025.xlsx", None),
        ("Báo cáo Khu dân cư 10 năm 2025.xlsx", None),
        ("KDC10_2025-hoat-dong.csv", None),
        ("Tổ VP số 8 - 2025.xlsx", None),
        ("Khu dân cư 5-10 2025.xlsx", None),
        ("KDC10-09-2025.xlsx", "2025-09"),
        ("KDC05 T10-2025.xlsx", "2025-10"),
        ("Khu dân cư 5 tháng 10 năm 2025.xlsx", "2025-10"),
        ("VP 202510.xlsx", "2025-10"),
        ("BC10-2025.xlsx", "2025-10"),
        ("VP 9-2025, 10-2025.xlsx", None),
        ("Báo cáo quý 3-2025.csv", None),
        ("BC Q3-2025.csv", None),
        ("VP tuần 2_2025.csv", None),
        ("Báo cáo lần 2 tháng 10-2025.csv", "2025-10"),
        ("Báo cáo số 2025-10.csv", "2025-10"),
        ("VP 13-2025.xlsx", None),
    ],
)
def test_a_number_of_a_unit_or_of_what_is_counted_is_no_month(name, month):
    found = read_name(name, UNITS).month
    assert (str(found) if found else None) == month


@pytest.mark.parametrize(
    ("name", "unit", "version", "table", "stem", "ending"),
    [
        ("kdc05.XLSX", "KDC05", 0, None, "kdc05", "xlsx"),
        ("KDC05.v2.hoat-dong.csv", "KDC05", 2, "activities", "kdc05", "csv"),
        ("KDC05 - Hoạt động.csv", None, 0, "activities", "kdc05", "csv"),
        ("bao cao_chitieu.CSV", None, 0, "values", "bao cao", "csv"),
        ("Khó khăn, kiến nghị.csv", None, 0, "notes", "", "csv"),
        ("BC kho-khan.csv", None, 0, "notes", "bc", "csv"),
        ("xhoat-dong.csv", None, 0, None, "xhoat-dong", "csv"),
        ("hoat-dong.xlsx", None, 0, None, "hoat-dong", "xlsx"),
    ],
)
def test_a_name_tells_unit_version_and_table(name, unit, version, table, stem, ending):
    said = read_name(name, UNITS)
    found = (said.unit and said.unit.code, said.version, said.table and said.table.name, said.stem, said.ending)
    assert found == (unit, version, table, stem, ending)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("BC (KDC05)_T10.xlsx", "KDC05"),
        ("kdc05-bc.xlsx", "KDC05"),
        ("bc+KDC05.x.xlsx", "KDC05"),
        ("BC td_1.xlsx", "TD_1"),
        ("khu dan cu 5.xlsx", "KDC05"),
        ("KDC05, KDC10.xlsx", None),
        ("Khu dân cư 5-10.xlsx", None),
        ("Trường TH-THCS số 8.xlsx", "TH8"),
        ("truong_th_thcs_so_8.xlsx", "TH8"),
        ("KDC050.xlsx", None),
    ],
)
def test_the_one_unit_that_a_name_mentions_may_be_meant(name, unit):
    maybe = read_name(name, UNITS).maybe
    assert (maybe.code if maybe else None) == unit
