"""How high a row must be."""

from __future__ import annotations

import pytest

from baocao.workbooks import height, lines_of


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("a" * 10, 1), ("a" * 11, 2), ("a\nb", 2), ("a\n" + "b" * 21, 4), ("\n", 2)]
)
def test_a_text_takes_as_many_lines_as_its_width_and_breaks_ask_for(text: str, lines: int) -> None:
    assert lines_of(text, 10) == lines


def test_a_word_that_the_line_has_no_room_for_begins_the_next() -> None:
    assert lines_of("sáu chữ " * 3, 10) == 3
    assert lines_of("theo dõi thường xuyên, báo cáo", 11) == 4


def test_the_longest_text_decides_and_no_line_is_endless() -> None:
    assert height(["a", "b" * 25], [10, 10]) == 46
    assert height([], []) == 16
    assert height(["a" * 100_000], [10]) == 400
