"""Each check of a row, just inside and just outside its bound, through a workbook as a reporter sends it."""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import office_files
from baocao.config.models import Config
from intake_site import ACTIVITY_HEADINGS, MONTH, NOTE_HEADINGS, SITE, Inbox, activity, codes, sheets


def outcome(inbox: Inbox, *lines: list[object]) -> tuple[int, list[str]]:
    """Accepted activities, and the codes of the findings."""
    inbox.put_book(lines)
    records = inbox.read()
    return len(records.activities), codes(records)


def test_a_sound_row_becomes_a_typed_record(inbox: Inbox) -> None:
    inbox.put_book([activity(Nội_dung="4.b", Ghi_chú="x", Minh_chứng="https://a.vn/1")])
    records = inbox.read()
    row = records.activities.iloc[0].to_dict()
    assert row.pop("date").date() == date(2025, 10, 1)
    assert row.pop("reach") is not row  # blank: NA, not zero
    assert row == {
        "unit": "AN", "month": "2025-10", "row": 1, "content": "II.4", "bullet": "II.4.b", "form": "III.4",
        "channel": "CH-10", "name": "Tập huấn", "product": "lớp tập huấn", "quantity": 1, "attendees": 30,
        "cost": 1_000_000, "funding": "giao", "evidence": "https://a.vn/1", "note": "x", "file": "2025-10/AN.xlsx",
        "sheet": "Hoạt động", "line": 2,
    }  # fmt: skip
    assert codes(records) == []


def test_blank_zero_and_missing_are_different(inbox: Inbox) -> None:
    inbox.put_book([activity(Người_tham_dự=0), activity(Người_tham_dự=None)])
    attendees = inbox.read().activities["attendees"]
    assert attendees.isna().tolist() == [False, True]
    assert attendees[0] == 0


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("Ngày", None, "O-TRONG"), ("Nội dung", None, "O-TRONG"), ("Hình thức", None, "O-TRONG"),
        ("Tên hoạt động", None, "O-TRONG"), ("Số lượng", None, "O-TRONG"), ("Số lượng", "   ", "O-TRONG"),
        ("Số lượng", 0, "O-KHOANG"), ("Số lượng", -1, "O-KHOANG"), ("Số lượng", 1001, "O-KHOANG"),
        ("Số lượng", 1.5, "O-NGUYEN"), ("Số lượng", "1,234", "O-SOMAPMO"), ("Số lượng", "hai", "O-SO"),
        ("Người tham dự", -1, "O-KHOANG"), ("Người tham dự", 5001, "O-KHOANG"), ("Lượt tiếp cận", -1, "O-KHOANG"),
        ("Lượt tiếp cận", 5001, "O-KHOANG"), ("Kinh phí (đồng)", -1, "O-KHOANG"),
        ("Kinh phí (đồng)", 1_000_000_000_001, "O-KHOANG"), ("Kinh phí (đồng)", "3 triệu", "O-SO"),
        ("Nội dung", "II.5", "O-MA"), ("Nội dung", "II.4.d", "O-MA"), ("Hình thức", "III.2", "O-MA"),
        ("Kênh", "CH-99", "O-MA"), ("Nguồn kinh phí", "vay", "O-MA"), ("Nội dung", "II.1 Thể chế", "O-MACHU"),
        ("Ngày", "31/09/2025", "O-NGAYSAI"), ("Ngày", 45931, "O-NGAY"), ("Ngày", "tháng 10", "O-NGAY"),
        ("Ngày", date(2025, 10, 15), "HD-NGAY-SAU"), ("Ngày", date(2025, 7, 9), "HD-NGAY-TRUOC"),
        ("Ngày", date(2025, 1, 10), "HD-NGAY-DAO"),
        ("Ngày", "10/01/2025", "HD-NGAY-DAO"), ("Ghi chú", "x" * 201, "O-DAI"),
    ],
)  # fmt: skip
def test_a_fault_rejects_the_row_and_names_its_cell(inbox: Inbox, column: str, value: object, code: str) -> None:
    inbox.put_book([activity(), activity(**{column.replace(" ", "_"): value}), activity(Tên_hoạt_động="Khác")])
    records = inbox.read()
    errors = records.findings[records.findings["severity"] == "error"]
    assert list(errors["code"]) == [code]
    cell = f"{'ABCDEFGHIJKLMN'[ACTIVITY_HEADINGS.index(column)]}3"
    assert errors.iloc[0]["cell"] == cell
    assert errors.iloc[0]["message"].startswith(f"Ô {cell} (cột {column}): ")
    assert errors.iloc[0]["allowed"]
    assert errors.iloc[0]["action"]
    assert list(records.activities["line"]) == [2, 4]
    assert records.files.iloc[0][["rows_in", "accepted", "rejected"]].tolist() == [3, 2, 1]


@pytest.mark.parametrize(
    "changes",
    [
        {"Ngày": date(2025, 9, 15)}, {"Ngày": date(2025, 10, 14)}, {"Ngày": "15/9/2025"}, {"Ngày": "14/10/2025"},
        {"Số_lượng": 1}, {"Số_lượng": 1000}, {"Số_lượng": "1.000"}, {"Người_tham_dự": 0}, {"Người_tham_dự": 5000},
        {"Lượt_tiếp_cận": 0}, {"Lượt_tiếp_cận": "5.000"}, {"Kinh_phí_(đồng)": 0, "Nguồn_kinh_phí": None},
        {"Kinh_phí_(đồng)": 1_000_000_000_000}, {"Ghi_chú": "x" * 200}, {"Kinh_phí_(đồng)": "12.500.000"},
    ],
)  # fmt: skip
def test_just_inside_each_bound_a_row_is_accepted_without_a_finding(inbox: Inbox, changes: dict[str, object]) -> None:
    assert outcome(inbox, activity(**changes)) == (1, [])


def test_all_faults_of_a_row_are_reported(inbox: Inbox) -> None:
    inbox.put_book([activity(Ngày="32/1/2025", Nội_dung="IX", Số_lượng=0, Kênh="CH-99", Ghi_chú="gọi 0912345678")])
    records = inbox.read()
    assert codes(records) == ["O-NGAYSAI", "O-MA", "O-MA", "O-KHOANG", "O-CANHAN"]
    assert records.files.iloc[0]["rejected"] == 1


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2025, 9, 14), (0, ["HD-NGAY-TRUOC"])), (date(2025, 9, 19), (0, ["HD-NGAY-TRUOC"])),
        (date(2025, 9, 20), (1, [])),
    ],
)  # fmt: skip
def test_days_before_a_plan_that_begins_within_the_period_are_not_of_it(
    inbox: Inbox, day: date, found: tuple[int, list[str]]
) -> None:
    calendar = inbox.config.calendar.model_copy(update={"starts": date(2025, 9, 20)})
    late = Inbox(inbox.folder, inbox.config.model_copy(update={"calendar": calendar}))
    assert outcome(late, activity(Ngày=day)) == found
    allowed = set(late.read().findings["allowed"])
    assert allowed <= {"Từ ngày 20/9/2025 đến ngày 14/10/2025"}


def test_a_day_of_a_target_is_held_against_the_plans_whole_time(inbox: Inbox) -> None:
    inbox.put_book([activity()], [value("UB-01", 1, 2, None, date(2025, 10, 15))])
    (row,) = inbox.read().findings.to_dict("records")
    assert (row["code"], row["allowed"]) == ("CT-NGAYCHOT", "Từ ngày 10/7/2025 đến ngày 14/10/2025")


@pytest.mark.parametrize("day", [date(2025, 9, 14), date(2025, 7, 13), "11/7/2025", "2025-07-10"])
def test_rows_of_an_earlier_period_are_accepted_and_asked_about(inbox: Inbox, day: object) -> None:
    assert outcome(inbox, activity(Ngày=day)) == (1, ["HD-NGAY-MUON"])


def test_a_late_day_in_words_cannot_have_been_swapped(inbox: Inbox) -> None:
    words = "ngày 10 tháng 8 năm 2025"
    assert outcome(inbox, activity(Ngày=words)) == (1, ["HD-NGAY-MUON"])


def test_a_day_whose_swapped_reading_lies_in_the_period_is_ambiguous(inbox: Inbox) -> None:
    assert outcome(inbox, activity(Ngày="10/08/2025")) == (0, ["HD-NGAY-DAO"])  # 8 October would be inside
    assert outcome(inbox, activity(Ngày="08/09/2025")) == (1, ["HD-NGAY-MUON"])  # 9 August would not
    assert outcome(inbox, activity(Ngày="08/10/2025")) == (1, [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Nguồn_kinh_phí": None}, "HD-NGUON"), ({"Kênh": None}, "HD-KENH"),
        ({"Ghi_chú": "liên hệ 0912 345 678"}, "O-CANHAN"), ({"Tên_hoạt_động": "Ngµy héi ®äc s¸ch"}, "O-PHONG"),
    ],
)  # fmt: skip
def test_a_warning_keeps_the_row(inbox: Inbox, changes: dict[str, object], code: str) -> None:
    assert outcome(inbox, activity(**changes)) == (1, [code])


def test_no_sheet_of_targets_is_asked_for_where_the_plan_has_none(inbox: Inbox) -> None:
    made = sheets([activity()])
    del made["Chỉ tiêu"]
    inbox.put("AN.xlsx", office_files.xlsx(made))
    assert codes(inbox.read()) == ["BANG-VANG"]
    none = inbox.config.targets.model_copy(update={"targets": ()})
    assert codes(Inbox(inbox.folder, inbox.config.model_copy(update={"targets": none})).read()) == []


def test_no_source_is_asked_for_where_the_plan_knows_none(inbox: Inbox) -> None:
    plan = inbox.config.plan.model_copy(update={"funding": ()})
    bare = Inbox(inbox.folder, inbox.config.model_copy(update={"plan": plan}))
    assert outcome(bare, activity(Nguồn_kinh_phí=None)) == (1, [])


@pytest.mark.parametrize(("channels", "found"), [(2, []), (3, ["HD-KENH"])])
def test_no_channel_is_asked_for_where_none_goes_with_the_form(inbox: Inbox, channels: int, found: list[str]) -> None:
    """The third channel is named by no form, so it goes with each of them."""
    press, training = inbox.config.plan.forms
    forms = (press.model_copy(update={"channels": ("CH-01", "CH-10")}), training.model_copy(update={"channels": ()}))
    plan = inbox.config.plan.model_copy(update={"forms": forms, "channels": inbox.config.plan.channels[:channels]})
    of_plan = Inbox(inbox.folder, inbox.config.model_copy(update={"plan": plan}))
    assert outcome(of_plan, activity(Kênh=None)) == (1, found)


def test_the_same_row_twice_is_asked_about_and_both_count(inbox: Inbox) -> None:
    inbox.put_book([activity(STT=1), activity(STT=2), activity(STT=3, Số_lượng=2)])
    records = inbox.read()
    assert (len(records.activities), codes(records)) == (3, ["HD-TRUNG", "HD-GANTRUNG"])
    assert "dòng 2" in records.findings.iloc[0]["message"]


def test_personal_data_is_masked_in_findings_and_kept_in_records(inbox: Inbox) -> None:
    inbox.put_book([activity(Kênh="ông A 0912345678", Ghi_chú="CCCD 022087001234")])
    inbox.put_book([activity(Ghi_chú="CCCD 022087001234")], name="BINH.xlsx", info={"Đơn vị": "BINH"})
    records = inbox.read()
    printed = records.findings.to_csv()
    assert "0912345678" not in printed
    assert "022087001234" not in printed
    assert records.activities["note"].tolist() == ["CCCD 022087001234"]


def value(code: str, *cells: object) -> list[object]:
    """A line of target values: numerator, denominator, value, day, note."""
    numerator, denominator, given, day, note = (*cells, *(None, None, None, date(2025, 10, 14), None)[len(cells) :])
    return [code, numerator, denominator, given, day, "nguồn", note]


@pytest.mark.parametrize(
    ("line", "stored"),
    [
        (value("UB-01", 20900, 31423), ("20900", "31423", "")),
        (value("UB-01", "20.900", "31.423"), ("20900", "31423", "")),
        (value("UB-01", 0, 10), ("0", "10", "")), (value("UB-01", 10, 10), ("10", "10", "")),
        (value("UB-01", 1.5, "2,5"), ("1.5", "2.5", "")), (value("UB-01", 1, 2, 50), ("1", "2", "50")),
        (value("UB-01", 1, 2, "50%"), ("1", "2", "50")), (value("UB-01", 1, 2, 0.5), ("1", "2", "0.5")),
        (value("UB-02", None, None, 4), ("", "", "4")), (value("UB-02", None, None, 0), ("", "", "0")),
        (value("UB-02", 3, 2), ("3", "2", "")), (value("UB-03", None, None, "-2,5"), ("", "", "-2.5")),
        (value("UB-03", None, None, "12,5%"), ("", "", "12.5")), (value("UB-04", None, None, "x"), ("", "", "1")),
        (value("UB-04", None, None, "không"), ("", "", "0")), (value("UB-05", None, None, "đạt"), ("", "", "1")),
        (value("UB-05", None, None, None, None, "đang triển khai"), ("", "", "")),
    ],
)  # fmt: skip
def test_target_values_are_stored_as_exact_decimal_texts(inbox: Inbox, line: list[object], stored: object) -> None:
    inbox.put_book([activity()], [line])
    records = inbox.read()
    assert codes(records) == []
    row = records.values.iloc[0]
    assert (row["numerator"], row["denominator"], row["value"]) == stored
    assert row["as_of"] == ("" if line[4] is None else "2025-10-14")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (value("UB-99", 1, 2), ["O-MA"]), (value("UB-01", 1), ["CT-CAP"]), (value("UB-01", None, 2), ["CT-CAP"]),
        (value("UB-01", 1, 0), ["CT-MAU"]), (value("UB-01", -1, 2), ["CT-AM"]), (value("UB-01", 1, -2), ["CT-AM"]),
        (value("UB-01"), ["CT-TRONG"]), (value("UB-04", None, None, "có lẽ"), ["CT-COKHONG"]),
        (value("UB-02", None, None, "12%"), ["CT-PHANTRAM"]), (value("UB-02", None, None, -1), ["CT-AM"]),
        (value("UB-02", None, None, "1.234"), ["O-SOMAPMO"]), (value("UB-02", None, None, "1,234"), ["O-SOMAPMO"]),
        (value("UB-01", "1,234", 5000), ["O-SOMAPMO"]), (value("UB-01", "1.234", 5), ["O-SOMAPMO"]),
        (value("UB-01", "5%", 5), ["O-SO"]), (value("UB-02", None, None, "nhiều"), ["O-SO"]),
        (value("UB-02", None, None, 1e16), ["O-KHOANG"]), (value("UB-02", 1e16, 2), ["O-KHOANG"]),
        (value("UB-02", None, None, 4, "32/1/2025"), ["O-NGAYSAI"]), (value("UB-05"), ["CT-TRONG"]),
        (["", 5, 6, None, None, None, None], ["O-TRONG"]),
    ],
)  # fmt: skip
def test_a_faulty_target_value_is_rejected(inbox: Inbox, line: list[object], found: list[str]) -> None:
    inbox.put_book([activity()], [line])
    records = inbox.read()
    assert (codes(records), len(records.values)) == (found, 0)
    assert records.files.set_index("table").loc["values", "rejected"] == 1


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (value("UB-01", 11, 10), ["CT-TYLE"]), (value("UB-01", None, None, 63.7), ["CT-CHIGIATRI"]),
        (value("UB-01", None, None, 0.637), ["CT-CHIGIATRI", "CT-PHANSO"]),
        (value("UB-01", None, None, 1.01), ["CT-CHIGIATRI"]), (value("UB-01", None, None, "0,6%"), ["CT-CHIGIATRI"]),
        (value("UB-01", 1, 2, 51), ["CT-LECH"]), (value("UB-02", None, None, 4, date(2025, 10, 15)), ["CT-NGAYCHOT"]),
        (value("UB-02", None, None, 4, date(2025, 7, 9)), ["CT-NGAYCHOT"]),
    ],
)  # fmt: skip
def test_a_doubtful_target_value_is_kept_and_asked_about(inbox: Inbox, line: list[object], found: list[str]) -> None:
    inbox.put_book([activity()], [line])
    records = inbox.read()
    assert (codes(records), len(records.values)) == (found, 1)


def by_line(inbox: Inbox, *lines: tuple[list[object], str], rates: bool = False) -> tuple[list[str], list[str]]:
    """The codes found in lines of target values, one day each, and those expected; ``rates`` if lines end with one."""
    days = [date(2025, 10, day) for day in range(1, len(lines) + 1)]
    given = [[*line[:4], day, *line[5:7]] for (line, _), day in zip(lines, days, strict=True)]
    path = inbox.put_book([activity()], given)
    if rates:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
        for at, shown in enumerate(["Tỷ lệ (tự tính)", *(line[7] for line, _ in lines)], start=1):
            book["Chỉ tiêu"].cell(at, 8, shown)
        book.save(path)
    found = inbox.read().findings
    texts = [", ".join(found["code"][found["cell"].str.fullmatch(f"[A-Z]{at}")]) for at in range(2, len(lines) + 2)]
    return texts, [expected for _, expected in lines]


def test_a_value_is_held_against_its_parts_as_its_kind_of_target_asks_and_each_bound_belongs_to_it(
    inbox: Inbox,
) -> None:
    found, expected = by_line(
        inbox,
        (value("UB-03", 11, 10, 10), ""),
        (value("UB-03", 11, 10, "10%"), ""),
        (value("UB-03", 11, 10, 10.06), "CT-LECH"),
        (value("UB-03", 11, 10, 110), "CT-LECH"),
        (value("UB-03", 11, 10, 0.1), "CT-LECH"),
        (value("UB-02", 3, 2, 1.5), ""),
        (value("UB-02", 3, 2, 150), "CT-LECH"),
        (value("UB-02", 10**15, 1), ""),
        (value("UB-02", None, None, 10**15), ""),
        (value("UB-02", 1.1e15, 1), "O-KHOANG"),
        (value("UB-03", None, None, -(10**15)), ""),
        (value("UB-03", None, None, -1.1e15), "O-KHOANG"),
    )
    assert found == expected


def test_a_rate_typed_over_the_one_that_the_form_computes_is_asked_about_if_it_is_another(inbox: Inbox) -> None:
    found, expected = by_line(
        inbox,
        ([*value("UB-01", 1, 3), 33.33], ""),
        ([*value("UB-01", 1, 3), "33,33%"], ""),
        ([*value("UB-01", 1, 3), 0.3333], ""),
        ([*value("UB-01", 1, 3), 33.32], "CT-TUTINH"),
        ([*value("UB-01", 1, 3), None], ""),
        ([*value("UB-01", 1, 3), "một phần ba"], "CT-TUTINH"),
        ([*value("UB-01", 1, 0), 99], "CT-MAU"),
        ([*value("UB-03", 11, 10), 10], ""),
        ([*value("UB-03", 11, 10), 110], "CT-TUTINH"),
        ([*value("UB-02", 3, 2), 150], "CT-TUTINH"),
        rates=True,
    )
    assert found == expected


def test_a_rejected_line_of_a_target_does_not_stand_in_the_way_of_the_next_one(inbox: Inbox) -> None:
    inbox.put_book([activity()], [value("UB-02", None, None, -1), value("UB-02", None, None, 4)])
    records = inbox.read()
    assert (codes(records), records.values["value"].tolist()) == (["CT-AM"], ["4"])


def test_a_ratio_of_unlike_things_is_no_part_of_a_whole(inbox: Inbox) -> None:
    share, *others = inbox.config.targets.targets
    known = inbox.config.targets.model_copy(
        update={"targets": (share.model_copy(update={"unit": "học sinh/máy"}), *others)}
    )
    mixed = replace(inbox, config=inbox.config.model_copy(update={"targets": known}))
    mixed.put_book([activity()], [value("UB-01", 400, 41)])
    assert (codes(mixed.read()), codes(inbox.read())) == ([], ["CT-TYLE"])


def test_a_target_twice_with_one_day_is_rejected_and_with_two_days_it_is_not(inbox: Inbox) -> None:
    later = value("UB-02", None, None, 5, date(2025, 10, 1))
    inbox.put_book([activity()], [value("UB-02", None, None, 4), later, value("UB-02", None, None, 6)])
    records = inbox.read()
    assert (codes(records), records.values["value"].tolist()) == (["CT-TRUNG"], ["4", "5"])


def test_a_percentage_is_read_as_shown_and_never_as_a_count(inbox: Inbox) -> None:
    path = inbox.put_book([activity(), activity(Số_lượng=1)], [value("UB-03", None, None, 0.125)])
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    book["Chỉ tiêu"]["D2"].number_format = "0.0%"
    book["Hoạt động"]["H3"].number_format = "0%"
    book.save(path)
    records = inbox.read()
    assert records.values["value"].tolist() == ["12.5"]
    assert records.findings[["code", "cell", "given"]].to_numpy().tolist() == [["O-SO", "H3", "100%"]]


def test_a_value_of_a_unit_that_does_not_report_the_target_is_asked_about(inbox: Inbox) -> None:
    inbox.put_book([activity()], [value("UB-01", 1, 2)], name="BINH.xlsx", info={"Đơn vị": "BINH"})
    records = inbox.read()
    assert (codes(records), len(records.values)) == (["CT-DONVI"], 1)


def test_notes_keep_their_kind_and_words(inbox: Inbox) -> None:
    inbox.put_book(
        [activity()], (), [["Khó khăn", "Thiếu\nmáy"], ["đề xuất", "Thêm"], ["Khác", "x"], ["Kiến nghị", ""]]
    )
    records = inbox.read()
    assert records.notes[["kind", "text", "line"]].to_numpy().tolist() == [
        ["difficulty", "Thiếu\nmáy", 2],
        ["proposal", "Thêm", 3],
    ]
    assert codes(records) == ["O-MA", "O-TRONG"]


def test_merged_cells_are_faults_where_a_value_is_needed(inbox: Inbox) -> None:
    path = inbox.put_book(
        [activity(), activity(Ngày=None), activity(Kinh_phí=None, Ghi_chú=None), activity(Tên_hoạt_động=None)]
    )
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book["Hoạt động"]
    for cells in ("B2:B3", "N2:N4", "J3:J4", "F4:F5"):
        sheet.merge_cells(cells)
    book.save(path)
    records = inbox.read()
    assert records.findings[["code", "cell"]].to_numpy().tolist()[:3] == [["O-GOP", at] for at in ("B3", "J4", "F5")]
    assert list(records.activities["line"]) == [2]


def test_what_a_merge_covers_is_not_taken_for_what_the_cell_shows(inbox: Inbox) -> None:
    path = inbox.put_book([activity(), activity(Ngày="25/09/2025"), activity(Ghi_chú="che")])
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    for cells in ("B2:B3", "M4:N4"):  # as LibreOffice does it: the covered values stay
        book["Hoạt động"].merged_cells.add(cells)
    book.save(path)
    records = inbox.read()
    assert records.findings[["code", "cell"]].to_numpy().tolist()[:2] == [["O-GOP", "B3"], ["O-GOP", "N4"]]
    assert list(records.activities["line"]) == [2]


def test_formulas_without_a_result_reject_their_row(inbox: Inbox) -> None:
    inbox.put_book([activity(), activity(Lượt_tiếp_cận="=1+1"), activity(Người_tham_dự="#N/A")])
    records = inbox.read()
    assert codes(records) == ["O-CONGTHUC", "O-LOI"]
    assert list(records.activities["line"]) == [2]


def test_the_headings_of_the_test_site_are_the_contracts() -> None:
    assert (ACTIVITY_HEADINGS[1], NOTE_HEADINGS, str(MONTH)) == ("Ngày", ["Loại", "Nội dung"], "2025-10")


def test_patterns_of_evidence_do_not_get_into_each_others_way(inbox: Inbox) -> None:
    patterns = (r"(?P<link>https?)://", r"(?i)\.docx$", r"(?P<link>www)\.")
    thresholds = inbox.config.thresholds.model_copy(update={"evidence_patterns": patterns})
    theirs = Inbox(inbox.folder, inbox.config.model_copy(update={"thresholds": thresholds}))
    given = ("https://a.vn/1", "bài.DOCX", "www.a.vn", "có ảnh")
    theirs.put_book([activity(Minh_chứng=text, Tên_hoạt_động=text) for text in given])
    (finding,) = theirs.read().findings.to_dict("records")
    assert (finding["code"], finding["cell"]) == ("HD-MINHCHUNG", "M5")


def test_a_rate_is_no_level_to_hold_against_a_baseline(tmp_path: Path) -> None:
    made = deepcopy(SITE)
    growing = next(one for one in made["targets"]["targets"] if one["code"] == "UB-03")
    growing["baseline"] = {"year": 2024, "value": 100, "source": "x"}
    inbox = Inbox(tmp_path, Config.model_validate(made))
    inbox.put_book([activity()], [value("UB-03", None, None, "12,5%"), value("UB-03", None, None, 112)])
    records = inbox.read()
    assert codes(records) == ["CT-PHANTRAM"]
    assert list(records.values["value"]) == ["112"]
