"""What is told while Quarto works."""

from __future__ import annotations

from itertools import count

from baocao.book.quarto import KEPT, PAUSE, follow

PAGES = [f"\x1b[1m\x1b[34m\r[{page:>2}/31] reports/chuong/c{page}.qmd\x1b[39m\x1b[22m\n" for page in range(1, 32)]


def told(lines, seconds):
    """What is said if the clock goes on by so much whenever it is asked."""
    said: list[str] = []
    ticks = count(step=seconds)
    last = follow(lines, said.append, lambda: next(ticks))
    return said, last


def test_how_far_it_is_is_told_from_time_to_time_and_not_with_each_page():
    said, _ = told(PAGES, 2)
    assert said[:2] == [
        "[ 2/31] trang  (đã 6 giây, còn khoảng 58 giây)",
        "[ 5/31] trang  (đã 12 giây, còn khoảng 52 giây)",
    ]
    assert len(said) == 10


def test_before_a_page_is_done_nothing_is_said_of_what_is_left():
    assert told(PAGES[:1], PAUSE)[0] == ["[ 0/31] trang  (đã 5 giây)"]


def test_a_quick_one_says_nothing_but_that_the_pdf_begins():
    said, _ = told([*PAGES, "\n", "pandoc \n", "  to: typst\n"], 0)
    assert said == ["Các trang đã xong; Quarto dàn trang bản PDF…"]


def test_the_last_lines_are_kept_plain():
    _, last = told([*PAGES, "\n", "\x1b[91mERROR: x\x1b[39m\n"], 0)
    assert len(last) == KEPT
    assert last[-2:] == ["[31/31] reports/chuong/c31.qmd", "ERROR: x"]
