"""What changed between two versions, value by value."""

from __future__ import annotations

from datetime import date
from typing import Any

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
