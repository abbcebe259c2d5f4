"""A quarter's book: months as columns, what is provisional said, nothing compared that is not whole."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from baocao.config.models import Targets
from baocao.config.periods import period_of
from baocao.config.units import owed_units
from baocao.intake.schema import concat
from baocao.measures.compute import compute_ledger
from baocao.measures.ledger import Ledger, Row, dims
from baocao.measures.terms import STATES, history, spans
from baocao.months import Month, Span
from baocao.official.figures import Figures
from baocao.official.label import label_of
from baocao.official.tables import table
from baocao.present import receipts
from baocao.present import spans as words
from baocao.present.chapters import budget, contents, overview, submissions, targets, unit
from baocao.present.common import Place
from baocao.present.figures import change, change_short, nothing_before, periods, versus
from baocao.present.front import decisions, front_page, strip
from baocao.present.front_words import sentences
from baocao.present.traced import plain
from baocao.report import Report
from baocao.text import markdown
from made_records import AREA, CONFIG, FIRST, LEADS, TARGET, activity, records, sent, value

QUARTER = Span(Month(2025, 7), 3)
"""Begins a month before the plan."""


def file(month):
    row = {"unit": LEADS[0], "month": str(month), "file": f"{month}/a.xlsx", "sha256": "", "bytes": 1}
    return row | {"table": "activities", "rows_in": 2, "accepted": 2, "rejected": 0}


def made(term, months, closed=(), states_=None):
    """The report of a span for whose months the first lead reported as many activities as the month's number.

    ``states_`` names the months whose report was in another state; those have no activity.
    """
    others = states_ or {}
    known = records(
        [activity(LEADS[0], m, n, cost=1000) for m in months if m not in others for n in range(1, m.number + 1)],
        [sent(LEADS[0], m, others.get(m, "filed")) for m in months],
        files=[file(m) for m in months],
    )
    ledger = compute_ledger(known, CONFIG, term, closed)
    states = {m: next(s for s in STATES if ledger.row(str(m), "months", state=s)) for m in term.months}
    to_date, since = list(spans(CONFIG, term))
    return Report(
        CONFIG, term, period_of(CONFIG.calendar, term), ledger, concat([known]), owed_units(CONFIG, term),
        history(CONFIG, term), to_date, since, states, provenance={"inputs": "0" * 64},
    )  # fmt: skip


@pytest.fixture(scope="module")
def quarter():
    return made(QUARTER, (FIRST, FIRST.plus(1)))


def rows(block):
    lines = plain(block.markdown).split("\n")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def test_months_stand_as_columns_and_the_span_last(quarter):
    head, _, activities, *_ = rows(overview.months(quarter))
    assert head[1:] == ["8/2025 (tạm tính)", "9/2025 (tạm tính)", "Quý III/2025 (tạm tính)"]
    assert activities[1:] == ["8", "9", "17"]


def test_a_unit_that_had_nothing_in_one_month_of_a_span_is_not_said_to_have_had_nothing_in_the_span():
    term = QUARTER.plus(1)
    some = made(term, term.months, states_={term.last: "nil"})
    assert rows(overview.units_chart(some).data)[2][1] == "21"
    none = made(term, term.months, states_=dict.fromkeys(term.months, "nil"))
    assert rows(overview.units_chart(none).data)[2][1] == "không phát sinh"


def test_a_unit_whose_other_months_are_not_known_is_not_said_to_have_had_nothing_in_the_span():
    term = QUARTER.plus(1)
    report = made(term, term.months, states_=dict.fromkeys(term.months[:2], "nil") | {term.last: "refused"})
    assert rows(overview.units_chart(report).data)[2][1] == "0"


def test_a_spans_chapter_does_not_say_that_versions_did_not_differ(quarter):
    place = Place(quarter, "unit", quarter.units[0])
    assert receipts.versions_table(place, (place.unit,)).markdown.startswith("Các lần gửi của một báo cáo và")
    assert receipts.changes_table(place, place.unit).markdown == ""


def test_letters_are_said_to_stand_ready_only_where_they_do(quarter, report):
    read = json.loads((Path(__file__).resolve().parents[3] / "notebooks" / "submissions.ipynb").read_text("utf-8"))
    assert "soạn sẵn" not in str(read)
    assert submissions.reminders(report).markdown.startswith("Lời nhắc soạn sẵn cho từng đơn vị còn thiếu")
    assert submissions.reminders(quarter).markdown == "Lời nhắc được soạn trong sách của từng tháng."


def test_the_official_reports_units_of_a_span_add_up_and_are_named_for_what_they_show(quarter):
    made_ = table(Figures(quarter, label_of(quarter)), "don-vi")
    assert made_.caption == "Kết quả theo đơn vị, quý III năm 2025"
    total = made_.lines[-1]
    assert ["".join(run.text for run in cell) for cell in total.cells[:2]] == ["Tổng", "17"]


def test_months_have_no_lines_of_what_the_plan_does_not_have(quarter):
    plan = CONFIG.plan.model_copy(update={"funding": ()})
    bare = CONFIG.model_copy(update={"plan": plan, "targets": Targets(paragraphs=(), targets=())})
    rows_ = [row._replace(value="0") if row.measure == "cost_stated" else row for row in quarter.ledger.rows]
    less = replace(quarter, config=bare, ledger=Ledger(rows_))
    for report, said in ((quarter, True), (less, False)):
        own = replace(report, unit=report.units[0])
        texts = [plain(block.markdown) for block in (overview.months(report), unit.months(own))]
        assert ["Kinh phí (đồng)" in text for text in texts] == [said, said]
        assert ("Giá trị chỉ tiêu" in texts[1]) == bool(targets.months(report).markdown) == said


def test_reports_by_time_add_up_to_those_that_are_owed_a_refused_one_too():
    report = made(QUARTER.plus(1), (FIRST, FIRST.plus(2)), states_={FIRST.plus(2): "refused"})
    figure = submissions.timeliness_chart(report)
    head, _, *strips = rows(figure.data)
    at = head.index("10/2025")
    assert [strip[0] for strip in strips] == ["Chưa ghi ngày nhận", "Chưa nộp"]
    assert sum(int(strip[at]) for strip in strips) == len(report.units)
    drawn = " ".join(re.sub(r"<[^>]*>", " ", figure.svg).split())
    assert "trong 7 báo cáo: 1 chưa ghi ngày nhận và 6 chưa nộp, trong đó 1 bị trả lại" in drawn


def test_units_without_a_report_in_one_month_of_a_span_are_not_said_to_have_none_at_all():
    term = QUARTER.plus(1)
    report = made(term, term.months, states_={term.last: "refused"})
    lead = next(unit.name for unit in report.units if unit.code == LEADS[0])
    blocks = (contents.gaps(report), overview.attention(report), submissions.summary(report))
    gaps, attention, summary = (plain(block.markdown).replace("\\", "") for block in blocks)
    assert re.search(rf"\n\nCó tháng chưa có số liệu của đơn vị chủ trì: [^\n]*{lead}[^\n]*$", gaps)
    assert f"- Có tháng báo cáo bị trả lại, chưa tính được: {lead}" in attention
    assert " Có tháng chưa nộp: " in summary


def test_a_year_takes_two_tables_and_the_whole_stands_in_the_last_one():
    year = made(Span(Month(2026, 1), 12), Month(2026, 1).upto(Month(2026, 12)))
    text = overview.months(year).markdown
    heads = [row for row in rows(overview.months(year)) if row[0] == "Chỉ số"]
    assert [len(head) for head in heads] == [7, 8]
    assert heads[1][-1] == "Năm 2026 (tạm tính)"
    assert "Các chỉ số chính từng tháng, năm 2026 (phần 2 trong 2)." in text
    assert "Số chỉ tiêu theo kết quả đánh giá đến hết từng tháng, năm 2026" in targets.months(year).markdown
    assert "(phần 1 trong 2)" in text
    assert len(set(re.findall(r"#tbl-[\w-]+", text))) == 2


def test_reports_of_a_span_that_hold_no_activity_are_not_said_to_have_one(quarter):
    some = made(QUARTER, (FIRST, FIRST.plus(1)), states_={FIRST: "filed"})
    said = "đã nộp báo cáo (trong đó 1 chưa có hoạt động nào được tính)"
    told = plain(overview.reports_sentence(some)), plain(strip(some)).replace("đã nộp (", "đã nộp báo cáo (")
    assert [said in text for text in told] == [True] * 2
    assert "có 2 lượt có hoạt động" in plain(overview.reports_sentence(quarter))
    assert "lượt báo cáo của các tháng có hoạt động" in plain(strip(quarter))


def test_a_year_is_not_compared_with_the_same_year_twice():
    year = made(Span(Month(2026, 1), 12), Month(2026, 1).upto(Month(2026, 12)))
    first = plain(sentences(year)[0])
    assert first.endswith("78 hoạt động, chưa đủ số liệu các tháng để so với năm trước.")
    assert "Trong 84 lượt báo cáo phải nộp của các tháng có 12 lượt có hoạt động và 72 lượt chưa nộp" in (
        plain(overview.reports_sentence(year))
    )


def test_a_month_to_come_is_named_and_has_a_dash_not_a_zero():
    report = made(QUARTER.plus(1), (FIRST, FIRST.plus(2)))
    head, _, activities, *_ = rows(overview.months(report))
    assert head[2:4] == ["11/2025 (chưa có báo cáo)", "12/2025 (chưa có báo cáo)"]
    assert activities[1:] == ["10", "–", "–", "10"]


@pytest.mark.parametrize(
    ("term", "months", "closed", "said", "tone", "lacks"),
    [
        (
            QUARTER,
            (FIRST, FIRST.plus(1)),
            (),
            "tạm tính: tháng 8/2025 và 9/2025 chưa khóa; tháng 7/2025 trước khi",
            "warning",
            True,
        ),
        (
            QUARTER,
            (FIRST, FIRST.plus(1)),
            (FIRST,),
            "tạm tính: tháng 8/2025 đã khóa; tháng 9/2025 chưa khóa",
            "warning",
            True,
        ),
        (
            QUARTER,
            (FIRST, FIRST.plus(1)),
            (FIRST, FIRST.plus(1)),
            "đã khóa: tháng 8/2025 và 9/2025 đã khóa",
            "note",
            False,
        ),
        (QUARTER.plus(2), (FIRST,), (), "tháng 01/2026, 02/2026 và 3/2026 chưa có báo cáo nào", "warning", False),
        (
            Span(Month(2026, 1), 12),
            Month(2026, 1).upto(Month(2026, 6)),
            (),
            "tháng 01/2026 đến 6/2026 chưa khóa; tháng 7/2",
            "warning",
            True,
        ),
        (
            QUARTER.plus(-1),
            (FIRST,),
            (),
            "Quý II năm 2025 là trước khi thực hiện kế hoạch, nên không có số liệu.",
            "note",
            False,
        ),
    ],
)
def test_what_is_provisional_is_said(term, months, closed, said, tone, lacks):
    report = made(term, months, closed)
    assert said in words.standing(report)
    assert ("Còn thiếu" in words.standing(report)) is lacks
    assert f"callout-{tone}" in words.notice(report)
    assert said in front_page(report).markdown


def test_figures_of_sealed_months_are_not_called_provisional():
    report = made(QUARTER, (FIRST, FIRST.plus(1)), (FIRST, FIRST.plus(1)))
    assert "tạm tính" not in overview.months(report).markdown
    assert rows(overview.months(report))[0][1:] == ["8/2025", "9/2025", "Quý III/2025"]
    assert dict(periods(report))[str(QUARTER)] == "Quý III/2025"


def test_reports_that_are_missing_from_a_sum_are_said(quarter):
    assert "Còn thiếu báo cáo của đơn vị ở tháng 8/2025 và 9/2025" in words.standing(quarter)
    refused = replace(quarter, ledger=Ledger([Row(str(FIRST), "*", "reports", "state=refused", "1")]))
    assert "Còn thiếu báo cáo của đơn vị ở tháng 8/2025;" in words.standing(refused)


def test_a_span_is_not_compared_with_one_that_lacks_a_month_nor_with_one_before_the_plan(quarter):
    assert versus(quarter) == "So với quý trước"
    assert change(quarter, "activities") == nothing_before(quarter) == "chưa có số liệu quý trước để so sánh"
    second = made(QUARTER.plus(1), (FIRST, FIRST.plus(1), *QUARTER.plus(1).months))
    assert change(second, "activities") == nothing_before(second) == "chưa đủ số liệu các tháng để so với quý trước"


@pytest.mark.parametrize(
    ("term", "before", "last_year"),
    [
        (QUARTER.plus(1), "quý III/2025: chưa đủ số liệu các tháng", "quý IV/2024: chưa có số liệu"),
        (QUARTER.plus(4), "quý II/2026: chưa đủ số liệu các tháng", "quý III/2025: chưa đủ số liệu các tháng"),
        (QUARTER, "quý II/2025: chưa có số liệu", "quý III/2024: chưa có số liệu"),
    ],
)
def test_of_a_span_whose_months_are_not_all_known_nobody_says_that_it_has_no_figures(term, before, last_year):
    report = made(term, (FIRST, FIRST.plus(1), *term.months))
    told = re.findall(r"\[(So với [^\]]*)\]\{\.so-sanh\}", plain(strip(report)).split("\n- ")[1])
    begun = [then for then in (before, last_year) if not then.endswith("chưa có số liệu")]
    assert told == [f"So với {then}" for then in begun]
    assert plain(change_short(report, "activities")) == before.split(": ")[1]
    heading, _, activities, *_ = rows(overview.key_figures(report))
    assert dict(zip(heading, activities, strict=True))["So với quý trước"] == before.split(": ")[1]
    assert str(Figures(report, label_of(report)).compared("activities")).startswith(before.split(": ")[1])
    assert ("chưa có số liệu quý" in sentences(report)[0]) == last_year.endswith("chưa có số liệu")


def test_two_whole_spans_are_compared():
    months = FIRST.upto(FIRST.plus(7))
    report = made(QUARTER.plus(2), months)
    report = replace(report, compared=(QUARTER.plus(1),))
    assert plain(change(report, "activities")) == "giảm 27 so với quý IV/2025 (33)"


def test_targets_are_compared_with_the_end_of_the_span_before_though_months_of_it_have_no_report():
    term = QUARTER.plus(2)
    said = [
        value(LEADS[0], month, count, "100", f"{month}-05")
        for month, count in ((term.first.plus(-1), "99"), (term.first, "10"), (term.last, "30"))
    ]
    ledger = compute_ledger(records(values=said), CONFIG, term, newest=term.last)
    report = replace(made(term, term.months), ledger=ledger)
    assert "So với quý IV/2025: −1" in plain(strip(report))
    line = next(line for line in rows(targets.by_paragraph(report)) if line[0] == markdown(TARGET.code))
    assert line[5] == f"−69 điểm % so với quý trước; 01/2026: {markdown('10%')}"


def test_a_lead_without_activity_whose_report_lacks_for_a_month_is_told_with_it():
    term = QUARTER.plus(1)
    area = next(area for area in CONFIG.plan.areas if LEADS[0] in area.lead_units and area.code != AREA.code)
    all_known, lacking = (plain(decisions(made(term, part))) for part in (term.months, term.months[::2]))
    assert f" chủ trì nội dung {markdown(area.code)}" in all_known
    assert "có tháng chưa có số liệu" not in all_known
    assert f"(có tháng chưa có số liệu) chủ trì nội dung {markdown(area.code)}" in lacking


def test_what_was_there_at_the_end_of_the_span_before_and_is_no_more_is_told():
    term = QUARTER.plus(2)
    yes_or_no = {"type": "boolean", "value": True, "comparator": "==", "unit": "", "unscored_because": ""}
    known = CONFIG.targets.model_copy(update={"targets": (TARGET.model_copy(update=yes_or_no),)})
    config = CONFIG.model_copy(update={"targets": known})
    said = [
        value(LEADS[0], month, "", "", f"{month}-05") | {"value": there}
        for month, there in ((term.first.plus(-1), "1"), (term.first, "1"), (term.last, "0"))
    ]
    ledger = compute_ledger(records(values=said), config, term)
    report = replace(made(term, term.months), config=config, ledger=ledger)
    assert "không còn đạt mức phải đạt: chưa (quý trước đã có) (xem [Chỉ tiêu]" in plain(decisions(report))


@pytest.mark.parametrize("term", [QUARTER.plus(2), QUARTER.plus(-1)])
def test_a_span_without_figures_says_so_in_every_chapter(term):
    report = made(term, (FIRST,))
    for block in (overview.summary(report), submissions.summary(report), submissions.units_table(report)):
        assert "Chưa tháng nào của kỳ có báo cáo của đơn vị." in block.markdown or "chưa tháng nào" in block.markdown
    assert "0 hoạt động" not in plain(front_page(report).markdown)
    assert "chưa đơn vị nào có báo cáo" in budget.summary(report).markdown
    assert targets.by_paragraph(report).markdown
    assert "Không có việc nào" not in overview.attention(report).markdown
    assert submissions.rates_table(report).markdown
    assert submissions.timeliness_chart(report).markdown == ""
    assert submissions.grid(report).markdown == (
        words.NOTHING_SENT if report.units else "Kỳ này không đơn vị nào phải báo cáo."
    )


def test_each_month_of_the_span_is_listed_with_its_state(quarter):
    listed = {row[0]: row[1] for row in rows(words.states_table(Place(quarter, "submissions")))}
    assert listed["7/2025"] == "trước khi thực hiện kế hoạch"
    assert listed["8/2025"] == listed["9/2025"] == "tạm tính"


def test_the_heading_of_a_provisional_spans_costs_has_one_pair_of_brackets(quarter):
    heads = [column.title for column in budget.units_table(quarter).columns]
    assert "Quý III/2025 (tạm tính; đồng)" in heads
    assert not [head for head in heads if ") (" in head]


def test_totals_since_the_start_are_the_sum_of_all_rows_where_a_unit_left():
    known = made(QUARTER.plus(1), FIRST.upto(FIRST.plus(2)))
    left = next(unit for unit in known.units if unit.code == LEADS[0])
    report = replace(known, units=tuple(unit for unit in known.units if unit != left))
    _, _, *costs, total = rows(budget.units_table(report))
    assert costs[-1] == [f"{markdown(left.name)} (nay không phải báo cáo)", "–", "27.000", "27.000", "–", "–"]
    assert total[2:4] == ["27.000", "27.000"]
    _, _, *rates, every = rows(submissions.rates_table(report))
    assert sum(int(rate[1]) for rate in rates) == int(every[1])


def test_a_unit_that_owed_no_report_for_a_month_has_a_dash_there():
    term = QUARTER.plus(1)
    known = made(term, term.months)
    states = [row for row in known.ledger.rows if (row.period, row.measure) == (str(term.first), "reports")]
    joined = replace(known, ledger=Ledger([row for row in known.ledger.rows if row not in states]))
    lines = [words.Line("a", "cost", LEADS[0]), words.Line("b", "cost", LEADS[1])]
    _, _, *cells = rows(words.by_month(Place(joined, "budget"), "x", "x", "x", lines))
    assert cells == [["a", "–", "11.000", "12.000", "33.000"], ["b", "–", *["chưa có số liệu"] * 3]]


def test_the_reports_that_a_months_row_counts_are_those_that_the_sentence_counts():
    """Nobody reported for the month in the middle, and for the next one somebody did: its reports are missing."""
    term = QUARTER.plus(1)
    report = made(term, (term.first, term.last))
    _, _, *months = rows(words.states_table(Place(report, "submissions")))
    assert [month[1] for month in months] == ["tạm tính", "chưa có báo cáo", "tạm tính"]
    sums = [sum(int(month[at]) for month in months) for at in (2, 6)]
    assert plain(words.reports_sentence(report)).startswith(f"Trong {sums[0]} lượt")
    assert f" {sums[1]} lượt chưa nộp" in plain(words.reports_sentence(report))


def test_a_target_of_which_only_a_level_is_known_is_not_said_to_have_no_value():
    term = QUARTER.plus(1)
    known = made(term, term.months)
    code = CONFIG.targets.targets[0].code
    level = Row(str(term), "*", "target_level", dims(target=code), "16")
    levelled = replace(known, ledger=Ledger([*known.ledger.rows, level]))
    assert "gia-tri-theo-thang" not in targets.months(levelled).markdown


def test_a_yes_or_no_target_has_its_words_in_each_month_and_not_the_numbers_of_the_ledger():
    term, target = QUARTER.plus(1), next(one for one in CONFIG.targets.targets if one.type == "boolean")
    said = [
        value(LEADS[0], month, "", "", f"{month}-05") | {"value": there, "target": target.code}
        for month, there in zip(term.months, "101", strict=True)
    ]
    ledger = compute_ledger(records(values=said), CONFIG, term, newest=term.last)
    told = rows(targets.months(replace(made(term, term.months), ledger=ledger)))[-1]
    assert told[0].startswith(markdown(target.code))
    assert told[1:] == ["có", "chưa", "có", "có"]


def test_a_year_is_not_given_twice_as_its_own_year_to_date():
    year = made(Span(Month(2026, 1), 12), Month(2026, 1).upto(Month(2026, 12)))
    assert "Lũy kế" not in budget.summary(year).markdown
    assert "Lũy kế từ đầu năm: " in budget.summary(made(QUARTER, (FIRST,))).markdown


def test_a_book_of_a_month_has_none_of_it(report):
    assert words.standing(report) == words.notice(report) == ""
    assert (
        overview.months(report).markdown == budget.months(report).markdown == submissions.months(report).markdown == ""
    )
