"""Columns that hold their numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baocao.config.models import OfficialForm
from baocao.official.columns import fitted
from baocao.official.content import Column, Line, Table, plain
from baocao.official.widths import widths

FORM = OfficialForm()
SIZE = float(FORM.sizes.table)
ROOM = float(210 - FORM.margins.left - FORM.margins.right) / 25.4 * 72


def made(*cells: str, shares=(50, 16, 16, 16, 16, 16)) -> Table:
    columns = tuple(Column("", share, "right") for share in shares)
    return Table("Bảng", columns, (Line(tuple(plain(text) for text in cells), bold=True),))


def points(table: Table) -> list[float]:
    shares = [column.width for column in table.columns]
    return [share * ROOM / sum(shares) for share in shares]


def test_a_table_whose_columns_hold_their_numbers_stays_as_it_was():
    table = made("Đơn vị", "87", "1.500", "4.413", "264.187", "750.000")
    assert fitted(table, FORM) is table


@pytest.mark.parametrize("total", ["147.000.000", "1.043.500.000", "12.043.500.000", "212.043.500.000"])
def test_a_column_is_as_wide_as_its_longest_number_and_takes_that_from_all_others(space, total):
    table = made("Đơn vị", "404", "2.121", "22.445", "1.024.531", total)
    before, after = points(table), points(fitted(table, FORM))
    (needed,) = widths(space.root, [(total, SIZE)])
    assert after[-1] >= needed + 7
    assert after[-2] >= widths(space.root, [("1.024.531", SIZE)])[0] + 7
    assert sum(after) == pytest.approx(ROOM)
    assert after[0] < before[0]


def test_of_the_numbers_of_a_column_the_longest_counts(space):
    one = made("Đơn vị", "404", "2.121", "22.445", "1.024.531", "212.043.500.000")
    short = made("Khác", "4", "2", "2", "1", "2").lines
    after = [points(fitted(replace(one, lines=lines), FORM)) for lines in (one.lines, (*one.lines, *short))]
    assert after[0] == after[1]


def test_words_may_break_and_ask_for_no_room():
    table = made("Đơn vị", "404", "chưa có số liệu trong kỳ này", "22.445", "không nêu", "750.000")
    assert fitted(table, FORM) is table


def test_numbers_wider_than_the_page_leave_the_columns_as_they_were():
    table = made(*["212.043.500.000.000.000"] * 6)
    assert fitted(table, FORM) is table
