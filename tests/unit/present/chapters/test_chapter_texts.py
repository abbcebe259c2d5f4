"""Sentences and rows of the chapters, word for word."""

import re
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from baocao.config.models import Baseline, FormerDueDay, Targets
from baocao.intake.records import VERSION_COLUMNS
from baocao.intake.schema import frame_of
from baocao.measures.ledger import Ledger, Row, dims
from baocao.months import Span
from baocao.present import front, front_words
from baocao.present.blocks import Prose, Table
from baocao.present.chapters import (
    budget,
    contents,
    errata,
    forms,
    method,
    notes,
    overview,
    quality,
    submissions,
    targets,
    unit,
)
from baocao.present.traced import plain
from unit.present.conftest import SPAN, states

LATER = "2026-03-09T09:00:00+07:00"


def words(block):
    """The block's Markdown as it reads, without the ways to the ledger rows."""
    return plain(block.markdown)


def row(table, start):
    assert isinstance(table, Table)
    return next(tuple(plain(cell) for cell in cells) for cells in table.rows if cells[0].startswith(start))


# -- submissions


def test_the_summary_of_submissions_says_that_missing_is_not_zero(report):
    assert words(submissions.summary(report)) == (
        "Tháng 02 năm 2026: trong 3 đơn vị phải báo cáo có 1 đơn vị đã nộp báo cáo có hoạt động, 1 đơn vị báo không "
        "phát sinh và 1 đơn vị chưa nộp. Về thời hạn: 2 chưa ghi ngày nhận. Chưa nộp: Thôn "
        "Bản Gió. Chưa có báo cáo thì chưa biết số liệu, không có nghĩa là bằng 0."
    )


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ({"VP": "missing", "BanMay": "missing"}, "Trong 2 đơn vị phải báo cáo có 2 đơn vị chưa nộp."),
        ({"VP": "nil"}, "Trong 1 đơn vị phải báo cáo có 1 đơn vị báo không phát sinh."),
        ({}, "Kỳ này không đơn vị nào phải báo cáo."),
    ],
)
def test_no_state_that_nobody_is_in_is_counted(report, units, said):
    ledger = Ledger(states(str(report.month), **units))
    assert words(Prose(overview.reports_sentence(replace(report, ledger=ledger)))) == said


def test_a_report_without_an_activity_that_counts_is_not_said_to_have_some(report):
    empty = Row(str(report.month), "VP", "activities", value="0")
    known = {row.id: row for row in (*report.ledger.rows, empty)}
    text = words(Prose(overview.reports_sentence(replace(report, ledger=Ledger(known.values())))))
    assert "có 1 đơn vị đã nộp báo cáo (trong đó 1 chưa có hoạt động nào được tính), 1 đơn vị báo không phát" in text


def test_the_time_that_the_deadline_was_held_against_is_told_where_reports_came_again(report):
    assert "lần gửi" not in submissions.units_table(report).caption
    again = Row(str(report.month), "*", "resubmitted", value="1")
    twice = replace(report, ledger=Ledger([*report.ledger.rows, again]))
    assert "Thời hạn tính theo lần gửi đầu đọc được" in submissions.units_table(twice).caption


def test_no_kind_of_figures_that_no_report_has_is_counted(report):
    kinds = {"provisional": "2", "revised": "0", "final": "1", "undated": "0"}
    rows = [Row(str(report.month), "*", "finality", dims(state=code), n) for code, n in kinds.items()]
    there = replace(report, ledger=Ledger([*report.ledger.rows, *rows]))
    assert "Về mức chốt của số liệu: 2 số ước và 1 số sau chốt." in words(submissions.summary(there))


def test_months_that_compare_badly_are_told_apart(report):
    assert words(Prose(overview.reservation(report))) == (
        "Số so sánh chỉ để tham khảo, vì tháng 01/2026 có 2 báo cáo chưa nộp; tháng 02/2026 có 1 báo cáo chưa nộp."
    )


def test_filed_nil_and_missing_are_three_rows(report):
    table = submissions.units_table(report)
    assert row(table, "Văn phòng")[1:] == ("[đã nộp]{.trang-thai .dat}", "–", "09:05 ngày 02/3/2026", "–", "–", "3")
    assert row(table, "Thôn Bản Mây")[1] == "[không phát sinh]{.trang-thai .dat}"
    assert row(table, "Thôn Bản Mây")[6] == "0"
    assert row(table, "Thôn Bản Gió")[1:] == ("[chưa nộp]{.trang-thai .chua}", "–", "–", "–", "–", "–")


def test_rates_have_what_was_owed_before_what_came_and_no_rate_of_nothing(report):
    rates = [Row(report.since_start, "VP", "report_rate", "", "66.666667", "2", "3")]
    rates += [Row(report.since_start, "VP", "on_time_rate", "", "", "0", "0")]
    table = submissions.rates_table(replace(report, ledger=Ledger([*report.ledger.rows, *rates])))
    assert row(table, "Văn phòng")[1:] == ("3", "2", "66,67%", "0", "0", "–")
    assert row(table, "Thôn Bản Mây")[1:] == ("–",) * 6
    assert table.caption.endswith("của từng đơn vị, từ tháng 01/2026 đến tháng 02/2026.")


def test_deadlines_stand_in_words_and_as_dates(report):
    assert "- Đơn vị gửi báo cáo: đến hết ngày 03 tháng sau, tức là đến hết ngày 03/3/2026." in (
        words(submissions.deadlines(report))
    )


def test_a_deadline_that_changed_stands_in_the_words_of_its_month(report):
    calendar = report.config.calendar
    before = FormerDueDay(last_month=str(report.month), day=5, months_later=1, strict=False, text="đến hết ngày 05")
    due = calendar.unit_due.model_copy(update={"earlier": (before,)})
    config = report.config.model_copy(update={"calendar": calendar.model_copy(update={"unit_due": due})})
    said = words(submissions.deadlines(replace(report, config=config)))
    assert "- Đơn vị gửi báo cáo: đến hết ngày 05, tức là đến hết ngày 05/3/2026." in said


# -- contents, forms


def test_where_nobody_reported_nobody_is_said_to_have_had_nothing(empty_report):
    for block in (notes.summary(empty_report), notes.difficulties(empty_report), contents.bullets_table(empty_report)):
        assert words(block) == "Chưa có số liệu: trong kỳ chưa đơn vị nào có báo cáo đọc được."


def test_a_title_names_all_that_share_the_first_place(report):
    period, sources = str(report.month), report.config.plan.funding
    channels = report.config.plan.channels
    named = [("cost", dims(funding=one.code)) for one in sources] + [
        ("reach", dims(channel=one.code)) for one in channels
    ]
    more = [Row(period, "*", f"{name}{end}", codes, "7") for name, codes in named for end in ("", "_stated")]
    known = {one.id: one for one in (*report.ledger.rows, *more)}
    tied = replace(report, ledger=Ledger(known.values()))
    for block, each in ((budget.chart(tied), "mỗi nguồn 7 đồng"), (forms.reach_chart(tied), "mỗi kênh 7 lượt")):
        assert each in " ".join(re.sub(r"<[^>]*>", " ", block.svg).split())


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("0", ("chưa có kinh phí ghi theo nguồn", "không hoạt động nào ghi lượt tiếp cận")),
        ("1", ("kinh phí ghi theo nguồn đều bằng 0", "lượt tiếp cận mà các hoạt động ghi đều bằng 0")),
    ],
)
def test_noughts_that_were_stated_are_not_told_as_nothing_stated(report, stated, said):
    period, plan = str(report.month), report.config.plan
    kinds = [("cost", dims(funding=plan.funding[0].code)), ("cost", ""), ("reach", dims(channel=plan.channels[0].code))]
    kinds += [("cost", dims(funding=one.code)) for one in plan.funding[1:]] + [("reach", "")]
    rows = [Row(period, "*", name, codes, "0") for name, codes in kinds]
    rows += [Row(period, "*", f"{name}_stated", codes, stated) for name, codes in kinds]
    made = replace(report, ledger=Ledger({one.id: one for one in (*report.ledger.rows, *rows)}.values()))
    costs, reach = (plain(words(chart)) for chart in (budget.chart(made), forms.reach_chart(made)))
    assert (said[0] in costs, said[1] in reach) == (True, True)
    assert said[0] in plain(words(budget.months_chart(replace(made, history=(report.month,)))))


def test_a_month_whose_reports_state_no_cost_is_not_said_to_lack_figures_of_it(report):
    source = dims(funding=report.config.plan.funding[0].code)
    rows = [Row("2026-01", "*", name, source, "5") for name in ("cost", "cost_stated")]
    rows += [Row(str(report.month), "*", name, value="0") for name in ("cost", "cost_stated")]
    made = replace(report, ledger=Ledger({one.id: one for one in (*report.ledger.rows, *rows)}.values()))
    drawn = " ".join(re.sub(r"<[^>]*>", " ", budget.months_chart(made).svg).split())
    assert "không đơn vị nào ghi kinh phí" in drawn


def test_the_summary_of_contents_names_the_fullest_and_the_empty_areas(report):
    assert words(contents.summary(report)) == (
        "Trong tháng 02 năm 2026, có 2 trong số 3 nội dung có hoạt động. Nội dung có nhiều hoạt động nhất: ND1 Tủ "
        "sách thôn (2). Nội dung chưa có hoạt động nào: “ND2 Ngày đọc sách”."
    )


@pytest.mark.parametrize(
    ("covered", "done", "areas", "within"),
    [
        ("0", "0", "Không nội dung nào của kế hoạch có hoạt động.", "các đơn vị không có hoạt động nào, "),
        ("2", "4", "Có 2 trong số 3 nội dung của kế hoạch có hoạt động", "; thuộc 2 trong số 3 nội dung của kế hoạch"),
        ("3", "4", "Cả 3 nội dung của kế hoạch đều có hoạt động", "; thuộc cả 3 nội dung của kế hoạch"),
    ],
)
def test_none_and_all_are_told_in_words(report, covered, done, areas, within):
    month = str(report.month)
    new = {f"{month}|*|areas_covered|": covered, f"{month}|*|activities|": done}
    rows = [row._replace(value=new.get(row.id, row.value)) for row in report.ledger.rows]
    if done == "0":
        rows = [row for row in rows if not (row.measure == "activities" and row.period == month and row.dimensions)]
    changed = replace(report, ledger=Ledger(rows))
    said = " ".join(map(plain, front_words.sentences(changed)))
    assert areas in said
    assert within in words(overview.summary(changed))
    assert "0 hoạt động" not in said
    assert " 0 trong số" not in said


def test_leads_without_activity_and_leads_without_a_report_are_kept_apart(report):
    assert words(contents.gaps(report)) == (
        "Các đơn vị sau đã báo cáo nhưng không có hoạt động ở nội dung được giao chủ trì:\n\n"
        "- ND2 Ngày đọc sách: Thôn Bản Mây (báo không phát sinh)\n"
        "- ND3 Văn hóa đọc: Thôn Bản Mây (báo không phát sinh)\n\n"
        "Chưa có số liệu của đơn vị chủ trì: Thôn Bản Gió."
    )


def test_an_area_row_has_leads_figures_and_change(report):
    assert row(contents.areas_table(report), "ND1") == (
        "ND1 Tủ sách thôn", "Văn phòng xã", "2", "−3", "0", "không nêu", "không nêu", "2",
    )  # fmt: skip


def test_the_heat_map_tells_its_counts_in_words(report):
    assert contents.heat_map(report).alt == (
        "Số hoạt động theo nội dung và hình thức, các ô khác 0: ND1 Tủ sách thôn, Họp thôn: 2."
    )


def test_unused_channels_are_named_and_not_drawn(report):
    assert words(forms.summary(report)) == (
        "Trong tháng 02 năm 2026 có 3 hoạt động. Chỉ ghi nhận hoạt động ở một hình thức: Họp thôn (3). Chỉ ghi nhận "
        "hoạt động ở một kênh: Họp thôn (3). Hình thức chưa dùng: “Phát thanh”. Kênh chưa dùng: “loa truyền thanh” và "
        "“mạng xã hội”."
    )
    assert forms.channels_chart(report).alt == "Số hoạt động theo kênh: Họp thôn: 3."


# -- targets


def target_cells(report, code):
    line = next(text for text in words(targets.by_paragraph(report)).split("\n") if text.startswith(f"| {code}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_target_row_has_bound_value_parts_status_change_day_and_source(report):
    assert target_cells(report, r"SM\-1")[2:] == [
        "✗ Chưa đạt", "63\\,71\\% (79\u00a0/\u00a0124)", r"từ 75\% trở lên\*", "+1,5 điểm %",
        "28/02/2026; Văn phòng xã; Sổ theo dõi (báo cáo tháng 02/2026)",
    ]  # fmt: skip


def test_a_target_without_data_is_neither_zero_nor_missed(report):
    assert target_cells(report, r"SM\-2")[1:] == [
        r"Số tháng không có hoạt động đọc sách (DC1)", "– Chưa có số liệu", "chưa có số liệu", "không quá 2 tháng",
        "–", "–",
    ]  # fmt: skip


def test_the_words_of_the_plan_stand_above_its_targets(report):
    assert "> 75\\% hộ gia đình có tủ sách\\; mỗi thôn" in words(targets.by_paragraph(report))


def test_only_targets_with_a_value_are_drawn(report):
    drawn = targets.chart(report).blocks
    assert [figure.alt for figure in drawn] == [
        "Giá trị các chỉ tiêu: SM-1 Hộ gia đình có tủ sách: 63,71%; mức: từ 75% trở lên."
    ]
    assert [cells[0] for cells in drawn[0].data.rows] == [r"SM\-1 Hộ gia đình có tủ sách"]


def test_no_path_is_drawn_without_a_baseline(report):
    assert targets.paths(report).markdown.startswith("Chưa nhập giá trị gốc cho chỉ tiêu nào")
    assert "lộ trình" not in targets.chart(report).blocks[0].svg


def test_a_path_from_a_baseline_has_its_unit_and_no_claim_about_the_plan(report):
    config = report.config
    base = Baseline(year=2025, value=Decimal(5), source="s")
    target = config.targets.targets[1].model_copy(update={"baseline": base})
    listed = config.targets.model_copy(update={"targets": (target,)})
    rows = [
        Row(str(report.month), "*", "target_required", "target=SM-2", "4"),
        *(Row(str(report.month), "*", "target_required", f"target=SM-2;year={y}", "4.5") for y in (2025, 2026, 2027)),
    ]
    based = replace(
        report, config=config.model_copy(update={"targets": listed}), ledger=Ledger((*report.ledger.rows, *rows))
    )
    assert "4\\,5 tháng" in words(targets.paths(based))
    assert "cần không quá 4 tháng" in words(targets.by_paragraph(based))
    assert "Kế hoạch không" not in words(targets.paths(based)) + words(targets.summary(based))


@pytest.mark.parametrize(("year", "asked"), [(2026, " (đến tháng 02/2026 cần 60%)"), (2025, "")])
def test_what_the_path_asks_for_is_said_until_the_targets_year_is_over(report, year, asked):
    config = report.config
    base = Baseline(year=2024, value=Decimal(30), source="s")
    target = config.targets.targets[0].model_copy(update={"baseline": base, "year": year})
    listed = config.targets.model_copy(update={"targets": (target,)})
    ledger = Ledger((*report.ledger.rows, Row(str(report.month), "*", "target_required", "target=SM-1", "60")))
    based = replace(report, config=config.model_copy(update={"targets": listed}), ledger=ledger)
    drawn = targets.chart(based).blocks[0]
    assert drawn.data.rows[0][2].replace("\\", "") == f"từ 75% trở lên{asked}"
    assert ("lộ trình" in drawn.svg) is bool(asked)


# -- budget, notes, quality


def test_the_last_row_of_the_sources_counts_the_activities_that_state_a_cost_not_all(report):
    assert row(budget.sources_table(report), "Tất cả")[-2:] == ("2.500.000", "1")


def test_the_budget_is_said_with_how_many_state_it(report):
    assert words(budget.summary(report)).startswith(
        "Trong tháng 02 năm 2026, 1 trên 3 hoạt động có ghi kinh phí, tổng cộng 2.500.000 đồng, tăng 1.500.000 so với "
        "tháng 01/2026 (1.000.000)."
    )


def test_the_budget_of_the_year_to_date_is_told_unless_it_is_the_months(report):
    year = replace(report, ledger=Ledger([*report.ledger.rows, Row("2025-12..2026-02", "*", "cost", value="7000")]))
    told = words(budget.summary(replace(year, year_to_date="2025-12..2026-02")))
    assert " (1.000.000). Lũy kế từ đầu năm: 7.000 đồng. Ô kinh phí để trống" in told
    assert "Lũy kế" not in words(budget.summary(replace(report, year_to_date=str(report.month))))


def test_the_sentence_on_targets_counts_those_of_the_sites_own_scope(report):
    counts = [("met", {"scope": "commune"}, "4"), ("met", {}, "9"), ("not_met", {}, "8")]
    rows = [Row(str(report.month), "*", "targets_by_status", dims(status=code, **of), n) for code, of, n in counts]
    made = replace(report, ledger=Ledger({one.id: one for one in (*report.ledger.rows, *rows)}.values()))
    said = "Trong các chỉ tiêu cấp xã có chấm điểm, 4 chỉ tiêu đạt, 1 chưa đạt, 1 chưa có số liệu"
    assert said in words(overview.summary(made))


def test_a_missing_units_cost_is_not_known_and_a_nil_units_is_nothing(report):
    table = budget.units_table(report)
    assert row(table, "Thôn Bản Gió")[1] == "chưa có số liệu"
    assert row(table, "Thôn Bản Mây")[1] == "–"


def test_kinds_of_notes_without_a_note_say_so(report):
    assert words(notes.proposals(report)) == "Không đơn vị nào nêu kiến nghị trong kỳ."


def test_rows_in_are_accepted_and_rejected(report):
    assert row(quality.rows_table(report), "Văn phòng")[1:] == ("Hoạt động", "5", "4", "1")


def test_the_balance_of_rows_and_the_findings_are_told_in_words(report, empty_report):
    counts = [
        Row(str(report.month), "*", "findings", dims(severity=one), n) for one, n in (("error", "2"), ("warning", "6"))
    ]
    told = words(
        quality.summary(replace(report, ledger=Ledger({r.id: r for r in (*report.ledger.rows, *counts)}.values())))
    )
    assert told.startswith(
        "Trong tháng 02 năm 2026 nhận được 5 dòng số liệu: 4 dòng được tính, 1 dòng bị trả lại. Khi kiểm tra có 2 lỗi "
        "và 6 cảnh báo. Số dòng nhận được luôn bằng"
    )
    assert words(quality.summary(empty_report)) == "Trong tháng 02 năm 2026 chưa nhận được dòng số liệu nào."
    refused = [Row(str(report.month), "*", name, value=n) for name, n in (("findings", "1"), ("rows_in", "0"))]
    assert "nhận được 0 dòng số liệu" in words(quality.summary(replace(empty_report, ledger=Ledger(refused))))


def test_rows_of_a_unit_that_owes_no_report_stand_behind_the_others_and_all_are_summed(report):
    more = [
        Row(str(report.month), code, measure, dims(table=table), "7")
        for code, table in (("BanMay", "notes"), ("Cu", "values"), ("Ba", "values"))
        for measure in ("rows_in", "rows_accepted", "rows_rejected")
    ]
    table = quality.rows_table(replace(report, ledger=Ledger([*report.ledger.rows, *more])))
    assert [tuple(plain(cell) for cell in cells[:3]) for cells in table.rows] == [
        ("Văn phòng xã", "Hoạt động", "5"),
        ("Thôn Bản Mây", "Khó khăn, kiến nghị", "7"),
        ("Ba", "Chỉ tiêu", "7"),
        ("Cu", "Chỉ tiêu", "7"),
        ("**Tất cả đơn vị**", "", "5"),
    ]


def test_where_nothing_came_in_nothing_was_found_is_not_said(report, empty_report):
    assert words(quality.findings(empty_report)) == "Chưa nhận được tệp nào."
    assert words(quality.rows_table(empty_report)) == "Chưa nhận được tệp nào."
    nothing_read = replace(empty_report, records=replace(empty_report.records, submissions=report.records.submissions))
    assert words(quality.rows_table(nothing_read)) == "Không có dòng số liệu nào đọc được từ các tệp đã nhận."
    clean = replace(report, records=replace(empty_report.records, submissions=report.records.submissions))
    assert words(quality.findings(clean)) == "Không có phát hiện nào khi kiểm tra các tệp của kỳ."


def test_a_finding_names_file_sheet_and_cell(report):
    assert quality.findings(report).rows[0][:4] == (r"2026\-02\/VP\.xlsx", "Hoạt động", "F7", "lỗi")


def test_kinds_of_notes_that_nobody_gave_are_not_counted(report):
    assert "các đơn vị nêu 1 khó khăn. Ý kiến" in words(notes.summary(report))
    kinds = [Row(str(report.month), "*", "notes", dims(kind=kind), n) for kind, n in (("proposal", "4"), ("plan", "3"))]
    more = replace(report, ledger=Ledger({one.id: one for one in (*report.ledger.rows, *kinds)}.values()))
    assert "nêu 1 khó khăn, 4 kiến nghị và 3 phương hướng. Ý kiến" in words(notes.summary(more))
    none = replace(report, ledger=Ledger([row for row in report.ledger.rows if row.measure != "notes"]))
    said = "Trong tháng 02 năm 2026 không đơn vị nào nêu khó khăn, kiến nghị hay phương hướng."
    assert words(notes.summary(none)) == said


def test_a_note_of_a_span_names_its_month(report):
    assert words(notes.difficulties(report)).startswith("**Văn phòng xã**\n\n- ")
    assert "(tháng" not in words(notes.difficulties(report))
    assert words(notes.difficulties(replace(report, month=Span(report.month, 2)))).endswith(" (tháng 02/2026)")


# -- errata, method


def test_an_erratum_has_every_part_and_the_targets_that_it_concerns(report):
    more = report.config.plan.errata[0].model_copy(update={"code": "DC2", "corrected": "văn hoá đọc"})
    plan = report.config.plan.model_copy(update={"errata": (more, *report.config.plan.errata)})
    made = replace(report, config=report.config.model_copy(update={"plan": plan}))
    parts = ("ND3", "văn hóa đọc", "văn hoá đọc", r"Không nêu chỉ tiêu\.", r"Chỉ đếm hoạt động\.")
    assert errata.register(made).rows == (("DC2", *parts), ("DC1", *parts[:2], "–", *parts[3:]))
    assert errata.targets(made).rows == (("DC1", r"SM\-2 Số tháng không có hoạt động đọc sách"),)
    assert words(errata.summary(made)).startswith(r"Khi lập báo cáo theo Kế hoạch số 3\/KH\-UBND")
    none = replace(report, config=report.config.model_copy(update={"plan": plan.model_copy(update={"errata": ()})}))
    assert words(errata.summary(none)).startswith("Chưa ghi nhận điểm nào cần đính chính trong Kế hoạch số 3")


def test_files_and_legal_bases_are_listed_with_whose_they_are(report):
    assert method.files(report).rows == ((r"2026\-02\/VP\.xlsx", "Văn phòng xã", "ab" * 32),)
    base = report.config.plan.legal_bases[0]
    two = (base, base.model_copy(update={"number": "9/QĐ", "number_corrected": "19/QĐ", "about": "Văn hóa đọc"}))
    plan = report.config.plan.model_copy(update={"legal_bases": two})
    made = replace(report, config=report.config.model_copy(update={"plan": plan}))
    assert [(cells[0].replace("\\", ""), cells[2]) for cells in method.legal_bases(made).rows] == [
        ("Quyết định số 8/QĐ-UBND", "–"),
        ("Quyết định số 19/QĐ", "Văn hóa đọc"),
    ]


# -- one unit: what it leads


def test_the_areas_of_a_unit_are_those_it_leads_and_those_it_has_done_something_for(unit_reports):
    more = [Row(period, "VP", "activities", dims(content="ND2"), n) for period, n in (("2026-02", "0"), (SPAN, "4"))]
    there = unit_reports["VP"]
    kept = {one.id: one for one in (*there.ledger.rows, *more)}
    table = unit.contents_table(replace(there, ledger=Ledger(kept.values())))
    assert [tuple(plain(cell) for cell in cells) for cells in table.rows] == [
        ("ND1 Tủ sách thôn", "chủ trì", "2", "2"),
        ("ND2 Ngày đọc sách", "–", "0", "4"),
        ("ND3 Văn hóa đọc", "chủ trì", "1", "1"),
    ]
    assert [cells[0] for cells in unit.contents_table(there).rows] == ["ND1 Tủ sách thôn", "ND3 Văn hóa đọc"]
    assert words(unit.contents_table(unit_reports["BanGio"])) == "Chưa có số liệu của đơn vị trong kỳ."


def test_duties_are_told_for_one_area_for_several_and_for_none(unit_reports):
    assert words(unit.duties(unit_reports["VP"])) == (
        "Đơn vị được giao chủ trì: “ND1 Tủ sách thôn” và “ND3 Văn hóa đọc”. Nội dung nào cũng có hoạt động trong kỳ."
    )
    there = unit_reports["VP"]
    areas = tuple(area.model_copy(update={"lead_units": ("BanMay",)}) for area in there.config.plan.areas)
    plan = there.config.plan.model_copy(update={"areas": areas})
    none = replace(there, config=there.config.model_copy(update={"plan": plan}))
    assert words(unit.duties(none)) == "Đơn vị không được giao chủ trì nội dung nào."


def test_a_target_that_a_unit_reported_though_another_owes_it_is_listed_with_its_source(unit_reports):
    there = unit_reports["VP"]
    targets_ = tuple(one.model_copy(update={"reporters": ("BanMay",)}) for one in there.config.targets.targets)
    other = there.config.targets.model_copy(update={"targets": targets_})
    table = unit.targets_table(replace(there, config=there.config.model_copy(update={"targets": other})))
    assert [cells[0] for cells in table.rows] == [r"SM\-1"]
    assert words(table).count("Sổ theo dõi (báo cáo tháng 02/2026)") == 1
    owing = replace(unit_reports["BanMay"], config=there.config.model_copy(update={"targets": other}))
    assert [plain(cell) for cell in unit.targets_table(owing).rows[0][3:]] == ["chưa có số liệu", "–", "–"]


# -- one unit


def test_a_units_summary_says_its_state(unit_reports):
    texts = {code: words(unit.summary(report)) for code, report in unit_reports.items()}
    assert "Đơn vị **đã nộp** báo cáo. Kết quả: 3 hoạt động" in texts["VP"]
    assert "**không phát sinh**" in texts["BanMay"]
    assert "**chưa nộp**" in texts["BanGio"]
    assert "0 hoạt động" not in texts["BanGio"]


@pytest.mark.parametrize(
    ("state", "came", "said"),
    [
        ("on_time", ("2026-03-01T08:00:00+07:00", LATER), "đúng hạn (nhận lúc 08:00 ngày 01/3/2026)"),
        ("on_time", ("", "2026-03-02T09:00:00+07:00"), "đúng hạn (nhận lúc 09:00 ngày 02/3/2026)"),
        ("undated", ("", LATER), "chưa ghi ngày nhận"),
    ],
)
def test_the_time_that_is_told_is_the_one_that_the_deadline_was_held_against(unit_reports, state, came, said):
    there = unit_reports["VP"]
    empty = dict.fromkeys(VERSION_COLUMNS, 0) | {"unit": "VP", "month": str(there.month), "sender": ""}
    sent = [empty | {"version": i, "state": "filed", "received_at": at} for i, at in enumerate(came, start=1)]
    ledger = Ledger([*there.ledger.rows, Row(str(there.month), "VP", "timeliness", dims(state=state), "1")])
    records = replace(there.records, versions=frame_of("versions", sent))
    assert f"Thời hạn: {said}. Kết quả" in words(unit.summary(replace(there, ledger=ledger, records=records)))


def test_a_unit_that_sent_no_file_is_not_said_to_have_sent_a_sound_one(unit_reports):
    assert words(unit.findings(unit_reports["BanGio"])) == "Chưa nhận được tệp nào của đơn vị."


def test_a_unit_whose_report_is_not_there_is_not_said_to_have_no_difficulties(unit_reports):
    assert words(unit.notes(unit_reports["BanGio"])) == "Chưa có số liệu của đơn vị trong kỳ."
    assert words(unit.notes(unit_reports["BanMay"])).startswith("Đơn vị không nêu khó khăn")


def test_a_change_of_the_funding_source_is_told_by_its_name(unit_reports):
    there = unit_reports["VP"]
    source = there.config.plan.funding[0]
    change = {"unit": "VP", "month": str(there.month), "version": 2, "table": "activities", "kind": "changed"}
    change |= {"record": 1, "line": 2, "label": "Họp", "column": "Nguồn kinh phí", "before": source.code, "after": ""}
    changed = replace(there, records=replace(there.records, changes=frame_of("changes", [change])))
    assert [plain(cell) for cell in unit.changes_table(changed).rows[0][-3:]] == [
        "sửa\\: Nguồn kinh phí", source.name, "–",
    ]  # fmt: skip


def test_a_unit_that_sent_one_version_is_not_told_twice_that_nothing_came_again(unit_reports):
    there = unit_reports["VP"]
    assert words(unit.versions_table(there)) == "Đơn vị không gửi lại báo cáo."
    assert unit.changes_table(there).markdown == ""
    twice = replace(there, ledger=Ledger([*there.ledger.rows, Row(str(there.month), "VP", "versions", "", "2")]))
    assert words(unit.changes_table(twice)) == "Không có thay đổi giữa các lần gửi."


def test_a_blank_cell_of_an_activity_is_not_zero(unit_reports):
    cells = unit.activities_table(unit_reports["VP"]).rows[0][4:]
    shown = tuple(plain(cell).replace("\\", "") for cell in cells)
    assert shown == ("1.234 buổi họp", "0", "không nêu", "2.500.000")


def test_activities_stand_by_day_and_within_a_day_in_the_units_own_order(unit_reports):
    there = unit_reports["VP"]
    (one,) = there.records.activities.to_dict("records")
    days = ((1, "2026-02-20"), (2, "2026-02-03"), (4, "2026-02-03"), (3, "2026-02-03"), (5, None))
    made = [one | {"row": n, "date": pd.Timestamp(day) if day else None, "name": f"Việc {n}"} for n, day in days]
    made[1]["bullet"] = "ND1.b"
    records = replace(there.records, activities=frame_of("activities", made))
    table = unit.activities_table(replace(there, records=records))
    assert [tuple(plain(cell).replace("\\", "") for cell in cells[:4]) for cells in table.rows] == [
        ("03/02/2026", "ND1.b", "Việc 2", "HT1, họp thôn"),
        ("03/02/2026", "ND1", "Việc 3", "HT1, họp thôn"),
        ("03/02/2026", "ND1", "Việc 4", "HT1, họp thôn"),
        ("20/02/2026", "ND1", "Việc 1", "HT1, họp thôn"),
        ("không nêu", "ND1", "Việc 5", "HT1, họp thôn"),
    ]


def test_activities_of_a_nil_and_of_a_missing_report_are_absent_for_different_reasons(unit_reports):
    assert unit.activities_table(unit_reports["BanMay"]) == Prose("Không có hoạt động trong kỳ.")
    assert unit.activities_table(unit_reports["BanGio"]) == Prose("Chưa có số liệu của đơn vị trong kỳ.")


def test_a_leads_duties_are_judged_only_by_a_report(unit_reports):
    assert "**Không có hoạt động** ở: “ND2 Ngày đọc sách” và “ND3 Văn hóa đọc”." in (
        words(unit.duties(unit_reports["BanMay"]))
    )
    assert words(unit.duties(unit_reports["BanGio"])).endswith("Chưa có báo cáo nên chưa biết kết quả.")


def test_labels_of_a_unit_chapter_carry_the_units_code(unit_reports):
    assert unit.figures_table(unit_reports["BanMay"]).label == "tbl-don-vi-banmay-so-lieu"


def test_with_no_unit_named_the_registers_first_is_shown(report):
    assert words(unit.summary(report)).startswith("Văn phòng xã (mã VP")
    units = [one.model_copy(update={"name": one.name.lower()}) for one in report.config.units.units]
    register = report.config.units.model_copy(update={"units": tuple(units)})
    small = replace(report, config=report.config.model_copy(update={"units": register}), units=tuple(units))
    assert words(unit.summary(small)).startswith("Văn phòng xã (mã VP")


def test_a_target_that_the_unit_owes_is_listed_with_its_own_value(unit_reports):
    assert row(unit.targets_table(unit_reports["VP"]), "SM")[3:5] == (r"63\,71\%", "79\u00a0/\u00a0124")
    assert isinstance(unit.targets_table(unit_reports["BanMay"]), Prose)


# -- a month in which all that reported had nothing


def test_a_month_of_nil_reports_says_once_that_there_was_nothing(report):
    nothing = replace(report, ledger=Ledger([Row(str(report.month), "*", "activities", value="0")]))
    said = "Trong tháng 02 năm 2026 không có hoạt động nào được ghi nhận."
    assert {words(chapter.summary(nothing)) for chapter in (contents, forms, budget)} == {said}
    assert contents.heat_map(nothing).alt == "Số hoạt động theo nội dung và hình thức: mọi ô bằng 0."


# -- a plan that has less


def bare(report, *, costs):
    """The report of a plan with one area, without bullets, sources of funding and targets."""
    plan = report.config.plan
    area = plan.areas[0].model_copy(update={"bullets": ()})
    less = plan.model_copy(update={"areas": (area,), "funding": ()})
    config = report.config.model_copy(update={"plan": less, "targets": Targets(paragraphs=(), targets=())})
    rows = [one if costs or one.measure != "cost_stated" else one._replace(value="0") for one in report.ledger.rows]
    return replace(report, config=config, ledger=Ledger(rows))


@pytest.mark.parametrize("costs", [True, False])
def test_money_is_spoken_of_where_there_are_sources_or_somebody_stated_some(report, unit_reports, costs):
    made, own = bare(report, costs=costs), bare(unit_reports["VP"], costs=costs)
    texts = [
        front.strip(made), " ".join(front_words.sentences(made)), words(overview.key_figures(made)),
        overview.measures_chart(made).caption, words(unit.figures_table(own)), words(unit.activities_table(own)),
    ]  # fmt: skip
    assert ["kinh phí" in text.casefold() for text in texts] == [costs] * len(texts)
    assert all("kinh phí" in words(table).casefold() for table in (overview.key_figures(report),))


def test_of_a_plan_with_one_area_it_is_not_said_that_it_is_first_among_one(report, unit_reports):
    made, own = bare(report, costs=True), bare(unit_reports["VP"], costs=True)
    texts = [" ".join(front_words.sentences(made)), words(overview.summary(made)), words(contents.summary(made))]
    assert not [text for text in texts if "trong số 1" in text or "nhiều nhất" in text.casefold()]
    assert "kế hoạch có một nội dung, “ND1 Tủ sách thôn”, với 2 hoạt động." in texts[2]
    assert "Nội dung này có hoạt động trong kỳ." in words(unit.duties(own))
    assert words(contents.bullets_table(made)) == "Kế hoạch không chia nội dung thành các nội dung chi tiết."


def test_what_a_plan_without_targets_owes_has_no_column_of_them(report, unit_reports):
    made, own = bare(report, costs=True), bare(unit_reports["VP"], costs=True)
    heads = [[column.title for column in submissions.owed_table(one).columns] for one in (report, made)]
    assert [sum("hỉ tiêu" in head for head in some) for some in heads] == [2, 0]
    assert [len(submissions.owed_table(one).rows[0]) for one in (report, made)] == [6, 3]
    assert "chỉ tiêu" not in words(unit.figures_table(own))
    assert words(targets.summary(made)) == words(targets.chart(made)) == "Kế hoạch không có chỉ tiêu."
    assert (words(targets.status_table(made)), words(targets.paths(made))) == ("", "")


def with_targets(report, kind, status):
    """The report with its first target alone, of a kind and in a state."""
    one = report.config.targets.targets[0].model_copy(
        update={"type": kind, "value": True if kind == "boolean" else None, "comparator": None}
    )
    known = report.config.targets.model_copy(update={"targets": (one,)})
    states_of = ("target_status", "targets_by_status")
    rows = [row for row in report.ledger.rows if row.measure not in states_of]
    month = str(report.month)
    rows.append(Row(month, "*", "target_status", dims(target=one.code, status=status), "1"))
    for state in ("met", "not_met", "no_data", "undefined", "unscored"):
        rows.append(
            Row(month, "*", "targets_by_status", dims(scope=one.scope, status=state), str(int(state == status)))
        )
    return replace(report, config=report.config.model_copy(update={"targets": known}), ledger=Ledger(rows))


def test_targets_of_words_alone_are_no_noughts_of_scored_ones(report):
    scored, unscored = with_targets(report, "boolean", "met"), with_targets(report, "qualitative", "unscored")
    for made, said in ((scored, True), (unscored, False)):
        texts = front.strip(made), " ".join(front_words.sentences(made)), words(overview.summary(made))
        assert ["chỉ tiêu" in text for text in texts] == [said] * 3


def test_a_target_that_cannot_be_computed_is_counted_with_the_others_that_are_scored(report):
    made = with_targets(report, "relative", "undefined")
    for found, said in ((made, True), (report, False)):
        texts = front.strip(found), " ".join(front_words.sentences(found)), words(overview.summary(found))
        assert ["chưa tính được" in text for text in texts] == [said] * 3
    assert "0 chỉ tiêu đạt, 0 chưa đạt, 0 chưa có số liệu, 1 chưa tính được" in plain(words(overview.summary(made)))
    one = Row("2026-02", "*", "targets_by_status", dims(scope="commune", status="undefined"), "1")
    drawn = targets.chart(
        replace(report, ledger=Ledger(({row.id: row for row in report.ledger.rows} | {one.id: one}).values()))
    )
    assert "1 chưa tính được" in re.sub(r"<[^>]+>|\s+", " ", drawn.blocks[0].svg)


def test_yes_no_targets_that_were_scored_are_not_said_to_lack_a_value(report):
    made, relative = with_targets(report, "boolean", "met"), with_targets(report, "relative", "not_met")
    assert words(targets.chart(made)).startswith("Chỉ tiêu đã đánh giá được đều là chỉ tiêu có/chưa")
    assert words(targets.chart(relative)).startswith("Chỉ tiêu đã đánh giá được đều không có mức cố định")
    assert words(targets.paths(made)) == ""
