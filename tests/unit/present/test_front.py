"""The front page: figures with what they are compared with, five to seven sentences, decisions, the map."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from baocao.config.models import FormerLeads, Targets
from baocao.measures.ledger import Ledger, Row, dims
from baocao.months import Month
from baocao.present import front
from baocao.present.attention import Matter, matters
from baocao.present.book_map import book_map, chapter_link
from baocao.present.chapters import contents
from baocao.present.chapters.overview import target_sentences
from baocao.present.chapters.targets import by_paragraph
from baocao.present.common import areas_of
from baocao.present.figures import change_short
from baocao.present.front import decisions, front_page, strip
from baocao.present.front_words import sentences, usual
from baocao.present.traced import plain, rows_named

LAST_YEAR = "2025-02"


def with_rows(report, *rows, months=()):
    known = {row.id: row for row in (*report.ledger.rows, *rows)}
    history = tuple(sorted({*report.history, *map(Month.parse, months)}))
    return replace(report, ledger=Ledger(known.values()), history=history)


def test_the_front_page_answers_first(report):
    parts = plain(front_page(report).markdown).split("\n\n")
    assert parts[0].startswith("::: {.so-chinh}\n- [3]{.so} hoạt động\\\n")
    assert parts[1].startswith("Tháng 02 năm 2026 (kỳ báo cáo từ ngày 01/02/2026 đến ngày 28/02/2026): các đơn vị")
    assert parts[2].startswith('::: {.callout-warning title="Việc cần quyết định"}')
    assert parts[3] == "## Sách có những gì {.unnumbered}"


def begun_earlier(report):
    calendar = report.config.calendar.model_copy(update={"first_month": LAST_YEAR})
    return replace(report, config=report.config.model_copy(update={"calendar": calendar}))


def test_each_key_figure_says_its_change_on_the_month_before_and_on_last_year(report):
    items = plain(strip(begun_earlier(report))).split("\n- ")[1:]
    assert len(items) == 6
    assert all("[So với tháng 01/2026: " in item and "[So với tháng 02/2025: " in item for item in items)
    assert "hoạt động\\\n  [So với tháng 01/2026: −2]{.so-sanh}" in items[0]


def test_a_key_figure_is_not_held_against_a_time_before_the_plan(report):
    assert "So với tháng 02/2025" not in strip(report)
    first = replace(report, month=Month(2026, 1))
    assert "So với" not in strip(first)


def test_a_plan_without_targets_has_no_figure_and_no_sentence_of_them(report):
    bare = replace(report, config=report.config.model_copy(update={"targets": Targets(paragraphs=(), targets=())}))
    for said, made in ((True, report), (False, bare)):
        texts = strip(made), " ".join(sentences(made)), " ".join(target_sentences(made))
        assert ["chỉ tiêu" in text for text in texts] == [said] * 3
    assert by_paragraph(bare).markdown == ""


def test_what_is_not_known_is_said_and_never_reckoned_from_nothing(report):
    attendees = plain(strip(begun_earlier(report))).split("\n- ")[2]
    assert "[So với tháng 01/2026: không nêu]" in attendees
    assert "[So với tháng 02/2025: chưa có số liệu]" in attendees
    assert "+40" not in attendees


@pytest.mark.parametrize(("done", "words"), [("3", "không nêu"), ("0", "–")])
def test_a_key_figure_that_lacks_says_why_it_has_no_change_either_as_the_table_of_key_figures_does(report, done, words):
    nobody = [Row("2026-02", "*", name, value="0") for name in ("cost", "cost_stated")]
    blank = with_rows(report, *nobody, Row("2026-02", "*", "activities", value=done))
    cost = plain(strip(blank)).split("\n- ")[4]
    assert cost.startswith(f"[{words}]{{.so}} kinh phí")
    assert f"[So với tháng 01/2026: {words}]" in cost
    assert change_short(blank, "cost") == words


def test_a_key_figure_that_nobody_stated_has_no_unit_of_measure(report):
    blank = with_rows(report, Row("2026-02", "*", "cost", value="0"), Row("2026-02", "*", "cost_stated", value="0"))
    assert "[không nêu]{.so} kinh phí\\\n" in strip(blank)


def test_the_same_month_last_year_is_compared_where_it_is_known(report):
    known = with_rows(begun_earlier(report), Row(LAST_YEAR, "*", "activities", value="8"))
    assert "[So với tháng 02/2025: −5]{.so-sanh}" in plain(strip(known))
    assert "ít hơn cùng kỳ năm trước (8)." in plain(sentences(known)[0])


@pytest.mark.parametrize("name", ["report", "empty_report"])
def test_the_month_is_told_in_five_to_seven_sentences(name, request, report):
    found = request.getfixturevalue(name)
    statuses = [row for row in report.ledger.rows if row.measure == "targets_by_status"]
    told = [plain(sentence) for sentence in sentences(with_rows(found, *statuses))]
    assert 5 <= len(told) <= 7
    assert all(re.fullmatch(r"[^.]*(\.\d[^.]*)*\.", sentence) for sentence in told)


def test_the_sentences_of_a_month_word_for_word(report):
    months = ("2025-09", "2025-10", "2025-11", "2025-12")  # of the first there are no figures
    counts = [Row(month, "*", "activities", value=n) for month, n in zip(months[1:], "792", strict=True)]
    times = (("on_time", "1"), ("late", "1"), ("undated", "0"))
    timely = [Row("2026-02", "*", "timeliness", dims(state=state), n) for state, n in times]
    assert [plain(sentence) for sentence in sentences(with_rows(report, *counts, *timely, months=months))] == [
        "Tháng 02 năm 2026 (kỳ báo cáo từ ngày 01/02/2026 đến ngày 28/02/2026): các đơn vị thực hiện 3 hoạt động, giảm "
        "2 so với tháng 01/2026 (5); chưa có số liệu tháng 02/2025 để so sánh với cùng kỳ năm trước.",
        "Có 2 trong số 3 nội dung của kế hoạch có hoạt động; nhiều nhất ở “ND1 Tủ sách thôn”; chưa có hoạt động ở “ND2 "
        "Ngày đọc sách”.",
        "Có 40 lượt người tham dự; kinh phí đã ghi là 2.500.000 đồng.",
        "Số hoạt động nằm trong khoảng của các tháng trước (từ 2 đến 9), nên thay đổi này có thể chỉ là dao động.",
        "Trong 3 đơn vị phải báo cáo có 1 đơn vị đã nộp báo cáo có hoạt động, 1 đơn vị báo không phát sinh và 1 đơn vị "
        "chưa nộp; về thời hạn có 1 đúng hạn và 1 trễ hạn.",
        "Trong các chỉ tiêu cấp xã có chấm điểm, 0 chỉ tiêu đạt, 1 chưa đạt, 1 chưa có số liệu; so với tháng trước, "
        "tốt hơn: SM\\-1.",
        "Số so sánh chỉ để tham khảo, vì tháng 01/2026 có 2 báo cáo chưa nộp; tháng 02/2026 có 1 báo cáo chưa nộp.",
    ]


@pytest.mark.parametrize(("then", "said"), [("3", "bằng cùng kỳ"), ("2", "nhiều hơn cùng kỳ"), ("4", "ít hơn cùng kỳ")])
def test_the_same_month_last_year_was_more_less_or_as_much(report, then, said):
    known = with_rows(begun_earlier(report), Row(LAST_YEAR, "*", "activities", value=then))
    assert f"; {said} năm trước ({then})." in plain(sentences(known)[0])


def test_where_nobody_came_in_no_times_are_told(report):
    nobody = [Row("2026-02", "*", "timeliness", dims(state=state), "0") for state in ("on_time", "late", "undated")]
    assert "thời hạn" not in " ".join(sentences(with_rows(report, *nobody)))


def test_a_month_without_reports_has_no_figures_and_says_so(empty_report):
    text = plain(front_page(empty_report).markdown)
    assert "[0]{.so} trong 3 đơn vị đã nộp" in text
    assert "chưa có số liệu vì chưa đơn vị nào có báo cáo đọc được" in text
    assert "Tháng trước (tháng 01/2026): cũng chưa có số liệu" in text
    assert "hoạt động\\" not in text.split(":::")[1].split("- [0]")[0]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("3", "thấp hơn mọi tháng trước"),
        ("5", "nằm trong khoảng"),
        ("9", "nằm trong khoảng"),
        ("12", "cao hơn mọi tháng"),
    ],
)
def test_a_change_within_the_range_of_earlier_months_is_called_noise(report, now, words):
    rows = [Row(month, "*", "activities", value=str(n)) for month, n in (("2025-11", 7), ("2025-12", 9))]
    found = with_rows(report, *rows, Row("2026-02", "*", "activities", value=now), months=("2025-11", "2025-12"))
    assert words in plain(usual(found))
    assert "từ 5 đến 9" in plain(usual(found))


@pytest.mark.parametrize(
    ("earlier", "now", "said"),
    [
        (("7", "9"), "6", "Số hoạt động nằm trong khoảng của các tháng trước (từ 5 đến 9), nên thay đổi này có thể "),
        (("7", "9"), "5", "Số hoạt động nằm trong khoảng của các tháng trước (từ 5 đến 9)."),
        (("5", "5"), "5", "Số hoạt động bằng mọi tháng trước có số liệu (5)."),
    ],
)
def test_no_change_is_called_noise_where_there_is_none(report, earlier, now, said):
    months = ("2025-11", "2025-12")
    rows = [Row(month, "*", "activities", value=n) for month, n in zip(months, earlier, strict=True)]
    found = with_rows(report, *rows, Row("2026-02", "*", "activities", value=now), months=months)
    assert plain(usual(found)).startswith(said)


def test_two_earlier_months_are_too_few_to_tell_noise(report):
    assert usual(report).startswith("Chưa đủ tháng có số liệu")
    seven = with_rows(report, Row("2025-11", "*", "activities", value="7"), months=("2025-11", "2025-12"))
    assert usual(seven).startswith("Chưa đủ tháng có số liệu")  # of December there are no figures


def area_led(report, number, leads, earlier=()):
    """The report under a plan of which an area is led by others."""
    plan = report.config.plan
    area = plan.areas[number].model_copy(update={"lead_units": leads, "earlier_leads": earlier})
    changed = plan.model_copy(update={"areas": (*plan.areas[:number], area, *plan.areas[number + 1 :])})
    return replace(report, config=report.config.model_copy(update={"plan": changed}))


def test_of_an_area_that_was_dropped_no_activity_is_missed(report):
    code = report.config.plan.areas[1].code
    dropped = area_led(report, 1, (), (FormerLeads(last_month="2026-01", lead_units=("VP",)),))
    told = [plain(" ".join(sentences(one)) + contents.summary(one).markdown) for one in (report, dropped)]
    assert [f"“{code} " in text for text in told] == [True, False]
    assert ["trong số 3 nội dung" in text for text in told] == [True, False]
    active = with_rows(dropped, Row("2026-02", "*", "activities", dims(content=code), "1"))
    assert areas_of(active) == active.config.plan.areas


def merged(report, code, last):
    """The report under a register that a unit has left."""
    units = [
        one.model_copy(update={"valid_to": last}) if one.code == code else one for one in report.config.units.units
    ]
    register = report.config.units.model_copy(update={"units": tuple(units)})
    return replace(report, config=report.config.model_copy(update={"units": register}))


@pytest.mark.parametrize(("days", "told"), [(0, False), (1, True)])
def test_an_area_and_a_target_that_are_left_to_a_unit_that_is_gone_are_a_decision(report, days, told):
    left = merged(area_led(report, 1, ("VP",)), "VP", report.period.end - timedelta(days=days))
    texts = [plain(matter.text) for matter in matters(left)]
    gone = "Văn phòng xã không thuộc danh sách đơn vị lúc cuối kỳ"
    assert (f"Nội dung ND2 Ngày đọc sách không có đơn vị nào chủ trì: {gone}" in texts) is told
    assert (f"Chỉ tiêu SM\\-1 Hộ gia đình có tủ sách không có đơn vị nào phải báo: {gone}" in texts) is told
    assert not any("Văn hóa đọc không có" in text or "SM\\-2" in text for text in texts)  # another leads; none is named


def test_decisions_lead_to_their_chapters(report):
    assert plain(decisions(report)).split("\n")[1:-1] == [
        "- Chưa nộp báo cáo (không có nghĩa là bằng 0): Thôn Bản Gió "
        "(xem [Nộp báo cáo và thời hạn](reports/chuong/nop-bao-cao.qmd)).",
        "- Thôn Bản Mây (báo không phát sinh) chủ trì nội dung ND2 Ngày đọc sách nhưng không có hoạt động nào "
        "(xem [Nội dung tuyên truyền](reports/chuong/noi-dung.qmd)).",
        "- Thôn Bản Mây (báo không phát sinh) chủ trì nội dung ND3 Văn hóa đọc nhưng không có hoạt động nào "
        "(xem [Nội dung tuyên truyền](reports/chuong/noi-dung.qmd)).",
        "- 1 dòng số liệu bị trả lại, chưa được tính "
        "(xem [Chất lượng số liệu](reports/chuong/chat-luong-so-lieu.qmd)).",
    ]


@pytest.mark.parametrize(("number", "more"), [(3, False), (4, True)])
def test_matters_of_a_kind_beyond_three_are_said_to_be_in_the_overview(report, monkeypatch, number, more):
    found = tuple(Matter(f"Việc {i}", "targets") for i in range(number))
    monkeypatch.setattr(front, "matters", lambda report: (*found, Matter("Việc khác", "quality")))
    lines = plain(decisions(report)).split("\n")[1:-1]
    assert [line.split(" (xem")[0] for line in lines[:3]] == ["- Việc 0", "- Việc 1", "- Việc 2"]
    rest = ["- Còn các việc khác cùng loại (xem [Tổng quan](reports/chuong/tong-quan.qmd))."] if more else []
    assert lines[3:-1] == rest
    assert lines[-1].startswith("- Việc khác (xem [Chất lượng số liệu]")


def test_units_that_had_nothing_are_counted_beside_those_that_reported(report):
    assert "\n- [1]{.so} trong 3 đơn vị đã nộp báo cáo có hoạt động, 1 báo không phát sinh\\\n" in plain(strip(report))


def test_targets_that_fall_back_stand_in_the_order_of_the_scopes_not_of_the_plan(report):
    first, second = report.config.targets.targets
    swapped = [first.model_copy(update={"scope": "tinh"}), second]
    site = report.config.site.model_copy(update={"scopes": {**report.config.site.scopes, "tinh": "Tỉnh"}})
    listed = report.config.targets.model_copy(update={"targets": tuple(swapped)})
    made = replace(report, config=report.config.model_copy(update={"site": site, "targets": listed}))
    rows = [Row("2026-02", "*", "target_value", dims(target="SM-2"), "3")]
    for code, change in (("SM-1", "-1"), ("SM-2", "1")):
        rows.append(Row("2026-02", "*", "target_status", dims(target=code, status="not_met"), "1"))
        rows.append(Row("2026-02", "*", "target_change", dims(target=code), change))
    gone = {Row("2026-02", "*", "target_status", dims(target="SM-2", status="no_data"), "1").id}
    ledger = Ledger(row for row in made.ledger.rows if row.id not in gone)
    texts = [matter.text for matter in matters(with_rows(replace(made, ledger=ledger), *rows))]
    assert [text.split(" ")[2] for text in texts if "lùi xa" in text] == ["[SM\\-2", "[SM\\-1"]


def test_nobody_is_missed_to_report_a_target_that_is_not_scored(report):
    target = report.config.targets.targets[1].model_copy(update={"reporters": ("CACTHON",)})
    listed = report.config.targets.model_copy(update={"targets": (target,)})
    made = replace(report, config=report.config.model_copy(update={"targets": listed}))
    left = merged(merged(made, "BanMay", report.period.start), "BanGio", report.period.start)
    gone = "không có đơn vị nào phải báo: các thôn không thuộc danh sách đơn vị lúc cuối kỳ"
    assert [gone in plain(matter.text) for matter in matters(left) if "Chỉ tiêu" in matter.text] == [True]
    rows = [row for row in left.ledger.rows if "target=SM-2" not in row.dimensions]
    unscored = Row("2026-02", "*", "target_status", dims(target="SM-2", status="unscored"), "1")
    assert not [m for m in matters(replace(left, ledger=Ledger([*rows, unscored]))) if "Chỉ tiêu" in m.text]


def test_a_sentence_begins_with_a_capital_where_the_register_writes_a_unit_small(report):
    small = tuple(one.model_copy(update={"name": one.name[:1].lower() + one.name[1:]}) for one in report.units)
    assert "- Thôn Bản Mây (báo không phát sinh) chủ trì" in plain(decisions(replace(report, units=small)))


def test_a_target_that_falls_back_is_a_decision(report):
    back = Row("2026-02", "*", "target_change", dims(target="SM-1"), "-1.5")
    written = decisions(with_rows(report, back))
    assert back.id in rows_named([written])
    text = plain(written)
    assert (
        "- Chỉ tiêu SM\\-1 Hộ gia đình có tủ sách lùi xa mức phải đạt: 63\\,71\\% (−1,5 điểm % so với tháng trước) "
        "(xem [Chỉ tiêu](reports/chuong/chi-tieu.qmd))."
    ) in text


def test_a_target_that_is_still_met_is_not_said_to_move_away_from_its_bound(report):
    period, target = "2026-02", report.config.targets.targets[0]
    rows = [row for row in report.ledger.rows if (row.period, row.measure) != (period, "target_status")]
    kept = replace(report, ledger=Ledger(rows))
    back = (
        Row(period, "*", "target_status", dims(target=target.code, status="met"), "1"),
        Row(period, "*", "target_change", dims(target=target.code), "-1.5"),
    )
    text = plain(decisions(with_rows(kept, *back)))
    assert "kém hơn nhưng vẫn đạt: 63" in text
    assert "lùi xa" not in text
    assert "so với tháng trước, kém hơn: SM\\-1." in " ".join(map(plain, sentences(with_rows(kept, *back))))


def test_a_target_whose_value_rose_less_than_its_bound_is_not_said_to_move_away_from_it(report):
    code = report.config.targets.targets[0].code
    lost = with_rows(
        report,
        Row("2026-01", "*", "target_status", dims(target=code, status="met"), "1"),
        Row("2026-02", "*", "target_change", dims(target=code), "2.4"),
    )
    assert "không còn đạt mức phải đạt: 63\\,71\\% (+2,4 điểm % so với tháng trước)" in plain(decisions(lost))


def test_of_what_was_there_and_is_no_more_no_difference_is_told(report):
    targets = report.config.targets
    yes_or_no = targets.targets[0].model_copy(update={"type": "boolean", "value": True, "comparator": "==", "unit": ""})
    config = report.config.model_copy(update={"targets": targets.model_copy(update={"targets": (yes_or_no,)})})
    code = yes_or_no.code
    lost = with_rows(
        replace(report, config=config),
        Row("2026-01", "*", "target_status", dims(target=code, status="met"), "1"),
        Row("2026-02", "*", "target_value", dims(target=code), "0"),
        Row("2026-02", "*", "target_change", dims(target=code), "-1"),
    )
    assert "không còn đạt mức phải đạt: chưa (tháng trước đã có) (xem [Chỉ tiêu]" in plain(decisions(lost))


def test_nothing_to_decide_is_said(report):
    quiet = replace(report, ledger=Ledger(row for row in report.ledger.rows if row.measure == "activities"))
    assert decisions(quiet).startswith('::: {.callout-tip title="Việc cần quyết định"}\nKhông có việc nào')


def test_the_map_names_every_chapter_in_order_with_what_it_answers(report):
    lines = plain(book_map(report)).split("\n")[2:]
    assert lines[0].startswith("- [Tổng quan](reports/chuong/tong-quan.qmd): đã làm được gì")
    assert "    - Đơn vị: " in "\n".join(lines)
    assert len(re.findall(r"\.qmd\)", "\n".join(lines))) == len(report.config.book.chapters) - 1 + len(report.units)


def test_a_chapter_that_the_book_leaves_out_is_not_linked(report):
    book = report.config.book.model_copy(update={"chapters": report.config.book.chapters[:2]})
    small = replace(report, config=report.config.model_copy(update={"book": book}))
    assert chapter_link(small, "targets") == ""
    assert "(xem" not in decisions(small).split("\n")[2]
