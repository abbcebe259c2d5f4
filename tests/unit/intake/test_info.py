"""The sheet of keys and values against the register of units."""

from __future__ import annotations

import unicodedata

import pytest

from baocao.config.models import Unit
from baocao.intake.findings import Place
from baocao.intake.grid import Grid, RefusedError
from baocao.intake.info import read_info
from intake_site import MONTH

NAME = "Ban Chỉ huy Quân sự - Công an xã"
UNIT = Unit.model_validate({"code": "QS-CA", "name": NAME, "kind": "office", "valid_from": "2025-01-01"})
SAME = {
    "as in the register": NAME,
    "longer dash": NAME.replace("-", "–"),
    "longest dash, no blanks": NAME.replace(" - ", "—"),
    "double blanks": NAME.replace(" ", "  "),
    "no-break blanks": NAME.replace(" ", "\u00a0"),
    "NFD": unicodedata.normalize("NFD", NAME),
    "case": NAME.upper(),
}


def read(**keys: str) -> list[str]:
    rows = [[key.replace("_", " "), value] for key, value in ({"Kỳ_báo_cáo": "10/2025"} | keys).items()]
    return [finding.code for finding in read_info(Grid("Thông tin", rows), Place(""), UNIT, MONTH).findings]


@pytest.mark.parametrize("written", SAME.values(), ids=SAME)
def test_a_name_that_differs_in_dashes_blanks_form_or_case_is_the_units(written: str) -> None:
    assert read(Đơn_vị="QS-CA", Tên_đơn_vị=written) == []
    assert read(Đơn_vị=written, Tên_đơn_vị=written) == []
    assert read(Đơn_vị="qs – ca") == []


@pytest.mark.parametrize("written", [f"QS-CA - {NAME}", f"qs-ca – {NAME.upper()}", f"{NAME} (QS-CA)"])
def test_code_and_name_together_are_the_units(written: str) -> None:
    assert read(Đơn_vị=written) == []


@pytest.mark.parametrize(
    "written",
    [NAME.replace(" - ", " "), NAME.replace("xã", "xá B"), "QSCA", "QS-CA - Ban khác", f"AN - {NAME}", f"{NAME} (AN)"],
)
def test_a_name_that_differs_in_letters_is_another_units(written: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read(Đơn_vị=written)
    assert caught.value.code == "TT-DONVI"


def test_a_key_that_stands_there_twice_is_told_as_that_and_the_first_one_counts() -> None:
    rows = [["Đơn vị", "QS-CA"], ["Kỳ báo cáo", "10/2025"], ["Kỳ báo cáo:", "11/2025"]]
    (told,) = read_info(Grid("Thông tin", rows), Place(""), UNIT, MONTH).findings
    assert (told.code, told.cell, told.given) == ("TT-KHOA", "A3", "Kỳ báo cáo: (ghi lần nữa)")
