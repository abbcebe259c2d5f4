"""A table as CSV for Excel."""

import re
from dataclasses import replace

from baocao.exports.csvs import inert, table_csv
from baocao.exports.tables import Cell


def test_figures_are_numbers_and_words_are_text_that_no_spreadsheet_computes(report, table):
    data = table_csv(table, report.ledger)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == (
        '"Tên";"Kinh phí";"Thay đổi"\r\n"\'=1+1";"2500000";"1500000"\r\n"\'@a; “b”";"không nêu";"2"\r\n'
    )


def test_every_sign_that_begins_a_formula_is_made_inert():
    assert [inert(text) for text in ("=1", "+1", "-1", "@a", "\t=1", "a=1", "")] == [
        "'=1", "'+1", "'-1", "'@a", "'\t=1", "a=1", "",
    ]  # fmt: skip


def test_a_program_that_also_parts_cells_at_commas_finds_the_same_cells(report, table):
    rate = Cell("63,71%", "2026-02:*:target_value:target=SM-1")
    data = table_csv(replace(table, rows=((Cell("Phòng Kinh tế, Hạ tầng"), rate, Cell("–")),)), report.ledger)
    line = data.decode("utf-8-sig").splitlines()[1]
    assert re.findall('"[^"]*"|[^;,\t]+', line) == ['"Phòng Kinh tế, Hạ tầng"', '"63,709677"', '"–"']
