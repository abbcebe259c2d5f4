"""Letters to units whose report lacks something, word for word."""

from __future__ import annotations

from datetime import datetime

import pytest

from baocao.measures.ledger import Ledger, Row, dims
from baocao.months import Month
from baocao.present.reminders import reminders

MONTH = Month(2026, 2)


def ledger(**states: str) -> Ledger:
    return Ledger(Row("2026-02", unit, "reports", dims(state=state), "1") for unit, state in states.items())


def letters(config, rows: Ledger, now: str = "") -> dict[str, str]:
    moment = datetime.fromisoformat(now) if now else None
    return {letter.unit.code: letter.text for letter in reminders(config, rows, MONTH, moment)}


def test_a_missing_report_is_asked_for_with_all_that_it_has_to_hold(tiny_config):
    assert letters(tiny_config, ledger(VP="filed", BanMay="nil", BanGio="missing"))["BanGio"] == (
        "Kính gửi: Thôn Bản Gió.\n"
        "Văn phòng xã chưa nhận được báo cáo tháng 02 năm 2026 (từ ngày 01/02/2026 đến ngày 28/02/2026) của đơn vị. "
        "Thời hạn gửi: đến hết ngày 03/3/2026. Đề nghị đơn vị gửi báo cáo.\n"
        "Báo cáo gồm: hoạt động ở nội dung được giao chủ trì (ND2); khó khăn, kiến nghị (nếu có).\n"
        "Nếu trong kỳ không phát sinh hoạt động, đề nghị đánh dấu “x” vào mục “Không phát sinh hoạt động” của trang "
        "Thông tin và vẫn gửi báo cáo.\n"
        "Trân trọng cảm ơn."
    )


def test_the_unit_that_gathers_the_reports_is_reminded_by_the_site(tiny_config):
    assert "UBND xã Suối Mây chưa nhận được báo cáo" in letters(tiny_config, ledger(VP="missing"))["VP"]


def test_an_unreadable_report_is_asked_for_again(tiny_config):
    assert (
        "Báo cáo tháng 02 năm 2026 (từ ngày 01/02/2026 đến ngày 28/02/2026): tệp đã gửi không dùng được nên chưa có "
        "số liệu nào được tính. Thời hạn gửi:" in letters(tiny_config, ledger(BanMay="refused"))["BanMay"]
    )


def test_a_report_that_lacks_something_is_answered_with_just_that(tiny_config):
    rows = [
        Row("2026-02", "VP", "reports", dims(state="filed"), "1"),
        Row("2026-02", "VP", "rows_rejected", value="2"),
        Row("2026-02", "VP", "lead_activities", dims(content="ND1"), "1"),
        Row("2026-02", "VP", "lead_activities", dims(content="ND3"), "0"),
    ]
    assert letters(tiny_config, Ledger(rows))["VP"] == (
        "Kính gửi: Văn phòng xã.\n"
        "UBND xã Suối Mây đã nhận báo cáo tháng 02 năm 2026 của đơn vị. Đề nghị đơn vị bổ sung:\n"
        "- Sửa 2 dòng bị trả lại theo tệp gửi kèm rồi gửi lại cả báo cáo.\n"
        "- Hoạt động ở nội dung được giao chủ trì: ND3; nếu trong kỳ không có, đề nghị xác nhận.\n"
        "- Giá trị chỉ tiêu trong tháng: SM-1.\n"
        "Trân trọng cảm ơn."
    )


def test_the_list_has_the_reasons_of_a_letter_and_a_target_with_a_value_is_none(tiny_config):
    lacking = [
        Row("2026-02", "VP", "reports", dims(state="filed"), "1"),
        Row("2026-02", "VP", "rows_rejected", value="2"),
        Row("2026-02", "VP", "lead_activities", dims(content="ND1"), "1"),
    ]
    given = Row("2026-02", "VP", "target_level", dims(target="SM-1"), "", "5")
    whys = ["có dòng bị trả lại", "thiếu hoạt động ở nội dung chủ trì", "thiếu giá trị chỉ tiêu"]
    for rows, expected in ((lacking, whys), ([*lacking, given], whys[:2])):
        assert next(one.why for one in reminders(tiny_config, Ledger(rows), MONTH)) == ", ".join(expected)


def test_a_nil_report_owes_no_activity_and_a_whole_one_gets_no_letter(tiny_config):
    assert "BanMay" not in letters(tiny_config, ledger(BanMay="nil"))


def rows_in(unit: str, count: int, state: str = "filed") -> Ledger:
    rows = [Row("2026-02", unit, "reports", dims(state=state), "1"), Row("2026-02", unit, "rows_in", value=str(count))]
    return Ledger(rows)


def test_a_report_without_rows_and_without_the_mark_has_a_letter_of_its_own(tiny_config):
    assert letters(tiny_config, rows_in("BanMay", 0))["BanMay"] == (
        "Kính gửi: Thôn Bản Mây.\n"
        "Văn phòng xã đã nhận báo cáo tháng 02 năm 2026 (từ ngày 01/02/2026 đến ngày 28/02/2026) của đơn vị, nhưng báo "
        "cáo không có dòng số liệu nào và cũng không có dấu “Không phát sinh hoạt động”, nên chưa rõ là không phát "
        "sinh hay chưa điền. Thời hạn gửi: đến hết ngày 03/3/2026. Đề nghị đơn vị điền rồi gửi lại báo cáo.\n"
        "Báo cáo gồm: hoạt động ở nội dung được giao chủ trì (ND2 và ND3); khó khăn, kiến nghị (nếu có).\n"
        "Nếu trong kỳ không phát sinh hoạt động, đề nghị đánh dấu “x” vào mục “Không phát sinh hoạt động” của trang "
        "Thông tin và vẫn gửi báo cáo.\n"
        "Trân trọng cảm ơn."
    )


@pytest.mark.parametrize(("count", "state"), [(1, "filed"), (0, "nil")])
def test_a_report_with_a_row_or_with_the_mark_is_not_empty(tiny_config, count, state):
    assert "không có dòng số liệu" not in letters(tiny_config, rows_in("BanMay", count, state)).get("BanMay", "")


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("2026-02-28T08:00:00+07:00", "đến hết ngày 03/3/2026, còn 3 ngày."),
        ("2026-03-03T23:59:59+07:00", "đến hết ngày 03/3/2026, là hôm nay."),
        ("2026-03-03T17:00:00+00:00", "đến hết ngày 03/3/2026, đã quá hạn 1 ngày."),
        ("2026-04-01T00:00:00+07:00", "đã quá hạn 29 ngày."),
    ],
)
def test_how_long_there_is_goes_by_the_sites_days(tiny_config, now, text):
    assert text in letters(tiny_config, ledger(BanGio="missing"), now)["BanGio"]
