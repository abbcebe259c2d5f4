"""Times of receipt in words."""

from datetime import time

import pytest

from baocao.present.due import moment


@pytest.mark.parametrize(
    ("received", "said"),
    [
        ("2026-03-03T17:00:00+07:00", "17:00 ngày 03/3/2026"),
        ("2026-03-03T17:00:01+07:00", "17:00:01 ngày 03/3/2026"),
        ("2026-03-03T17:01:00+07:00", "17:01 ngày 03/3/2026"),
    ],
)
def test_seconds_are_told_where_they_alone_make_a_report_late(report, received, said):
    calendar = report.config.calendar
    due = calendar.unit_due.model_copy(update={"at": time(17)})
    config = report.config.model_copy(update={"calendar": calendar.model_copy(update={"unit_due": due})})
    assert moment(config, report.month, received) == said
