"""All of ``params/`` together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from baocao.config.default_checks import default_checks
from baocao.config.models.basics import Model
from baocao.config.models.book import Book
from baocao.config.models.calendar import Calendar
from baocao.config.models.checks import Check, Thresholds
from baocao.config.models.official import OfficialForm
from baocao.config.models.plan import Plan
from baocao.config.models.site import Site
from baocao.config.models.targets import Targets
from baocao.config.models.units import Units


def _default_checks() -> Any:
    return {code: Check.model_validate(entry) for code, entry in default_checks().items()}


class Config(Model):
    """All of ``params/``, checked."""

    site: Site
    plan: Plan
    targets: Targets
    units: Units
    calendar: Calendar
    book: Book
    official: OfficialForm = OfficialForm()
    thresholds: Thresholds = Thresholds()
    checks: Mapping[str, Check] = Field(default_factory=_default_checks)

    @property
    def target_scopes(self) -> dict[str, str]:
        """Code → name of the scopes for which the plan has targets; empty if it has no targets."""
        used = {target.scope for target in self.targets.targets}
        return {code: name for code, name in self.site.scopes.items() if code in used}
