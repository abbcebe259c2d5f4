"""Which reports are filed, nil, refused or missing, which were on time, and which figures are provisional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from baocao.calendar import deadline
from baocao.config.models import Config
from baocao.config.units import owed_units
from baocao.intake.records import Records
from baocao.months import Month

STATES = ("filed", "nil", "refused", "missing")
TIMELINESS = ("on_time", "late", "undated")
FINALITIES = ("provisional", "revised", "final", "undated")


@dataclass(frozen=True)
class Submission:
    """The state of one unit's report for one month.

    Attributes
    ----------
    state
        One of :data:`STATES`.
    time
        One of :data:`TIMELINESS`, judged by the first version that could be read, so that a later correction does not
        make a report late. Empty if there is no report.
    finality
        One of :data:`FINALITIES`, judged by the newest version: provisional if received before the cut-off; after it,
        a resubmission is revised and a first version final. Empty if nothing can be read.
    version
        The newest version; 0 if there is none.
    received_at, first_at
        Time of receipt of the newest and of the first readable version (ISO text with offset); empty if not noted.
    """

    unit: str
    month: str
    state: str
    time: str = ""
    finality: str = ""
    version: int = 0
    received_at: str = ""
    first_at: str = ""

    @property
    def reported(self) -> bool:
        """Whether the unit's figures are known: a nil report counts as a report, a refused or missing one does not."""
        return self.state in {"filed", "nil"}


def submissions(records: Records, config: Config, month: Month) -> tuple[Submission, ...]:
    """The state of every unit that owes a report for the month, in the register's order."""
    calendar, zone = config.calendar, config.site.timezone
    due = deadline(calendar, calendar.unit_due, month, zone)
    cut_off = deadline(calendar, calendar.cut_off, month, zone)
    sent, versions = _by_unit(records.submissions, month), _by_unit(records.versions, month)
    return tuple(
        _submission(unit.code, month, sent.get(unit.code, []), versions.get(unit.code, []), due, cut_off)
        for unit in owed_units(config, month)
    )


_Rows = list[dict[str, Any]]


def _by_unit(frame: pd.DataFrame, month: Month) -> dict[str, _Rows]:
    units: dict[str, _Rows] = {}
    for row in frame[frame["month"] == str(month)].to_dict("records"):
        units.setdefault(str(row["unit"]), []).append({str(key): value for key, value in row.items()})
    return units


def _submission(unit: str, month: Month, sent: _Rows, versions: _Rows, due: datetime, cut_off: datetime) -> Submission:
    if not sent:
        return Submission(unit, str(month), "missing")
    newest = sent[0]
    received = [str(row["received_at"]) for row in versions if row["state"] != "refused"]
    first = received or [str(newest["received_at"])]
    return Submission(
        unit,
        str(month),
        str(newest["state"]),
        _time(first, due),
        "" if newest["state"] == "refused" else _finality(str(newest["received_at"]), int(newest["version"]), cut_off),
        int(newest["version"]),
        str(newest["received_at"]),
        first[0],
    )


def _time(received: Sequence[str], due: datetime) -> str:
    """Timeliness of the first version; if its time is unknown, a later version on time proves that it was, too."""
    first = timeliness(received[0], due)
    in_time = any(timeliness(at, due) == "on_time" for at in received)
    return "on_time" if first == "undated" and in_time else first


def timeliness(received_at: str, due: datetime) -> str:
    """``on_time`` up to the last instant of the deadline, ``late`` after it, ``undated`` if no time was noted."""
    if not received_at:
        return "undated"
    return "on_time" if datetime.fromisoformat(received_at) <= due else "late"


def _finality(received_at: str, version: int, cut_off: datetime) -> str:
    if not received_at:
        return "undated"
    if datetime.fromisoformat(received_at) <= cut_off:
        return "provisional"
    return "revised" if version > 1 else "final"
