from __future__ import annotations

import html
import re
import sys
import unicodedata
from datetime import date, datetime
from decimal import Decimal

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao import text
from baocao.months import Month, Period, parse_term


def test_text_is_put_into_normal_form_c():
    assert text.nfc(unicodedata.normalize("NFD", "Đơn vị chủ trì")) == "Đơn vị chủ trì"


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\x00", "\x1b", "\x85", "\ufffe", "\uffff"])
def test_characters_that_nobody_sees_are_dropped(hidden):
    assert text.nfc(f"a{hidden}b") == "ab"


def test_a_printable_character_is_never_changed_into_another():
    """What the short ways of ``nfc``, ``one_line`` and ``parse_text`` rest on, for every code point there is."""
    others = set(map(chr, range(sys.maxunicode + 1)))
    printable = "".join(sorted(one for one in others if one.isprintable()))
    for pattern in (text._INVISIBLE, text._FOREIGN):
        assert not pattern.search(printable)
    assert set(re.findall(r"\s", printable)) == {" "}


@pytest.mark.parametrize("given_", ["Đơn vị", "a  b", " ỡ  ", "a\u0301 b", "a\tb", "a\nb", "x\u200by \uf0b7", ""])
def test_short_and_long_texts_have_the_same_form(given_):
    """A text of a thousand characters goes the long way."""
    long = "x" * 1_000
    assert text.nfc(long + given_) == long + text.nfc(given_)
    assert text.one_line(f"{given_}\n{long}") == f"{text.one_line(given_)} {long}".strip()


def test_a_bullet_of_words_fonts_is_one_in_any_font():
    assert text.nfc("\uf0b7 Thiếu máy tính \uf0d8 Họp") == "• Thiếu máy tính ➢ Họp"


@pytest.mark.parametrize(
    "written", ["Kinh tế - xã hội", "KINH TẾ–XÃ HỘI", "kinh tế \u2014 xã hội", "kinh te\u2212xa hoi"]
)
def test_a_dash_of_any_length_in_a_name_is_a_hyphen(written):
    assert text.fold_name(written) == "kinh te-xa hoi"


@pytest.mark.parametrize("written", ["II.4.b", "ii 4 b", "II-4/b", "(II.4.b)", "[II.4.b]", "II – 4 — b.", "II_4\\b;"])
def test_a_codes_parts_are_the_same_however_they_are_parted(written):
    assert text.fold_code(written) == "ii.4.b"


def test_a_text_on_one_line_has_single_blanks():
    assert text.one_line("  a\n\tb\u00a0 c  ") == "a b c"


@pytest.mark.parametrize(
    ("given_", "folded"),
    [
        ("  Đơn  VỊ ", "don vi"),
        (unicodedata.normalize("NFD", "Nội dung"), "noi dung"),
        ("\u00d0ộc lập", "doc lap"),
        ("ƯỚC Ở Ă Â Ê Ô", "uoc o a a e o"),
        ("II.4.b", "ii.4.b"),
    ],
)
def test_folding_drops_case_accents_and_surplus_blanks(given_, folded):
    assert text.fold(given_) == folded


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0, None, "0"),
        (1234567, None, "1.234.567"),
        (Decimal("1234.5"), None, "1.234,5"),
        ("63.709677", None, "63,71"),
        ("63.70", None, "63,7"),
        (-1200, None, "\u22121.200"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "\u22123"),
        (Decimal("-0.4"), 0, "0"),
        (Decimal("-0.001"), None, "0"),
        (7, 1, "7,0"),
        (Decimal("1E+3"), None, "1.000"),
        (100, None, "100"),
    ],
)
def test_numbers_have_a_decimal_comma_and_a_thousands_dot(value, places, written):
    assert text.number(value, places) == written


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [(3, None, "+3"), (Decimal("-1.5"), None, "\u22121,5"), (0, None, "0"), (Decimal("0.04"), 1, "0,0")],
)
def test_a_change_carries_its_sign(value, places, written):
    assert text.signed(value, places) == written


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2025, 9, 5), "ngày 05 tháng 9 năm 2025", "05/9/2025"),
        (date(2025, 2, 10), "ngày 10 tháng 02 năm 2025", "10/02/2025"),
        (date(2025, 1, 1), "ngày 01 tháng 01 năm 2025", "01/01/2025"),
        (date(2025, 3, 31), "ngày 31 tháng 3 năm 2025", "31/3/2025"),
        (date(2025, 12, 9), "ngày 09 tháng 12 năm 2025", "09/12/2025"),
    ],
)
def test_days_have_a_zero_before_days_under_10_and_before_the_months_1_and_2(day, long, short):
    assert (text.day_long(day), text.day_short(day)) == (long, short)


def test_a_moment_has_its_day_as_any_other_text_has():
    at = datetime(2025, 9, 5, 7, 30, 59)
    assert (text.moment_short(at), text.moment_long(at)) == ("07:30 05/9/2025", "07:30 ngày 05/9/2025")


@pytest.mark.parametrize(
    ("month", "long", "short"),
    [(Month(2025, 9), "tháng 9 năm 2025", "9/2025"), (Month(2026, 2), "tháng 02 năm 2026", "02/2026")],
)
def test_months_are_written_out(month, long, short):
    assert (text.month_long(month), text.month_short(month)) == (long, short)


def test_a_period_is_written_from_day_to_day():
    period = Period(date(2025, 12, 15), date(2026, 1, 14))
    assert text.period_long(period) == "từ ngày 15/12/2025 đến ngày 14/01/2026"


@pytest.mark.parametrize(("given_", "written"), [("đã giao", "Đã giao"), ("", ""), ("UBND phường", "UBND phường")])
def test_only_the_first_letter_is_put_into_upper_case(given_, written):
    assert text.capital(given_) == written


@pytest.mark.parametrize(
    ("given_", "written"),
    [
        ("Tỉnh Quảng Trị", "tỉnh Quảng Trị"),
        ("Đặc khu", "đặc khu"),
        ("HTX", "HTX"),
        ("CNTT, dữ liệu", "CNTT, dữ liệu"),
        ("VNeID", "VNeID"),
        ("đã giao", "đã giao"),
        ("", ""),
    ],
)
def test_a_name_within_a_sentence_keeps_abbreviations_and_the_capitals_of_other_words(given_, written):
    assert text.within(given_) == written


def test_markdown_of_a_text_prints_the_text():
    assert text.markdown("a*b*_c_ <i>\n{{< x >}}") == r"a\*b\*\_c\_ \<i\> \{\{\< x \>\}\}"


@pytest.mark.parametrize("begin", ["-", "+", "/", "=", "===", "1.", "12."])
def test_a_text_of_a_cell_or_an_item_begins_no_list_and_no_heading_on_paper(begin):
    written = text.markdown(f"{begin} Họp: a")
    markdown = f"| a |\n|:--|\n| {written} |\n\n- {written}\n"
    made = pypandoc.convert_text(markdown, "typst", format="markdown")
    assert f"[{begin}~Họp: a]" in made
    assert f"- {begin}~Họp: a\n" in made


@pytest.mark.parametrize("alone", ["-", "+", "/", "=", "1."])
def test_such_a_beginning_alone_stays_text_on_paper_too(alone):
    made = pypandoc.convert_text(f"- {text.markdown(alone)}\n- a\n", "typst", format="markdown")
    assert made.startswith(f"- {alone}~\n")


def test_a_dash_before_a_question_mark_stays_one_on_paper():
    assert pypandoc.convert_text(text.markdown("5 -?"), "typst", format="markdown").startswith("5 -\u2060?")


@given(st.text())
def test_a_text_of_metadata_means_the_same_as_markdown_and_as_html(value):
    written = text.referenced(value)
    assert html.unescape(written).replace("\u2060", "") == text.one_line(value)
    assert not re.search(r"[]\\`*_{}\[<>#$@!|~^\"':.+=()-]", re.sub(r"&#\d+;", "", written))
    assert "{{<" not in html.unescape(written)


@given(st.text())
def test_no_mark_of_a_text_stays_bare_in_markdown(value):
    written = text.markdown(value)
    marks = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
    i = 0
    while i < len(written):
        if written[i] == "\\":
            assert written[i + 1] in marks
            i += 2
        else:
            assert written[i] not in marks | {"\n", "\r", "\t"}
            i += 1


@given(st.text())
def test_folding_twice_changes_nothing(value):
    once = text.fold(value)
    assert text.fold(once) == once


@pytest.mark.parametrize(
    ("term", "long", "short", "before"),
    [
        ("2025-01", "tháng 01 năm 2025", "tháng 01/2025", "tháng trước"),
        ("2025-Q1", "quý I năm 2025", "quý I/2025", "quý trước"),
        ("2025-Q4", "quý IV năm 2025", "quý IV/2025", "quý trước"),
        ("2026-H1", "6 tháng đầu năm 2026", "6 tháng đầu năm 2026", "6 tháng trước"),
        ("2026-H2", "6 tháng cuối năm 2026", "6 tháng cuối năm 2026", "6 tháng trước"),
        ("2026", "năm 2026", "năm 2026", "năm trước"),
    ],
)
def test_a_term_is_named_as_an_office_names_it(term, long, short, before):
    one = parse_term(term)
    assert (text.term_long(one), text.term_short(one), text.term_before(one)) == (long, short, before)


def test_names_of_files_stand_on_one_line_of_a_terminal_and_few_of_many_are_named():
    assert text.some_files(["a\x1b[2J.csv", "b\n.csv"]) == "a[2J.csv, b .csv"
    assert text.some_files(list("abcde")) == "a, b, c, d, e"
    assert text.some_files(list("abcdefg")) == "a, b, c, d, e và 2 tệp khác"
    assert text.some_files([f"{name}: thiếu tệp" for name in "abcdef"], "; ").endswith("e: thiếu tệp; và 1 tệp khác")
    assert text.some_files(["a"] * 1239) == "a, a, a, a, a và 1.234 tệp khác"
