"""The codes of findings: stable, each used by the code, each worded for a clerk in the site's file and the default."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import yaml

from baocao.config.check_codes import CODES
from baocao.config.default_checks import default_checks
from baocao.config.models import Check, Config
from baocao.intake.findings import Place, found, is_error, named_cells, worded

REPOSITORY = Path(__file__).resolve().parents[3]
SOURCE = REPOSITORY / "src" / "baocao" / "intake"
FORM = r'"((?:TEP|SO|TT|BANG|DONG|O|HD|CT|KK)-[A-Z]+(?:-[A-Z]+)?)"'
OWN = yaml.safe_load((REPOSITORY / "params" / "checks.yml").read_text("utf-8"))["checks"]


@pytest.mark.parametrize("entries", [OWN, default_checks()], ids=["params", "default"])
def test_each_check_says_what_is_wrong_what_is_allowed_and_what_to_do(entries: dict[str, object]) -> None:
    assert sorted(entries) == sorted(CODES)
    for code, entry in entries.items():
        check = Check.model_validate(entry)
        assert check.message.endswith("."), code
        assert check.action.endswith("."), code
        assert check.allowed or code.startswith("O-"), code
        for text in (check.message, check.allowed, check.action):
            assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("code", CODES)
def test_codes_are_of_one_form_and_each_is_used(code: str) -> None:
    assert re.fullmatch(FORM, f'"{code}"')
    assert any(f'"{code}"' in path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py"))


def test_each_code_in_use_is_declared() -> None:
    used = {code for path in SOURCE.glob("*.py") for code in re.findall(FORM, path.read_text(encoding="utf-8"))}
    assert used <= set(CODES)


def test_a_finding_names_its_cell_and_masks_what_was_given(config: Config) -> None:
    place = Place("2025-10", "AN", "2025-10/AN.xlsx", "Hoạt động")
    finding = found("O-SO", place, cell="H7", column="Số lượng", given="gọi 0912345678\n" + "x" * 200, allowed="Số")
    code, severity, unit, _, file, _, cell, _, given, message, allowed, _ = next(worded([finding], config.checks))
    assert message.startswith("Ô H7 (cột Số lượng): “gọi [đã che: số điện thoại] xxx")
    assert (len(given), allowed, severity, cell) == (80, "Số", "error", "H7")
    assert (code, unit, file) == ("O-SO", "AN", "2025-10/AN.xlsx")


def test_braces_in_a_submitted_text_fill_no_placeholder(config: Config) -> None:
    row = next(worded([found("O-SO", Place("2025-10", "AN"), given="{unit} {0} {")], config.checks))
    assert "{unit} {0} {" in row[9]


def test_several_cells_are_shortened_for_people_only() -> None:
    assert named_cells("A1, A2") == "A1, A2"
    assert named_cells(", ".join(f"A{i}" for i in range(1, 12))) == "A1, A2, A3, A4, A5, A6, A7, A8 và 3 ô khác"


def test_a_check_that_is_off_says_nothing_and_rejects_nothing(config: Config) -> None:
    finding = found("O-DAI", Place("2025-10", "AN"), limit=1)
    off = {**config.checks, "O-DAI": config.checks["O-DAI"].model_copy(update={"enabled": False})}
    assert is_error(finding, config.checks)
    assert not is_error(finding, off)
    assert not list(worded([finding], off))
