"""The month's ledger from records, on the project's own plan."""

from decimal import Decimal

import pytest

from baocao.config.models import Baseline
from baocao.measures.compute import compute_ledger
from baocao.measures.ledger import MEASURES, SITE
from made_records import AREA, CONFIG, FIRST, LEADS, NOT_SENT, SECOND, TARGET, activity, records, sent, value


@pytest.fixture(scope="module")
def ledger():
    return compute_ledger(
        records(
            [
                activity(LEADS[0], FIRST, 1, quantity=5, cost=100, funding=CONFIG.plan.funding[0].code),
                activity(LEADS[0], SECOND, 1, quantity=2, attendees=30),
                activity(LEADS[0], SECOND, 2, quantity=3, form=CONFIG.plan.forms[1].code),
            ],
            [sent(LEADS[0], FIRST), sent(LEADS[0], SECOND), sent(LEADS[1], SECOND, "nil")],
            [
                value(LEADS[0], FIRST, "1", "2", f"{FIRST}-14"),
                value(LEADS[0], SECOND, "3", "4", f"{SECOND}-14"),
            ],
        ),
        CONFIG,
        SECOND,
    )


def test_counts_and_sums_are_by_unit_and_dimension(ledger):
    assert ledger.value(str(SECOND), "activities", LEADS[0]) == 2
    assert ledger.value(str(SECOND), "quantity", LEADS[0], content=AREA.code) == 5
    assert ledger.value(str(SECOND), "quantity", LEADS[0], form=CONFIG.plan.forms[1].code) == 3
    assert ledger.value(str(FIRST), "cost", funding=CONFIG.plan.funding[0].code) == 100


def test_every_measure_of_a_ledger_is_defined(ledger):
    assert not {row.measure for row in ledger.rows if not MEASURES.get(row.measure, ("",))[0]}


def test_a_figure_names_the_rows_behind_it(ledger):
    assert ledger.row(str(SECOND), "activities", LEADS[0]).rows == f"{LEADS[0]}@{SECOND}#1-2"
    assert ledger.row(str(SECOND), "target_values", LEADS[0]).rows == f"{LEADS[0]}@{SECOND}/target_values#1"


def test_the_sites_figures_are_the_sums_of_its_units(ledger):
    site = {(r.period, r.measure, r.dimensions): Decimal(r.value) for r in ledger.rows if r.unit == SITE and r.value}
    sums = {}
    for row in ledger.rows:
        if row.unit != SITE and row.measure in {"activities", "quantity", "attendees", "reach", "cost", "notes"}:
            key = (row.period, row.measure, row.dimensions)
            sums[key] = sums.get(key, 0) + Decimal(row.value)
    assert sums
    assert {key: site[key] for key in sums} == sums


def test_a_nil_report_counts_as_zero_and_a_missing_one_as_nothing(ledger):
    assert ledger.value(str(SECOND), "activities", LEADS[1]) == 0
    assert ledger.value(str(SECOND), "activities", LEADS[1], content=AREA.code) == 0
    assert ledger.value(str(SECOND), "activities", NOT_SENT) is None
    plan = CONFIG.plan
    listed = {"content": plan.areas, "form": plan.forms, "channel": plan.channels, "funding": plan.funding}
    for key, ones in listed.items():
        assert {ledger.value(str(SECOND), "cost", LEADS[1], **{key: one.code}) for one in ones} == {0}
    assert {ledger.value(str(SECOND), "notes", LEADS[1], kind=kind) for kind in ("difficulty", "proposal", "plan")} == {
        0
    }
    assert [ledger.value(str(SECOND), name, LEADS[1]) for name in ("notes", "target_values")] == [0, 0]


def test_rows_of_a_unit_without_a_report_that_counts_are_in_no_sum():
    rows = [activity(NOT_SENT, SECOND, 1), activity(LEADS[0], SECOND, 1)]
    made = compute_ledger(records(rows, [sent(LEADS[0], SECOND), sent(NOT_SENT, SECOND, "refused")]), CONFIG, SECOND)
    assert made.value(str(SECOND), "activities") == 1
    assert made.value(str(SECOND), "activities", NOT_SENT) is None


def test_a_sum_over_blank_cells_says_that_none_stated_it(ledger):
    assert ledger.value(str(SECOND), "attendees_stated") == 1
    assert ledger.value(str(SECOND), "reach_stated") == 0


def test_every_owed_report_has_one_state(ledger):
    owed = ledger.value(str(SECOND), "reports", state="owed")
    states = [ledger.value(str(SECOND), "reports", state=s) for s in ("filed", "nil", "refused", "missing")]
    assert owed == sum(states)
    assert states[:2] == [1, 1]
    assert ledger.value(str(SECOND), "reports", NOT_SENT, state="missing") == 1
    assert ledger.of("timeliness", NOT_SENT) == ()


def test_a_lead_with_a_report_and_no_activity_is_a_gap_and_one_without_a_report_is_not(ledger):
    assert ledger.value(str(SECOND), "lead_activities", LEADS[0], content=AREA.code) == 2
    assert ledger.value(str(SECOND), "lead_activities", LEADS[1], content=AREA.code) == 0
    assert ledger.value(str(FIRST), "lead_activities", LEADS[1], content=AREA.code) is None
    led = [ledger.value(str(SECOND), "owed_areas", unit) for unit in LEADS[:2]]
    gaps = [ledger.value(str(SECOND), "lead_gaps", unit) for unit in LEADS[:2]]
    assert gaps == [led[0] - 1, led[1]]
    assert ledger.value(str(SECOND), "lead_gaps") == sum(gaps)


def test_spans_add_up_the_months(ledger):
    year, start = f"{FIRST.year}-01..{SECOND}", f"{FIRST}..{SECOND}"
    assert ledger.value(year, "activities") == ledger.value(start, "activities") == 3
    assert (
        ledger.value(start, "quantity", LEADS[0]) == ledger.value(start, "quantity", LEADS[0], content=AREA.code) == 10
    )


def test_a_target_has_its_latest_value_its_parts_and_its_change(ledger):
    row = ledger.row(str(SECOND), "target_value", target=TARGET.code)
    assert (row.value, row.numerator, row.denominator, row.as_of) == ("75", "3", "4", f"{SECOND}-14")
    assert ledger.value(str(FIRST), "target_value", target=TARGET.code) == 50
    assert ledger.value(str(SECOND), "target_change", target=TARGET.code) == 25
    assert ledger.value(str(FIRST), "target_change", target=TARGET.code) is None


@pytest.mark.parametrize(("before", "now", "measure"), [("2", "0", "target_level"), ("0", "2", "target_value")])
def test_a_target_has_no_change_where_one_of_its_two_values_cannot_be_computed(before, now, measure):
    values = [value(LEADS[0], FIRST, "1", before, f"{FIRST}-14"), value(LEADS[0], SECOND, "1", now, f"{SECOND}-14")]
    made = compute_ledger(records(values=values), CONFIG, SECOND)
    assert made.row(str(SECOND), measure, target=TARGET.code).denominator == now
    assert made.value(str(SECOND), "target_change", target=TARGET.code) is None


def test_every_target_has_one_status(ledger):
    statuses = ledger.select("target_status", period=str(SECOND), by=["target", "status"])
    assert len(statuses) == len(CONFIG.targets.targets)
    counted = [row.value for row in ledger.select("targets_by_status", period=str(SECOND), by=["status"])]
    assert sum(map(int, counted)) == len(CONFIG.targets.targets)


def test_a_late_report_is_told_from_one_in_time_at_the_last_instant():
    at = {"on": "T23:59:59+07:00", "over": "T00:00:01+07:00"}
    rows = [sent(LEADS[0], SECOND, received_at=f"{SECOND}-13{at['on']}"), sent(LEADS[1], SECOND, "nil")]
    rows[1]["received_at"] = f"{SECOND}-14{at['over']}"
    made = compute_ledger(records(submissions=rows), CONFIG, SECOND)
    assert made.value(str(SECOND), "timeliness", LEADS[0], state="on_time") == 1
    assert made.value(str(SECOND), "timeliness", LEADS[1], state="late") == 1
    counts = {state: made.value(str(SECOND), "timeliness", state=state) for state in ("on_time", "late", "undated")}
    assert counts == {"on_time": 1, "late": 1, "undated": 0}


def test_a_month_without_any_report_has_no_figures():
    made = compute_ledger(records(), CONFIG, SECOND)
    assert made.value(str(SECOND), "activities") is None
    assert made.value(str(SECOND), "lead_gaps") is None
    assert made.value(str(SECOND), "reports", state="missing") == made.value(str(SECOND), "reports", state="owed") > 0


def test_rows_of_a_file_of_no_known_unit_count_for_the_site_alone():
    row = {"unit": "", "month": str(SECOND), "file": "la.xlsx", "sha256": "", "bytes": 1, "table": "activities"}
    made = compute_ledger(records(files=[row | {"rows_in": 3, "accepted": 0, "rejected": 3}]), CONFIG, SECOND)
    assert made.value(str(SECOND), "rows_rejected") == 3
    assert {row.unit for row in made.of("rows_rejected")} == {SITE}


def test_the_same_month_last_year_is_carried_however_short_the_history():
    short = CONFIG.model_copy(update={"thresholds": CONFIG.thresholds.model_copy(update={"history_months": 2})})
    month = FIRST.plus(12)
    rows = [activity(LEADS[0], FIRST, 1), activity(LEADS[0], FIRST.plus(3), 1)]
    made = compute_ledger(records(rows, [sent(LEADS[0], FIRST), sent(LEADS[0], FIRST.plus(3))]), short, month)
    assert made.value(str(FIRST), "activities") == 1
    assert made.value(str(FIRST.plus(3)), "activities") is None


def test_the_ledger_begins_with_the_oldest_month_and_the_spans_come_after_the_newest():
    made = compute_ledger(records(), CONFIG, FIRST.plus(14))
    periods = list(dict.fromkeys(row.period for row in made.rows))
    months = [str(month) for month in FIRST.plus(14 + 1 - CONFIG.thresholds.history_months).upto(FIRST.plus(14))]
    assert periods[: len(months)] == months
    assert all(".." in period for period in periods[len(months) :])


def test_a_baseline_gives_the_level_required_by_the_month_and_by_each_year():
    baseline = Baseline(year=SECOND.year - 1, value=Decimal(10), source="x")
    based = [TARGET, next(t for t in CONFIG.targets.targets if t.type == "growth")]
    targets = [t.model_copy(update={"baseline": baseline}) if t in based else t for t in CONFIG.targets.targets]
    config = CONFIG.model_copy(update={"targets": CONFIG.targets.model_copy(update={"targets": tuple(targets)})})
    made = compute_ledger(records(), config, SECOND)
    found = [row for row in made.rows if row.measure == "target_required" and row.period == str(SECOND)]
    years = range(baseline.year, TARGET.year + 1)
    assert {row.dimensions for row in found} == {
        f"target={TARGET.code}",
        *(f"target={TARGET.code};year={y}" for y in years),
    }
    assert made.value(str(SECOND), "target_required", target=TARGET.code, year=str(TARGET.year)) == TARGET.value
    assert Decimal(10) < made.value(str(SECOND), "target_required", target=TARGET.code) < TARGET.value
    assert not [row for row in compute_ledger(records(), CONFIG, SECOND).rows if row.measure == "target_required"]
