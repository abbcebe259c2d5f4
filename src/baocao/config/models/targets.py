"""``params/targets.yml``: the targets and what they are compared with."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field, StrictBool

from baocao.config.models.basics import Code, Model, Named, Text, Year

TargetType = Literal["ratio", "threshold", "growth", "boolean", "relative", "qualitative"]
Comparator = Literal[">=", ">", "<=", "<", "==", "between", "in_leading_group"]


class Baseline(Model):
    year: Year
    value: Decimal
    source: Text


class Reference(Model):
    """The value that a relative target is compared with, for one year."""

    year: Year
    value: Decimal
    source: Text


class Target(Named):
    """A target of the plan (types: design, section 2)."""

    code: Code
    scope: Text
    paragraph: Code
    year: Year
    name: Text
    type: TargetType
    comparator: Comparator | None = None
    comparator_explicit: StrictBool = True
    value: StrictBool | Decimal | None = Field(default=None, union_mode="left_to_right")
    """The bound, in ``unit``; true for a boolean; None for a range, a relative or a qualitative target."""
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    numerator: str = ""
    denominator: str = ""
    part_of: Code | None = None
    text: Text
    note: str = ""
    errata: tuple[Code, ...] = ()
    unscored_because: str = ""
    """Why the target is listed but not scored (in Vietnamese); empty if it is scored."""
    reporters: tuple[Code, ...] = ()
    """Units that must report the value, in order of precedence; empty if none is named."""
    baseline: Baseline | None = None
    references: tuple[Reference, ...] = ()

    @property
    def scale(self) -> int:
        """Factor that turns numerator / denominator into ``unit``: 100 for per cent, 1000 for per mille, else 1."""
        return {"%": 100, "‰": 1000}.get(self.unit[:1], 1)


class TargetParagraph(Model):
    code: Code
    scope: Text
    year: Year
    text: Text


class Targets(Model):
    paragraphs: tuple[TargetParagraph, ...]
    targets: tuple[Target, ...]
