"""``params/calendar.yml``: report periods and deadlines."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StringConstraints

from baocao.config.models.basics import Clock, Day, Former, Model, Whole, former
from baocao.months import Month


class DueDay(Model):
    """A day of the report month, and what “before” that day means."""

    day: Whole = Field(ge=1, le=31)
    months_later: Whole = Field(default=0, ge=0, le=2)
    strict: StrictBool = True
    """If strict, “before the 14th” ends with the 13th; otherwise with the 14th."""
    at: Clock = time(23, 59, 59)
    text: str = ""


class FormerDueDay(DueDay, Former):
    """A former deadline."""


class Deadline(DueDay):
    """The present deadline and the former ones."""

    earlier: tuple[FormerDueDay, ...] = ()

    def of(self, month: Month) -> DueDay:
        """The deadline that holds for a report month."""
        return former(self.earlier, month) or self


class Calendar(Model):
    """Period scheme and deadlines (Decree 09/2019/NĐ-CP, Article 12)."""

    scheme: Literal["mid-month", "calendar-month"]
    first_day: Whole = Field(default=15, ge=2, le=28)
    """First day of a mid-month period: that day of the month before the report month."""
    first_month: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
    """The plan's first report month."""
    starts: Day
    """The day on which the plan takes effect; no activity is older."""
    cut_off: Deadline
    unit_due: Deadline
    site_due: Deadline
    lock: Deadline
    move_to_working_day: StrictBool = False
    """Whether a deadline on a day off moves to the working day before it."""
    country: str = ""
    """ISO code of the country whose public holidays are days off; if empty, only Saturdays and Sundays are."""
    days_off: tuple[Day, ...] = ()
    """Days off in addition to the country's public holidays."""
    working_days: tuple[Day, ...] = ()
    """Working days that fall on a weekend or a public holiday."""
