"""On time or late, provisional or revised: by the instants of receipt and of the calendar."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from baocao.config.load import load_config
from baocao.config.models import FormerDueDay
from baocao.intake.records import VALUE_COLUMNS, VERSION_COLUMNS, Records
from baocao.intake.schema import concat, empty_records, frame_of
from baocao.measures.compute import compute_ledger
from baocao.measures.ledger import SITE, dims
from baocao.measures.submissions import Submission, submissions
from baocao.months import Month

CONFIG = load_config(Path(__file__).resolve().parents[2] / "sites" / "tiny")
MONTH = Month(2026, 1)
# The hamlets owe January by the end of 03/02; its cut-off is the end of 31/01.


def sent(*versions: tuple[str, str], unit: str = "VP", month: Month = MONTH) -> Records:
    """Records of a unit's versions: (state, received at) each, oldest first."""
    rows = [
        dict.fromkeys(VERSION_COLUMNS, 0)
        | {"unit": unit, "month": str(month), "version": n, "state": state, "received_at": at, "sender": unit}
        for n, (state, at) in enumerate(versions, start=1)
    ]
    newest = [(unit, str(month), versions[-1][0], len(versions), versions[-1][1], 1)]
    return replace(empty_records(), versions=frame_of("versions", rows), submissions=frame_of("submissions", newest))


def of(*versions: tuple[str, str]) -> Submission:
    return submissions(sent(*versions), CONFIG, MONTH)[0]


EARLY, CUT_OFF = "2026-01-30T08:00:00+07:00", "2026-01-31T23:59:59+07:00"
AFTER, DUE, LATE = "2026-02-01T00:00:00+07:00", "2026-02-03T23:59:59+07:00", "2026-02-04T00:00:00+07:00"


@pytest.mark.parametrize(
    ("versions", "time", "finality"),
    [
        ([("filed", CUT_OFF)], "on_time", "provisional"),
        ([("filed", AFTER)], "on_time", "final"),
        ([("filed", DUE)], "on_time", "final"),
        ([("filed", LATE)], "late", "final"),
        ([("nil", LATE)], "late", "final"),
        ([("filed", "")], "undated", "undated"),
        # A correction does not make a report late, nor does an unreadable file keep its deadline.
        ([("filed", EARLY), ("filed", LATE)], "on_time", "revised"),
        ([("filed", EARLY), ("filed", CUT_OFF)], "on_time", "provisional"),
        ([("refused", EARLY), ("filed", LATE)], "late", "revised"),
        ([("filed", LATE), ("filed", DUE)], "late", "revised"),  # said later of a time that was earlier
        ([("filed", ""), ("filed", DUE)], "on_time", "revised"),
        ([("filed", ""), ("filed", LATE)], "undated", "revised"),
        ([("filed", EARLY), ("filed", "")], "on_time", "undated"),
        ([("refused", EARLY)], "on_time", ""),
        # The same instants on other clocks.
        ([("filed", "2026-02-03T16:59:59+00:00")], "on_time", "final"),
        ([("filed", "2026-02-03T17:00:00+00:00")], "late", "final"),
        ([("filed", "2026-01-31T11:59:59-05:00")], "on_time", "provisional"),
    ],
)
def test_deadlines_go_by_the_first_readable_version_and_finality_by_the_newest(versions, time, finality):
    found = of(*versions)
    assert (found.time, found.finality, found.version) == (time, finality, len(versions))


def test_a_unit_without_a_report_is_neither_late_nor_final():
    missing = submissions(sent(("filed", EARLY)), CONFIG, MONTH)[1]
    assert (missing.state, missing.time, missing.finality, missing.version) == ("missing", "", "", 0)


def test_rates_count_reports_over_months_and_leave_out_what_nobody_dated():
    parts = [
        sent(("filed", EARLY)),
        sent(("filed", ""), month=Month(2026, 2)),
        sent(("nil", "2026-05-01T08:00:00+07:00"), month=Month(2026, 4)),
    ]
    ledger = compute_ledger(concat(parts), CONFIG, Month(2026, 4))
    rate = ledger.row("2026-01..2026-04", "report_rate", "VP")
    kept = ledger.row("2026-01..2026-04", "on_time_rate", "VP")
    assert (rate.value, rate.numerator, rate.denominator) == ("75", "3", "4")
    assert (kept.numerator, kept.denominator) == ("2", "3")
    assert ledger.row("2026-01..2026-04", "report_rate").denominator == "12"
    assert ledger.row("2026-04", "report_rate").numerator == "1"
    assert ledger.row("2026-03", "report_rate").numerator == "0"


def test_a_report_that_was_in_time_stays_so_when_the_deadline_changes_for_later_months():
    february = Month(2026, 2)
    parts = [sent(("filed", DUE)), sent(("filed", "2026-03-03T08:00:00+07:00"), month=february)]
    rule = CONFIG.calendar.unit_due
    before = FormerDueDay(last_month="2026-01", **rule.model_dump(exclude={"earlier"}))
    changed = rule.model_copy(update={"day": 1, "earlier": (before,)})
    config = CONFIG.model_copy(update={"calendar": CONFIG.calendar.model_copy(update={"unit_due": changed})})
    kept = compute_ledger(concat(parts), config, february).row("2026-01..2026-02", "on_time_rate", "VP")
    assert (kept.numerator, kept.denominator) == ("1", "2")


def test_what_a_unit_owes_is_counted_and_what_changed_is_told_of_the_report_month():
    records = sent(("filed", EARLY), ("filed", DUE))
    records.versions.loc[1, ["added", "cells"]] = [3, 7]
    ledger = compute_ledger(records, CONFIG, MONTH)
    assert ledger.value("2026-01", "owed_areas", "VP") == 2
    assert (ledger.value("2026-01", "owed_targets", "VP"), ledger.value("2026-01", "owed_targets_reported", "VP")) == (
        1,
        0,
    )
    assert ledger.value("2026-01", "owed_targets") == 1
    assert ledger.value("2026-01", "version_rows", "VP", kind="added", version="2") == 3
    rows, changes = {"rows_in", "accepted", "rejected"}, {"added", "changed", "gone", "cells"}
    told = {one: {row.dimensions for row in ledger.of("version_rows", one)} for one in ("VP", SITE)}
    assert told["VP"] == {
        *(dims(kind=k, version="1") for k in rows),
        *(dims(kind=k, version="2") for k in rows | changes),
    }
    assert told[SITE] == {dims(kind=kind) for kind in changes}
    assert ledger.value("2026-01", "finality", "VP", state="revised") == 1
    assert ledger.value("2026-01", "finality", SITE, state="revised") == 1
    assert ledger.value("2026-01", "version_rows", SITE, kind="cells") == 7
    assert (ledger.value("2026-01", "versions", "VP"), ledger.value("2026-01", "resubmitted")) == (2, 1)


def test_a_targets_value_counts_as_reported_for_the_unit_that_owes_it_and_sent_it():
    values = [
        dict.fromkeys(VALUE_COLUMNS, "") | {"unit": unit, "month": "2026-01", "row": 1, "line": 2, "target": target}
        for unit, target in (("VP", "SM-1"), ("BanMay", "SM-1"), ("VP", "SM-2"))
    ]
    for count in (1, 2, 3):
        records = replace(sent(("filed", EARLY)), values=frame_of("values", values[3 - count :]))
        ledger = compute_ledger(records, CONFIG, MONTH)
        reported = [ledger.value("2026-01", "owed_targets_reported", unit) for unit in ("VP", "BanMay", SITE)]
        assert reported == ([1, 0, 1] if count == 3 else [0, 0, 0])
    owed = [ledger.value("2026-01", "owed_areas", unit) for unit in ("VP", "BanMay", "BanGio", SITE)]
    assert owed == [2, 2, 1, 5]


def test_a_unit_without_a_report_has_no_version_and_is_not_called_final_or_not():
    ledger = compute_ledger(sent(("refused", EARLY)), CONFIG, MONTH)
    assert [ledger.of("finality", unit) for unit in ("VP", "BanMay")] == [(), ()]
    assert [len(ledger.of("versions", unit)) for unit in ("VP", "BanMay")] == [1, 0]
