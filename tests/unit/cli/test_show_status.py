"""Output of ``baocao status``."""

from datetime import datetime

import pytest

from baocao.cli import show_status


@pytest.mark.parametrize(
    ("received", "shown"),
    [
        ("2026-03-03T17:00:00+07:00", "17:00 03/3/2026"),
        ("2026-03-03T17:00:01+07:00", "17:00:01 03/3/2026"),
        ("2026-03-03T17:01:00+07:00", "17:01 03/3/2026"),
        ("", "–"),
    ],
)
def test_seconds_are_shown_where_they_alone_make_a_report_late(received, shown):
    assert show_status._received(received, datetime.fromisoformat("2026-03-03T17:00:00+07:00")) == shown
