"""``params/checks.yml``: bounds for the values of cells, and the texts of findings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic import Field, StrictBool

from baocao.config.models.basics import Model, Text, Whole

MOST = 10_000_000_000_000
"""Largest bound that a site may set for a cell: the sum of 900 000 such cells still fits into 64 bits."""


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
    """Number of earlier months that are searched for an activity reported a second time."""
    jump_min_months: Whole = Field(default=4, ge=2)
    """Number of earlier months with figures that a unit needs before its figures are compared with them."""
    jump_score: Decimal = Field(default=Decimal("3.5"), gt=0)
    """Robust z-score beyond which a figure is asked about (Iglewicz and Hoaglin, 1993)."""
    jump_min_percent: Whole = Field(default=50, ge=0)
    """Smallest change, in per cent of the median, for which a figure is asked about."""
    evidence_patterns: tuple[Text, ...] = ()
    """Regular expressions; evidence must match one of them somewhere. If there are none, any text is accepted."""


class Check(Model):
    """The texts and the severity of a finding (codes: :mod:`baocao.config.check_codes`)."""

    severity: Literal["error", "warning"]
    """``error`` rejects the row, the sheet or the file; ``warning`` accepts it and asks a question."""
    enabled: StrictBool = True
    message: Text
    """What is wrong."""
    allowed: str = ""
    """What is allowed; if empty, the column's own text is used."""
    action: Text
    """What to do."""


class Checks(Model):
    thresholds: Thresholds = Thresholds()
    checks: Mapping[str, Check] | None = None
    """Checks by code. A check that is not listed has the package's own entry: the file may be older than the check, and
    the copy in a closed month cannot be updated."""
