from __future__ import annotations

from datetime import date, timedelta

import pytest

from baocao.config.models import Config, FormerLeads, Group, Unit, Units
from baocao.config.units import involved_units, leads_of, owed_units, resolve, units_on
from baocao.months import Month, Span

JANUARY = Month(2026, 1)
LAST = date(2026, 1, 31)


def codes(units: tuple[Unit, ...]) -> list[str]:
    return [unit.code for unit in units]


def with_unit(config: Config, code: str, **changes: object) -> Config:
    units = tuple(u.model_copy(update=changes) if u.code == code else u for u in config.units.units)
    return config.model_copy(update={"units": config.units.model_copy(update={"units": units})})


def with_group(config: Config, **fields: object) -> Config:
    groups = (*config.units.groups, Group.model_validate({"code": "G", "name": "nhóm", **fields}))
    return config.model_copy(update={"units": config.units.model_copy(update={"groups": groups})})


def test_units_stand_in_the_order_of_the_register(commune):
    assert codes(units_on(commune, LAST)) == ["VP", "BanMay", "BanGio"]


@pytest.mark.parametrize(("days", "there"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_unit_is_on_the_register_from_its_first_to_its_last_day(commune, days, there):
    config = with_unit(commune, "BanMay", valid_from=date(2026, 1, 1), valid_to=LAST)
    day = date(2026, 1, 1) + timedelta(days=days)
    assert ("BanMay" in codes(units_on(config, day))) is there


@pytest.mark.parametrize(
    ("changes", "owes"),
    [
        ({"valid_to": LAST}, True),
        ({"valid_to": LAST - timedelta(days=1)}, False),
        ({"valid_from": LAST}, True),
        ({"valid_from": LAST + timedelta(days=1)}, False),
    ],
)
def test_a_unit_owes_a_report_if_it_exists_at_the_end_of_the_period(commune, changes, owes):
    assert ("BanMay" in codes(owed_units(with_unit(commune, "BanMay", **changes), JANUARY))) is owes


@pytest.mark.parametrize(("ended", "there"), [(date(2026, 1, 31), False), (date(2026, 2, 28), True)])
def test_who_ended_before_the_plans_first_month_owes_nothing_of_its_first_span(commune, ended, there):
    config = with_unit(commune, "BanMay", valid_to=ended)
    config = config.model_copy(update={"calendar": config.calendar.model_copy(update={"first_month": "2026-02"})})
    span = Span(JANUARY, 12)
    assert ("BanMay" in codes(owed_units(config, span))) is there
    assert ("BanMay" in codes(leads_of(config, config.plan.areas[1], span))) is there
    assert "BanMay" in codes(owed_units(config, JANUARY))  # a file of a month before the plan is told as that


def test_a_mid_month_period_ends_before_the_month_does(ward):
    config = with_unit(ward, ward.units.units[0].code, valid_from=date(2025, 9, 15))
    first = ward.units.units[0].code
    assert first not in codes(owed_units(config, Month(2025, 9)))
    assert first in codes(owed_units(config, Month(2025, 10)))


def test_a_code_resolves_to_the_unit_or_to_the_members_of_the_group(commune):
    assert codes(resolve(commune, "VP", LAST)) == ["VP"]
    assert codes(resolve(commune, "CACTHON", LAST)) == ["BanMay", "BanGio"]


def test_a_group_holds_named_units_beside_its_kinds_each_once(commune):
    config = with_group(commune, kinds=("hamlet",), units=("BanGio", "VP"))
    assert codes(resolve(config, "G", LAST)) == ["VP", "BanMay", "BanGio"]


def test_the_group_of_leads_holds_every_unit_that_leads_an_area(commune):
    assert codes(resolve(with_group(commune, leads=True), "G", LAST)) == ["VP", "BanMay", "BanGio"]


@pytest.mark.parametrize("code", ["BanMay", "CACTHON"])
def test_a_unit_that_is_gone_is_nobody(commune, code):
    config = with_unit(commune, "BanMay", valid_to=date(2026, 1, 15))
    assert "BanMay" not in codes(resolve(config, code, LAST))


def test_an_unknown_code_is_an_error_of_the_caller(commune):
    with pytest.raises(KeyError, match="XX"):
        resolve(commune, "XX", LAST)


def test_leads_stand_in_the_order_of_the_plan_each_once(commune):
    area = commune.plan.areas[2].model_copy(update={"lead_units": ("BanGio", "CACTHON", "VP")})
    assert codes(leads_of(commune, area, JANUARY)) == ["BanGio", "BanMay", "VP"]


def taken_over(config: Config, number: int, before: tuple[str, ...]) -> Config:
    """An area that others led up to and including January."""
    earlier = (FormerLeads(last_month="2026-01", lead_units=before),)
    areas = list(config.plan.areas)
    areas[number] = areas[number].model_copy(update={"earlier_leads": earlier})
    return config.model_copy(update={"plan": config.plan.model_copy(update={"areas": tuple(areas)})})


def test_an_area_that_was_taken_over_is_led_by_each_in_its_time(commune):
    config = taken_over(commune, 0, ("BanGio",))
    area = config.plan.areas[0]
    assert [codes(leads_of(config, area, month)) for month in (JANUARY, JANUARY.plus(1))] == [["BanGio"], ["VP"]]
    assert codes(leads_of(config, area, Span(JANUARY, 3))) == ["VP", "BanGio"]


def test_an_area_that_was_dropped_counts_as_long_as_it_was_led(commune):
    area = taken_over(commune, 0, ("BanGio",)).plan.areas[0].model_copy(update={"lead_units": ()})
    assert [area.counts_in(term) for term in (JANUARY, JANUARY.plus(1), Span(JANUARY, 3))] == [True, False, True]


def test_an_area_that_was_added_later_has_no_lead_before(commune):
    config = taken_over(commune, 0, ())
    assert leads_of(config, config.plan.areas[0], JANUARY) == ()
    assert "VP" in involved_units(config, config.plan.areas[0], LAST + timedelta(days=1))
    assert "VP" not in involved_units(config, config.plan.areas[0], LAST)


@pytest.mark.parametrize(
    ("area", "involved"), [(0, {"VP", "BanMay", "BanGio"}), (1, {"BanMay", "BanGio"}), (2, {"VP", "BanMay"})]
)
def test_those_that_lead_an_area_or_coordinate_it_are_involved(commune, area, involved):
    assert involved_units(commune, commune.plan.areas[area], LAST) == involved


@pytest.mark.parametrize("text", ["BM", "Thôn Mây", "BM - thôn mây", "Bản Mây", "BM - Bản Mây", "ban may (BM)"])
def test_a_unit_answers_to_its_code_its_name_and_the_name_that_it_had(text):
    unit = Unit(code="BM", name="Thôn Mây", kind="hamlet", valid_from=LAST)
    renamed = unit.model_copy(update={"earlier_names": ("Bản Mây",)})
    assert renamed.answers_to(text)
    assert unit.answers_to(text) is ("ản" not in text and "ban" not in text)


def test_units_of_one_name_have_their_code_behind_it():
    names = {"A": "Khu dân cư 1", "B": "Khu dân cư 2", "C": "khu dân cư 1"}
    units = [{"code": code, "name": name, "kind": "quarter", "valid_from": LAST} for code, name in names.items()]
    told = Units.model_validate({"kinds": {"quarter": "Khu dân cư"}, "units": units})
    assert [unit.name for unit in told.units] == ["Khu dân cư 1 (A)", "Khu dân cư 2", "khu dân cư 1 (C)"]
    assert Units.model_validate(told.model_dump()) == told
