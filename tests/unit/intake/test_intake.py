"""A month read as a whole: files, states, versions, and nothing lost."""

from __future__ import annotations

import cProfile
import hashlib
from datetime import date

import pytest

import office_files
from baocao.intake.schema import FRAMES, to_csv
from baocao.months import Month
from intake_site import ACTIVITY_HEADINGS, MONTH, NOTE_HEADINGS, VALUE_HEADINGS, Inbox, activity, codes, sheets

CSV_HEADER = "Ngày;Nội dung;Hình thức;Kênh;Tên hoạt động;Số lượng"
CSV_LINE = "01/10/2025;II.4;III.4;CH-10;Tập huấn;1"
OPTIONAL = "Sản phẩm;Người tham dự;Lượt tiếp cận;Kinh phí (đồng);Nguồn kinh phí;Minh chứng;Ghi chú"
CSV = f"{CSV_HEADER};{OPTIONAL}\n{CSV_LINE};;;;;;a.jpg;\n"


def states(inbox: Inbox, month: Month = MONTH) -> dict[str, str]:
    submissions = inbox.read(month).submissions
    return dict(zip(submissions["unit"], submissions["state"], strict=True))


def test_an_empty_folder_gives_empty_frames_of_the_right_columns(inbox: Inbox) -> None:
    records = inbox.read()
    assert {name: tuple(getattr(records, name).columns) for name in FRAMES} == dict(FRAMES)
    assert all(len(getattr(records, name)) == 0 for name in FRAMES)


def test_units_come_in_the_registers_order_then_table_then_line(inbox: Inbox) -> None:
    inbox.put_book([activity(), activity(Số_lượng=2)], name="BINH.xlsx", info={"Đơn vị": "BINH"})
    inbox.put("AN.kho-khan.csv", "Loại;Nội dung\nKhó khăn;a\n")
    inbox.put("AN.hoat-dong.csv", CSV)
    records = inbox.read()
    assert records.activities[["unit", "row", "line"]].to_numpy().tolist() == [
        ["AN", 1, 2],
        ["BINH", 1, 2],
        ["BINH", 2, 3],
    ]
    assert records.files["file"].drop_duplicates().tolist() == [
        "2025-10/AN.hoat-dong.csv", "2025-10/AN.kho-khan.csv", "2025-10/BINH.xlsx",
    ]  # fmt: skip
    assert records.submissions["files"].tolist() == [2, 1]


def test_the_same_files_give_the_same_bytes(inbox: Inbox) -> None:
    inbox.put_book([activity(), activity(Ngày="x"), activity(Kinh_phí=1)], (), [["Khó khăn", "a"]])
    first, second = inbox.read(), inbox.read()
    for name in FRAMES:
        assert to_csv(name, getattr(first, name)) == to_csv(name, getattr(second, name))


def test_a_files_hash_and_size_are_kept(inbox: Inbox) -> None:
    data = inbox.put_book([activity()]).read_bytes()
    row = inbox.read().files.iloc[0]
    assert (row["sha256"], row["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))


@pytest.mark.parametrize("write", [office_files.xlsx, office_files.ods, office_files.xls])
def test_each_kind_of_workbook_gives_the_same_records(inbox: Inbox, write: object) -> None:
    ending = {office_files.xlsx: "xlsx", office_files.ods: "ods", office_files.xls: "xls"}[write]  # type: ignore[index]
    content = sheets([activity(), activity(Ngày="2/10/2025")], [["UB-01", 1, 2, None, date(2025, 10, 14), "a", None]])
    inbox.put(f"AN.{ending}", write(content))  # type: ignore[operator]
    records = inbox.read()
    assert codes(records) == []
    assert records.activities["date"].dt.day.tolist() == [1, 2]
    assert records.values[["numerator", "denominator", "as_of"]].to_numpy().tolist() == [["1", "2", "2025-10-14"]]


def test_the_content_of_a_workbook_decides_not_its_ending(inbox: Inbox) -> None:
    inbox.put("AN.xls", office_files.xlsx(sheets([activity()])))
    assert len(inbox.read().activities) == 1


def test_nil_filed_refused_and_missing_are_four_states(inbox: Inbox) -> None:
    inbox.put_book(info={"Không phát sinh hoạt động": "x"})
    inbox.put("BINH.xlsx", b"%PDF-1.7")
    assert states(inbox) == {"AN": "nil", "BINH": "refused"}
    inbox.put_book([activity()])
    assert states(inbox) == {"AN": "filed", "BINH": "refused"}


def test_a_nil_mark_beside_rows_is_asked_about_and_the_rows_count(inbox: Inbox) -> None:
    inbox.put_book([activity()], info={"Không phát sinh hoạt động": "x"})
    records = inbox.read()
    assert (codes(records), len(records.activities), states(inbox)) == (["TT-KHONGVACO"], 1, {"AN": "filed"})


def test_neither_rows_nor_a_nil_mark_is_asked_about(inbox: Inbox) -> None:
    inbox.put_book()
    assert (codes(inbox.read()), states(inbox)) == (["TT-CHUARO"], {"AN": "filed"})


def test_a_nil_mark_that_nobody_can_read_is_none(inbox: Inbox) -> None:
    inbox.put_book(info={"Không phát sinh hoạt động": "xem lại"})
    assert (codes(inbox.read()), states(inbox)) == (["TT-KHONGRO", "TT-CHUARO"], {"AN": "filed"})


def test_a_nil_report_may_come_as_csv(inbox: Inbox) -> None:
    inbox.put("AN.thong-tin.csv", "Đơn vị;AN\nKỳ báo cáo;10/2025\nKhông phát sinh hoạt động;x\n")
    assert (codes(inbox.read()), states(inbox)) == ([], {"AN": "nil"})
    inbox.put("AN.hoat-dong.csv", f"{CSV_HEADER};{OPTIONAL}\n")
    assert (codes(inbox.read()), states(inbox)) == ([], {"AN": "nil"})


def test_a_csv_with_only_a_header_is_asked_about(inbox: Inbox) -> None:
    inbox.put("AN.hoat-dong.csv", f"{CSV_HEADER};{OPTIONAL}\n")
    assert (codes(inbox.read()), states(inbox)) == (["TT-CHUARO"], {"AN": "filed"})


@pytest.mark.parametrize(
    ("info", "code"),
    [
        ({"Đơn vị": "BINH"}, "TT-DONVI"), ({"Đơn vị": "Trường Bình"}, "TT-DONVI"),
        ({"Kỳ báo cáo": "09/2025"}, "TT-THANG"),
        ({"Kỳ báo cáo": "10/2024"}, "TT-THANG"), ({"Kỳ báo cáo": "quý IV"}, "TT-THANG"),
        ({"Kỳ báo cáo": date(2025, 9, 1)}, "TT-THANG"),
    ],
)  # fmt: skip
def test_another_units_or_months_file_is_refused_whole(inbox: Inbox, info: dict[str, object], code: str) -> None:
    inbox.put_book([activity()], info=info)
    records = inbox.read()
    assert (codes(records), len(records.activities), states(inbox)) == ([code], 0, {"AN": "refused"})
    assert records.files[["table", "rows_in"]].to_numpy().tolist() == [["", 0]]


@pytest.mark.parametrize(
    "info",
    [{"Đơn vị": "an"}, {"Đơn vị": "Phòng An"}, {"Kỳ báo cáo": "tháng 10 năm 2025"}, {"Kỳ báo cáo": date(2025, 10, 1)}],
)
def test_unit_and_month_may_be_written_in_other_ways(inbox: Inbox, info: dict[str, object]) -> None:
    inbox.put_book([activity()], info=info)
    assert codes(inbox.read()) == []


def test_a_set_of_csvs_for_another_month_is_refused_whole(inbox: Inbox) -> None:
    inbox.put("AN.thong-tin.csv", "Đơn vị;AN\nKỳ báo cáo;9/2025\n")
    inbox.put("AN.hoat-dong.csv", CSV)
    records = inbox.read()
    assert (codes(records), len(records.activities)) == (["TT-THANG", "TT-THANG"], 0)
    assert records.findings["file"].tolist() == ["2025-10/AN.thong-tin.csv", "2025-10/AN.hoat-dong.csv"]


def test_missing_keys_and_unknown_keys_are_asked_about(inbox: Inbox) -> None:
    book = sheets([activity()]) | {"Thông tin": [["Đơn vị", "AN"], ["Điện thoại", "0912345678"], ["BÁO CÁO"]]}
    inbox.put("AN.xlsx", office_files.xlsx(book))
    records = inbox.read()
    assert codes(records) == ["TT-KHOA", "TT-THIEU"]
    assert len(records.activities) == 1


@pytest.mark.parametrize(("name", "code"), [("XYZ.xlsx", "TEP-DONVI"), ("CU.xlsx", "TEP-HIEULUC")])
def test_a_unit_that_is_not_on_the_months_register_is_refused(inbox: Inbox, name: str, code: str) -> None:
    inbox.put_book([activity()], name=name)
    records = inbox.read()
    assert (codes(records), len(records.submissions)) == ([code], 0)
    assert records.files[["unit", "rows_in"]].to_numpy().tolist() == [["", 0]]


def test_a_unit_counts_to_its_last_day(inbox: Inbox) -> None:
    book = sheets(info={"Đơn vị": "CU", "Kỳ báo cáo": "9/2025"})
    inbox.put("CU.xlsx", office_files.xlsx(book), Month(2025, 9))
    assert states(inbox, Month(2025, 9)) == {"CU": "filed"}


def test_several_files_of_one_version_are_refused_together(inbox: Inbox) -> None:
    inbox.put_book([activity()])
    inbox.put("AN.hoat-dong.csv", CSV)
    records = inbox.read()
    assert (codes(records), len(records.activities), states(inbox)) == (["TEP-TRUNG"], 0, {"AN": "refused"})
    assert len(records.files) == 2


def test_the_newest_version_replaces_the_older_one(inbox: Inbox) -> None:
    inbox.put_book([activity(), activity(Số_lượng=2)])
    inbox.put_book([activity(Số_lượng=7)], name="AN.v2.xlsx")
    records = inbox.read()
    assert (records.activities["quantity"].tolist(), records.submissions["version"].tolist()) == ([7], [2])
    assert codes(records) == []


def test_a_part_that_a_new_version_drops_is_asked_about(inbox: Inbox) -> None:
    inbox.put("AN.kho-khan.csv", "Loại;Nội dung\nKhó khăn;a\n")
    inbox.put("AN.hoat-dong.csv", CSV)
    inbox.put("AN.v2.hoat-dong.csv", CSV)
    records = inbox.read()
    assert (codes(records), len(records.notes)) == (["TEP-THIEUBANG"], 0)


def test_one_refused_csv_does_not_cost_the_others(inbox: Inbox) -> None:
    inbox.put("AN.kho-khan.csv", b"")
    inbox.put("AN.hoat-dong.csv", CSV)
    records = inbox.read()
    assert (codes(records), len(records.activities), states(inbox)) == (["TEP-RONG"], 1, {"AN": "filed"})


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Hoạt động"], ["BANG-THIEU"]), (["Chỉ tiêu"], ["BANG-VANG"]), (["Thông tin"], ["BANG-VANG"]),
        (["Hoạt động", "Chỉ tiêu", "Khó khăn, kiến nghị"], ["TEP-TRONG"]),
    ],
)  # fmt: skip
def test_missing_sheets_are_named(inbox: Inbox, names: list[str], found: list[str]) -> None:
    book = {name: lines for name, lines in sheets([activity()]).items() if name not in names}
    inbox.put("AN.xlsx", office_files.xlsx(book))
    assert codes(inbox.read()) == found


def test_sheets_are_found_whatever_their_case_and_accents(inbox: Inbox) -> None:
    names = {"Hoạt động": " HOAT DONG", "Chỉ tiêu": "chỉ_tiêu", "Khó khăn, kiến nghị": "Khó khăn - Kiến nghị"}
    book = {names.get(name, name): lines for name, lines in sheets([activity()]).items()}
    inbox.put("AN.xlsx", office_files.xlsx(book))
    records = inbox.read()
    assert (codes(records), len(records.activities)) == ([], 1)


def test_a_table_in_a_sheet_of_another_name_is_rejected_row_by_row(inbox: Inbox) -> None:
    book = sheets([activity()]) | {"Sheet1": [ACTIVITY_HEADINGS, activity(), activity()], "Danh sách": [["a"]]}
    inbox.put("AN.xlsx", office_files.xlsx(book))
    records = inbox.read()
    assert codes(records) == ["BANG-TENTRANG", "BANG-TRANGTHUA"]
    activities = records.files[records.files["table"] == "activities"]
    assert activities[["rows_in", "accepted", "rejected"]].to_numpy().tolist() == [[1, 1, 0], [2, 0, 2]]


def test_a_hidden_sheet_of_the_contract_is_read_and_another_is_passed_over(inbox: Inbox) -> None:
    book = sheets([activity()]) | {"Danh mục": [["II.4"]]}
    inbox.put("AN.xlsx", office_files.xlsx(book, hidden=("Hoạt động", "Danh mục")))
    records = inbox.read()
    assert (codes(records), len(records.activities)) == (["BANG-AN"], 1)


def test_files_of_other_content_cost_only_themselves(inbox: Inbox) -> None:
    inbox.put_book([activity()], name="BINH.xlsx", info={"Đơn vị": "BINH"})
    inbox.put("AN.xlsx", office_files.compound({"EncryptedPackage": b"x"}))
    inbox.put("anh.jpg", b"x")
    records = inbox.read()
    assert (codes(records), len(records.activities)) == (["TEP-MATKHAU", "TEP-LA"], 1)


def test_a_file_above_the_limit_is_refused_with_its_hash(inbox: Inbox) -> None:
    data = b"x" * (2 * 1024 * 1024 + 1)
    inbox.put("AN.xlsx", data)
    records = inbox.read()
    assert codes(records) == ["TEP-LON"]
    assert records.files["sha256"].tolist() == [hashlib.sha256(data).hexdigest()]
    assert "2 MB" in records.findings.iloc[0]["allowed"]


def receipt(inbox: Inbox, *lines: str) -> None:
    head = "received_at,month,unit,version,file,sha256,sender,outcome"
    inbox.folder.mkdir(exist_ok=True)
    (inbox.folder / "register.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")


def test_the_register_tells_when_a_file_came_in(inbox: Inbox) -> None:
    sha = hashlib.sha256(inbox.put_book([activity()]).read_bytes()).hexdigest()
    receipt(inbox, f"2025-10-13T16:30:00+07:00,2025-10,AN,1,2025-10/AN.xlsx,{sha},an@x.vn,ok")
    records = inbox.read()
    assert records.submissions["received_at"].tolist() == ["2025-10-13T16:30:00+07:00"]
    assert codes(records) == []


def test_without_a_register_the_time_of_receipt_is_not_known(inbox: Inbox) -> None:
    inbox.put_book([activity()])
    assert inbox.read().submissions["received_at"].tolist() == [""]


def test_a_file_that_changed_after_its_receipt_and_a_line_that_cannot_be_read_are_asked_about(inbox: Inbox) -> None:
    inbox.put_book([activity()])
    receipt(inbox, f"2025-10-13T16:30:00+07:00,2025-10,AN,1,2025-10/AN.xlsx,{'0' * 64},,", "hôm qua,2025-10,AN,1,x,,,")
    assert codes(inbox.read()) == ["SO-KHACTEP", "SO-TIEPNHAN"]


def test_a_register_that_lost_its_header_line_is_told_of_in_every_month(inbox: Inbox) -> None:
    """Each unit's time of receipt would be unknown, and nobody would ask why."""
    inbox.put_book([activity()])
    receipt(inbox, "2025-10-13T16:30:00+07:00,2025-09,AN,1,2025-09/AN.xlsx,,,")
    path = inbox.folder / "register.csv"
    path.write_text(path.read_text("utf-8").replace("received_at,", "Ngày nhận,"), "utf-8")
    assert inbox.read().findings["given"].tolist() == ["toàn bộ sổ (dòng đầu thiếu tên cột)"]


@pytest.mark.parametrize(
    ("month", "file", "told"),
    [("Oct-25", "2025-10/AN.xlsx", 1), ("Oct-25", "AN.xlsx", 1), ("Sep-25", "2025-09/AN.xlsx", 0)],
)
def test_a_line_whose_month_an_office_program_made_a_date_of_is_told_of(inbox: Inbox, month, file, told) -> None:
    inbox.put_book([activity()])
    receipt(inbox, f"2025-10-13T16:30:00+07:00,{month},AN,1,{file},,,")
    assert codes(inbox.read()) == ["SO-TIEPNHAN"] * told


def test_a_set_of_csvs_is_received_with_its_last_file(inbox: Inbox) -> None:
    inbox.put("AN.hoat-dong.csv", CSV)
    inbox.put("AN.kho-khan.csv", "Loại;Nội dung\nKhó khăn;a\n")
    receipt(inbox, "2025-10-13T16:30:00+07:00,2025-10,AN,1,2025-10/AN.hoat-dong.csv,,,")
    assert inbox.read().submissions["received_at"].tolist() == [""]
    receipt(
        inbox,
        "2025-10-13T16:30:00+07:00,2025-10,AN,1,2025-10/AN.hoat-dong.csv,,,",
        "2025-10-13T10:30:00+00:00,2025-10,AN,1,2025-10/AN.kho-khan.csv,,,",
    )
    assert inbox.read().submissions["received_at"].tolist() == ["2025-10-13T10:30:00+00:00"]


def test_text_that_looks_like_code_stays_text(inbox: Inbox) -> None:
    evil = "{{< include x >}} =HYPERLINK(1) <b>#set page()</b> {given}"
    inbox.put("AN.hoat-dong.csv", CSV + f'02/10/2025;II.4;{evil};CH-10;"{evil}";1;;;;;;;\n')
    records = inbox.read()
    assert records.findings.iloc[0]["given"] == evil
    inbox.put("AN.hoat-dong.csv", CSV + f'02/10/2025;II.4;III.4;CH-10;"{evil}";1;;;;;;;\n')
    assert inbox.read().activities["name"].tolist()[1] == evil


def test_the_work_of_reading_grows_with_the_rows_alone(inbox: Inbox) -> None:
    """Calls of functions for some rows, then for two and four times as many; seconds are for ``benchmarks intake``."""
    line = "{:02d}/10/2025;II.4;III.4;CH-10;Tập huấn {};12;;30;1.000;12.500.000;đã giao;;\n"
    calls = []
    for count in (1, 200, 400, 800):  # the first loads what is loaded once
        lines = "".join(line.format(1 + i % 14, i) for i in range(count))
        inbox.put("AN.hoat-dong.csv", f"{CSV_HEADER};{OPTIONAL}\n{lines}")
        with cProfile.Profile() as profile:
            assert len(inbox.read().activities) == count
        calls.append(sum(entry.callcount for entry in profile.getstats()))
    _, few, more, most = calls
    assert most - more < 2.1 * (more - few)


def test_the_year_may_turn_within_a_period(inbox: Inbox) -> None:
    month = Month(2026, 1)
    lines = [activity(Ngày=day) for day in (date(2025, 12, 15), "31/12/2025", "1/1/2026", date(2026, 1, 14))]
    book = sheets(lines, info={"Kỳ báo cáo": "01/2026"})
    inbox.put("AN.xlsx", office_files.xlsx(book), month)
    assert codes(inbox.read(month)) == []


def test_notes_headings_are_the_contracts() -> None:
    assert NOTE_HEADINGS == ["Loại", "Nội dung"]


def test_the_blank_workbooks_sheet_of_lists_is_neither_read_nor_named(inbox: Inbox) -> None:
    inbox.put_book([activity()], **{"Danh mục": [["Nội dung chọn được"], ["II.4 - Thể chế"]]})
    assert codes(inbox.read()) == []


def test_a_table_on_the_sheet_of_lists_is_rejected_row_by_row(inbox: Inbox) -> None:
    inbox.put_book([activity()], **{"Danh mục": [ACTIVITY_HEADINGS, activity(), activity()]})
    records = inbox.read()
    assert codes(records) == ["BANG-TENTRANG"]
    assert int(records.files["rejected"].sum()) == 2


def test_a_blank_form_in_a_sheet_of_another_name_has_no_row_and_is_only_named(inbox: Inbox) -> None:
    headings = ["STT", *VALUE_HEADINGS[:4], "Tỷ lệ (tự tính)"]
    lines = [[n, None, None, None, None, '=IF(C2="","",C2/D2)'] for n in range(1, 4)]
    inbox.put_book([activity()], **{"Chỉ tiêu (2)": [headings, *lines]})
    records = inbox.read()
    assert (codes(records), int(records.files["rejected"].sum())) == (["BANG-TRANGTHUA"], 0)


def test_of_a_form_in_a_sheet_of_another_name_only_filled_lines_are_rejected(inbox: Inbox) -> None:
    headings = ["STT", *VALUE_HEADINGS[:4], "Tỷ lệ (tự tính)"]
    lines = [[n, None, None, None, None, '=IF(C2="","",C2/D2)'] for n in range(1, 4)]
    lines[1][1:4] = "UB-01", 1, 2
    inbox.put_book([activity()], **{"Chỉ tiêu tháng 10": [headings, *lines]})
    records = inbox.read()
    (told,) = records.findings.to_dict("records")
    assert (told["code"], told["cell"]) == ("BANG-TENTRANG", "3")
    assert "1 dòng không được tính" in told["message"]
