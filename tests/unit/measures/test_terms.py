"""The ledger of a quarter, a half-year and a year: from which months, what adds up, and what has a rule of its own."""

from decimal import Decimal

import pytest

from baocao.measures.compute import compute_ledger
from baocao.measures.ledger import SITE
from baocao.measures.terms import compared, history, months_read, spans
from baocao.months import Month, Span, parse_term
from made_records import AREA, CONFIG, FIRST, LEADS, SECOND, TARGET, activity, records, sent, value

ADDITIVE = {"activities", "quantity", "attendees", "reach", "cost", "cost_stated", "notes", "target_values"}
THIRD = FIRST.plus(2)
QUARTER = Span(FIRST.plus(-1), 3)
"""Begins a month before the plan."""
NEXT = QUARTER.plus(1)


def file(month):
    name = f"{month}/{LEADS[0]}.xlsx"
    row = {"unit": LEADS[0], "month": str(month), "file": name, "sha256": "", "bytes": 1, "table": "activities"}
    return row | {"rows_in": 3, "accepted": 2, "rejected": 1}


def ledger(term, months, closed=()):
    """A report of the first lead for each of the months, of the second lead for the last one."""
    return compute_ledger(
        records(
            [activity(LEADS[0], m, row, quantity=row, cost=100 * m.number) for m in months for row in (1, 2)],
            [*(sent(LEADS[0], m) for m in months), sent(LEADS[1], months[-1], "nil")] if months else [],
            [value(LEADS[0], m, str(i + 1), "4", f"{m}-01") for i, m in enumerate(months)],
            [file(m) for m in months],
        ),
        CONFIG,
        term,
        closed,
    )


@pytest.fixture(scope="module")
def quarter():
    return ledger(QUARTER, (FIRST, SECOND))


def test_the_sums_of_a_quarter_are_the_sums_of_its_months(quarter):
    of_months = {}
    for row in quarter.rows:
        if row.measure in ADDITIVE and row.period in {str(FIRST), str(SECOND)}:
            key = (row.unit, row.measure, row.dimensions)
            of_months[key] = of_months.get(key, 0) + Decimal(row.value)
    whole = {(r.unit, r.measure, r.dimensions): Decimal(r.value) for r in quarter.rows if r.period == str(QUARTER)}
    assert of_months[SITE, "cost", ""] == 200 * (FIRST.number + SECOND.number)
    assert {key: whole[key] for key in of_months} == of_months


def test_the_quarters_figures_of_units_add_up_to_the_sites(quarter):
    for measure in ADDITIVE:
        units = [r for r in quarter.select(measure, period=str(QUARTER)) if r.unit != SITE]
        assert sum(Decimal(r.value) for r in units) == quarter.value(str(QUARTER), measure)


def test_a_figure_of_a_quarter_names_rows_of_each_month(quarter):
    rows = quarter.row(str(QUARTER), "activities", LEADS[0]).rows.split(" ")
    assert rows == [f"{LEADS[0]}@{FIRST}#1-2", f"{LEADS[0]}@{SECOND}#1-2"]


def test_a_target_of_a_quarter_has_its_newest_value_and_no_sum(quarter):
    assert quarter.value(str(QUARTER), "target_value", target=TARGET.code) == 50
    assert quarter.value(str(QUARTER), "target_value", LEADS[0], target=TARGET.code) == 50
    assert quarter.value(str(QUARTER), "target_change", target=TARGET.code) is None
    after = ledger(NEXT, (FIRST, SECOND, THIRD))
    assert after.value(str(NEXT), "target_change", target=TARGET.code) == 25


def test_a_target_stands_also_as_it_did_at_the_end_of_the_span_before_but_of_none_before_the_plan(quarter):
    after = ledger(NEXT, (FIRST, SECOND, THIRD))
    assert after.value(str(QUARTER), "target_value", target=TARGET.code) == 50
    assert not [row for row in quarter.rows if row.period == str(QUARTER.plus(-1))]


def test_an_area_counts_as_covered_once_however_many_months_it_had_activity_in(quarter):
    assert quarter.value(str(QUARTER), "areas_covered") == 1


def test_a_lead_has_a_gap_where_it_did_nothing_in_any_month_that_it_reported_for(quarter):
    assert quarter.value(str(QUARTER), "lead_activities", LEADS[0], content=AREA.code) == 4
    assert quarter.value(str(QUARTER), "lead_activities", LEADS[1], content=AREA.code) == 0


def test_reports_of_a_quarter_are_counted_by_unit_and_state(quarter):
    assert quarter.value(str(QUARTER), "reports", LEADS[0], state="filed") == 2
    assert quarter.value(str(QUARTER), "reports", LEADS[1], state="nil") == 1
    assert quarter.value(str(QUARTER), "reports", LEADS[1], state="missing") == 1
    for unit, sent_ in zip(LEADS, ("2", "1"), strict=False):
        of_quarter = [row for row in quarter.of("timeliness", unit) if row.period == str(QUARTER)]
        assert [(row.dimensions, row.value) for row in of_quarter] == [("state=undated", sent_)]
    states = [quarter.value(str(QUARTER), "reports", state=s) for s in ("filed", "nil", "refused", "missing")]
    assert sum(states) == quarter.value(str(QUARTER), "reports", state="owed")


def test_of_a_quarter_it_is_told_how_often_reports_were_sent_and_how_final_they_are_but_of_no_single_version(quarter):
    assert (quarter.value(str(QUARTER), "versions"), quarter.value(str(QUARTER), "resubmitted")) == (3, 0)
    states_ = ("provisional", "revised", "final", "undated")
    assert [quarter.value(str(QUARTER), "finality", state=state) for state in states_] == [0, 0, 0, 3]
    assert not quarter.of("version_rows")


@pytest.mark.parametrize("term", [QUARTER, NEXT, parse_term(f"{FIRST.year}-H2")], ids=str)
def test_each_span_has_its_own_rates_also_one_that_does_not_begin_with_the_year(term):
    made = ledger(term, FIRST.upto(FIRST.plus(4)))
    row = made.row(str(term), "report_rate")
    known = sum(made.value(str(term), "reports", state=state) for state in ("filed", "nil"))
    assert (Decimal(row.numerator), Decimal(row.denominator)) == (known, made.value(str(term), "reports", state="owed"))
    assert made.row(str(term), "on_time_rate")


def test_rows_of_the_files_add_up_over_the_months(quarter):
    for period, rows in ((QUARTER, [6, 4, 2]), (FIRST, [3, 2, 1]), (SECOND, [3, 2, 1])):
        assert [quarter.value(str(period), m) for m in ("rows_in", "rows_accepted", "rows_rejected")] == rows


def states(made, term):
    return [
        next(s for s in ("closed", "open", "empty", "before") if made.row(str(m), "months", state=s))
        for m in term.months
    ]


@pytest.mark.parametrize(
    ("term", "months", "closed", "expected"),
    [
        (QUARTER, (FIRST, SECOND), (), ["before", "open", "open"]),
        (QUARTER, (FIRST, SECOND), (FIRST,), ["before", "closed", "open"]),
        (NEXT, (FIRST, THIRD), (), ["open", "empty", "empty"]),
        (NEXT, (FIRST, THIRD.plus(1)), (), ["empty", "open", "empty"]),
        (NEXT, (), (), ["empty"] * 3),
        (QUARTER.plus(-1), (FIRST,), (), ["before"] * 3),
    ],
)
def test_each_month_is_sealed_provisional_without_a_report_or_before_the_plan(term, months, closed, expected):
    made = ledger(term, months, closed)
    assert states(made, term) == expected
    counts = {s: made.value(str(term), "months", state=s) for s in ("closed", "open", "empty", "before")}
    assert counts == {s: expected.count(s) for s in counts}


@pytest.mark.parametrize(("term", "months"), [(NEXT, (FIRST, SECOND)), (NEXT, ()), (QUARTER.plus(-1), (FIRST,))])
def test_a_span_in_which_nothing_came_in_has_no_figures_and_nobody_is_late(term, months):
    made = ledger(term, months)
    kinds = {row.measure for row in made.rows if row.period == str(term)}
    assert made.value(str(term), "activities") is None
    assert made.value(str(term), "reports", state="owed") is None
    assert made.value(str(term), "target_value", LEADS[0], target=TARGET.code) is None
    assert not [row for row in made.rows if row.period in map(str, term.months) and row.measure != "months"]
    assert "months" in kinds
    assert not kinds & {"versions", "finality", "resubmitted", "owed_areas", "owed_targets"}
    assert term != NEXT or "report_rate" not in kinds


def test_a_month_without_reports_between_others_is_owed_all_of_them():
    made = ledger(NEXT, (FIRST, THIRD.plus(1)))
    assert made.value(str(THIRD), "activities") is None
    assert made.value(str(THIRD), "reports", state="missing") == made.value(str(THIRD), "reports", state="owed") > 0
    assert made.value(str(NEXT), "activities") == 2
    owed = [made.value(str(NEXT), "owed_areas", unit) for unit in LEADS[:2]]
    assert made.value(str(NEXT), "lead_gaps") == sum(owed) - 1


@pytest.mark.parametrize("term", [QUARTER, parse_term(f"{FIRST.year}-H2"), parse_term(str(FIRST.year))], ids=str)
def test_a_month_without_reports_at_the_end_of_a_span_is_owed_all_of_them_once_a_later_one_has_begun(term):
    made = compute_ledger(
        records([activity(LEADS[0], FIRST, 1)], [sent(LEADS[0], FIRST)]), CONFIG, term, newest=term.last.plus(1)
    )
    missing = {month: made.value(str(month), "reports", state="missing") for month in term.months if month >= FIRST}
    assert missing[FIRST] == missing[SECOND] - 1
    assert made.value(str(term), "reports", state="missing") == sum(missing.values())


def test_spans_are_compared_only_if_every_month_of_both_has_a_report():
    months = FIRST.upto(FIRST.plus(7))
    assert compared(NEXT, months) == ()
    assert compared(NEXT.plus(1), months) == (NEXT,)
    assert compared(NEXT.plus(1), months[:-1]) == ()
    assert compared(parse_term("2027"), Month(2026, 1).upto(Month(2027, 12))) == (parse_term("2026"),)
    assert compared(FIRST, months) == ()


def test_the_totals_of_the_span_before_stand_in_the_ledger_where_they_are_compared():
    months = FIRST.upto(FIRST.plus(7))
    made = ledger(NEXT.plus(1), months)
    assert made.value(str(NEXT), "activities") == 6
    assert made.value(str(NEXT), "activities", LEADS[0]) == 6
    assert ledger(NEXT, months[:5]).value(str(QUARTER), "activities") is None


def test_a_span_shows_its_own_months_since_the_plans_first():
    assert history(CONFIG, QUARTER) == (FIRST, SECOND)
    assert history(CONFIG, parse_term("2026")) == Month(2026, 1).upto(Month(2026, 12))
    assert history(CONFIG, QUARTER.plus(-1)) == ()


def test_no_month_later_than_the_newest_with_a_submission_is_read_for_a_span():
    assert months_read(CONFIG, NEXT, SECOND) == (FIRST, SECOND)
    assert months_read(CONFIG, NEXT, None) == ()
    assert months_read(CONFIG, QUARTER, THIRD) == (FIRST, SECOND)


def test_a_span_that_begins_with_the_year_is_its_own_year_to_date():
    assert list(spans(CONFIG, parse_term("2026-Q1"))) == ["2026-Q1", f"{FIRST}..2026-03"]
    assert list(spans(CONFIG, parse_term("2026-Q2"))) == ["2026-01..2026-06", f"{FIRST}..2026-06"]
    assert list(spans(CONFIG, parse_term("2026"))) == ["2026", f"{FIRST}..2026-12"]


def test_the_year_to_date_begins_with_the_plan_where_that_begins_within_it():
    assert spans(CONFIG, SECOND) == {
        f"{FIRST.year}-01..{SECOND}": (FIRST, SECOND),
        f"{FIRST}..{SECOND}": (FIRST, SECOND),
    }
    assert list(spans(CONFIG, QUARTER)) == [f"{FIRST.year}-01..{SECOND}", f"{FIRST}..{SECOND}"]
    assert spans(CONFIG, Month(2026, 2))["2026-01..2026-02"] == (Month(2026, 1), Month(2026, 2))
