"""Ledger figures as text: not known, nothing to count, not stated, and zero are four things."""

from baocao.present.figures import change, change_short, periods, shown


def test_a_figure_is_printed_in_vietnamese(report):
    assert shown(report, "quantity") == "1.234"


def test_a_missing_report_has_no_figure(report):
    assert shown(report, "activities", "BanGio") == "chưa có số liệu"


def test_a_nil_report_has_zero(report):
    assert shown(report, "activities", "BanMay") == "0"


def test_without_activities_there_is_nothing_to_state(report):
    assert shown(report, "cost", "BanMay") == "–"


def test_a_figure_that_no_activity_states_is_not_zero(report):
    assert shown(report, "reach") == "không nêu"


def test_a_change_names_both_months(report):
    assert change(report, "activities") == "giảm 2 so với tháng 01/2026 (5)"
    assert change_short(report, "cost") == "+1.500.000"


def test_an_equal_figure_is_said_to_be_equal(report):
    assert change(report, "quantity") == "bằng tháng 01/2026"


def test_what_was_not_stated_before_is_no_basis_for_a_change(report):
    assert change(report, "attendees") == "chưa có số liệu tháng trước để so sánh"
    assert change_short(report, "attendees") == "chưa có số liệu"


def test_the_first_month_has_nothing_to_compare_with(empty_report):
    assert empty_report.previous is None
    assert change_short(empty_report, "activities") == "chưa có số liệu"


def test_spans_of_the_same_months_are_listed_once(report):
    assert periods(report) == (
        ("2026-02", "Tháng 02/2026"),
        ("2026-01..2026-02", "Từ khi thực hiện kế hoạch"),
    )
