"""The table of findings: stable codes, whole sentences for a clerk, placeholders that are always filled."""

from __future__ import annotations

import re
import string
import unicodedata
from pathlib import Path

import pytest

from baocao.intake.findings import Place, found

SOURCE = Path(__file__).resolve().parents[3] / "src" / "baocao" / "intake"


@pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))
def test_each_check_says_what_is_wrong_and_what_to_do(check: Check) -> None:
    assert check.message.endswith(".")
    assert check.action.endswith(".")
    assert check.allowed or check.code.startswith("O-")
    for text in (check.message, check.allowed, check.action):
        assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("code", CHECKS)
def test_codes_are_of_one_form_and_each_is_used(code: str) -> None:
    assert re.fullmatch(r"(?:TEP|SO|TT|BANG|DONG|O|HD|CT)-[A-Z]+(?:-[A-Z]+)?", code)
    sources = [path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py") if path.name != "codes.py"]
    assert any(f'"{code}"' in source for source in sources)


@pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))
def test_placeholders_are_known(check: Check) -> None:
    names = {
        name
        for text in (check.message, check.allowed, check.action)
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    known = {"given", "unit", "limit", "period", "table", "rows", "needed", "line", "first", "low", "high", "known"}
    assert names <= known | {"window", "version"}


def test_a_finding_names_its_cell_and_masks_what_was_given() -> None:
    place = Place("2025-10", "AN", "2025-10/AN.xlsx", "Hoạt động")
    finding = found("O-SO", place, cell="H7", column="Số lượng", given="gọi 0912345678\n" + "x" * 200, allowed="Số")
    assert finding.message.startswith("Ô H7 (cột Số lượng): “gọi [đã che: số điện thoại] xxx")
    assert len(finding.given) == 80
    assert (finding.allowed, finding.severity, finding.file) == ("Số", "error", "2025-10/AN.xlsx")
