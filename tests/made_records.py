"""Records made by hand for the project's own plan, one row with each call."""

from pathlib import Path

import pandas as pd

from baocao.config.load import load_config
from baocao.intake.records import (
    ACTIVITY_COLUMNS,
    FILE_COLUMNS,
    FINDING_COLUMNS,
    NOTE_COLUMNS,
    SUBMISSION_COLUMNS,
    VALUE_COLUMNS,
    Records,
)
from baocao.months import Month

CONFIG = load_config(Path(__file__).resolve().parents[1])
FIRST, SECOND = Month.parse(CONFIG.calendar.first_month), Month.parse(CONFIG.calendar.first_month).plus(1)
AREA = CONFIG.plan.areas[1]
LEADS = AREA.lead_units
NOT_SENT = next(unit.code for unit in CONFIG.units.units if unit.code not in LEADS)
TARGET = next(t for t in CONFIG.targets.targets if t.type == "ratio" and not t.unscored_because and t.scope == "ward")


def activity(unit, month, row, **other):
    base = dict.fromkeys(ACTIVITY_COLUMNS, "")
    base |= {"unit": unit, "month": str(month), "row": row, "content": AREA.code, "form": CONFIG.plan.forms[0].code}
    base |= {"channel": CONFIG.plan.channels[0].code, "quantity": 1, "attendees": None, "reach": None, "cost": None}
    return base | other


def frame(rows, columns):
    made = pd.DataFrame(rows, columns=list(columns))
    for name in ("quantity", "attendees", "reach", "cost", "row", "rows_in", "accepted", "rejected"):
        if name in made:
            made[name] = made[name].astype("Int64")
    return made


def records(activities=(), submissions=(), values=(), files=(), notes=()):
    return Records(
        frame(activities, ACTIVITY_COLUMNS),
        frame(values, VALUE_COLUMNS),
        frame(notes, NOTE_COLUMNS),
        frame([], FINDING_COLUMNS),
        frame(files, FILE_COLUMNS),
        frame(submissions, SUBMISSION_COLUMNS),
    )


def sent(unit, month, state="filed", received_at=""):
    base = {"unit": unit, "month": str(month), "state": state, "version": 1, "received_at": received_at, "files": 1}
    return base


def value(unit, month, numerator, denominator, as_of):
    base = dict.fromkeys(VALUE_COLUMNS, "")
    base |= {"unit": unit, "month": str(month), "row": 1, "target": TARGET.code}
    return base | {"numerator": numerator, "denominator": denominator, "as_of": as_of}
