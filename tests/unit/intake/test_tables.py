"""Where a table lies in its sheet, and which lines are its rows."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from baocao.intake.contract import ACTIVITIES, NOTES, VALUES, Table
from baocao.intake.findings import Place
from baocao.intake.grid import Grid, Limits, Remarks
from baocao.intake.tables import Located, locate
from baocao.intake.values import Raw
from intake_site import ACTIVITY_HEADINGS, NOTE_HEADINGS, VALUE_HEADINGS, activity

LIMITS = Limits(rows=50)


def at(lines: list[list[object]], table: Table = ACTIVITIES, sheet: str = "Hoạt động", **more: object) -> Located:
    rows: list[list[Raw]] = [["" if cell is None else cell for cell in line] for line in lines]  # type: ignore[misc]
    return locate(table, Grid(sheet, rows, **more), Place("2025-10", "AN", "f", sheet), LIMITS)  # type: ignore[arg-type]


def codes(located: Located) -> list[str]:
    return [finding.code for finding in located.findings]


def test_the_header_is_found_below_titles_and_blank_lines() -> None:
    located = at([["BÁO CÁO THÁNG 10"], [], ["Đơn vị:", "AN"], ACTIVITY_HEADINGS, activity(), [], activity()])
    assert (located.lines, located.refused, codes(located)) == ((4, 6), 0, [])


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.lower,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "\n"),
        lambda text: f"  {text} ",
        lambda text: f"{text}:",
        lambda text: text.replace("(đồng)", "").replace("ư", "u").replace("ộ", "o"),
    ],
)
def test_headings_match_without_regard_to_case_accents_blanks_and_form(change: object) -> None:
    located = at([[change(text) for text in ACTIVITY_HEADINGS], activity()])  # type: ignore[operator]
    assert (len(located.columns), codes(located)) == (len(ACTIVITY_HEADINGS), [])


def test_the_columns_that_are_needed_are_enough_for_a_header() -> None:
    needed = [column.heading for column in ACTIVITIES.columns if column.required]
    located = at([needed, [date(2025, 10, 1), "II.4", "III.4", "Tập huấn", 1]])
    assert (located.readable, located.lines) == (True, (1,))


def test_columns_may_stand_in_any_order() -> None:
    located = at([ACTIVITY_HEADINGS[::-1], activity()[::-1]])
    assert located.columns["note"] == 0
    assert located.columns["ordinal"] == len(ACTIVITY_HEADINGS) - 1


def test_a_remark_in_parentheses_is_no_part_of_a_heading_of_text_or_dates() -> None:
    headings = ["Ngày (dd/mm/yyyy)" if text == "Ngày" else text for text in ACTIVITY_HEADINGS]
    assert codes(at([headings, activity()])) == []


def test_another_unit_of_measure_refuses_the_table() -> None:
    headings = ["Kinh phí (triệu đồng)" if text.startswith("Kinh phí") else text for text in ACTIVITY_HEADINGS]
    located = at([headings, activity(), activity()])
    assert (codes(located), located.refused, located.readable) == (["BANG-DONVITINH"], 2, False)


def test_extra_columns_are_named_and_ignored() -> None:
    located = at([[*ACTIVITY_HEADINGS, "Địa điểm"], [*activity(), "Nhà văn hóa"], [*activity(), None, "lạc"]])
    assert codes(located) == ["BANG-COTTHUA", "BANG-COTTHUA"]
    assert [finding.given for finding in located.findings] == ["Địa điểm", "P (không có tiêu đề)"]
    assert located.lines == (1, 2)


def test_a_missing_column_that_may_be_blank_is_asked_about() -> None:
    located = at([ACTIVITY_HEADINGS[:-1], activity()[:-1]])
    assert (codes(located), located.lines) == (["BANG-COTVANG"], (1,))


@pytest.mark.parametrize("heading", [column.heading for column in ACTIVITIES.columns if column.required])
def test_a_missing_required_column_rejects_every_row(heading: str) -> None:
    index = ACTIVITY_HEADINGS.index(heading)
    lines = [ACTIVITY_HEADINGS, activity(), activity()]
    located = at([line[:index] + line[index + 1 :] for line in lines])
    assert (codes(located), located.refused, located.lines) == (["BANG-THIEUCOT"], 2, ())
    assert located.findings[0].given == heading


def test_two_columns_of_one_heading_reject_every_row() -> None:
    located = at([[*ACTIVITY_HEADINGS, "Ngày"], activity()])
    assert (codes(located), located.refused) == (["BANG-COTTRUNG"], 1)


def test_without_a_header_every_line_counts_as_rejected() -> None:
    located = at([activity(), activity(), []])
    assert (codes(located), located.rows_in, located.refused) == (["BANG-TIEUDE"], 2, 2)


def test_headings_of_a_legacy_font_are_named_as_such() -> None:
    assert codes(at([["Ngµy", "Néi dung", "H×nh thøc", "Sè l­îng"], ["1"]])) == ["BANG-PHONG"]


def test_a_blank_sheet_has_no_rows_and_no_findings() -> None:
    assert (at([]).rows_in, codes(at([[None], []]))) == (0, [])


def test_blank_lines_and_lines_with_only_their_number_are_no_rows() -> None:
    located = at([ACTIVITY_HEADINGS, activity(STT=1), [2], [3], [None, "  "], [], [None] * 14])
    assert (located.lines, located.refused) == ((1,), 0)


@pytest.mark.parametrize("word", ["Tổng cộng", "TỔNG CỘNG:", "Cộng", "Tổng số", "tong"])
@pytest.mark.parametrize("column", [0, 5])
def test_a_total_is_a_row_and_rejected(word: str, column: int) -> None:
    total: list[object] = [None] * 14
    total[column], total[7], total[10] = word, 12, 5_000_000
    located = at([ACTIVITY_HEADINGS, activity(), total])
    assert (codes(located), located.lines, located.refused) == (["DONG-TONG"], (1,), 1)


def test_a_line_called_a_total_in_full_is_one_though_its_other_cells_are_filled() -> None:
    assert codes(at([ACTIVITY_HEADINGS, activity(), activity(Tên_hoạt_động="Tổng cộng:")])) == ["DONG-TONG"]


def test_an_activity_called_a_summing_up_is_no_total() -> None:
    assert codes(at([ACTIVITY_HEADINGS, activity(Tên_hoạt_động="Tổng kết"), activity(Tên_hoạt_động="Tổng")])) == []


def test_a_repeated_header_is_rejected() -> None:
    located = at([ACTIVITY_HEADINGS, activity(), ACTIVITY_HEADINGS, activity()])
    assert (codes(located), located.lines, located.refused) == (["DONG-TIEUDE"], (1, 3), 1)


def test_a_line_of_another_kind_is_rejected_once() -> None:
    signature = [None] * 5 + ["Người lập biểu"]
    located = at([ACTIVITY_HEADINGS, activity(), signature])
    assert (codes(located), located.refused) == (["DONG-LAC"], 1)
    assert located.findings[0].cell == "3"


def test_data_above_the_header_is_rejected_and_titles_are_not() -> None:
    located = at([["UBND", None, "CỘNG HÒA"], activity(), ACTIVITY_HEADINGS, activity()])
    assert (codes(located), located.lines, located.refused) == (["DONG-TRENTIEUDE"], (3,), 1)


def written(line: list[object]) -> list[object]:
    """A line as a CSV has it."""
    return [f"{cell:%d/%m/%Y}" if isinstance(cell, date) else "" if cell is None else str(cell) for cell in line]


@pytest.mark.parametrize(
    ("table", "headings", "above"),
    [
        (ACTIVITIES, ACTIVITY_HEADINGS, written(activity())),
        (ACTIVITIES, ACTIVITY_HEADINGS, written(activity(Ngày=None, Số_lượng=3))),
        (VALUES, VALUE_HEADINGS, ["UB-01", "1", "2"]),
        (VALUES, VALUE_HEADINGS, ["UB-01", 1, 2]),
        (NOTES, NOTE_HEADINGS, ["Khó khăn", "Thiếu máy"]),
        (NOTES, NOTE_HEADINGS, ["kiến nghị, đề xuất", "Thêm máy"]),
    ],
)
def test_data_above_the_header_is_rejected_as_text_and_in_narrow_tables_too(
    table: Table, headings: list[object], above: list[object]
) -> None:
    located = at([["BÁO CÁO"], above, headings, above], table)
    assert (codes(located), located.lines, located.refused) == (["DONG-TRENTIEUDE"], (3,), 1)


@pytest.mark.parametrize(
    ("table", "headings", "title"),
    [
        (ACTIVITIES, ACTIVITY_HEADINGS, ["Tháng", "10", "năm", "2025"]),
        (ACTIVITIES, ACTIVITY_HEADINGS, ["", "12/10/2025", "ngày lập"]),
        (VALUES, VALUE_HEADINGS, ["Biểu mẫu số", "01"]),
        (NOTES, NOTE_HEADINGS, ["Đơn vị", "Khu dân cư 1"]),
    ],
)
def test_titles_above_the_header_are_no_data(table: Table, headings: list[object], title: list[object]) -> None:
    assert codes(at([title, headings], table)) == []


def test_words_where_only_an_ordinal_stands_are_a_row_and_rejected() -> None:
    line: list[object] = [None] * len(ACTIVITY_HEADINGS)
    words = ["Họp dân thôn 20 người", *line[1:]]
    assert codes(at([ACTIVITY_HEADINGS, activity(), words])) == ["DONG-LAC"]
    for ordinal in (1, "2", "3.", "(4)", "II", "b)", "1.2"):
        assert at([ACTIVITY_HEADINGS, [ordinal, *line[1:]]]).rows_in == 0


def test_a_csv_line_with_more_cells_than_headings_is_rejected() -> None:
    located = at([ACTIVITY_HEADINGS, [*activity(), "x"], [*activity(), ""]], sheet="")
    assert (codes(located), located.lines, located.refused) == (["BANG-COTTHUA", "DONG-THUAO"], (2,), 1)


def test_hidden_sheets_and_rows_are_asked_about() -> None:
    assert codes(at([ACTIVITY_HEADINGS, activity()], hidden=True)) == ["BANG-AN"]
    assert codes(at([ACTIVITY_HEADINGS], hidden=True)) == []
    located = at([ACTIVITY_HEADINGS, activity(), activity()], remarks=Remarks(hidden_rows=frozenset((0, 2, 9))))
    assert (codes(located), located.lines) == (["BANG-DONGAN"], (1, 2))


def test_a_formula_without_a_result_makes_a_line_a_row() -> None:
    line: list[object] = [None] * 14
    assert at([ACTIVITY_HEADINGS, line], remarks=Remarks(faults={(1, 7): ("O-CONGTHUC", "")})).rows_in == 1
    assert at([ACTIVITY_HEADINGS, line], remarks=Remarks(faults={(1, 7): ("O-GOP", "")})).rows_in == 0


def test_rows_up_to_the_limit_are_read_and_one_more_rejects_all() -> None:
    assert len(at([ACTIVITY_HEADINGS, *[activity()] * 50]).lines) == 50
    located = at([ACTIVITY_HEADINGS, *[activity()] * 51])
    assert (codes(located), located.refused) == (["BANG-QUADONG"], 51)


def test_the_small_tables_are_found_too() -> None:
    assert at([NOTE_HEADINGS, ["Khó khăn", "Thiếu máy"]], NOTES).lines == (1,)
    assert at([VALUE_HEADINGS, ["UB-01", 1, 2]], VALUES).lines == (1,)
    assert codes(at([NOTE_HEADINGS, [None, "Thiếu máy"], ["Khó khăn"]], NOTES)) == []
    assert codes(at([VALUE_HEADINGS, ["Tổng cộng", 5]], VALUES)) == ["DONG-TONG"]
    assert codes(at([VALUE_HEADINGS, [None, None, None, None, None, "Người lập"]], VALUES)) == ["DONG-LAC"]


def test_dates_among_titles_are_no_data() -> None:
    assert codes(at([["Ngày lập", date(2025, 10, 1)], ACTIVITY_HEADINGS, activity()])) == []


FORM = ["STT", *VALUE_HEADINGS, "Tỷ lệ (tự tính)", "Cách tính (tự hiện)"]
UNSAVED = {(row, column): ("O-CONGTHUC", "") for row in (1, 2) for column in (8, 9)}


def form_line(ordinal: int, target: str = "", rate: str = "") -> list[object]:
    return [ordinal, target, *[""] * 6, rate, ""]


def test_lines_of_the_blank_form_with_its_number_and_formulas_are_no_rows() -> None:
    located = at([FORM, form_line(1), form_line(2)], VALUES, "Chỉ tiêu", remarks=Remarks(faults=UNSAVED))
    assert (located.rows_in, codes(located)) == (0, [])


def test_what_is_typed_where_the_form_has_a_formula_is_a_row_and_rejected() -> None:
    located = at([FORM, form_line(1), form_line(2, rate="50%")], VALUES, "Chỉ tiêu")
    assert (located.refused, codes(located)) == (1, ["DONG-LAC"])


def test_columns_of_the_forms_formulas_need_not_be_there_and_are_not_named() -> None:
    assert codes(at([VALUE_HEADINGS], VALUES, "Chỉ tiêu")) == codes(at([FORM], VALUES, "Chỉ tiêu")) == []


def test_help_above_the_header_is_no_row() -> None:
    helps = [column.help for column in ACTIVITIES.columns]
    located = at([["Hoạt động"], ["Từ ngày"], helps, ACTIVITY_HEADINGS, activity()])
    assert (located.lines, located.refused, codes(located)) == ((4,), 0, [])


@pytest.mark.parametrize("mark", ["{}", "({})", "{}."])
def test_a_line_that_numbers_the_columns_is_of_the_header(mark: str) -> None:
    numbers = [mark.format(i + 1) for i in range(len(ACTIVITY_HEADINGS))]
    located = at([ACTIVITY_HEADINGS, numbers, activity()])
    assert (located.lines, located.refused, codes(located)) == ((2,), 0, [])


def test_numbers_further_down_or_with_a_gap_are_a_row() -> None:
    numbers: list[object] = list(range(1, len(ACTIVITY_HEADINGS) + 1))
    assert at([ACTIVITY_HEADINGS, activity(), numbers]).lines == (1, 2)
    assert at([ACTIVITY_HEADINGS, [1, 2, 4, *numbers[3:]]]).lines == (1,)


@pytest.mark.parametrize(
    "note", ["Đơn vị tính: nghìn đồng", "ĐVT: triệu đồng", "(Tính bằng 1.000 đồng)", "Đơn vị: 1000 VNĐ"]
)
def test_amounts_said_to_be_in_thousands_refuse_the_table(note: str) -> None:
    located = at([["BÁO CÁO"], [note], ACTIVITY_HEADINGS, activity(), activity()])
    assert (codes(located), located.refused) == (["BANG-DONVITINH"], 2)


@pytest.mark.parametrize("note", ["Đơn vị tính: đồng", "Đơn vị: phường Triệu Đông", "Kinh phí 5 triệu đồng"])
def test_other_words_above_the_header_refuse_nothing(note: str) -> None:
    assert codes(at([[note], ACTIVITY_HEADINGS, activity()])) == []


def test_amounts_in_thousands_do_not_matter_to_a_table_without_money() -> None:
    assert codes(at([["Đơn vị tính: nghìn đồng"], NOTE_HEADINGS, ["Khó khăn", "Ít máy"]], NOTES)) == []


def test_a_line_of_a_csv_longer_than_the_others_has_lost_its_quotes() -> None:
    located = at([ACTIVITY_HEADINGS, activity(), [*activity(), ""], activity()], sheet="")
    assert (located.lines, codes(located)) == ((1, 3), ["DONG-THUAO"])


def test_lines_of_a_csv_may_all_end_with_a_delimiter() -> None:
    located = at([ACTIVITY_HEADINGS, [*activity(), ""], [*activity(), ""]], sheet="")
    assert (located.lines, codes(located)) == ((1, 2), [])
