from decimal import Decimal
from fractions import Fraction

import pytest

from baocao.config.models import Baseline, Reference, Target
from baocao.measures.targets import Reading, decimal_text, latest, measured, required, status
from baocao.months import Month


def target(type_="ratio", comparator=">", value=40, unit="%", **other):
    base = {"code": "T-1", "scope": "ward", "paragraph": "P-1", "year": 2030, "name": "n", "text": "t"}
    return Target(**base, type=type_, comparator=comparator, value=value, unit=unit, **other)


def reading(numerator="", denominator="", value="", as_of="2025-10-14", unit="A", month="2025-10", row=1):
    return Reading(unit, month, row, "T-1", numerator, denominator, value, as_of)


@pytest.mark.parametrize(
    ("comparator", "numerator", "expected"),
    [
        (">", "400", "not_met"),
        (">", "401", "met"),
        (">=", "400", "met"),
        (">=", "399", "not_met"),
        ("<=", "400", "met"),
        ("<=", "401", "not_met"),
        ("<", "400", "not_met"),
        ("<", "399", "met"),
        ("==", "400", "met"),
        ("==", "401", "not_met"),
        ("==", "399", "not_met"),
    ],
)
def test_a_ratio_is_compared_exactly_at_its_bound(comparator, numerator, expected):
    assert status(target(comparator=comparator), reading(numerator, "1000")) == expected


def test_a_comparison_does_not_use_the_rounded_value():
    assert decimal_text(measured(target(), reading("400000001", "1000000000"))) == "40"
    assert status(target(), reading("400000001", "1000000000")) == "met"


def test_a_ratio_with_a_zero_denominator_is_undefined():
    assert measured(target(), reading("0", "0")) is None
    assert status(target(), reading("0", "0")) == "undefined"


def test_no_reading_is_no_data_and_not_missed():
    assert status(target(), None) == "no_data"


@pytest.mark.parametrize(("type_", "comparator"), [("qualitative", None), ("relative", "in_leading_group")])
def test_what_is_no_bound_to_hold_a_value_against_is_never_scored(type_, comparator):
    unscored = target(type_, comparator, None, "")
    assert status(unscored, reading(value="1")) == status(unscored, None) == "unscored"


def test_a_target_with_a_reason_against_is_not_scored():
    assert status(target(unscored_because="chưa có định nghĩa"), reading("1", "2")) == "unscored"


@pytest.mark.parametrize(("value", "expected"), [("17.999", "not_met"), ("18", "met"), ("25", "met")])
def test_a_range_passes_at_its_lower_end_and_its_upper_end_is_no_limit(value, expected):
    ranged = target("threshold", "between", None, "tổ chức", value_min=Decimal(18), value_max=Decimal(20))
    assert status(ranged, reading(value=value)) == expected


@pytest.mark.parametrize(("value", "expected"), [("1", "met"), ("0", "not_met")])
def test_a_boolean_is_met_when_true(value, expected):
    assert status(target("boolean", "==", True, ""), reading(value=value)) == expected


def test_a_ratio_per_mille_is_measured_per_mille():
    births = target("ratio", "<=", 10, "‰")
    assert measured(births, reading("9", "1000")) == 9
    assert status(births, reading("11", "1000")) == "not_met"


def test_growth_is_taken_on_the_year_before():
    grown = target("growth", ">=", 10, "%/năm")
    assert measured(grown, reading("11", "10")) == 10
    assert status(grown, reading("11", "10")) == "met"


def test_growth_on_a_base_of_zero_is_undefined():
    assert status(target("growth", ">=", 10, "%/năm"), reading("11", "0")) == "undefined"


def test_growth_from_a_count_needs_a_baseline():
    assert status(target("growth", ">=", 10, "%/năm"), reading(value="3")) == "undefined"
    based = target("growth", ">=", 10, "%/năm", baseline=Baseline(year=2023, value=Decimal(100), source="s"))
    assert decimal_text(measured(based, reading(value="121"))) == "10"
    assert decimal_text(measured(based, reading(value="0"))) == "-100"


@pytest.mark.parametrize(
    ("value", "as_of"), [("121", "2023-12-31"), ("121", ""), ("-1", "2025-10-14"), ("", "2025-10-14")]
)
def test_growth_on_the_baseline_is_undefined_within_its_year_without_a_day_and_below_zero(value, as_of):
    based = target("growth", ">=", 10, "%/năm", baseline=Baseline(year=2023, value=Decimal(100), source="s"))
    assert status(based, reading(value=value, as_of=as_of)) == "undefined"


def test_a_relative_target_needs_the_value_of_its_year():
    plain = target("relative", ">=", None, "")
    assert status(plain, reading(value="3")) == "undefined"
    held = target("relative", ">=", None, "", references=(Reference(year=2025, value=Decimal(3), source="s"),))
    assert status(held, reading(value="3")) == "met"
    assert status(held, reading(value="2.9")) == "not_met"
    assert status(held, reading(value="3", as_of="2025-12-14", month="2026-01")) == "met"
    assert status(held, reading(value="3", as_of="2026-01-14", month="2026-01")) == "undefined"
    assert status(held, reading(value="3", as_of="")) == "met"


def test_the_newest_day_counts_and_then_the_newest_report():
    old, new = reading(as_of="2025-08-14", month="2025-10"), reading(as_of="2025-09-14", month="2025-09")
    assert latest([new, old], target(), "2025-10") is new
    later = reading(as_of="2025-09-14", month="2025-10")
    assert latest([new, later], target(), "2025-10") is later


@pytest.mark.parametrize(("month", "is_newer"), [("2025-10", True), ("2025-09", False)])
def test_a_reading_without_a_day_is_as_new_as_its_report(month, is_newer):
    dated, undated = reading(as_of="2025-09-14", month="2025-09"), reading(as_of="", month=month)
    assert (latest([dated, undated], target(), "2025-10") is undated) is is_newer


def test_a_later_month_is_not_known_yet():
    assert latest([reading(month="2025-11")], target(), "2025-10") is None


def test_of_two_equal_readings_the_first_named_reporter_counts():
    a, b = reading(unit="A"), reading(unit="B")
    assert latest([a, b], target(reporters=("B", "A")), "2025-10") is b


def test_of_two_equal_readings_that_nobody_is_named_for_the_first_unit_counts_whatever_else_they_reported():
    assert latest([first := reading(unit="A", row=1), reading(unit="B", row=9)], target(), "2025-10") is first


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(2, 3), "0.666667"), (Fraction(0), "0"), (Fraction(-1, 10**9), "0"), (Fraction(100), "100")],
)
def test_a_value_is_written_with_six_decimals_at_most(value, text):
    assert decimal_text(value) == text


BASE = Baseline(year=2024, value=Decimal(40), source="Niên giám")


@pytest.mark.parametrize(
    ("month", "level"),
    [
        (Month(2024, 12), 40),
        (Month(2025, 6), 45),
        (Month(2025, 12), 50),
        (Month(2030, 12), 100),
        (Month(2031, 6), 100),
        (Month(2024, 11), None),
    ],
)
def test_a_path_runs_straight_from_the_baselines_year_end_to_the_targets(month, level):
    assert required(target(comparator=">=", value=100, baseline=BASE), month) == level


def test_a_path_can_fall():
    falling = target(comparator="<=", value=10, baseline=BASE)
    assert required(falling, Month(2027, 12)) == 25


@pytest.mark.parametrize(
    "without",
    [
        {},
        {"type_": "growth", "baseline": BASE},
        {"type_": "boolean", "comparator": None, "value": True, "unit": "", "baseline": BASE},
        {"unscored_because": "chưa có định nghĩa", "baseline": BASE},
        {"baseline": Baseline(year=2030, value=Decimal(40), source="x")},
    ],
)
def test_nothing_is_required_without_a_baseline_or_of_what_is_no_level(without):
    assert required(target(**without), Month(2026, 6)) is None
