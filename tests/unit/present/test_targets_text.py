"""Words for one target."""

from dataclasses import replace
from decimal import Decimal

import pytest

from baocao.config.models import Target
from baocao.measures.ledger import Ledger, Row
from baocao.present.targets_text import behind, change_words, measured, note_alone


def target(**fields):
    base = {"code": "T", "scope": "s", "paragraph": "p", "year": 2030, "name": "n", "text": "t", "type": "ratio"}
    return Target(**base | {"unit": "%", "comparator": ">", "value": Decimal(40)} | fields)


def row(value, measure="target_value", rows=""):
    return Row("2026-02", "*", measure, "target=T", value, rows=rows)


@pytest.mark.parametrize(
    ("fields", "value", "words"),
    [
        ({}, "63.709677", "63,71%"),
        ({}, "40", "40%"),
        ({}, "39.999", "39,999%"),
        ({}, "40.000001", "40,000001%"),
        ({"unit": "tổ chức"}, "35", "35 tổ chức"),
        ({"type": "boolean", "value": True, "unit": ""}, "1", "có"),
        ({"type": "boolean", "value": True, "unit": ""}, "0", "chưa"),
        ({"type": "qualitative", "comparator": None, "value": None, "unit": ""}, "1", "có"),
        ({"type": "qualitative", "comparator": None, "value": None, "unit": ""}, "3", "3"),
        ({"type": "qualitative", "comparator": None, "value": None, "unit": "điểm"}, "1", "1 điểm"),
        ({"type": "relative", "value": None, "unit": "như tỉnh"}, "1.5", "1,5"),
    ],
)
def test_a_value_is_said_with_its_unit_and_never_rounded_onto_its_bound(fields, value, words):
    assert measured(target(**fields), row(value)) == words


def test_a_level_without_a_base_is_not_said_to_be_growth():
    growth = target(type="growth", comparator="between", value=None, value_min=Decimal(18), unit="%/năm")
    assert measured(growth, row("3", "target_level")) == "3 (số báo cáo)"
    assert measured(growth, row("", "target_level")) == "chưa tính được"


@pytest.mark.parametrize(("change", "words"), [("1", "mới có"), ("-1", "không còn"), ("0", "không đổi")])
def test_what_became_true_is_not_said_as_a_number(report, change, words):
    yes_or_no = target(code="SM-2", type="boolean", value=True, unit="", comparator="==")
    changed = Row(str(report.month), "*", "target_change", "target=SM-2", change)
    rows = [one for one in report.ledger.rows if one.measure != "target_change"]
    assert change_words(replace(report, ledger=Ledger((*rows, changed))), yes_or_no) == words


@pytest.mark.parametrize(
    ("unit", "change", "words"),
    [
        ("%", "0.001", "+0,001 điểm %"),
        ("%", "-0.004999", "−0,005 điểm %"),
        ("%/năm", "-1.25", "−1,25 điểm %"),
        ("‰", "1", "+1 điểm ‰"),
        ("vụ", "0.005", "+0,01"),
    ],
)
def test_a_change_is_in_points_of_its_rate_and_never_rounded_to_nothing(report, unit, change, words):
    changed = Row(str(report.month), "*", "target_change", "target=SM-1", change)
    rows = [one for one in report.ledger.rows if one.measure != "target_change"]
    assert change_words(replace(report, ledger=Ledger((*rows, changed))), target(code="SM-1", unit=unit)) == words


def test_a_value_from_an_earlier_report_names_that_report(report):
    assert behind(report, row("1", rows="VP@2026-01/target_values#1")) == ("VP", "báo cáo tháng 01/2026")


def test_a_value_with_no_row_behind_it_has_no_source(report):
    assert behind(report, row("1")) is None


def test_a_target_in_words_of_which_a_unit_only_noted_something_says_what(report):
    words = target(type="qualitative", comparator=None, value=None, unit="")
    level = row("", "target_level", rows="VP@2026-02/target_values#1")
    noted = report.records.values.iloc[:1].assign(unit="VP", month="2026-02", row="1", note="*Xong* 0912345678")
    made = replace(report, records=replace(report.records, values=noted))
    assert measured(words, level) == "chỉ có ghi chú"
    assert note_alone(made, level) == r"\*Xong\* \[đã che\: số điện thoại\]"
    assert note_alone(made, replace(level, value="3")) == note_alone(report, row("", "target_level")) == ""
