"""``params/units.yml``: the register of units and the groups that the plan names."""

from __future__ import annotations

from collections import Counter

from pydantic import StrictBool, field_validator

from baocao.config.models.basics import Code, Day, Model, Named, Text
from baocao.text import fold_name


class Unit(Named):
    """A reporting unit, and the days from and to which it is on the register."""

    code: Code
    name: Text
    kind: Code
    """The kind by which groups gather units: ``office``, ``school``, ``quarter`` …"""
    valid_from: Day
    valid_to: Day | None = None
    """Last day, included; None while the unit exists."""

    def valid_on(self, day: Day) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def answers_to(self, text: str) -> bool:
        """Whether a text is the unit's code or name, or both together; former and shared names count."""
        called = (self.name.removesuffix(f" ({self.code})"), *self.earlier_names)
        both = (text for name in called for text in (name, f"{self.code} - {name}", f"{name} ({self.code})"))
        return fold_name(text) in map(fold_name, (self.code, self.name, *both))


class Group(Model):
    """A group that the plan names (“các trường học”), resolved through the register."""

    code: Code
    name: Text
    kinds: tuple[Code, ...] = ()
    units: tuple[Code, ...] = ()
    leads: StrictBool = False
    """Whether the group consists of all units that lead a content area."""


class Units(Model):
    kinds: dict[Code, Text]
    units: tuple[Unit, ...]
    """Units that share a name (quarters of merged wards) have their code appended to it."""
    groups: tuple[Group, ...] = ()

    @field_validator("units")
    @classmethod
    def _told_apart(cls, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        count = Counter(fold_name(unit.name) for unit in units)
        return tuple(
            unit.model_copy(update={"name": f"{unit.name} ({unit.code})"}) if count[fold_name(unit.name)] > 1 else unit
            for unit in units
        )
