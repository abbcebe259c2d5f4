"""Which submitted rows are behind a figure."""

from baocao.exports.rows_behind import behind, expanded, lines_of
from baocao.measures.refs import ranges


def test_rows_are_counted_and_named_by_month_newest_first():
    found = behind("A@2026-01#1-3,5 B@2026-02#2", {})
    assert found.short == "5 dòng số liệu của 2 đơn vị"
    assert found.months == ("Tháng 02/2026: B (dòng 2).", "Tháng 01/2026: A (dòng 1–3, 5).")


def test_rows_of_the_month_are_named_by_file_sheet_and_line(report):
    found = behind("VP@2026-02/target_values#1", lines_of(report))
    assert found.months == ("Tháng 02/2026: VP (tệp VP.xlsx, trang Chỉ tiêu, dòng 2).",)


def test_a_figure_with_no_row_behind_it_says_nothing():
    assert behind("", {}).short == ""


def test_ranges_are_taken_apart_again():
    assert ranges(expanded("1-3,5,9-10")) == "1-3,5,9-10"
