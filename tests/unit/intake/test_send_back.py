"""The workbook that goes back: the unit's own cells, the faulty ones marked, nothing of the submitted file run."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

import office_files
from baocao.intake.contract import FINDINGS_SHEET
from baocao.intake.grid import Grid
from baocao.intake.returns import send_back_books
from baocao.intake.send_back import Page, send_back_book
from intake_site import MONTH, Inbox, activity, sheets

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def books(inbox: Inbox) -> dict[str, bytes]:
    return send_back_books(inbox.folder, MONTH, inbox.config, inbox.read())


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_faulty_cells_are_coloured_and_commented_the_others_are_as_they_came(inbox: Inbox, ending: str) -> None:
    lines = [activity(Số_lượng="hai", Kênh=None), activity(Ghi_chú="=1+1")]
    data = getattr(office_files, ending)(sheets(lines))
    inbox.put(f"AN.{ending}", data)
    sheet = opened(books(inbox)["AN-tra-lai.xlsx"])["Hoạt động"]
    assert (sheet["H2"].value, sheet["H2"].fill.fgColor.rgb) == ("hai", RED)
    assert "Lỗi: “hai” không phải là một số. → Số nguyên từ 1 trở lên" in sheet["H2"].comment.text
    assert sheet["H3"].comment is None
    assert (sheet["B3"].value.date(), sheet["F3"].value, sheet["I3"].value) == (date(2025, 10, 1), "Tập huấn", 30)
    assert (inbox.folder / "2025-10" / f"AN.{ending}").read_bytes() == data


def test_sheets_of_two_columns_have_room_for_their_texts_too(inbox: Inbox) -> None:
    note = "Thiếu trang thiết bị ghi hình, dựng video. " * 5
    inbox.put_book([activity(Kênh=None)], notes=[["Khó khăn", note]])
    sheet = opened(books(inbox)["AN-tra-lai.xlsx"])["Khó khăn, kiến nghị"]
    assert sheet.column_dimensions["B"].width > 30
    assert sheet.row_dimensions[2].height > 60


def test_a_warning_has_another_colour_and_word_than_an_error(inbox: Inbox) -> None:
    inbox.put_book([activity(Kênh=None)])
    cell = opened(books(inbox)["AN-tra-lai.xlsx"])["Hoạt động"]["E2"]
    assert cell.fill.fgColor.rgb == YELLOW
    assert cell.comment.text.startswith("Nhắc: Chưa ghi kênh.")


def test_texts_that_look_like_formulas_stay_texts(inbox: Inbox) -> None:
    cells = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"]
    text = "Ngày;Nội dung;Hình thức;Tên hoạt động;Số lượng\n" + "".join(
        f'01/10/2025;II.4;III.4;"{cell}";x\n' for cell in cells
    )
    inbox.put("AN.hoat-dong.csv", text)
    data = books(inbox)["AN-tra-lai.xlsx"]
    sheet = opened(data)["Hoạt động"]
    assert [sheet.cell(row, 4).value for row in range(2, 6)] == cells
    assert [sheet.cell(row, 4).data_type for row in range(2, 6)] == ["s"] * 4
    assert all(sheet.cell(row, 4).quotePrefix for row in range(2, 6))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_the_list_holds_every_finding_with_what_to_do_and_links_to_the_cell(inbox: Inbox) -> None:
    inbox.put_book([activity(Số_lượng=0, Ngày="31/9/2025")], lạ=[["x"]])
    records = inbox.read()
    sheet = opened(books(inbox)["AN-tra-lai.xlsx"])[FINDINGS_SHEET]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4)]
    assert [row[5] for row in rows] == list(records.findings["message"])
    assert [row[7] for row in rows] == list(records.findings["action"])
    linked = [line[3].hyperlink.location for line in sheet.iter_rows(min_row=4) if line[3].hyperlink]
    assert linked == ["'Hoạt động'!B2", "'Hoạt động'!H2"]


def test_a_file_that_cannot_be_read_goes_back_as_its_list_alone(inbox: Inbox) -> None:
    inbox.put("AN.xlsx", b"%PDF-1.7")
    inbox.put("anh.jpg", b"x")
    made = books(inbox)
    assert list(made) == ["AN-tra-lai.xlsx", "khong-ro-don-vi-tra-lai.xlsx"]
    assert opened(made["AN-tra-lai.xlsx"]).sheetnames == [FINDINGS_SHEET]
    assert "PDF" in opened(made["AN-tra-lai.xlsx"])[FINDINGS_SHEET]["F4"].value


def test_nothing_but_cells_is_carried_from_a_linked_workbook(inbox: Inbox) -> None:
    data = office_files.xlsx(sheets([activity(Kênh=None)]))
    inbox.put("AN.xlsx", office_files.repack(data, {"xl/externalLinks/externalLink1.xml": b"<x/>"}))
    with zipfile.ZipFile(io.BytesIO(books(inbox)["AN-tra-lai.xlsx"])) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower() or "vba" in name.lower()]


def test_a_unit_without_findings_gets_no_workbook_and_the_bytes_are_the_same_each_time(inbox: Inbox) -> None:
    inbox.put_book([activity()])
    inbox.put_book([activity(Kênh=None, Ngày=date(2025, 10, 2))], name="BINH.xlsx", info={"Đơn vị": "BINH"})
    first = books(inbox)
    assert list(first) == ["BINH-tra-lai.xlsx"]
    assert books(inbox) == first


def test_a_corrected_workbook_that_went_back_can_be_submitted_again(inbox: Inbox) -> None:
    inbox.put_book([activity(Số_lượng="hai")])
    book = opened(books(inbox)["AN-tra-lai.xlsx"])
    book["Hoạt động"]["H2"] = 2
    stream = io.BytesIO()
    book.save(stream)
    inbox.put("AN.v2.xlsx", stream.getvalue())
    records = inbox.read()
    assert records.activities["quantity"].tolist() == [2]
    assert records.findings.empty  # of its own list of findings, that is


def test_what_our_workbooks_bring_along_does_not_go_back_a_second_time(inbox: Inbox) -> None:
    own = {"Danh mục": [["Nội dung chọn được"], ["II.4"]], FINDINGS_SHEET: [["Lỗi", "x"]], "Riêng": [["x"]]}
    inbox.put_book([activity(Kênh=None)], **own)
    names = opened(books(inbox)["AN-tra-lai.xlsx"]).sheetnames
    assert (names[0], "Danh mục" in names, f"{FINDINGS_SHEET} 2" in names, "Riêng" in names) == (
        FINDINGS_SHEET, False, False, True,
    )  # fmt: skip


def test_titles_run_over_the_cells_beside_them_and_longer_texts_have_their_lines(inbox: Inbox) -> None:
    title, long = "Hoạt động tháng 10 năm 2025: Trường An", "Ghi chú của đơn vị. " * 40
    rows = [[title], [long], *sheets([activity(Kênh=None)])["Hoạt động"]]
    inbox.put("AN.xlsx", office_files.xlsx(sheets([]) | {"Hoạt động": rows}))
    sheet = opened(books(inbox)["AN-tra-lai.xlsx"])["Hoạt động"]
    assert (sheet["A1"].value, sheet["A1"].alignment.wrap_text, sheet.row_dimensions[1].height) == (title, None, None)
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height > 100


def test_all_columns_of_a_wide_sheet_can_be_read_on_a_page(inbox: Inbox) -> None:
    inbox.put_book([activity(Kênh=None, Tên_hoạt_động="Hội nghị tập huấn chuyển đổi số " * 5)])
    sheet = opened(books(inbox)["AN-tra-lai.xlsx"])["Hoạt động"]
    assert sum(column.width for column in sheet.column_dimensions.values()) < 250
    assert sheet.row_dimensions[2].height > 60


def test_sheet_names_that_a_workbook_may_not_hold_are_changed() -> None:
    pages = [Page("a", title, Grid(title, [["x"]])) for title in ("a/b:[c]", "A_b__c_", "", "x" * 40, "History")]
    names = opened(send_back_book("t", pages, [])).sheetnames
    assert names == [FINDINGS_SHEET, "a_b__c_", "A_b__c_ 2", "Trang", "x" * 28, "History 2"]
