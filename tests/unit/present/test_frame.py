"""Frames of charts: how long names are set, and how many rows stand on a page."""

import pytest

from baocao.present.frame import Frame, clipped, pages_of, room_for, told_apart, wrapped


@pytest.mark.parametrize(("rows", "parts"), [(0, []), (1, [1]), (42, [42]), (43, [22, 21]), (100, [34, 34, 32])])
def test_rows_are_cut_into_few_parts_of_about_one_size(rows, parts):
    assert [len(part) for part in pages_of(range(rows), 17)] == parts


def test_no_row_is_lost_where_several_stand_side_by_side():
    parts = pages_of(list(range(61)), 90, 4)
    assert [item for part in parts for item in part] == list(range(61))
    assert all(len(part) % 4 == 0 for part in parts[:-1])


def test_a_name_that_is_cut_says_so():
    assert clipped("Khu dân cư số 12", 9) == "Khu dân…"
    assert clipped("Khu", 9) == "Khu"


def test_the_longest_line_of_a_name_makes_the_room():
    names = wrapped(["một hai ba", "bốn"], 7)
    assert names == ["một hai\nba", "bốn"]
    assert room_for(names) == room_for(["một hai"])


def test_no_line_of_a_chart_ends_within_a_code_or_a_documents_number():
    assert wrapped(["Chỉ tiêu UB-06"], 12) == ["Chỉ tiêu\nUB-06"]
    assert wrapped(["Nghị quyết số 57-NQ/TW"], 18) == ["Nghị quyết số\n57-NQ/TW"]


def test_a_title_of_several_lines_has_none_of_a_word_that_is_left_over():
    title = "Tháng 9 năm 2025: 204 hoạt động, bằng tháng 8/2025"
    assert Frame(title, left=0, height=9)._title_lines == ["Tháng 9 năm 2025: 204 hoạt động,", "bằng tháng 8/2025"]
    title = "Một hai ba bốn năm sáu bảy tám chín mười mười một mười hai"
    assert Frame(title, left=0, height=9)._title_lines == [title[:30], title[31:]]
    assert Frame("Một tên", left=0, height=9)._title_lines == ["Một tên"]
    assert Frame("", left=0, height=9)._title_lines == []


def test_title_and_note_have_room_on_a_phone():
    frame = Frame("Một tên dài vừa phải. " * 9, left=0, height=9, note="Một lời dài vừa phải. " * 9)
    assert max(map(len, frame._title_lines)) * 14 * 0.53 < 360
    assert max(map(len, frame._note_lines)) * 12 * 0.53 < 360


def test_names_that_begin_alike_are_cut_in_their_middle():
    school = "Trường Trung học cơ sở Nguyễn Thị"
    assert told_apart(
        [f"{school} Định", f"{school} Minh Khai", "Khu dân cư 1", "Trường Mầm non Hoa Hướng Dương số 12"], 32
    ) == [
        "Trường Trung…Nguyễn Thị Định",
        "Trường Trung…Thị Minh Khai",
        "Khu dân cư 1",
        "Trường Mầm non Hoa Hướng Dương…",
    ]
    halves = [f"{school} {middle} {school}" for middle in "AB"]
    assert len({*told_apart(halves, 32)}) == 2
    assert told_apart(["A", "A"], 32) == ["A", "A"]
