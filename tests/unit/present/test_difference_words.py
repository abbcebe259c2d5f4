"""A figure that differs between two ledgers, in words."""

from __future__ import annotations

import pytest

from baocao.measures.differences import Difference
from baocao.measures.ledger import Row, dims
from baocao.present.common import area_name
from baocao.present.difference_words import DifferenceWords, difference_words
from baocao.present.ledger_words import LedgerWords
from baocao.report import Report


def _words(report: Report, then: Row | None, now: Row | None) -> DifferenceWords:
    return difference_words(LedgerWords(report.config), Difference(then, now))


def test_codes_of_dimensions_unit_and_period_are_said_by_their_names(report: Report) -> None:
    area, unit = report.config.plan.areas[0], report.config.units.units[0]
    then = Row("2026-01", unit.code, "activities", dims(content=area.code), "1", rows="A@2026-01#1")
    words = _words(report, then, then._replace(value="1234"))
    assert words.what.endswith(f"(nội dung: {area_name(area)})")
    assert (words.unit, words.period) == (unit.name, "tháng 01/2026")
    assert (words.then, words.now, words.change) == ("1", "1.234", "+1.233")
    assert words.line.endswith(f"; {unit.name}; tháng 01/2026: 1 → 1.234")


def test_two_values_that_differ_in_the_sixth_decimal_do_not_read_the_same(report: Report) -> None:
    then = Row("2026-01", "*", "report_rate", "", "63.709677", "79", "124")
    words = _words(report, then, then._replace(value="63.709676", denominator="1240"))
    assert words.then == "63,709677 (79/124)"
    assert words.now == "63,709676 (79/1.240)"
    assert words.change == "\u22120,000001"


def test_a_value_of_another_day_is_told_with_both_days(report: Report) -> None:
    then = Row("2026-01", "*", "target_value", dims(target="x"), "5", as_of="2026-01-05")
    words = _words(report, then, then._replace(as_of="2026-01-12"))
    assert (words.then, words.now, words.change) == ("5, 05/01/2026", "5, 12/01/2026", "0")
    assert _words(report, then, then._replace(as_of="")).now == "5, không ghi ngày"
    assert _words(report, then, then._replace(value="6")).now == "6"


@pytest.mark.parametrize(("text", "said"), [("", "chưa có số liệu"), ("Đạt *chuẩn*", "Đạt *chuẩn*")])
def test_what_is_not_known_or_is_no_number_and_a_row_that_is_not_there_are_told(
    report: Report, text: str, said: str
) -> None:
    words = _words(report, None, Row("2026-01", "nowhere", "of_tomorrow", "size=big", text))
    assert (words.what, words.unit) == ("of_tomorrow (size: big)", "nowhere")
    assert (words.then, words.now, words.change) == ("không có", said, "–")
