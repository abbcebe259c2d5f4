"""The blank workbook as an office program sees it: headings with help, drop-downs, bounds, protection, A4."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from baocao.config.models import Config
from baocao.intake.contract import ALL_TABLES, INFO, LIST_SHEET, TABLES, VALUES, Table
from baocao.intake.intake import read_month
from baocao.months import Month
from filled_templates import HEADING_ROW, blank, headings, offered

FIRST_DAY, LAST_DAY = date(2025, 12, 15), date(2026, 1, 14)


@pytest.fixture(scope="session")
def book(lead: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(lead))


def rule(sheet: Worksheet, heading: str) -> DataValidation:
    letter = sheet.cell(HEADING_ROW, headings(sheet)[heading]).column_letter
    (found,) = [one for one in sheet.data_validations.dataValidation if str(one.sqref).startswith(f"{letter}5:")]
    return found


def serial(day: date) -> str:
    return str((day - date(1899, 12, 30)).days)


def test_the_same_parameters_give_the_same_bytes(ward: Config) -> None:
    code = ward.units.units[0].code
    assert blank(ward, code, Month(2026, 1)) == blank(ward, code, Month(2026, 1))


def test_the_sheets_are_those_of_the_contract_and_one_of_lists(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [*(table.sheet for table in ALL_TABLES), LIST_SHEET]
    assert {sheet.sheet_state for sheet in book} == {"visible"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_of_the_contract_has_its_heading_and_a_line_of_help(book: openpyxl.Workbook, table: Table) -> None:
    sheet = book[table.sheet]
    assert set(headings(sheet)) == {column.heading for column in (*table.columns, *table.shown)}
    for column in (*table.columns, *table.shown):
        assert column.help
        assert sheet.cell(HEADING_ROW - 1, headings(sheet)[column.heading]).value == column.help


def test_unit_and_period_are_filled_in_and_protected(book: openpyxl.Workbook, ward: Config) -> None:
    sheet = book[INFO.sheet]
    values = {row[0].value: row[1] for row in sheet.iter_rows(max_col=2) if row[0].value}
    unit = next(unit for unit in ward.units.units if unit.code == values["Đơn vị"].value)
    assert values["Tên đơn vị"].value == unit.name
    assert values["Kỳ báo cáo"].value == "01/2026"
    locked = {column.field: values[column.heading].protection.locked for column in INFO.columns}
    assert locked == {"unit": True, "unit_name": True, "month": True, "nil": False, "reporter": False}


def test_every_sheet_is_protected_and_only_what_is_to_be_filled_in_is_open(book: openpyxl.Workbook) -> None:
    assert all(sheet.protection.sheet for sheet in book)
    for table in TABLES:
        sheet, filled = book[table.sheet], {column.heading for column in table.columns}
        for heading, column in headings(sheet).items():
            assert sheet.cell(HEADING_ROW, column).protection.locked
            assert sheet.cell(HEADING_ROW + 1, column).protection.locked is (heading not in filled)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_sheet_prints_on_a4_as_wide_as_the_page_with_its_header_on_each(
    book: openpyxl.Workbook, table: Table
) -> None:
    sheet = book[table.sheet]
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == ("portrait" if table.name == "notes" else "landscape")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.freeze_panes.endswith("5")


@pytest.mark.parametrize(
    ("sheet", "heading", "name"),
    [
        ("Hoạt động", "Nội dung", "DS_NOI_DUNG"), ("Hoạt động", "Hình thức", "DS_HINH_THUC"),
        ("Hoạt động", "Kênh", "DS_KENH"), ("Hoạt động", "Nguồn kinh phí", "DS_NGUON"),
        ("Hoạt động", "Sản phẩm", "DS_SAN_PHAM"), ("Chỉ tiêu", "Mã chỉ tiêu", "DS_CHI_TIEU"),
        ("Khó khăn, kiến nghị", "Loại", "DS_LOAI"),
    ],
)  # fmt: skip
def test_codes_are_chosen_from_lists(book: openpyxl.Workbook, sheet: str, heading: str, name: str) -> None:
    found = rule(book[sheet], heading)
    assert (found.type, found.formula1) == ("list", name)
    assert found.showErrorMessage is (heading != "Sản phẩm")  # another product may be written
    assert len(set(offered(book, name))) == len(offered(book, name)) > 1


def test_only_days_of_the_period_are_taken(book: openpyxl.Workbook) -> None:
    found = rule(book["Hoạt động"], "Ngày")
    assert (found.type, found.operator or "between") == ("date", "between")
    assert (found.formula1, found.formula2) == (serial(FIRST_DAY), serial(LAST_DAY))
    assert found.errorStyle in (None, "stop")
    assert rule(book["Chỉ tiêu"], "Ngày chốt").formula2 == serial(LAST_DAY)


@pytest.mark.parametrize(
    ("heading", "low"), [("Số lượng", "1"), ("Người tham dự", "0"), ("Lượt tiếp cận", "0"), ("Kinh phí (đồng)", "0")]
)
def test_only_whole_numbers_that_are_not_negative_are_taken(book: openpyxl.Workbook, heading: str, low: str) -> None:
    found = rule(book["Hoạt động"], heading)
    assert (found.type, found.operator or "between", found.formula1) == ("whole", "between", low)


def test_a_denominator_is_above_0_and_a_numerator_may_be_0(book: openpyxl.Workbook) -> None:
    top, base = (rule(book["Chỉ tiêu"], heading) for heading in ("Tử số", "Mẫu số"))
    assert (top.type, top.operator, top.formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert (base.type, base.operator, base.formula1) == ("decimal", "greaterThan", "0")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_numbers_and_days_are_typed_the_vietnamese_way_in_an_english_office_program_too(
    book: openpyxl.Workbook, table: Table
) -> None:
    sheet, typed = book[table.sheet], [column for column in table.columns if column.numeric or column.kind == "date"]
    formats = {sheet.cell(HEADING_ROW + 1, headings(sheet)[column.heading]).number_format for column in typed}
    assert all(one.startswith("[$-42A]") for one in formats), formats


def test_the_nil_mark_is_an_x(book: openpyxl.Workbook) -> None:
    (found,) = book[INFO.sheet].data_validations.dataValidation
    assert (found.type, found.formula1) == ("list", '"x"')


def test_no_message_is_longer_than_an_office_program_takes(book: openpyxl.Workbook) -> None:
    for sheet in book:
        for one in sheet.data_validations.dataValidation:
            assert len(one.promptTitle or "") <= 32
            assert len(one.errorTitle or "") <= 32
            assert max(len(one.prompt or ""), len(one.error or "")) <= 255


def test_a_unit_that_owes_no_target_finds_that_sheet_closed(ward: Config) -> None:
    owing = {code for target in ward.targets.targets for code in target.reporters}
    free = next(unit.code for unit in ward.units.units if unit.code not in owing)
    made = openpyxl.load_workbook(io.BytesIO(blank(ward, free, Month(2026, 1))))
    sheet = made[VALUES.sheet]
    assert "không có chỉ tiêu" in sheet["A2"].value
    assert not sheet.data_validations.dataValidation
    assert sheet.column_dimensions["B"].width  # no style of open cells behind it
    assert all(sheet.cell(HEADING_ROW + 1, column).protection.locked for column in headings(sheet).values())
    assert "DS_CHI_TIEU" not in made.defined_names


def test_nothing_is_said_of_sources_of_funding_where_the_plan_has_none(ward: Config, tmp_path: Path) -> None:
    plan = ward.plan.model_copy(update={"funding": ()})
    bare = ward.model_copy(update={"plan": plan})
    made = openpyxl.load_workbook(io.BytesIO(blank(bare, ward.units.units[0].code, Month(2026, 1))))
    texts = [str(cell.value).casefold() for sheet in made for line in sheet.iter_rows() for cell in line if cell.value]
    assert not [text for text in texts if "nguồn kinh phí" in text or text == "chọn khi có kinh phí"]
    assert "Minh chứng" in headings(made["Hoạt động"])
    unit = ward.units.units[0].code
    (tmp_path / "2026-03").mkdir()
    (tmp_path / "2026-03" / f"{unit}.xlsx").write_bytes(blank(bare, unit, Month(2026, 3)))
    assert list(read_month(tmp_path, Month(2026, 3), bare).findings["code"]) == ["TT-CHUARO"]


def test_the_unit_that_gathers_the_reports_is_not_told_to_send_its_own_to_itself(ward: Config) -> None:
    one, another = ward.site.coordinator, ward.units.units[-1].code
    lines = {
        code: openpyxl.load_workbook(io.BytesIO(blank(ward, code, Month(2026, 1))))["Thông tin"]["A4"].value
        for code in (one, another)
    }
    assert lines[one] == "Lập chậm nhất hết ngày 13/01/2026."
    assert lines[another] == "Gửi về Phòng Văn hóa-Xã hội chậm nhất hết ngày 13/01/2026."


def test_a_blank_workbook_by_itself_brings_no_row_and_only_lacks_an_answer(
    ward: Config, commune: Config, tmp_path: Path
) -> None:
    for config in (ward, commune):
        folder = tmp_path / config.site.coordinator
        (folder / "2026-03").mkdir(parents=True)
        for unit in config.units.units:
            (folder / "2026-03" / f"{unit.code}.xlsx").write_bytes(blank(config, unit.code, Month(2026, 3)))
        records = read_month(folder, Month(2026, 3), config)
        assert list(records.findings["code"]) == ["TT-CHUARO"] * len(config.units.units)
        assert not records.files["rows_in"].any()


def test_what_a_site_calls_its_things_stays_text(ward: Config) -> None:
    unit = ward.units.units[0].model_copy(update={"name": "=1+1"})
    config = ward.model_copy(update={"units": ward.units.model_copy(update={"units": (unit,)})})
    made = openpyxl.load_workbook(io.BytesIO(blank(config, unit.code, Month(2026, 1))))
    cells = [cell for row in made[INFO.sheet].iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]
