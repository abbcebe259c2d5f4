"""What changed between two versions, value by value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao.intake.changes import Change, changes_of
from baocao.intake.contract import ACTIVITIES, NOTES, VALUES

ACTIVITY: dict[str, Any] = {
    "date": date(2026, 1, 10), "content": "ND1", "bullet": "", "form": "HT1", "channel": "HOP", "name": "Họp thôn",
    "product": "buổi", "quantity": 1, "attendees": None, "reach": None, "cost": None, "funding": "", "evidence": "",
    "note": "", "line": 2,
}  # fmt: skip
VALUE: dict[str, Any] = {
    "target": "T1", "numerator": "1", "denominator": "2", "value": "", "as_of": "2026-01-31", "source": "", "note": "",
    "line": 2,
}  # fmt: skip
NOTE: dict[str, Any] = {"kind": "difficulty", "text": "Thiếu loa ở ba thôn", "line": 2}


def told(table, before, after) -> list[tuple[str, int, str, str, str]]:
    return [(c.kind, c.line, c.column, c.before, c.after) for c in changes_of(table, before, after)]


def test_the_same_rows_in_another_order_are_no_change():
    rows = [ACTIVITY | {"name": f"Việc {n}", "line": n} for n in range(5)]
    assert told(ACTIVITIES, rows, [row | {"line": 9 - row["line"]} for row in reversed(rows)]) == []


def test_each_value_that_differs_is_told_as_it_was_and_as_it_is():
    after = ACTIVITY | {"quantity": 1200, "cost": 2_500_000, "date": date(2026, 1, 5), "line": 7}
    assert told(ACTIVITIES, [ACTIVITY], [after]) == [
        ("changed", 7, "Ngày", "10/01/2026", "05/01/2026"),
        ("changed", 7, "Số lượng", "1", "1.200"),
        ("changed", 7, "Kinh phí (đồng)", "", "2.500.000"),
    ]


def test_an_area_and_its_bullet_are_one_column():
    assert told(ACTIVITIES, [ACTIVITY], [ACTIVITY | {"bullet": "ND1.a"}]) == [
        ("changed", 2, "Nội dung", "ND1", "ND1.a")
    ]


def test_a_reworded_name_is_a_change_and_another_name_is_another_activity():
    assert told(ACTIVITIES, [ACTIVITY], [ACTIVITY | {"name": "Cuộc họp thôn"}]) == [
        ("changed", 2, "Tên hoạt động", "Họp thôn", "Cuộc họp thôn")
    ]
    assert [kind for kind, *_ in told(ACTIVITIES, [ACTIVITY], [ACTIVITY | {"name": "Phát thanh"}])] == ["added", "gone"]


def test_names_that_differ_in_a_number_are_different_activities():
    one, two = (ACTIVITY | {"name": f"Lớp tập huấn số {n}"} for n in (1, 2))
    assert [kind for kind, *_ in told(ACTIVITIES, [one], [two])] == ["added", "gone"]


def test_a_zero_is_told_from_a_blank_and_no_decimal_hides_behind_rounding():
    assert told(ACTIVITIES, [ACTIVITY], [ACTIVITY | {"attendees": 0}]) == [("changed", 2, "Người tham dự", "", "0")]
    assert told(VALUES, [VALUE | {"value": "1.001"}], [VALUE | {"value": "1.0014"}]) == [
        ("changed", 2, "Giá trị", "1,001", "1,0014")
    ]


def test_a_value_of_a_target_is_found_again_on_another_day():
    assert [(column, after) for _, _, column, _, after in told(VALUES, [VALUE], [VALUE | {"as_of": "2026-02-01"}])] == [
        ("Ngày chốt", "01/02/2026")
    ]


def test_a_reworded_note_is_a_change_and_a_new_thought_is_not():
    assert told(NOTES, [NOTE], [NOTE | {"text": "Thiếu loa ở bốn thôn"}]) == [
        ("changed", 2, "Nội dung", "Thiếu loa ở ba thôn", "Thiếu loa ở bốn thôn")
    ]
    assert [c.kind for c in changes_of(NOTES, [NOTE], [NOTE | {"text": "Xin cấp sách"}])] == ["added", "gone"]


def test_rows_are_counted_from_one_those_that_changed_by_their_line_then_those_that_came_and_went():
    one, two, three = (ACTIVITY | {"name": f"Việc {name}", "line": line} for line, name in enumerate("abc", start=2))
    after = [one | {"date": date(2026, 1, 20)}, two | {"quantity": 5}, ACTIVITY | {"name": "Phát thanh", "line": 9}]
    changes = changes_of(ACTIVITIES, [two, one, three], after)
    assert [(c.kind, c.record, c.line, c.column) for c in changes] == [
        ("changed", 1, 2, "Ngày"),
        ("changed", 2, 3, "Số lượng"),
        ("added", 3, 9, ""),
        ("gone", 4, 4, ""),
    ]


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ({"date": date(2026, 1, 12), "content": "ND3"}, [("Nội dung", "ND2", "ND3")]),  # the same day
        ({"date": date(2026, 1, 13), "content": "ND2"}, [("Ngày", "12/01/2026", "13/01/2026")]),  # the same area
        (
            {"date": date(2026, 1, 13), "content": "ND3"},
            [("Ngày", "10/01/2026", "13/01/2026"), ("Nội dung", "ND1", "ND3")],
        ),
    ],
)
def test_of_rows_with_one_name_the_most_alike_stayed_and_else_the_first(after, kept):
    before = [ACTIVITY, ACTIVITY | {"date": date(2026, 1, 12), "content": "ND2", "line": 3}]
    changes = changes_of(ACTIVITIES, before, [ACTIVITY | after])
    assert [(c.column, c.before, c.after) for c in changes if c.kind == "changed"] == kept
    assert [c.kind for c in changes if c.kind != "changed"] == ["gone"]


def test_rows_alike_in_all_but_a_figure_stay_in_their_order():
    before, after = ([ACTIVITY | {"quantity": n, "line": n} for n in ns] for ns in ((2, 3), (4, 5)))
    assert [(b, a) for _, _, _, b, a in told(ACTIVITIES, before, after)] == [("2", "4"), ("3", "5")]


def test_of_two_reworded_names_the_more_alike_is_the_same_activity():
    before = [ACTIVITY | {"name": "Họp thôn đầu năm"}]
    after = [
        ACTIVITY | {"name": name, "line": n} for n, name in enumerate(("Họp thôn cuối năm", "Họp thôn đầu năm nay"))
    ]
    assert [(kind, line) for kind, line, *_ in told(ACTIVITIES, before, after)] == [("changed", 1), ("added", 0)]


def test_a_reworded_text_of_another_day_or_kind_is_another_row():
    other_day = ACTIVITY | {"name": "Cuộc họp thôn", "date": date(2026, 1, 11)}
    assert [kind for kind, *_ in told(ACTIVITIES, [ACTIVITY], [other_day])] == ["added", "gone"]
    other_kind = NOTE | {"text": "Thiếu loa ở bốn thôn", "kind": "proposal"}
    assert [kind for kind, *_ in told(NOTES, [NOTE], [other_kind])] == ["added", "gone"]
    assert told(NOTES, [NOTE], [NOTE | {"kind": "proposal"}]) == [("changed", 2, "Loại", "Khó khăn", "Kiến nghị")]


def test_personal_data_is_masked_wherever_it_stands():
    changes = changes_of(
        ACTIVITIES, [ACTIVITY], [ACTIVITY | {"name": "Họp, gọi 0912345678", "note": "STK 123456789012"}]
    )
    assert "0912345678" not in repr(changes)
    assert "123456789012" not in repr(changes)


_ROWS = st.lists(
    st.builds(
        lambda name, quantity, day, line: (
            ACTIVITY | {"name": name, "quantity": quantity, "date": date(2026, 1, day), "line": line}
        ),
        st.sampled_from(["Họp", "Hội nghị", "Phát thanh", "họp"]),
        st.integers(1, 3),
        st.integers(1, 3),
        st.integers(2, 99),
    ),
    max_size=12,
)


@given(_ROWS, _ROWS)
def test_rows_that_stayed_came_and_went_account_for_both_versions(before, after):
    changes = changes_of(ACTIVITIES, before, after)
    added, gone = ({c.record for c in changes if c.kind == kind} for kind in ("added", "gone"))
    assert len(before) - len(gone) == len(after) - len(added)
    back: tuple[Change, ...] = changes_of(ACTIVITIES, after, before)
    assert {kind: sum(c.kind == kind for c in back) for kind in ("added", "gone")} == {
        "added": len(gone),
        "gone": len(added),
    }
    assert (changes == ()) == (
        sorted((r["date"], r["name"], r["quantity"]) for r in before)
        == sorted((r["date"], r["name"], r["quantity"]) for r in after)
    )
