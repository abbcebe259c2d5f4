"""Where each month stands: what is owed, in, missing, late, due, and made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from baocao.calendar import deadline
from baocao.intake.intake import read_month
from baocao.measures.submissions import Submission, submissions
from baocao.months import Month
from baocao.workspace import Workspace


@dataclass(frozen=True)
class MonthStatus:
    """One month: the state of each owed report, the two deadlines, rejected rows, and whether the book is there."""

    month: Month
    submissions: tuple[Submission, ...]
    rejected_rows: int
    unit_due: datetime
    site_due: datetime
    book: bool

    def count(self, state: str) -> int:
        return sum(state in {one.state, one.time} for one in self.submissions)


def months(space: Workspace) -> tuple[MonthStatus, ...]:
    """All months with submissions, oldest first."""
    return tuple(_status(space, month) for month in space.months())


def _status(space: Workspace, month: Month) -> MonthStatus:
    config = space.config
    records = read_month(space.submissions, month, config)
    calendar, zone = config.calendar, config.site.timezone
    return MonthStatus(
        month=month,
        submissions=submissions(records, config, month),
        rejected_rows=int(records.files["rejected"].sum()),
        unit_due=deadline(calendar, calendar.unit_due, month, zone),
        site_due=deadline(calendar, calendar.site_due, month, zone),
        book=(space.book / f"bao-cao-{month}.pdf").is_file(),
    )
