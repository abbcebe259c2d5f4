"""What a period is called."""

from __future__ import annotations

from baocao.official.label import label_of


def test_a_month_is_named_with_the_one_before_and_the_one_after(report):
    label = label_of(report)
    assert (label.code, label.name, label.period, label.is_month) == ("2026-01", "tháng 01 năm 2026", "2026-01", True)
    assert (label.previous, label.previous_name, label.following) == ("", "tháng 12/2025", "tháng 02 năm 2026")
    assert label.days == report.period
