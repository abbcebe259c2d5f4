"""Personal data in free text is found and masked; money, dates and addresses of pages are not."""

from __future__ import annotations

import pytest

from baocao.intake.privacy import kinds, mask


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("CCCD 022087001234 của ông A", "số CCCD", "CCCD [đã che: số CCCD] của ông A"),
        ("số 022 087 001 234", "số CCCD", "số [đã che: số CCCD]"),
        ("CMND 100123456.", "số CMND", "CMND [đã che: số CMND]."),
        ("gọi 0912345678", "số điện thoại", "gọi [đã che: số điện thoại]"),
        ("gọi 0912.345.678", "số điện thoại", "gọi [đã che: số điện thoại]"),
        ("ĐT: +84 912 345 678", "số điện thoại", "ĐT: [đã che: số điện thoại]"),
        ("máy bàn 0203 3854 123", "số điện thoại", "máy bàn [đã che: số điện thoại]"),
        ("STK 19034567890011 tại ngân hàng", "số tài khoản", "[đã che: số tài khoản] tại ngân hàng"),
        ("số tài khoản: 8000201001", "số tài khoản", "[đã che: số tài khoản]"),
        ("STK Vietcombank: 0011001234567", "số tài khoản", "[đã che: số tài khoản]"),
        ("STK của bà C (NH BIDV) 12010000123456.", "số tài khoản", "[đã che: số tài khoản]."),
        ("Số tài khoản tại Agribank: 8011205001234", "số tài khoản", "[đã che: số tài khoản]"),
        ("máy (0203) 3 854 123", "số điện thoại", "máy [đã che: số điện thoại]"),
        ("ĐT +84(0)912345678", "số điện thoại", "ĐT [đã che: số điện thoại]"),
        ("ngày sinh của cháu: 05/03/2015", "ngày sinh", "[đã che: ngày sinh]"),
        ("ông D sinh vào ngày 05/9/1980", "ngày sinh", "ông D [đã che: ngày sinh]"),
        ("thư nguyen.van-a@example.com.vn", "địa chỉ thư điện tử", "thư [đã che: địa chỉ thư điện tử]"),
        ("bà B, sinh ngày 05/09/1980", "ngày sinh", "bà B, [đã che: ngày sinh]"),
        ("gọi 0912\u00ad345\u00ad678", "số điện thoại", "gọi [đã che: số điện thoại]"),
        ("gọi 0912\u2011345\u2011678", "số điện thoại", "gọi [đã che: số điện thoại]"),
        ("gọi 0912–345–678", "số điện thoại", "gọi [đã che: số điện thoại]"),
        ("gọi 0912 - 345 - 678.", "số điện thoại", "gọi [đã che: số điện thoại]."),
        ("gọi 0203 – 3854123, máy lẻ 5", "số điện thoại", "gọi [đã che: số điện thoại], máy lẻ 5"),
        ("gọi +84 – 912 – 345 – 678", "số điện thoại", "gọi [đã che: số điện thoại]"),
        ("CCCD 022087\u200d001234", "số CCCD", "CCCD [đã che: số CCCD]"),
        ("sinh ngày 5 tháng 9 năm 1980", "ngày sinh", "[đã che: ngày sinh]"),
    ],
)
def test_personal_data_is_named_and_masked(text: str, kind: str, masked: str) -> None:
    assert kinds(text) == (kind,)
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Bổ sung kinh phí 12.500.000 đồng",
        "kinh phí 120000000 đồng",
        "từ ngày 05/09/2025 đến ngày 14/10/2025",
        "https://example.vn/tin/022087001234-0912345678.html",
        "năm 2025-2030",
        "từ ngày 05 – 10 – 2025 đến ngày 08 – 12 – 2025",
        "Kế hoạch 01 – 2025 – 2030, đợt 02 - 2025 - 2026",
        "biểu số 001 – 100 – 200",
        "từ 0 – 100 – 2000 – 3000 lượt",
        "kinh phí 012 – 345 – 6789 đồng",
        "không phát sinh ngày 05/9/2025",
        "gặp mặt học sinh ngày 05/9/2025",
        "STK chưa có, chi 150.000.000 đồng",
        "Số tài khoản định danh điện tử là 1.234.567 tài khoản",
        "Số tài khoản tại các ngân hàng mở trong năm: 12.345",
        "giai đoạn 2021-2025, 1.234 lượt",
        "học sinh lớp 5",
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert kinds(text) == ()
    assert mask(text) == text


def test_a_thirteenth_digit_makes_it_no_identity_number() -> None:
    assert kinds("mã 0220870012345") == ()
    assert kinds("mã 022087001234") == ("số CCCD",)


def test_blanks_of_any_kind_part_the_digits_of_a_number() -> None:
    assert kinds("gọi 0912\u00a0345\u202f678") == ("số điện thoại",)


def test_masking_twice_changes_nothing() -> None:
    once = mask("gọi 0912345678, thư a@b.vn, STK 123456789")
    assert mask(once) == once
    assert kinds(once) == ()
