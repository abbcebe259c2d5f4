"""A table as CSV for Excel."""

from baocao.exports.csvs import inert, table_csv


def test_figures_are_numbers_and_words_are_text_that_no_spreadsheet_computes(report, table):
    data = table_csv(table, report.ledger)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == (
        "Tên;Kinh phí;Thay đổi\r\n'=1+1;2500000;1500000\r\n\"'@a; “b”\";không nêu;2\r\n"
    )


def test_every_sign_that_begins_a_formula_is_made_inert():
    assert [inert(text) for text in ("=1", "+1", "-1", "@a", "\t=1", "a=1", "")] == [
        "'=1", "'+1", "'-1", "'@a", "'\t=1", "a=1", "",
    ]  # fmt: skip
