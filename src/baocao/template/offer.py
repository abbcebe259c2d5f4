"""The content of a unit's blank workbook for a month: code lists with words, the targets that it owes, the period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from baocao.calendar import days_taken
from baocao.config.models import Config, Plan, Target, Thresholds, Unit
from baocao.config.owed import owed_targets
from baocao.intake.check_values import needed_figures, shows_rate
from baocao.intake.contract import NOTE_KINDS
from baocao.intake.lookups import offered, shortened
from baocao.months import Month, Period
from baocao.present.due import until

RATIO, GROWTH = "Tử số : Mẫu số", "Tử số : Mẫu số - 100%"
"""How a target's rate is computed from its figures; the workbook's formula looks for these words."""
_NOT_SAID = "(kế hoạch không nêu)"


@dataclass(frozen=True)
class TargetOffer:
    """A target that a unit owes, in words."""

    label: str
    numerator: str
    denominator: str
    needed: str
    rate: str


@dataclass(frozen=True)
class Offer:
    """All that is filled into the workbook of a unit and month.

    Attributes
    ----------
    period
        The allowed days of activities.
    starts
        The first day that a figure may have.
    due
        The deadline, in words.
    gathers
        Whether the unit is the one that gathers the reports, and so sends them to nobody.
    contents
        Areas and their bullets: the choice for the cell, and the plan's full words.
    """

    unit: Unit
    month: Month
    period: Period
    starts: date
    due: str
    site: str
    plan: str
    coordinator: str
    gathers: bool
    contents: tuple[tuple[str, str], ...]
    forms: tuple[tuple[str, str], ...]
    channels: tuple[str, ...]
    products: tuple[str, ...]
    funding: tuple[str, ...]
    note_kinds: tuple[str, ...]
    targets: tuple[TargetOffer, ...]
    thresholds: Thresholds


def offer_of(config: Config, unit: Unit, month: Month) -> Offer:
    """What the unit is offered in the month."""
    calendar, plan = config.calendar, config.plan
    names = {one.code: one.name for one in config.units.units}
    return Offer(
        unit,
        month,
        days_taken(calendar, month),
        calendar.starts,
        until(config, calendar.unit_due, month).removeprefix("đến "),
        config.site.name,
        plan.document.short_title,
        names.get(config.site.coordinator, config.site.coordinator),
        unit.code == config.site.coordinator,
        tuple(_contents(plan, month)),
        tuple((offered(form.code, form.name), form.text) for form in plan.forms),
        tuple(offered(channel.code, channel.name) for channel in plan.channels),
        tuple(dict.fromkeys(product for form in plan.forms for product in form.products)),
        tuple(source.name for source in plan.funding),
        tuple(NOTE_KINDS.values()),
        tuple(_target(target) for target in owed_targets(config, unit)),
        config.thresholds,
    )


def _contents(plan: Plan, month: Month) -> Iterator[tuple[str, str]]:
    for area in (area for area in plan.areas if area.counts_in(month)):
        yield offered(area.code, area.title), area.title
        yield from ((offered(bullet.code, shortened(bullet.text)), bullet.text) for bullet in area.bullets)


def _target(target: Target) -> TargetOffer:
    parts = target.type == "ratio" or bool(target.numerator or target.denominator)
    blank = _NOT_SAID if parts else ""
    growth = target.type == "growth"
    return TargetOffer(
        offered(target.code, target.name),
        target.numerator or ("số của kỳ này" if growth else blank),
        target.denominator or ("số của cùng kỳ năm trước" if growth else blank),
        " ".join(filter(None, (needed_figures(target), f"({target.unit})" if target.unit else ""))),
        (GROWTH if growth else RATIO) if shows_rate(target) else "",
    )
