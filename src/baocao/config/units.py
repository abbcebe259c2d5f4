"""The register of units: which units exist on a day, owe a report, lead or coordinate an area."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from baocao.config.models import Area, Config, Group, Unit
from baocao.config.periods import month_of, period_of
from baocao.months import Term


def units_on(config: Config, day: date) -> tuple[Unit, ...]:
    """The units on the register on a day, in the register's order."""
    return tuple(unit for unit in config.units.units if unit.valid_on(day))


def resolve(config: Config, code: str, day: date) -> tuple[Unit, ...]:
    """The units behind a unit's or a group's code on a day, in the register's order.

    Raises
    ------
    KeyError
        If the code is unknown; the rules exclude that for codes in the configuration.
    """
    if found := [unit for unit in config.units.units if unit.code == code]:
        return tuple(unit for unit in found if unit.valid_on(day))
    group = next((group for group in config.units.groups if group.code == code), None)
    if group is None:
        raise KeyError(code)
    members = _members(config, group, day)
    return tuple(unit for unit in units_on(config, day) if unit.kind in group.kinds or unit.code in members)


def _members(config: Config, group: Group, day: date) -> frozenset[str]:
    """Codes of a group's units; if it is the group of leads, of the units that lead an area."""
    leads = config.plan.areas if group.leads else ()
    return frozenset(group.units) | {u.code for area in leads for u in _leads_on(config, area, day)}


def _leads_on(config: Config, area: Area, day: date) -> tuple[Unit, ...]:
    """The units that lead an area on a day, the primary one first."""
    return _resolve_all(config, area.leads_in(month_of(config.calendar, day)), day)


def _resolve_all(config: Config, codes: tuple[str, ...], day: date) -> tuple[Unit, ...]:
    """The units behind several codes, each once, in the order of the codes."""
    found = {unit.code: unit for code in codes for unit in resolve(config, code, day)}
    return tuple(found.values())


def owed_units(config: Config, term: Term) -> tuple[Unit, ...]:
    """The units that owe a report: those on the register on the last day of a month of the term."""
    owed = {unit.code for end in _ends(config, term) for unit in units_on(config, end)}
    return tuple(unit for unit in config.units.units if unit.code in owed)


def leads_of(config: Config, area: Area, term: Term) -> tuple[Unit, ...]:
    """The units that lead an area in a month, the primary one first; in a span, those that lead it at its end first."""
    ends = _ends(config, term)
    return tuple({unit.code: unit for end in ends for unit in _leads_on(config, area, end)}.values())


def _ends(config: Config, term: Term) -> Iterator[date]:
    """The last day of each month, newest first; a span's months before the plan, which owe nothing, are left out."""
    counted = [month for month in term.months if str(month) >= config.calendar.first_month]
    return (period_of(config.calendar, month).end for month in reversed(counted or term.months))


def involved_units(config: Config, area: Area, day: date) -> frozenset[str]:
    """Codes of the units that lead or coordinate an area on a day."""
    coordinating = _resolve_all(config, area.coordinating_units, day)
    return frozenset(unit.code for unit in (*_leads_on(config, area, day), *coordinating))
