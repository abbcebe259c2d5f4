"""The two documents: what they say in a month with reports, without any, and for a longer period."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from baocao.config.models import Targets
from baocao.config.months import Additions
from baocao.measures.ledger import Ledger, Row, dims
from baocao.months import parse_term
from baocao.official.content import Heading, Item, Paragraph, Run, Table
from baocao.official.documents import _annex, _foot, documents
from baocao.official.items import _some
from baocao.official.label import label_of
from baocao.workspace import load_report


def text(block) -> str:
    return "".join(run.text for run in block.runs)


def said(document) -> str:
    return "\n".join(text(block) for block in document.body if not isinstance(block, Table))


def test_the_report_has_every_part_that_the_design_asks_for(both):
    headings = [text(block) for block in both[0].body if isinstance(block, Heading) and block.level == 1]
    assert headings == [
        "I. KẾT QUẢ THỰC HIỆN",
        "II. THỰC HIỆN CÁC CHỈ TIÊU",
        "III. CHẤP HÀNH THỜI HẠN BÁO CÁO",
        "IV. KINH PHÍ",
        "V. KHÓ KHĂN, VƯỚNG MẮC",
        "VI. KIẾN NGHỊ, ĐỀ XUẤT",
        "VII. NHIỆM VỤ TRỌNG TÂM THÁNG 02 NĂM 2026",
    ]
    assert [block.caption for block in both[0].annex.blocks if isinstance(block, Table)]


def test_a_scope_without_targets_has_no_line_and_no_table(space, report):
    scopes = {**report.config.site.scopes, "tinh": "Tỉnh"}
    more = report.config.model_copy(update={"site": report.config.site.model_copy(update={"scopes": scopes})})
    none = more.model_copy(update={"targets": Targets(paragraphs=(), targets=())})
    for config, lines, tables in ((more, ["Chỉ tiêu cấp xã"], 1), (none, [], 0)):
        made = replace(report, config=config)
        main, extract = documents(space.root, made, label_of(made), Additions())
        for document in (main, extract):
            assert [line.split(":")[0] for line in said(document).split("\n") if "Chỉ tiêu cấp" in line] == lines
        captions = [block.caption for block in main.annex.blocks if isinstance(block, Table)]
        assert sum("Chỉ tiêu" in caption for caption in captions) == tables
        assert ("Kế hoạch không có chỉ tiêu." in said(main)) is not bool(tables)


def test_a_plan_without_money_or_with_one_area_is_not_asked_for_them(space, report):
    plan = report.config.plan
    less = plan.model_copy(update={"areas": plan.areas[:1], "funding": ()})
    costs = {row.id: row._replace(value="0") for row in report.ledger.rows if row.measure == "cost_stated"}
    ledger = Ledger(costs.get(row.id, row) for row in report.ledger.rows)
    made = replace(report, config=report.config.model_copy(update={"plan": less}), ledger=ledger)
    main, extract = documents(space.root, made, label_of(made), Additions())
    assert "Kế hoạch không có nguồn kinh phí; trong kỳ không hoạt động nào được ghi kinh phí." in said(main)
    assert not [words for words in ("nội dung của Kế hoạch", "Các nội dung có") if words in said(main) + said(extract)]
    tables = [block for block in main.annex.blocks if isinstance(block, Table)]
    assert not [table.caption for table in tables if "Kinh phí" in table.caption]
    assert not [column for table in tables for column in table.columns if "Kinh phí" in column.title]
    assert not [line for table in tables for line in table.lines if "Kinh phí" in text_of(line)]


def test_targets_that_cannot_be_scored_are_listed_where_there_are_no_others(space, report):
    words = {"type": "qualitative", "unscored_because": "chỉ nêu bằng lời", "comparator": None, "value": None}
    some = tuple(one.model_copy(update=words) for one in report.config.targets.targets)
    known = report.config.targets.model_copy(update={"targets": some})
    rows = [row for row in report.ledger.rows if row.measure != "target_status"]
    rows += [
        Row(str(report.month), "*", "target_status", dims(target=one.code, status="unscored"), "1") for one in some
    ]
    made = replace(report, config=report.config.model_copy(update={"targets": known}), ledger=Ledger(rows))
    main, _ = documents(space.root, made, label_of(made), Additions())
    (table,) = [b for b in main.annex.blocks if isinstance(b, Table) and b.caption.startswith("Chỉ tiêu")]
    assert [text_of(line).split("|")[0] for line in table.lines] == [one.code for one in some]
    assert "không chấm điểm" not in table.note


def text_of(line) -> str:
    return "|".join("".join(run.text for run in cell) for cell in line.cells)


def test_the_title_that_a_viewer_shows_reads_as_one(both):
    assert both[0].title.startswith("Báo cáo kết quả thực hiện Kế hoạch số 3/KH-UBND")


def test_head_and_foot_are_the_sites(both):
    head, foot = both[0].head, both[0].foot
    assert (head.issuer, head.number_code, head.place) == (("ỦY BAN NHÂN DÂN", "XÃ SUỐI MÂY"), "BC-UBND", "Suối Mây")
    assert head.addressee == "Ủy ban nhân dân tỉnh Lũng Sương"
    assert (foot.recipients[0], foot.recipients[-1]) == ("Như trên;", "Lưu: VT, VP.")
    assert (foot.authority, foot.on_behalf, foot.position, foot.signer) == ("TM. ỦY BAN NHÂN DÂN", "", "CHỦ TỊCH", "")


def test_copies_go_to_those_that_the_site_names_between_the_first_and_the_file(report):
    form = report.config.official.model_copy(update={"recipients": ("Đảng ủy xã", "Các thôn")})
    made = _foot(report.config.model_copy(update={"official": form}), Additions(signer="Lò Văn A"))
    assert made.recipients == ("Như trên;", "Đảng ủy xã;", "Các thôn;", "Lưu: VT, VP.")
    assert made.signer == "Lò Văn A"


def test_an_annex_takes_its_first_heading_as_title_and_loses_nothing_else(report):
    title, text_ = Heading(1, (Run("PHỤ LỤC SỐ LIỆU"),)), Paragraph((Run("một"),))
    named, bare = _annex(report.config, (title, text_, title)), _annex(report.config, (text_, title))
    assert (named.title, named.blocks) == ("PHỤ LỤC SỐ LIỆU", (text_, title))
    assert (bare.title, bare.blocks) == ("SỐ LIỆU CHI TIẾT", (text_, title))
    assert [line.replace("\u00a0", "") for line in named.belongs_to] == [
        "(Kèm theo Báo cáo số/BC-UBND ngàythángnăm",
        "của UBND xã Suối Mây)",
    ]
    assert _annex(report.config, ()) is None


def test_every_run_that_prints_a_figure_names_a_row_of_the_ledger(both, report):
    known = {row.id for row in report.ledger.rows}
    refs = {run.ref for document in both for run in document.runs() if run.ref}
    assert len(refs) > 50
    assert refs <= known


def test_names_cannot_be_taken_for_the_books(both):
    assert [document.name for document in both] == ["bao-cao-chinh-thuc-2026-01", "trich-ktxh-2026-01"]


def test_a_month_from_which_nobody_reported_says_so_and_prints_no_zero_for_it(space, bare_report):
    official, extract = documents(space.root, bare_report, label_of(bare_report), Additions())
    assert "Chưa có số liệu: trong kỳ chưa đơn vị nào có báo cáo đọc được." in said(official)
    assert "chưa có số liệu" in said(extract)
    assert "0 hoạt động" not in said(official)
    assert "0 đồng" not in said(official)


def with_values(report, **values):
    """The report with other figures of its month: ``measure`` or ``measure__key_code`` → value."""
    ids = {}
    for name, value in values.items():
        measure, _, code = name.partition("__")
        ids[f"{report.month}|*|{measure}|{code.replace('_', '=', 1)}"] = value
    assert set(ids) <= {row.id for row in report.ledger.rows}
    return replace(report, ledger=Ledger(r._replace(value=ids.get(r.id, r.value)) for r in report.ledger.rows))


def test_the_extract_accounts_for_every_report_a_refused_one_too(space, report):
    some = with_values(report, reports__state_refused="1", reports__state_missing="0")
    _, extract = documents(space.root, some, label_of(report), Additions())
    assert "Trong 3 đơn vị phải báo cáo: 2 đã nộp, 1 bị trả lại." in said(extract)
    _, extract = documents(space.root, report, label_of(report), Additions())
    assert "Trong 3 đơn vị phải báo cáo: 2 đã nộp, 1 chưa nộp." in said(extract)


def test_nothing_is_said_of_times_where_nothing_came_in(space, report, bare_report):
    official, _ = documents(space.root, bare_report, label_of(bare_report), Additions())
    assert "Về thời hạn" not in said(official)
    assert said(official).count("Trong 3 đơn vị phải báo cáo: 3 đơn vị chưa nộp.\n") == 1
    official, _ = documents(space.root, report, label_of(report), Additions())
    assert "1 chưa nộp. Về thời hạn: 2 báo cáo chưa ghi ngày nhận.\n" in said(official)


def test_what_nobody_is_in_is_not_listed_as_nought_but_said_where_leaders_ask_for_it(space, report):
    nobody_missing = with_values(report, reports__state_missing="0", reports__state_nil="1")
    official, extract = documents(space.root, nobody_missing, label_of(report), Additions())
    whole = "2 đơn vị đã nộp, 1 báo không phát sinh; không có đơn vị nào chưa nộp hoặc bị trả lại. Về thời hạn"
    assert whole in said(official)
    noughts = re.compile(r"\b0 (đã nộp|báo không|bị trả|chưa nộp|đúng hạn|trễ hạn|chưa đạt|chưa có)")
    for document in (official, extract):
        assert not noughts.search(said(document))
    official, _ = documents(space.root, report, label_of(report), Additions())
    assert "không có đơn vị nào chưa nộp" not in said(official)


def test_a_rate_of_punctuality_is_told_only_where_each_report_has_its_time(space, report):
    dated = {"timeliness__state_undated": "0", "timeliness__state_on_time": "2", "on_time_rate": "66.67"}
    official, _ = documents(space.root, with_values(report, **dated), label_of(report), Additions())
    assert "Về thời hạn: 2 báo cáo đúng hạn; tỷ lệ đúng hạn 66,67%." in said(official)
    official, _ = documents(space.root, report, label_of(report), Additions())
    assert "tỷ lệ đúng hạn" not in said(official)


def test_of_a_month_from_which_nobody_reported_no_part_says_that_there_was_nothing(space, bare_report):
    official, _ = documents(space.root, bare_report, label_of(bare_report), Additions())
    assert said(official).count("Chưa đơn vị nào có báo cáo đọc được, nên chưa có") == 3
    assert "Không có khó khăn" not in said(official)
    assert "Không có kiến nghị" not in said(official)


def test_a_month_with_nil_reports_only_is_told_in_words_and_not_as_nought_activities(space, report):
    nil = {"activities": "0", "areas_covered": "0", "reports__state_filed": "0", "reports__state_nil": "2"}
    official, extract = documents(space.root, with_values(report, **nil), label_of(report), Additions())
    for document in (official, extract):
        assert "đã báo cáo không có hoạt động nào, chưa có số liệu tháng 12/2025 để so sánh" in said(document)
        assert "0 hoạt động" not in said(document)
    assert "Trong kỳ không có hoạt động nào, nên không có kinh phí được ghi." in said(official)


def test_a_cost_that_names_no_source_is_told_where_the_sources_do_not_add_up(space, report):
    more = with_values(report, cost="1750000")
    official, _ = documents(space.root, more, label_of(report), Additions())
    assert "1.500.000 đồng.\nNguồn đóng góp: 0 đồng.\nSố còn lại không ghi rõ nguồn.\n" in said(official)
    official, _ = documents(space.root, report, label_of(report), Additions())
    assert "Số còn lại" not in said(official)
    assert ". Trong đó:\nNguồn ngân sách xã: 1.500.000 đồng.\n" in said(official)


@pytest.mark.parametrize("name", ["Ngân sách xã", "ngân sách xã", "Nguồn ngân sách xã"])
def test_a_source_is_called_one_once(space, report, name):
    plan = report.config.plan
    sources = (plan.funding[0].model_copy(update={"name": name}), *plan.funding[1:])
    config = report.config.model_copy(update={"plan": plan.model_copy(update={"funding": sources})})
    made = replace(report, config=config)
    assert "\nNguồn ngân sách xã: 1.500.000 đồng.\n" in said(
        documents(space.root, made, label_of(made), Additions())[0]
    )


def test_costs_of_which_none_names_a_source_have_no_parts(space, report):
    rows = {row.id: row._replace(value="0") for row in report.ledger.rows if "funding=" in row.dimensions}
    none = replace(report, ledger=Ledger(rows.get(row.id, row) for row in report.ledger.rows))
    plan = report.config.plan.model_copy(update={"funding": ()})
    bare = replace(none, config=none.config.model_copy(update={"plan": plan}))
    for made, end in ((none, ". Không hoạt động nào ghi rõ nguồn.\n"), (bare, "để so sánh.\n")):
        official, _ = documents(space.root, made, label_of(made), Additions())
        (line,) = [one for one in said(official).splitlines(keepends=True) if "ghi kinh phí, tổng cộng" in one]
        assert line.endswith(end)
        assert not [words for words in ("Trong đó", "Nguồn", "Số còn lại") if words in said(official)]


def test_what_the_analyst_adds_is_printed_where_it_belongs(space, report):
    additions = Additions(
        highlights=("Nổi bật A.",), assessment=("Đánh giá B.",), difficulties=("Khó C.",), proposals=("Đề D.",),
        next_period=("Việc E.",), socio_economic=("Đoạn F.",), signer="Nguyễn Văn G",
    )  # fmt: skip
    official, extract = documents(space.root, report, label_of(report), additions)
    words = said(official)
    places = [words.index(part) for part in ("Đánh giá B.", "Nổi bật A.", "IV. KINH PHÍ", "Khó C.", "Đề D.", "Việc E.")]
    assert places == sorted(places)
    assert "Đoạn F." in said(extract)
    assert official.foot.signer == "Nguyễn Văn G"


def test_many_words_of_units_move_to_the_annex(space, with_notes):
    report = with_notes(*(("VP", "difficulty", f"Khó khăn số {i}") for i in range(13)))
    official, _ = documents(space.root, report, label_of(report), Additions())
    assert "Khó khăn số 3" not in said(official)
    assert len([block for block in official.annex.blocks if isinstance(block, Item)]) == 13


def test_units_are_not_quoted_where_the_analyst_says_so(space, with_notes):
    report = with_notes(("VP", "difficulty", "Khó khăn riêng"))
    official, _ = documents(space.root, report, label_of(report), Additions(quote_units=False))
    assert "Khó khăn riêng" not in "".join(run.text for run in official.runs())


def test_a_label_of_several_months_speaks_of_its_period_and_reads_its_ledger_rows(space, report):
    label = replace(
        label_of(report), code="2026-Q1", name="quý I năm 2026", kind="quý", period=report.since_start,
        previous="", previous_name="quý IV năm 2025", following="quý II năm 2026",
    )  # fmt: skip
    official, extract = documents(space.root, report, label, Additions())
    assert official.name == "bao-cao-chinh-thuc-2026-Q1"
    assert "quý I năm 2026" in said(extract)
    assert "VII. NHIỆM VỤ TRỌNG TÂM QUÝ II NĂM 2026" in said(official)
    refs = {run.ref.split("|")[0] for run in official.runs() if run.ref}
    assert report.since_start in refs


def test_without_a_demonstration_no_notice_is_printed(space, report):
    real = replace(
        report,
        config=report.config.model_copy(
            update={"site": report.config.site.model_copy(update={"demonstration": False})}
        ),
    )
    official, extract = documents(space.root, real, label_of(real), Additions())
    assert (official.notice, extract.notice) == ("", "")
    assert all(document.notice for document in documents(space.root, report, label_of(report), Additions()))


def test_a_quarter_lists_its_months_and_says_which_have_no_report(space):
    report = load_report(space, parse_term("2026-Q1"))
    official, extract = documents(space.root, report, label_of(report), Additions())
    assert "Số liệu tạm tính, chưa khóa: tháng 01/2026." in said(official)
    assert "Chưa có báo cáo: tháng 02/2026 và tháng 3/2026." in said(official)
    assert "quý I năm 2026" in said(extract)
    (months,) = [b for b in official.blocks if isinstance(b, Table) and b.caption.startswith("Kết quả theo tháng")]
    names = ["".join(run.text for run in line.cells[0]) for line in months.lines]
    assert names == [
        "Tháng 01/2026 (tạm tính)",
        "Tháng 02/2026 (chưa có báo cáo)",
        "Tháng 3/2026 (chưa có báo cáo)",
        "Tổng",
    ]
    known = {row.id for row in report.ledger.rows}
    assert {run.ref for document in (official, extract) for run in document.runs() if run.ref} <= known


def test_of_a_span_for_which_nothing_came_in_nobody_is_said_to_have_reported_or_not(space):
    report = load_report(space, parse_term("2026-Q2"))
    official, extract = documents(space.root, report, label_of(report), Additions())
    third = said(official).split("III. CHẤP HÀNH")[1].split("IV.")[0]
    assert third.endswith("BÁO CÁO\nChưa tháng nào của kỳ có báo cáo của đơn vị.\n")
    assert "lượt báo cáo" not in said(official) + said(extract)
    assert not [b.note for b in official.blocks if isinstance(b, Table) and "Tạm tính" in b.note]


def test_a_span_of_which_months_lack_is_not_said_to_lack_no_report(space):
    report = load_report(space, parse_term("2026-Q1"))
    rows = [row._replace(value="0") if "state=missing" in row.dimensions else row for row in report.ledger.rows]
    made = replace(report, ledger=Ledger(row for row in rows if "state=refused" not in row.dimensions))
    for states, claimed in ((made.states, False), (dict.fromkeys(made.states, "open"), True)):
        official, _ = documents(space.root, replace(made, states=states), label_of(made), Additions())
        assert ("không có lượt nào chưa nộp" in said(official)) is claimed


def test_the_tasks_of_the_next_span_are_those_that_its_last_reports_plan(space, with_notes):
    quarter = load_report(space, parse_term("2026-Q1"))
    made = with_notes(("VP", "plan", "Việc của tháng sau"), ("VP", "difficulty", "Khó khăn cũ"))
    for months, told in (("2026-01", True), ("2025-12", False)):
        notes = made.records.notes.assign(month=months)
        report = replace(quarter, records=replace(quarter.records, notes=notes))
        official, _ = documents(space.root, report, label_of(report), Additions())
        assert ("Việc của tháng sau" in said(official)) is told
        assert "Khó khăn cũ" in said(official)


def test_what_is_not_compared_does_not_part_the_sentence(space, report):
    said_of = {
        term: said(documents(space.root, made, label_of(made), Additions())[0])
        for term, made in (("month", report), ("quarter", load_report(space, parse_term("2026-Q1"))))
    }
    assert "nội dung của Kế hoạch; chưa có số liệu" in said_of["month"]
    assert "nội dung của Kế hoạch; chưa " in said_of["quarter"]


def test_words_that_many_units_share_name_only_the_first_of_them():
    assert _some([f"Đơn vị {i}" for i in range(8)]).count(";") == 7
    assert _some([f"Đơn vị {i}" for i in range(9)]) == "Đơn vị 0; Đơn vị 1; Đơn vị 2; các đơn vị khác"


def test_a_missed_target_whose_value_is_not_of_the_period_has_the_day_of_it(space, both, bare_report):
    january, february = both[0], documents(space.root, bare_report, label_of(bare_report), Additions())[0]
    assert "3 tháng (mức phải đạt: không quá 2 tháng).\n" in said(january)
    assert "3 tháng (mức phải đạt: không quá 2 tháng; số liệu ngày 31/01/2026).\n" in said(february)
