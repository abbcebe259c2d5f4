"""Which reports are in, nil, refused or missing, and which were in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from baocao.calendar import deadline
from baocao.config.models import Config
from baocao.config.units import owed_units
from baocao.intake.records import Records
from baocao.months import Month

STATES = ("filed", "nil", "refused", "missing")
TIMELINESS = ("on_time", "late", "undated")


@dataclass(frozen=True)
class Submission:
    """What one unit did about one month's report.

    ``state`` is one of :data:`STATES`; ``time`` one of :data:`TIMELINESS`, empty if there is no report.
    """

    unit: str
    month: str
    state: str
    time: str = ""

    @property
    def reported(self) -> bool:
        """Whether the unit's figures are known: a nil report is a report, a refused or missing one is not."""
        return self.state in {"filed", "nil"}


def submissions(records: Records, config: Config, month: Month) -> tuple[Submission, ...]:
    """The state of every unit that owes a report for the month, in the register's order."""
    frame = records.submissions
    rows = frame[frame["month"] == str(month)]
    sent = {unit: (state, at) for unit, state, at in zip(rows["unit"], rows["state"], rows["received_at"], strict=True)}
    due = deadline(config.calendar, config.calendar.unit_due, month, config.site.timezone)
    return tuple(_submission(unit.code, str(month), sent.get(unit.code), due) for unit in owed_units(config, month))


def _submission(unit: str, month: str, sent: tuple[str, str] | None, due: datetime) -> Submission:
    if sent is None:
        return Submission(unit, month, "missing")
    state, received_at = sent
    return Submission(unit, month, state, timeliness(received_at, due))


def timeliness(received_at: str, due: datetime) -> str:
    """``on_time`` up to the last instant of the deadline, ``late`` after it, ``undated`` if nobody noted the time."""
    if not received_at:
        return "undated"
    return "on_time" if datetime.fromisoformat(received_at) <= due else "late"
