"""Cells to values: Vietnamese numbers and dates are read, whatever has two readings is a fault."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from baocao.intake.values import (
    Fault,
    Number,
    decimal_text,
    is_blank,
    looks_legacy,
    order_is_certain,
    parse_boolean,
    parse_date,
    parse_month,
    parse_number,
    parse_text,
    swapped,
)
from baocao.months import Month
from baocao.text import RESERVED


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (0, 0), (1234, 1234), (1234.0, 1234), ("0", 0), ("007", 7), ("1234", 1234), ("1.234", 1234),
        ("1 234", 1234), ("1\u00a0234", 1234), ("1\u202f234", 1234), ("12.500.000", 12_500_000),
        ("1,234,567", 1_234_567), (" 5 ", 5), ("-3", -3), ("\u22123", -3), ("+3", 3), ("1,0", 1), ("1.0", 1),
        ("1.234,0", 1234), ("12.500.000 đồng", 12_500_000), ("500000đ", 500_000),
        ("1.200 VNĐ", 1200), ("1.500.000 ₫", 1_500_000),
        (2999999.9999999995, 3_000_000), (4.35 * 100, 435), ("9" * 30, 10**30 - 1),
    ],
)  # fmt: skip
def test_whole_numbers_are_read(raw: object, value: int) -> None:
    number = parse_number(raw, "whole")  # type: ignore[arg-type]
    assert isinstance(number, Number)
    assert number.value == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1,234", "O-SOMAPMO"), ("12,5", "O-NGUYEN"), (12.5, "O-NGUYEN"), ("0,500", "O-NGUYEN"), ("12.5", "O-NGUYEN"),
        ("abc", "O-SO"), ("12 người", "O-SO"), ("1e3", "O-SO"), ("1..2", "O-SO"), ("12.34.567", "O-SO"),
        ("1.2345.678", "O-SO"), ("1 23", "O-SO"), ("khoảng 20", "O-SO"), ("20-30", "O-SO"), ("12%", "O-SO"),
        ("٣", "O-SO"), ("9" * 31, "O-SO"), (True, "O-SO"), (date(2025, 1, 1), "O-SO"), (float("nan"), "O-SO"),
        (float("inf"), "O-SO"), ("", "O-SO"), ("-", "O-SO"), (1e30, "O-SO"), (-1e30, "O-SO"),
    ],
)  # fmt: skip
def test_what_is_no_whole_number_is_a_fault(raw: object, code: str) -> None:
    assert parse_number(raw, "whole") == Fault(code)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "value", "percent"),
    [
        ("12,5", "12.5", False), ("12,5%", "12.5", True), ("12,5 %", "12.5", True), ("1.234,5", "1234.5", False),
        ("1,234.5", "1234.5", False), ("1 234,5", "1234.5", False), ("1.234.567,89", "1234567.89", False),
        ("0,123", "0.123", False), ("0.123", "0.123", False), ("1234,567", "1234.567", False),
        ("63.71", "63.71", False),
        ("1,2340", "1.234", False), (0.1 + 0.2, "0.3", False), (63.7, "63.7", False), ("-2,5", "-2.5", False),
    ],
)  # fmt: skip
def test_decimal_numbers_are_read(raw: object, value: str, percent: bool) -> None:
    number = parse_number(raw, "decimal")  # type: ignore[arg-type]
    assert isinstance(number, Number)
    assert (decimal_text(number.value), number.percent) == (value, percent)


@pytest.mark.parametrize("raw", ["1.234", "1,234", "12.345", "123,456", "-1.234"])
def test_one_separator_before_three_digits_is_ambiguous_in_a_column_of_decimals(raw: str) -> None:
    assert parse_number(raw, "decimal") == Fault("O-SOMAPMO")


def test_in_a_column_of_counts_the_dot_groups_and_the_comma_is_ambiguous() -> None:
    assert parse_number("20.900", "count") == Number(Decimal(20900), grouped=True)
    assert parse_number("20.900,5", "count") == Number(Decimal("20900.5"))
    assert parse_number("20,900", "count") == Fault("O-SOMAPMO")


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.50", "1.5"), ("20900", "20900"), ("-0", "0"), ("1E+3", "1000"), ("0.820", "0.82"), ("-0.10", "-0.1")],
)
def test_decimal_texts_are_the_shortest(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


@pytest.mark.parametrize(
    "raw",
    [
        date(2025, 9, 5), datetime(2025, 9, 5, 10, 30), "05/09/2025", "5/9/2025", "5/9/25", "05-09-2025", "5.9.2025",
        "5 / 9 / 2025", "2025-09-05", "2025-09-05T00:00:00", "05/09/2025 00:00:00", "ngày 5 tháng 9 năm 2025",
        "Ngày 05 tháng 09 năm 2025", "ngày 5, tháng 9, năm 2025", "5 tháng 9 năm 2025", "NGÀY 5 THÁNG 9 NĂM 2025",
        "nga\u0300y 5 tha\u0301ng 9 na\u0306m 2025",
    ],
)  # fmt: skip
def test_days_are_read_day_first(raw: object) -> None:
    assert parse_date(raw) == date(2025, 9, 5)  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", ["31/02/2025", "09/25/2025", "32/1/2025", "0/1/2025", "29/02/2025", "2025-13-01"])
def test_days_that_no_calendar_has_are_faults(raw: str) -> None:
    assert parse_date(raw) == Fault("O-NGAYSAI")


@pytest.mark.parametrize(
    "raw", [45905.0, 45905, "45905", "03/04", "5/2025", "5/9-2025", "thứ hai", "tháng 9", True, time(3, 4), "5/9/205"]
)
def test_what_is_no_day_is_a_fault(raw: object) -> None:
    assert parse_date(raw) == Fault("O-NGAY")  # type: ignore[arg-type]


def test_the_last_day_of_february_depends_on_the_year() -> None:
    assert parse_date("29/02/2024") == date(2024, 2, 29)


def test_only_figures_between_separators_and_date_cells_can_have_day_and_month_swapped() -> None:
    assert not order_is_certain("05/09/2025")
    assert not order_is_certain(date(2025, 9, 5))
    assert order_is_certain("2025-09-05")
    assert order_is_certain("ngày 5 tháng 9 năm 2025")
    assert swapped(date(2025, 9, 5)) == date(2025, 5, 9)
    assert swapped(date(2025, 9, 12)) == date(2025, 12, 9)
    assert swapped(date(2025, 9, 13)) is None
    assert swapped(date(2025, 9, 9)) is None


@pytest.mark.parametrize(
    "raw",
    ["09/2025", "9/2025", "9-2025", "9.2025", "2025-09", "tháng 9/2025", "Tháng 9 năm 2025", "T9/2025",
     date(2025, 9, 1), datetime(2025, 9, 1)],
)  # fmt: skip
def test_report_months_are_read(raw: object) -> None:
    assert parse_month(raw) == Month(2025, 9)  # type: ignore[arg-type]


@pytest.mark.parametrize(("raw", "month"), [("01/2000", Month(2000, 1)), ("2999-12", Month(2999, 12))])
def test_the_first_and_the_last_report_month_are_read(raw: str, month: Month) -> None:
    assert parse_month(raw) == month


@pytest.mark.parametrize(
    "raw", ["13/2025", "0/2025", "12/1999", "1/3000", "9/25", "2025", date(2025, 9, 2), 9.0, "quý III/2025"]
)
def test_what_is_no_report_month_is_a_fault(raw: object) -> None:
    assert isinstance(parse_month(raw), Fault)  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", ["x", "X", "có", "Co", "1", 1, 1.0, True, "đạt", "v"])
def test_yes_is_read(raw: object) -> None:
    assert parse_boolean(raw) is True  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", ["không", "KHÔNG", "0", 0, 0.0, False, "chưa đạt"])
def test_no_is_read(raw: object) -> None:
    assert parse_boolean(raw) is False  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", ["có lẽ", "2", 2, "", date(2025, 1, 1)])
def test_what_is_neither_yes_nor_no_is_a_fault(raw: object) -> None:
    assert parse_boolean(raw) == Fault("CT-COKHONG")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  a \r\nb\r", "a\nb"), (4.0, "4"), (4.5, "4,5"), (date(2025, 9, 5), "05/09/2025"), (True, "có"),
        (datetime(2025, 9, 5), "05/09/2025"), ("Đo\u0302\u0309i", "Đổi"), ("a\u200bb\x00", "ab"),
        (12345678.0, "12345678"), (datetime(2025, 9, 5, 10, 30), "05/09/2025 10:30"),
        (f"Họp {RESERVED[0]}0{RESERVED[1]}", "Họp \ufffd0\ufffd"),
    ],
)  # fmt: skip
def test_cells_become_text_in_normal_form(raw: object, text: str) -> None:
    assert parse_text(raw) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", ["", " ", "\u00a0", "\n\t", None, "\u200b"])
def test_blanks_are_blank(raw: object) -> None:
    assert is_blank(raw)


@pytest.mark.parametrize("raw", [0, 0.0, False, "0", "-"])
def test_zero_is_not_blank(raw: object) -> None:
    assert not is_blank(raw)


@pytest.mark.parametrize(
    "text",
    [
        "Ngµy héi ®äc s¸ch",
        "tËp huÊn chuyÓn ®æi sè",
        "Ngaøy hoäi ñoïc saùch",
        "Ng\ufffdy h\ufffdi",
        "Ngaøy hoäi",
        "®êng ®i",
        "Tin bµi",
        "c«ng an",
        "cña d©n",
        "lµ",
    ],
)
def test_text_of_legacy_fonts_is_recognised(text: str) -> None:
    assert looks_legacy(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ngày hội đọc sách",
        "diện tích 20 m² ± 1",
        "Citroën",
        "50 µm",
        "bộ lọc 5µm, ghi chú¹",
        "báo «Quảng Ninh», Windows®",
        "ThÔng tin",
        "hỌP TỔ DÂN PHỐ",
        "naïve",
        "© 2025 Đài truyền thanh ®",
    ],
)
def test_unicode_text_is_not_taken_for_a_legacy_font(text: str) -> None:
    assert not looks_legacy(text)
