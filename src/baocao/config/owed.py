"""What a unit must report each month: activities on the areas that it leads, and values of its targets."""

from __future__ import annotations

from baocao.config.models import Area, Config, Target, Unit
from baocao.config.units import leads_of
from baocao.months import Term


def owed_areas(config: Config, unit: Unit, term: Term) -> tuple[Area, ...]:
    """The areas that the unit leads, alone or with others: it owes activities on each, or an explicit nil report."""
    return tuple(area for area in config.plan.areas if unit in leads_of(config, area, term))


def owed_targets(config: Config, unit: Unit) -> tuple[Target, ...]:
    """The targets whose value the unit reports."""
    return tuple(target for target in config.targets.targets if unit.code in target.reporters)
