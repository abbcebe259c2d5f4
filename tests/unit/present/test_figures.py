"""Ledger figures as text: not known, nothing to count, not stated, and zero are four things."""

from dataclasses import replace

from baocao.measures.ledger import Ledger, Row
from baocao.present.figures import change, change_short, counted, periods, shown
from baocao.present.traced import plain


def test_a_figure_is_printed_in_vietnamese(report):
    assert plain(shown(report, "quantity")) == "1.234"


def test_a_figure_leads_to_its_ledger_row(report):
    assert shown(report, "quantity") == '[1.234]{.so-lieu l="2026-02:*:quantity:"}'
    assert shown(report, "activities", content="ND1") == '[2]{.so-lieu l="2026-02:*:activities:content=ND1"}'


def test_a_change_leads_to_both_rows(report):
    ids = 'l="2026-02:*:cost:" b="2026-01:*:cost:"'
    assert change_short(report, "cost") == f"[+1.500.000]{{.so-lieu {ids}}}"
    assert '[2]{.so-lieu l="2026-02:*:activities:" b="2026-01:*:activities:"}' in change(report, "activities")


def test_a_number_of_rows_leads_to_each_of_them():
    rows = [Row("2026-02", unit, "activities") for unit in ("A", "B")]
    assert counted(rows) == '[2]{.so-lieu l="2026-02:A:activities: 2026-02:B:activities:"}'


def test_a_missing_report_has_no_figure(report):
    assert shown(report, "activities", "BanGio") == "chưa có số liệu"


def test_a_nil_report_has_zero(report):
    assert plain(shown(report, "activities", "BanMay")) == "0"


def test_without_activities_there_is_nothing_to_state(report):
    assert shown(report, "cost", "BanMay") == "–"


def test_a_figure_that_no_activity_states_is_not_zero(report):
    assert shown(report, "reach") == "không nêu"


def test_a_change_names_both_months(report):
    assert plain(change(report, "activities")) == "giảm 2 so với tháng 01/2026 (5)"
    assert plain(change_short(report, "cost")) == "+1.500.000"


def test_an_equal_figure_is_said_to_be_equal(report):
    assert change(report, "quantity") == "bằng tháng 01/2026"


def test_what_was_not_stated_before_is_no_basis_for_a_change(report):
    assert change(report, "attendees") == "chưa có số liệu tháng trước để so sánh"
    assert change_short(report, "attendees") == "không nêu"


def test_a_change_that_cannot_be_reckoned_reads_as_the_figure_that_it_lacks(report):
    assert change_short(report, "cost", "BanGio") == "chưa có số liệu"
    assert change_short(report, "cost", "BanMay") == "–"
    nil = [Row("2026-01", "VP", name, value="0") for name in ("activities", "cost", "cost_stated")]
    after_nil = replace(report, ledger=Ledger([*report.ledger.rows, *nil]))
    assert change_short(after_nil, "cost", "VP") == "–"


def test_the_first_month_has_nothing_to_compare_with(empty_report):
    assert empty_report.previous is None
    assert change_short(empty_report, "activities") == "chưa có số liệu"


def test_spans_of_the_same_months_are_listed_once(report):
    assert periods(report) == (
        ("2026-02", "Tháng 02/2026"),
        ("2026-01..2026-02", "Từ khi thực hiện kế hoạch"),
    )
