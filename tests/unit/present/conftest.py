"""A small report on the tiny site: one unit filed, one was nil, one is missing; figures are written out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from baocao.config.load import load_config
from baocao.config.models import Config
from baocao.config.periods import period_of
from baocao.config.units import owed_units
from baocao.intake.records import ACTIVITY_COLUMNS, FINDING_COLUMNS, Records
from baocao.intake.schema import empty_records, frame_of
from baocao.measures.ledger import SITE, Ledger, Row, dims
from baocao.months import Month
from baocao.report import Report

BEFORE, NOW = Month(2026, 1), Month(2026, 2)
SPAN = f"{BEFORE}..{NOW}"
NASTY = "|<script>alert(1)</script> {{< include /etc/passwd >}} #raw[x] *đậm* 0912345678"


def figures(period: str, unit: str, **values: int) -> Iterator[Row]:
    """Total rows of the measures named; a measure of people or money is stated by one activity if it is given."""
    given = {"activities": 0, "quantity": 0, "notes": 0, "target_values": 0, "areas_covered": 0} | values
    for measure in ("attendees", "reach", "cost"):
        given[f"{measure}_stated"] = int(measure in values)
        given.setdefault(measure, 0)
    yield from (Row(period, unit, measure, value=str(value)) for measure, value in given.items())


def parts(config: Config, period: str, unit: str, activities: dict[str, int]) -> Iterator[Row]:
    """Rows by area, form, channel and source: the counts given, zero for every other code."""
    kinds = {
        "content": [area.code for area in config.plan.areas],
        "form": [form.code for form in config.plan.forms],
        "channel": [channel.code for channel in config.plan.channels],
        "funding": [source.code for source in config.plan.funding],
    }
    for key, codes in kinds.items():
        for code in codes:
            found = dims(**{key: code})
            yield Row(period, unit, "activities", found, str(activities.get(code, 0)))
            for measure in ("quantity", "attendees", "reach", "cost"):
                yield Row(period, unit, measure, found, "0")
            for measure in ("attendees_stated", "reach_stated", "cost_stated"):
                yield Row(period, unit, measure, found, "0")


def states(period: str, **units: str) -> Iterator[Row]:
    """Report states of units and their counts."""
    for unit, state in units.items():
        yield Row(period, unit, "reports", dims(state=state), "1")
    yield Row(period, SITE, "reports", dims(state="owed"), str(len(units)))
    for state in ("filed", "nil", "missing", "refused"):
        yield Row(period, SITE, "reports", dims(state=state), str(list(units.values()).count(state)))
    for time in ("on_time", "late", "undated"):
        count = sum(state in {"filed", "nil"} for state in units.values()) if time == "undated" else 0
        yield Row(period, SITE, "timeliness", dims(state=time), str(count))


def target_rows(period: str) -> Iterator[Row]:
    behind = f"VP@{period}/target_values#1"
    yield Row(period, SITE, "target_value", dims(target="SM-1"), "63.709677", "79", "124", "2026-02-28", behind)
    yield Row(period, "VP", "target_value", dims(target="SM-1"), "63.709677", "79", "124", "2026-02-28", behind)
    yield Row(period, SITE, "target_change", dims(target="SM-1"), "1.5")
    for code, status in (("SM-1", "not_met"), ("SM-2", "no_data")):
        yield Row(period, SITE, "target_status", dims(target=code, status=status), "1")
    for status in ("met", "not_met", "no_data", "undefined", "unscored"):
        count = str(int(status in {"not_met", "no_data"}))
        yield Row(period, SITE, "targets_by_status", dims(status=status), count)
        yield Row(period, SITE, "targets_by_status", dims(scope="commune", status=status), count)


def month_rows(config: Config) -> Iterator[Row]:
    now, before = str(NOW), str(BEFORE)
    counts = {"ND1": 2, "ND3": 1, "HT1": 3, "HOP": 3}
    for period in (now, SPAN):
        for unit in (SITE, "VP"):
            yield from figures(
                period, unit, activities=3, quantity=1234, attendees=40, cost=2_500_000, notes=1, areas_covered=2
            )
            yield from parts(config, period, unit, counts)
        yield from figures(period, "BanMay")
        yield from parts(config, period, "BanMay", {})
        yield Row(period, SITE, "activities", dims(content="ND1", form="HT1"), "2")
    yield from figures(before, SITE, activities=5, quantity=1234, cost=1_000_000, areas_covered=1)
    yield from parts(config, before, SITE, {"ND1": 5})
    yield from states(now, VP="filed", BanMay="nil", BanGio="missing")
    yield from states(before, VP="filed", BanMay="missing", BanGio="missing")
    for unit, area, count in (("VP", "ND1", 2), ("VP", "ND3", 1), ("BanMay", "ND2", 0), ("BanMay", "ND3", 0)):
        yield Row(now, unit, "lead_activities", dims(content=area), str(count))
    for kind, count in (("difficulty", 1), ("proposal", 0), ("plan", 0)):
        yield Row(now, SITE, "notes", dims(kind=kind), str(count))
    yield from target_rows(now)
    for unit in (SITE, "VP"):
        for measure, count in (("rows_in", 5), ("rows_accepted", 4), ("rows_rejected", 1)):
            yield Row(now, unit, measure, value=str(count))
            yield Row(now, unit, measure, dims(table="activities"), str(count))
        yield Row(now, unit, "findings", value="1")
        yield Row(now, unit, "findings", dims(severity="error"), "1")
        yield Row(now, unit, "findings", dims(severity="warning"), "0")


def records() -> Records:
    activity = dict.fromkeys(ACTIVITY_COLUMNS, "") | {
        "unit": "VP", "month": str(NOW), "row": 1, "date": datetime(2026, 2, 3), "content": "ND1", "form": "HT1",
        "channel": "HOP", "name": NASTY, "product": "buổi họp", "quantity": 1234, "attendees": 0, "reach": None,
        "cost": 2_500_000, "line": 2,
    }  # fmt: skip
    finding = dict.fromkeys(FINDING_COLUMNS, "") | {
        "code": "x", "severity": "error", "unit": "VP", "month": str(NOW), "file": "2026-02/VP.xlsx",
        "sheet": "Hoạt động", "cell": "F7", "message": NASTY, "allowed": "Số nguyên", "action": "Sửa ô",
    }  # fmt: skip
    return replace(
        empty_records(),
        activities=frame_of("activities", [activity]),
        notes=frame_of("notes", [("VP", str(NOW), 1, "difficulty", NASTY, "VP.xlsx", "Khó khăn", 2)]),
        values=frame_of(
            "values",
            [("VP", str(NOW), 1, "SM-1", "79", "124", "", "2026-02-28", "Sổ theo dõi", "", "VP.xlsx", "Chỉ tiêu", 2)],
        ),
        findings=frame_of("findings", [finding]),
        files=frame_of("files", [("VP", str(NOW), "2026-02/VP.xlsx", "ab" * 32, 10, "activities", 5, 4, 1)]),
        submissions=frame_of(
            "submissions",
            [
                ("VP", str(NOW), "filed", 1, "2026-03-02T09:05:00+07:00", 1),
                ("BanMay", str(NOW), "nil", 1, "", 1),
            ],
        ),
    )


@pytest.fixture(scope="session")
def tiny_config(project: Path) -> Config:
    return load_config(project / "tests" / "sites" / "tiny")


@pytest.fixture(scope="session")
def report(tiny_config: Config) -> Report:
    return Report(
        config=tiny_config,
        month=NOW,
        period=period_of(tiny_config.calendar, NOW),
        ledger=Ledger(month_rows(tiny_config)),
        records=records(),
        units=owed_units(tiny_config, NOW),
        history=(BEFORE, NOW),
        year_to_date=SPAN,
        since_start=SPAN,
        provenance={"month": str(NOW), "altair": "6"},
    )


@pytest.fixture(scope="session")
def empty_report(report: Report) -> Report:
    """The same month with no report from anybody."""
    ledger = Ledger(states(str(NOW), VP="missing", BanMay="missing", BanGio="missing"))
    return replace(report, ledger=ledger, records=empty_records(), history=(NOW,))


@pytest.fixture(scope="session")
def unit_reports(report: Report) -> dict[str, Report]:
    """The chapters' reports of each unit, as a notebook gets them: only its own ledger rows."""
    return {unit.code: replace(report, unit=unit, ledger=report.ledger.only([unit.code])) for unit in report.units}
