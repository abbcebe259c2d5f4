"""The state of each month: reports owed, received, missing or late, deadlines, book and seal; and details of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from baocao.calendar import deadline, month_of, period_of
from baocao.closed import Seal, seal_of
from baocao.config.models import Config, Unit
from baocao.config.owed import owed_areas, owed_targets
from baocao.config.units import owed_units
from baocao.identity import not_as_sealed, revised_since
from baocao.intake import schema
from baocao.intake.intake import read_month
from baocao.intake.records import Records
from baocao.intake.submissions import holds_files
from baocao.measures.compute import compute_ledger
from baocao.measures.ledger import Ledger
from baocao.measures.submissions import Submission, submissions
from baocao.months import Month, Period
from baocao.present.reminders import Reminder, reminders
from baocao.receive.moments import clock
from baocao.receive.store import is_pending
from baocao.workspace import Workspace


@dataclass(frozen=True)
class Deadlines:
    """The four deadlines of a month, as instants."""

    cut_off: datetime
    unit_due: datetime
    site_due: datetime
    lock: datetime

    @classmethod
    def of(cls, config: Config, month: Month) -> Deadlines:
        calendar, zone = config.calendar, config.site.timezone
        rules = (calendar.cut_off, calendar.unit_due, calendar.site_due, calendar.lock)
        return cls(*(deadline(calendar, rule, month, zone) for rule in rules))


@dataclass(frozen=True)
class MonthStatus:
    """One month: the state of each owed report, deadlines, rejected rows, whether it is closed and has a book.

    ``altered`` are files among the submissions that differ from the sealed ones, if the month is closed; all other
    values describe the present files. ``revised`` are earlier months that were sealed again, with other files, after
    this closed month.
    """

    month: Month
    submissions: tuple[Submission, ...]
    rejected_rows: int
    deadlines: Deadlines
    seal: Seal
    book: bool
    period: Period
    received: bool
    """Whether there is any file for the month."""
    before_plan: bool
    """Whether it is before the plan's first month, so that its files do not count."""
    altered: tuple[str, ...] = ()
    revised: tuple[Seal, ...] = ()

    def count(self, state: str) -> int:
        return sum(state in {one.state, one.time} for one in self.submissions)

    @property
    def resubmitted(self) -> int:
        return sum(one.version > 1 for one in self.submissions)


@dataclass(frozen=True)
class UnitRate:
    """How well a unit has kept its deadlines: numbers of reports owed, sent, on time, and with known timeliness."""

    unit: str
    owed: int
    reported: int
    dated: int
    on_time: int


@dataclass(frozen=True)
class Overview:
    """All months, the rates over them, and the month whose deadline comes next.

    ``months`` begins with the plan's first month, as the book's rates do. ``before_plan`` are earlier months for which
    there are files nevertheless. ``unsent`` are months after the last one with files whose deadline has passed.
    """

    months: tuple[MonthStatus, ...]
    before_plan: tuple[MonthStatus, ...]
    unsent: tuple[Month, ...]
    rates: tuple[UnitRate, ...]
    next_due: Month
    next_deadlines: Deadlines
    now: datetime
    pending: bool
    """Whether a receipt was cut short and has to be finished."""


@dataclass(frozen=True)
class UnitDetail:
    """What one unit owes for a month, and what it has reported; areas and targets by code."""

    unit: Unit
    submission: Submission
    areas: tuple[str, ...]
    areas_without: tuple[str, ...]
    """Areas that it leads without having reported activity; empty if there is no report, or a nil one."""
    targets: tuple[str, ...]
    targets_without: tuple[str, ...]
    rejected_rows: int
    versions: tuple[dict[str, Any], ...]
    changes: tuple[dict[str, Any], ...]
    reminder: Reminder | None


@dataclass(frozen=True)
class MonthDetail:
    """The state of one month, unit by unit."""

    status: MonthStatus
    units: tuple[UnitDetail, ...]
    now: datetime


def overview(space: Workspace, now: datetime | None = None) -> Overview:
    """All months from the plan's first to the last with submissions, oldest first, including empty ones."""
    first = Month.parse(space.config.calendar.first_month)
    early, known = ([m for m in space.months() if (m < first) is before] for before in (True, False))
    before_plan = tuple(_status(space, m, read_month(space.submissions, m, space.config)) for m in early)
    # Records of months that a run has read are kept; reading years of workbooks would take a minute.
    several = zip(first.upto(known[-1]), space.records(known[-1]), strict=True) if known else ()
    listed = tuple(_status(space, month, records) for month, records in several)
    moment = clock(space.config.site.timezone, now)
    due = _next_due(space.config, moment)
    unsent = known[-1].plus(1).upto(due.plus(-1)) if known else ()
    sent = [one for month in listed for one in month.submissions]
    rates = tuple(_rate(code, sent) for code in dict.fromkeys(one.unit for one in sent))
    deadlines, pending = Deadlines.of(space.config, due), is_pending(space.submissions)
    return Overview(listed, before_plan, unsent, rates, due, deadlines, moment, pending)


def _next_due(config: Config, now: datetime) -> Month:
    """The first report month whose deadline for units has not passed; at the earliest the plan's first."""
    month = max(month_of(config.calendar, now.date()).plus(-3), Month.parse(config.calendar.first_month))
    while deadline(config.calendar, config.calendar.unit_due, month, config.site.timezone) < now:
        month = month.plus(1)
    return month


def _rate(code: str, sent: Sequence[Submission]) -> UnitRate:
    mine = [one for one in sent if one.unit == code]
    return UnitRate(
        code,
        len(mine),
        sum(one.reported for one in mine),
        sum(one.time != "undated" for one in mine),
        sum(one.time == "on_time" for one in mine),
    )


def _status(space: Workspace, month: Month, records: Records) -> MonthStatus:
    seal = seal_of(space.archive, month)
    return MonthStatus(
        month=month,
        submissions=submissions(records, space.config, month),
        rejected_rows=int(records.files["rejected"].sum()),
        deadlines=Deadlines.of(space.config, month),
        seal=seal,
        book=(space.book / f"bao-cao-{month}.pdf").is_file(),
        period=period_of(space.config.calendar, month),
        received=holds_files(space.submissions / str(month)),
        before_plan=month < Month.parse(space.config.calendar.first_month),
        altered=(not_as_sealed(space.archive, space.submissions, month) or ()) if seal.closed else (),
        revised=revised_since(space.archive, month) if seal.closed else (),
    )


def detail(space: Workspace, month: Month, now: datetime | None = None) -> MonthDetail:
    """One month unit by unit, even if nothing has come in for it yet."""
    config, moment = space.config, clock(space.config.site.timezone, now)
    several = list(space.records(month))
    ledger = compute_ledger(schema.concat(several), config, month)
    letters = {letter.unit.code: letter for letter in reminders(config, ledger, month, moment)}
    status = _status(space, month, several[-1])
    sent = {one.unit: one for one in status.submissions}
    units = tuple(
        _unit(config, unit, sent[unit.code], ledger, several[-1], letters.get(unit.code))
        for unit in owed_units(config, month)
    )
    return MonthDetail(status, units, moment)


def _unit(
    config: Config, unit: Unit, sent: Submission, ledger: Ledger, records: Records, letter: Reminder | None
) -> UnitDetail:
    month = Month.parse(sent.month)
    areas = tuple(area.code for area in owed_areas(config, unit, month))
    targets = tuple(target.code for target in owed_targets(config, unit))
    values = records.values[records.values["unit"] == unit.code]
    without = (code for code in areas if ledger.value(str(month), "lead_activities", unit.code, content=code) == 0)
    return UnitDetail(
        unit,
        sent,
        areas,
        tuple(without) if sent.state == "filed" else (),
        targets,
        tuple(code for code in targets if code not in set(values["target"])),
        int(ledger.value(str(month), "rows_rejected", unit.code) or 0),
        _rows(records.versions, unit),
        _rows(records.changes, unit),
        letter,
    )


def _rows(frame: pd.DataFrame, unit: Unit) -> tuple[dict[str, Any], ...]:
    """A unit's rows of a frame, without the columns that are equal in all of them."""
    mine = frame[frame["unit"] == unit.code].drop(columns=["unit", "month"])
    return tuple({str(key): value for key, value in row.items()} for row in mine.to_dict("records"))
