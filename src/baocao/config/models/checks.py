"""``params/checks.yml``: bounds of what a cell may hold, and what findings say."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic import Field, StrictBool

from baocao.config.models.basics import Model, Text, Whole

MOST = 10_000_000_000_000
"""Of what one cell may be allowed to hold: numbers of 64 bits still hold the sum of 900 000 such cells."""


class Thresholds(Model):
    max_quantity: Whole = Field(default=1_000_000, ge=1, le=MOST)
    max_people: Whole = Field(default=10_000_000, ge=1, le=MOST)
    max_cost: Whole = Field(default=1_000_000_000_000, ge=1, le=MOST)
    max_text: Whole = Field(default=2_000, ge=1)
    max_rows: Whole = Field(default=50_000, ge=1)
    max_file_mb: Whole = Field(default=20, ge=1)
    history_months: Whole = Field(default=13, ge=2)
    """How many months before the report month the ledger carries for comparison."""
    duplicate_months: Whole = Field(default=3, ge=0)
    """In how many months before the report month an activity is looked for that is reported again."""
    jump_min_months: Whole = Field(default=4, ge=2)
    """How many earlier months with figures a unit needs before its figures are held against them."""
    jump_score: Decimal = Field(default=Decimal("3.5"), gt=0)
    """Robust z-score beyond which a figure is asked about (Iglewicz and Hoaglin, 1993)."""
    jump_min_percent: Whole = Field(default=50, ge=0)
    """Smallest change, in per cent of the median, that is asked about."""
    evidence_patterns: tuple[Text, ...] = ()
    """Regular expressions one of which a piece of evidence must match somewhere; any text passes if there is none."""


class Check(Model):
    """What a finding says, and how grave it is (codes: :mod:`baocao.config.check_codes`)."""

    severity: Literal["error", "warning"]
    """``error`` rejects the row, the sheet or the file; ``warning`` keeps it and asks."""
    enabled: StrictBool = True
    message: Text
    """What is wrong."""
    allowed: str = ""
    """What is allowed; empty for what the column allows."""
    action: Text
    """What to do."""


class Checks(Model):
    thresholds: Thresholds = Thresholds()
    checks: Mapping[str, Check] | None = None
    """Checks by their code. One that is not listed is as the package brings it: the file may be older than the check,
    and what a closed month keeps cannot be brought up to date."""
