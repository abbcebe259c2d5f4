"""A template filled in, then opened and saved by LibreOffice: the same records, and nothing to find."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import soffice
from baocao.config.models import Config
from baocao.intake import schema
from baocao.intake.intake import read_month
from baocao.intake.records import Records
from baocao.months import Month
from filled_templates import blank, fill, headings, sound_lines

pytestmark = soffice.needed
MONTH = Month(2026, 1)
ENDINGS = ("xlsx", "ods", "xls", "csv")
PERIODS = {"ward": (date(2025, 12, 15), date(2026, 1, 14)), "commune": (date(2026, 1, 2), date(2026, 1, 31))}
Saved = Callable[[str, str], dict[str, bytes]]


def owing(config: Config) -> str:
    return next(target.reporters[0] for target in config.targets.targets if target.reporters)


def filled(config: Config, site: str) -> bytes:
    data = blank(config, owing(config), MONTH)
    return fill(data, sound_lines(data, *PERIODS[site]), {"Người lập": "Nguyễn Văn Mẫu"})


NIL = "nil"


@pytest.fixture(scope="module")
def saved(ward: Config, commune: Config, shared_folder: Path) -> Saved:
    """A site's filled template, or the ward's with the nil mark only, as LibreOffice saves it."""
    configs = {"ward": ward, "commune": commune}

    @cache
    def books() -> dict[str, bytes]:
        nil = fill(blank(ward, owing(ward), MONTH), {}, {"Không phát sinh hoạt động": "x"})
        return {site: filled(config, site) for site, config in configs.items()} | {NIL: nil}

    @cache
    def save(name: str, ending: str) -> dict[str, bytes]:
        code = owing(configs.get(name, ward))
        made = soffice.saved(books(), ending, shared_folder)[name]
        return {f"{code}{end}": data for end, data in made.items()}

    return save


def read(files: dict[str, bytes], config: Config, folder: Path) -> Records:
    for name, data in files.items():
        (folder / str(MONTH)).mkdir(exist_ok=True)
        (folder / str(MONTH) / name).write_bytes(data)
    return read_month(folder, MONTH, config)


def as_text(records: Records) -> str:
    """The records without what differs by the kind of file: names of files and sheets."""
    frames = {name: getattr(records, name) for name in ("activities", "values", "notes")}
    return "\n".join(schema.to_csv(name, frame.assign(file="", sheet="")) for name, frame in frames.items())


@pytest.mark.parametrize("site", PERIODS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_filled_template_saved_by_libreoffice_comes_in_whole_and_without_a_finding(
    saved: Saved, site: str, ending: str, ward: Config, commune: Config, tmp_path: Path
) -> None:
    config = {"ward": ward, "commune": commune}[site]
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    as_filled = read({f"{owing(config)}.xlsx": filled(config, site)}, config, tmp_path / "before")
    as_saved = read(saved(site, ending), config, tmp_path / "after")
    for records in (as_filled, as_saved):
        assert list(records.findings["message"]) == []
        assert int(records.files["rows_in"].sum()) == int(records.files["accepted"].sum()) == 7
    assert as_text(as_saved) == as_text(as_filled)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_template_with_nothing_but_the_nil_mark_comes_in_as_nil(
    saved: Saved, ward: Config, ending: str, tmp_path: Path
) -> None:
    records = read(saved(NIL, ending), ward, tmp_path)
    assert list(records.findings["message"]) == []
    assert list(records.submissions["state"]) == ["nil"]


def rules(sheet: Worksheet) -> list[tuple[str, str, str]]:
    """Type, first cell and first bound of each rule; LibreOffice ends them where it takes the sheet to end."""
    found = sheet.data_validations.dataValidation
    return sorted((one.type, str(one.sqref).split(":")[0], str(one.formula1).lstrip("=")) for one in found)


def test_libreoffice_keeps_the_drop_downs_bounds_and_protection(saved: Saved, ward: Config) -> None:
    (data,) = saved("ward", "xlsx").values()
    before = openpyxl.load_workbook(io.BytesIO(filled(ward, "ward")))
    after = openpyxl.load_workbook(io.BytesIO(data))
    for name in before.sheetnames:
        assert rules(after[name]) == rules(before[name])
        assert after[name].protection.sheet
        assert after[name].print_title_rows == before[name].print_title_rows


def test_the_rate_is_shown_by_a_formula(saved: Saved) -> None:
    (data,) = saved("ward", "xlsx").values()
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Chỉ tiêu"]
    at = headings(sheet)
    assert str(sheet.cell(5, at["Tỷ lệ (tự tính)"]).value).replace(",", ".") == "28.64%"
    assert str(sheet.cell(5, at["Cách tính (tự hiện)"]).value).startswith("Tử số: ")
    assert not sheet.cell(6, at["Tỷ lệ (tự tính)"]).value
