"""Words for one target."""

from dataclasses import replace
from decimal import Decimal

import pytest

from baocao.config.models import Baseline, Target
from baocao.measures.ledger import Ledger, Row
from baocao.present.targets_text import (
    advances,
    behind,
    change_words,
    counted,
    falls_back,
    has_figure,
    measured,
    note_alone,
    status_words,
)
from baocao.present.words import STATUSES


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
        ({"type": "relative", "value": None, "unit": "%"}, "57.9", "57,9%"),
        ({"unit": "‰"}, "4.25", "4,25‰"),
        ({"type": "relative", "value": None, "unit": ""}, "1", "1"),
        ({"comparator": "between", "value": None, "value_min": 18, "unit": "vụ"}, "17.999", "17,999 vụ"),
    ],
)
def test_a_value_is_said_with_its_unit_and_never_rounded_onto_its_bound(fields, value, words):
    assert measured(target(**fields), row(value)) == words


def told(report, target, change="", status="", before=""):
    """The report with these rows alone of a target."""
    now, then = str(report.month), str(report.month.plus(-1))
    rows = [Row(now, "*", "target_change", f"target={target.code}", change)] if change else []
    for month, code in ((now, status), (then, before)):
        rows += [Row(month, "*", "target_status", f"status={code};target={target.code}", "1")] if code else []
    return replace(report, ledger=Ledger(rows))


@pytest.mark.parametrize(
    ("comparator", "side"), [(">", 1), (">=", 1), ("between", 1), ("<", -1), ("<=", -1), ("==", 0)]
)
@pytest.mark.parametrize("change", [2, -2, 0, None])
@pytest.mark.parametrize("status", ["met", "not_met", "unscored"])
def test_a_value_moves_for_the_better_towards_the_side_of_its_bound(report, comparator, side, change, status):
    moved = told(report, target(comparator=comparator), "" if change is None else str(change), status)
    step = side * (change or 0) if status != "unscored" else 0
    assert (advances(moved, target(comparator=comparator)), falls_back(moved, target(comparator=comparator))) == (
        step > 0,
        step < 0,
    )


@pytest.mark.parametrize(("before", "now", "falls"), [("met", "not_met", True), ("not_met", "not_met", False)])
def test_a_bound_that_is_met_no_more_is_told_though_no_change_is_known(report, before, now, falls):
    assert falls_back(told(report, target(), status=now, before=before), target()) is falls


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"type": "boolean", "value": True, "unit": "", "comparator": "=="}, "1"),
        ({"comparator": "=="}, "-3"),
        ({"type": "relative", "comparator": ">=", "value": None}, "-2.4"),
    ],
)
def test_a_bound_that_is_met_only_now_is_told_as_better(report, fields, change):
    reached = told(report, target(**fields), change, status="met", before="not_met")
    assert (advances(reached, target(**fields)), falls_back(reached, target(**fields))) == (True, False)


def test_a_better_value_that_meets_its_bound_no_more_is_not_said_to_be_better(report):
    """What a relative target is compared with may rise more than its value."""
    relative = target(type="relative", comparator=">=", value=None)
    moved = told(report, relative, change="2.4", status="not_met", before="met")
    assert (advances(moved, relative), falls_back(moved, relative)) == (False, True)


BASE = {"type": "growth", "value": Decimal(10), "baseline": Baseline(year=2025, value=Decimal(100), source="s")}
NO_BASE = BASE | {"baseline": Baseline(year=2025, value=Decimal(0), source="s")}


@pytest.mark.parametrize(
    ("fields", "value", "denominator", "why"),
    [
        ({"type": "relative", "value": None}, "3", "", "chưa có mức để so sánh"),
        ({"type": "growth"}, "3", "", "chưa có giá trị gốc để tính"),
        ({"type": "growth"}, "", "0", "mẫu số hoặc giá trị gốc bằng 0"),
        (NO_BASE, "3", "", "mẫu số hoặc giá trị gốc bằng 0"),
        (BASE, "3", "", "chưa có ngày chốt sau năm gốc 2025"),
        (BASE, "-3", "", "mức đạt được nhỏ hơn 0"),
    ],
)
def test_a_target_that_cannot_be_computed_says_what_it_lacks(report, fields, value, denominator, why):
    level = row(value, "target_level")._replace(denominator=denominator)
    rows = [level, Row(str(report.month), "*", "target_status", "status=undefined;target=T", "1")]
    words = status_words(replace(report, ledger=Ledger(rows)), target(**fields))
    assert words == f"{STATUSES['undefined']}: [{why}]{{.nguyen-van}}"


@pytest.mark.parametrize(
    ("numerator", "denominator", "pair", "is_figure"),
    [("79", "1240", "79\u00a0/\u00a01.240", True), ("79", "", "", True), ("", "124", "", False), ("", "", "", False)],
)
def test_a_pair_is_both_its_numbers(numerator, denominator, pair, is_figure):
    made = row("")._replace(numerator=numerator, denominator=denominator)
    assert (counted(made), has_figure(made), has_figure(made._replace(value="0"))) == (pair, is_figure, True)
    assert counted(None) == ""


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
    assert note_alone(made, level._replace(value="3")) == note_alone(report, row("", "target_level")) == ""
