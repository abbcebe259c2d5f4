"""Titles, notes and marks of the chapters' charts, and the parts of long ones, without drawing them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baocao.measures.ledger import Row, dims
from baocao.present import charts, common
from baocao.present.chapters import budget, contents, forms, overview, submissions, targets
from baocao.present.traced import plain
from unit.present.chapters.test_figures_in_place import MARKS
from unit.present.test_front import with_rows
from unit.present.test_spans import QUARTER, made, rows

NOW = "2026-02"


class Drawn(list):
    """The arguments of each chart: marks, and then its words."""

    @property
    def words(self):
        return [[plain(one) for one in args if isinstance(one, str)] for args in self]


@pytest.fixture
def drawn(monkeypatch):
    found = Drawn()
    monkeypatch.setattr(common, "to_svg", lambda chart, label: "")
    for name in MARKS:
        monkeypatch.setattr(charts, name, lambda *args: found.append(args))
    return found


def many(report, number):
    """The report with more units, which have to report from its month on and did not."""
    base = report.units[-1]
    more = tuple(base.model_copy(update={"code": f"T{i}", "name": f"Tổ {i}"}) for i in range(number))
    rows_ = [Row(NOW, unit.code, "reports", dims(state="missing"), "1") for unit in more]
    return replace(with_rows(report, *rows_), units=(*report.units, *more))


def test_a_month_for_which_a_unit_owed_no_report_is_not_marked_as_one_without(report, drawn):
    (figure,) = overview.units_chart(many(report, 14)).blocks
    ((panels, *_),) = drawn
    bars = [[(bar.sign, plain(bar.text), bar.length) for bar in panel.bars] for panel in (*panels[:3], panels[-1])]
    none = ("", "chưa nộp", None)
    assert bars == [[none, ("", "3", 3)], [none, ("○", "không phát sinh", 0)], [none, none], [("–", "–", None), none]]
    assert plain(figure.alt).endswith("Tổ 13: 01/2026: –, 02/2026: chưa nộp.")
    assert drawn.words == [[
        "Chỉ ghi nhận hoạt động ở một đơn vị: Văn phòng xã (3)",
        "Số hoạt động từ tháng 01/2026 đến tháng 02/2026, mỗi cột một tháng, cột đậm và số là tháng sau cùng; các ô "
        "chung một thang từ 0 đến 3; × chưa có báo cáo; ○ báo không phát sinh; – chưa phải báo cáo",
    ]]  # fmt: skip


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (overview.trend, ["Tháng 02 năm 2026: 3 hoạt động, giảm 2 so với tháng 01/2026 (5)", "hoạt động"]),
        (
            overview.measures_chart,
            [
                "Tháng 02 năm 2026: không đơn vị nào ghi lượt tiếp cận",
                "Mỗi dải có thang đo riêng, bắt đầu từ 0; × chưa có hoặc không nêu số liệu",
            ],
        ),
        (contents.chart, ["Nội dung có nhiều hoạt động nhất: ND1 Tủ sách thôn (2)", "hoạt động"]),
        (
            contents.heat_map,
            [
                "Chỉ ghi nhận hoạt động ở ND1 Tủ sách thôn qua hình thức “Họp thôn”: 2 hoạt động",
                "Số hoạt động trong mỗi ô",
            ],
        ),
        (forms.forms_chart, ["Chỉ ghi nhận hoạt động ở một hình thức: Họp thôn (3)", "hoạt động"]),
        (
            forms.channel_months,
            [
                "Tháng 02/2026: chỉ ghi nhận hoạt động ở một kênh: Họp thôn (3)",
                "Số hoạt động trong mỗi ô; ô trống: tháng chưa có số liệu",
            ],
        ),
        (
            submissions.timeliness_chart,
            [
                "Tháng 02/2026, trong 3 báo cáo: 2 chưa ghi ngày nhận và 1 chưa nộp",
                "Số báo cáo, các dải chung một thang từ 0 đến 3 báo cáo",
            ],
        ),
        (submissions.grid, ["Tháng 02/2026: 1 trong 3 đơn vị chưa nộp"]),
    ],
)
def test_a_chart_says_its_finding_word_for_word(report, drawn, chart, said):
    chart(report)
    assert drawn.words == [said]


def test_what_most_went_into_and_was_reached_through_is_named_with_its_figure(report, drawn):
    of = {"cost": ("funding", ("ngan-sach", "4"), ("dong-gop", "9")), "reach": ("channel", ("HOP", "5"), ("LOA", "7"))}
    made_ = with_rows(
        report,
        *(
            Row(NOW, "*", f"{measure}{end}", dims(**{key: code}), n)
            for measure, (key, *codes) in of.items()
            for code, n in codes
            for end in ("", "_stated")
        ),
    )
    budget.chart(made_)
    forms.reach_chart(made_)
    assert drawn.words == [
        ["Nguồn lớn nhất: đóng góp, 9 đồng", "đồng"],
        ["Tiếp cận nhiều nhất qua: loa truyền thanh (7 lượt)", "lượt tiếp cận"],
    ]
    assert [bar.name for bar in drawn[1][0]] == ["Loa truyền thanh", "Họp thôn"]


def test_the_targets_that_a_scopes_chart_counts_are_those_of_the_scope(report, drawn):
    more = [("met", "commune", "4"), ("met", "", "9")]
    rows_ = [
        Row(NOW, "*", "targets_by_status", dims(status=status, **({"scope": scope} if scope else {})), n)
        for status, scope, n in more
    ]
    targets.chart(with_rows(report, *rows_))
    assert drawn.words[0][0] == "Cấp xã: 4 chỉ tiêu đạt, 1 chưa đạt, 1 chưa có số liệu"


def test_where_cells_share_the_first_place_no_cell_is_named(report, drawn):
    contents.heat_map(with_rows(report, Row(NOW, "*", "activities", dims(content="ND3", form="HT2"), "2")))
    assert drawn.words[0][0] == "Nhiều nhất là 2 hoạt động cho một nội dung qua một hình thức, ở nhiều ô"
    contents.heat_map(with_rows(report, Row(NOW, "*", "activities", dims(content="ND3", form="HT2"), "1")))
    assert drawn.words[1][0] == "Tập trung nhất ở ND1 Tủ sách thôn qua hình thức “Họp thôn”: 2 hoạt động"


def test_the_parts_of_a_long_grid_are_numbered_and_have_every_unit_once(report, drawn):
    figures = submissions.grid(many(report, 70)).blocks
    assert [figure.label.removeprefix("fig-nop-bao-cao-") for figure in figures] == ["tinh-trang", "tinh-trang-2"]
    assert [figure.caption.split(";")[0].rpartition(" (")[2] for figure in figures] == ["phần 1/2)", "phần 2/2)"]
    assert [row[0] for figure in figures for row in figure.data.rows] == [u.name for u in many(report, 70).units]


def test_months_of_a_span_are_counted_by_state_and_by_time_for_each_unit():
    term = QUARTER.plus(1)
    report = made(term, term.months, states_={term.last: "nil"})
    head, _, first, second, *_ = rows(submissions.units_table(report))
    assert head[1:] == [
        "Đã nộp", "Không phát sinh", "Chưa nộp", "Bị trả lại", "Đúng hạn", "Trễ hạn", "Chưa ghi ngày nhận",
    ]  # fmt: skip
    assert (first[1:], second[1:]) == (["2", "1", "–", "–", "–", "–", "3"], ["–", "–", "3", "–", "–", "–", "–"])
    assert plain(submissions._finding(report)) == "Quý IV/2025: 18 trong 21 lượt báo cáo chưa nộp"
