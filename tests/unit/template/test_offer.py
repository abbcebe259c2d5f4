"""What a unit is offered: its own targets, the plan's lists, the days of its period."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from baocao.config.models import Baseline, Config, FormerLeads
from baocao.intake.check_values import needed_figures
from baocao.intake.lookups import Codes
from baocao.months import Month
from baocao.template.offer import GROWTH, RATIO, Offer, offer_of


def offer(config: Config, code: str, month: Month) -> Offer:
    return offer_of(config, next(unit for unit in config.units.units if unit.code == code), month)


def test_a_unit_is_offered_the_targets_that_it_owes_and_no_other(ward: Config) -> None:
    for unit in ward.units.units:
        owed = [target.code for target in ward.targets.targets if unit.code in target.reporters]
        assert [one.label.split(" - ")[0] for one in offer(ward, unit.code, Month(2025, 10)).targets] == owed


def test_a_target_comes_with_what_its_numerator_and_denominator_are(commune: Config) -> None:
    (one,) = offer(commune, "VP", Month(2026, 1)).targets
    assert (one.numerator, one.denominator, one.rate) == ("hộ có tủ sách", "tổng số hộ", RATIO)
    assert one.needed == "Tử số và mẫu số (%)"


@pytest.mark.parametrize(
    ("said", "numerator", "denominator"),
    [
        ({"numerator": "", "denominator": ""}, "(kế hoạch không nêu)", "(kế hoạch không nêu)"),
        ({"type": "threshold", "denominator": ""}, "hộ có tủ sách", "(kế hoạch không nêu)"),
        ({"type": "threshold", "numerator": ""}, "(kế hoạch không nêu)", "tổng số hộ"),
        ({"type": "threshold", "numerator": "", "denominator": ""}, "", ""),
    ],
)
def test_a_figure_that_the_plan_does_not_define_is_said_to_be_just_that(
    commune: Config, said: dict[str, str], numerator: str, denominator: str
) -> None:
    first = next(target for target in commune.targets.targets if target.type == "ratio").model_copy(update=said)
    targets = commune.targets.model_copy(update={"targets": (first,)})
    (one,) = offer(commune.model_copy(update={"targets": targets}), "VP", Month(2026, 1)).targets
    assert (one.numerator, one.denominator) == (numerator, denominator)


def test_growth_is_on_the_same_figure_a_year_before(ward: Config) -> None:
    growing = next(t for t in ward.targets.targets if t.type == "growth" and t.reporters and not t.numerator)
    found = offer(ward, growing.reporters[0], Month(2025, 10)).targets
    one = next(target for target in found if target.label.startswith(f"{growing.code} "))
    assert (one.numerator, one.denominator, one.rate) == ("số của kỳ này", "số của cùng kỳ năm trước", GROWTH)
    assert one.needed == "Tử số và mẫu số (%/năm)"


def test_a_level_is_asked_for_only_where_it_can_be_held_against_a_baseline(ward: Config) -> None:
    growing = next(t for t in ward.targets.targets if t.type == "growth")
    based = growing.model_copy(update={"baseline": Baseline(year=2024, value=Decimal(12), source="s")})
    assert [needed_figures(one) for one in (growing, based)] == [
        "Tử số và mẫu số",
        "Tử số và mẫu số, hoặc Giá trị là mức đạt được",
    ]


def test_contents_are_areas_in_the_plans_words_and_bullets_by_their_first_words(ward: Config) -> None:
    contents = dict(offer(ward, ward.units.units[0].code, Month(2025, 10)).contents)
    for area in ward.plan.areas:
        assert contents[f"{area.code} - {area.title}"] == area.title
        for bullet in area.bullets:
            (label,) = [label for label, words in contents.items() if words == bullet.text]
            assert label.startswith(f"{bullet.code} - {bullet.text[:20]}")
            assert len(label) <= 110


def test_the_period_crosses_the_years_end(ward: Config) -> None:
    period = offer(ward, ward.units.units[0].code, Month(2026, 1)).period
    assert (period.start, period.end) == (date(2025, 12, 15), date(2026, 1, 14))


def test_no_day_before_the_plan_takes_effect_is_offered(commune: Config) -> None:
    assert offer(commune, "VP", Month(2026, 1)).period.start == date(2026, 1, 2)


def test_the_day_to_send_it_by_is_that_of_the_calendar(ward: Config, commune: Config) -> None:
    assert offer(ward, ward.units.units[0].code, Month(2026, 1)).due == "hết ngày 13/01/2026"
    assert offer(commune, "VP", Month(2026, 1)).due == "hết ngày 03/02/2026"


def test_an_area_is_offered_as_long_as_it_counts(commune: Config) -> None:
    earlier = (FormerLeads(last_month="2026-03", lead_units=("VP",)),)
    dropped = commune.plan.areas[0].model_copy(update={"lead_units": (), "earlier_leads": earlier})
    plan = commune.plan.model_copy(update={"areas": (dropped, *commune.plan.areas[1:])})
    made = commune.model_copy(update={"plan": plan})
    first = [offer(made, "VP", Month(2026, month)).contents[0][0].split(" - ")[0] for month in (3, 4)]
    assert first == ["ND1", "ND2"]


def test_a_deadline_within_a_day_is_told_with_its_hour(commune: Config) -> None:
    due = commune.calendar.unit_due.model_copy(update={"at": time(17)})
    early = commune.model_copy(update={"calendar": commune.calendar.model_copy(update={"unit_due": due})})
    assert offer(early, "BanMay", Month(2026, 1)).due == "17 giờ 00 ngày 03/02/2026"


def test_what_is_offered_for_a_bullet_is_understood_though_its_words_begin_with_another_code(commune: Config) -> None:
    first, *others = commune.plan.areas
    bullet = first.bullets[0].model_copy(update={"text": f"{others[0].code} và những việc khác. " * 9})
    changed = (first.model_copy(update={"bullets": (bullet,)}), *others)
    made = commune.model_copy(update={"plan": commune.plan.model_copy(update={"areas": changed})})
    label = offer(made, "VP", Month(2026, 1)).contents[1][0]
    assert label.endswith("…")
    assert Codes.of(made).content.find(label) == bullet.code
