"""Files that are wrong as a whole: one clear message in Vietnamese each, and nothing of them is counted."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest

import office_files
from baocao.months import Month
from intake_site import ACTIVITY_HEADINGS, Inbox, activity, codes, sheets

SOUND = sheets([activity()])
BOOK = office_files.xlsx(SOUND)


def bomb() -> bytes:
    """A member of 90 MB that packs to almost nothing."""
    return office_files.repack(BOOK, {"xl/media/image1.emf": bytes(90 * 1024 * 1024)})


def nested() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("AN.xlsx", BOOK)
    return stream.getvalue()


HOSTILE = {
    "wrong month": ("AN.xlsx", office_files.xlsx(sheets([activity()], info={"Kỳ báo cáo": "09/2025"})),
                    "Ô B2: Kỳ báo cáo “09/2025” không phải kỳ 10/2025 của thư mục; cả tệp không được tính."),
    "wrong unit": ("AN.xlsx", office_files.xlsx(sheets([activity()], info={"Đơn vị": "BINH"})),
                   "Ô B1: Trang Thông tin ghi đơn vị “BINH”, tên tệp ghi AN; cả tệp không được tính."),
    "password, xlsx": ("AN.xlsx", office_files.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
                       "Tệp được đặt mật khẩu nên không đọc được."),
    "password, xls": ("AN.xls", office_files.xls(SOUND, in_globals=struct.pack("<HH", 0x2F, 6) + bytes(6)),
                      "Tệp được đặt mật khẩu nên không đọc được."),
    "renamed PDF": ("AN.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
                    "Bên trong tệp là tài liệu PDF, không phải loại bảng tính mà tên tệp ghi."),
    "renamed PDF, csv": ("AN.hoat-dong.csv", b"%PDF-1.7\n",
                         "Bên trong tệp là tài liệu PDF, không phải loại bảng tính mà tên tệp ghi."),
    "0 bytes": ("AN.xlsx", b"", "Tệp rỗng, không có nội dung nào."),
    "a byte order mark alone, csv": ("AN.hoat-dong.csv", b"\xef\xbb\xbf", "Tệp rỗng, không có nội dung nào."),
    "delimiters alone, csv": ("AN.hoat-dong.csv", b"\r\n;;; ;\r\n", "Tệp rỗng, không có nội dung nào."),
    "0 bytes, csv": ("AN.hoat-dong.csv", b"", "Tệp rỗng, không có nội dung nào."),
    "zip bomb": ("AN.xlsx", bomb(), "Tệp nén bất thường: khi mở ra lớn gấp nhiều lần, có thể làm treo máy, nên không "
                                    "được đọc."),
    "zip in place of a workbook": ("AN.xlsx", nested(),
                                   "Bên trong tệp là tệp nén, không phải loại bảng tính mà tên tệp ghi."),
    "macros": ("AN.xlsm", office_files.repack(BOOK, {"xl/vbaProject.bin": b"x"}),
               "Tệp “AN.xlsm” là sổ tính có macro nên không được đọc."),
    "macros under another name": ("AN.xlsx", office_files.repack(BOOK, {"xl/vbaProject.bin": b"x"}),
                                  "Tệp “AN.xlsx” là sổ tính có macro nên không được đọc."),
    "cut off": ("AN.xlsx", BOOK[: len(BOOK) // 2], "Tệp bị hỏng hoặc bị cắt ngang nên không đọc được."),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_one_message_and_its_neighbour_counts(inbox: Inbox, kind: str) -> None:
    name, data, message = HOSTILE[kind]
    inbox.put(name, data)
    inbox.put_book([activity()], name="BINH.xlsx", info={"Đơn vị": "BINH"})
    records = inbox.read()
    assert list(records.findings["message"]) == [message]
    assert records.findings.iloc[0]["severity"] == "error"
    assert set(records.activities["unit"]) == {"BINH"}


def linked(ending: str) -> bytes:
    if ending == "xlsx":
        return office_files.repack(BOOK, {"xl/externalLinks/externalLink1.xml": b"<x/>"})
    if ending == "ods":
        data = office_files.ods(SOUND)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read("content.xml")
        old = b'<table:table-cell office:value-type="float" office:value="30">'
        new = b"<table:table-cell table:formula=\"of:=['file:///c:/so.ods'#$A.A1]\" " + old.split(b" ", 1)[1]
        assert old in content
        return office_files.repack(data, {"content.xml": content.replace(old, new, 1)})
    body = struct.pack("<HH", 1, 6) + b"\0so.xls"
    return office_files.xls(SOUND, in_globals=struct.pack("<HH", 0x01AE, len(body)) + body)


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_a_workbook_with_links_to_others_is_read_as_saved_and_says_so_once(inbox: Inbox, ending: str) -> None:
    inbox.put(f"AN.{ending}", linked(ending))
    records = inbox.read()
    assert (codes(records), records.activities["attendees"].tolist()) == (["TEP-LIENKET"], [30])
    assert records.findings.iloc[0]["message"] == (
        "Sổ tính có công thức hoặc liên kết lấy số từ tệp khác; báo cáo chỉ dùng kết quả đã lưu trong tệp này."
    )


def test_references_within_an_xls_are_no_links(inbox: Inbox) -> None:
    own = struct.pack("<HHHH", 0x01AE, 4, 4, 0x0401)
    inbox.put("AN.xls", office_files.xls(SOUND, in_globals=own))
    assert codes(inbox.read()) == []


@pytest.mark.parametrize(("flags", "result", "found"), [(2, 0.0, ["O-CONGTHUC"]), (0, 0.0, ["O-KHOANG"]), (2, 5.0, [])])
def test_an_xls_formula_that_was_never_computed_says_so(
    inbox: Inbox, flags: int, result: float, found: list[str]
) -> None:
    formula = struct.pack("<HHHdHI", 1, 7, 0, result, flags, 0) + struct.pack("<HBH", 3, 0x1E, 1)
    record = struct.pack("<HH", 0x0006, len(formula)) + formula
    book = sheets([activity(Số_lượng=None)])
    data = office_files.xls({"Hoạt động": book["Hoạt động"]}, extra=record)
    inbox.put("AN.xls", data)
    assert [code for code in codes(inbox.read()) if not code.startswith(("BANG", "TT"))] == found


def test_a_header_over_two_lines_with_merged_cells_is_read(inbox: Inbox) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Hoạt động"
    groups = {"Số lượng": "Kết quả", "Người tham dự": None, "Lượt tiếp cận": None, "Kinh phí (đồng)": "Kinh phí",
              "Nguồn kinh phí": None}  # fmt: skip
    sheet.append(["BÁO CÁO HOẠT ĐỘNG"])
    sheet.append([groups.get(name, name) for name in ACTIVITY_HEADINGS])
    sheet.append([name if name in groups else None for name in ACTIVITY_HEADINGS])
    for i, name in enumerate(ACTIVITY_HEADINGS, start=1):
        if name not in groups:
            sheet.merge_cells(start_row=2, end_row=3, start_column=i, end_column=i)
    sheet.merge_cells("H2:J2")
    sheet.merge_cells("K2:L2")
    sheet.append(activity())
    stream = io.BytesIO()
    book.save(stream)
    inbox.put("AN.xlsx", stream.getvalue())
    records = inbox.read()
    row = records.activities.iloc[0]
    assert (row["quantity"], row["attendees"], row["cost"], row["funding"], row["line"]) == (
        1,
        30,
        1_000_000,
        "giao",
        4,
    )
    assert records.files.iloc[0]["rows_in"] == 1


def test_a_submission_of_the_month_after_new_year_is_read_by_its_own_period(inbox: Inbox) -> None:
    month = Month(2026, 1)
    row = activity(Ngày="31/12/2025")
    inbox.put("AN.xlsx", office_files.xlsx(sheets([row], info={"Kỳ báo cáo": "01/2026"})), month)
    assert codes(inbox.read(month)) == []
