"""Times of receipt as people write them."""

from __future__ import annotations

import pytest

from baocao.errors import UserError
from baocao.receive.moments import parse_moment

ZONE = "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-10-13T16:30", "2025-10-13T16:30:00+07:00"),
        ("2025-10-13 16:30:05", "2025-10-13T16:30:05+07:00"),
        ("2025-10-13T16:30:00.250", "2025-10-13T16:30:00+07:00"),
        ("2025-10-13T16:30+07:00", "2025-10-13T16:30:00+07:00"),
        ("2025-12-31T20:00:00Z", "2026-01-01T03:00:00+07:00"),
        ("2025-10-13T23:30-05:00", "2025-10-14T11:30:00+07:00"),
        ("2025-10-13", "2025-10-13T23:59:59+07:00"),
        ("13/10/2025 16:30", "2025-10-13T16:30:00+07:00"),
        ("3/1/2026 8:05", "2026-01-03T08:05:00+07:00"),
        ("13/10/2025", "2025-10-13T23:59:59+07:00"),
        ("16:30 13/10/2025", "2025-10-13T16:30:00+07:00"),
        ("16h30 ngày 13/10/2025", "2025-10-13T16:30:00+07:00"),
        ("13-10-2025, lúc 8 giờ".replace(" giờ", "h"), "2025-10-13T08:00:00+07:00"),
        ("29/02/2028 00:00", "2028-02-29T00:00:00+07:00"),
    ],
)
def test_iso_and_day_first_are_read_in_the_sites_time_zone(text, iso):
    assert parse_moment(text, ZONE).isoformat() == iso


@pytest.mark.parametrize(
    "text",
    ["", "hôm qua", "13/13/2025", "31/02/2026 08:00", "29/02/2026", "13/10/25", "2025-10-13T25:00", "10/2025",
     "8:00 13/10/2025 9:00", "20251013", "2025-W42", "13/10/0205", "9999-12-31T23:59-12:00", "31/12/9999 23:59"],
)  # fmt: skip
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(UserError, match="không phải là một thời điểm") as raised:
        parse_moment(text, ZONE)
    assert (raised.value.where, "13/10/2025 16:30" in raised.value.hint) == ("--at", True)


def test_another_sites_clock_is_its_own():
    assert parse_moment("13/10/2025 16:30", "Europe/Paris").isoformat() == "2025-10-13T16:30:00+02:00"
