"""What the book says of where it comes from."""

from __future__ import annotations

from dataclasses import replace

from baocao.identity import Earlier, Identity
from baocao.measures.ledger import Ledger, Row, dims
from baocao.months import parse_term
from baocao.present.chapters.origin import changes, origin
from baocao.report import Report


def test_earlier_months_are_said_to_have_a_seals_files_and_not_its_figures(report: Report) -> None:
    """Their figures are computed with today's parameters, which may be others than the sealed ones."""
    earlier = (Earlier("2025-11", 0), Earlier("2025-12", 2))
    text = origin(replace(report, identity=Identity("2026-01", earlier=earlier))).markdown
    assert "được tính lại từ tệp đã nộp, theo tham số và mã nguồn của sách này: " in text
    assert "11/2025 (chưa khóa, hoặc tệp khác bản đã khóa), 12/2025 (cùng tệp với bản [r2]{.nguyen-van})." in text


def test_a_run_of_months_that_stand_alike_is_told_once(report: Report) -> None:
    earlier = tuple(Earlier(f"2025-{number:02d}", number // 9) for number in (3, 4, 5, 6, 8, 9, 10))
    text = origin(replace(report, identity=Identity("2026-01", earlier=earlier))).markdown
    unsealed, sealed = "chưa khóa, hoặc tệp khác bản đã khóa", "cùng tệp với bản [r1]{.nguyen-van}"
    assert f": 3/2025 đến 6/2025 ({unsealed}), 8/2025 ({unsealed}), 9/2025 ({sealed}), 10/2025 ({sealed})." in text


def test_the_months_of_a_span_are_not_called_months_before_it(report: Report) -> None:
    quarter = replace(report, month=parse_term("2026-Q1"))
    text = origin(replace(quarter, identity=Identity("2026-Q1", earlier=(Earlier("2026-01", 0),)))).markdown
    assert "Số liệu các tháng của kỳ và các tháng trước được tính lại" in text
    assert "Chưa có tháng nào có tệp." in origin(replace(quarter, identity=Identity("2026-Q1"))).markdown


def test_what_changed_since_the_seal_is_said_without_codes(report: Report) -> None:
    was = Row("2026-02", "*", "reports", dims(state="missing"), "7")
    earlier = Ledger([was if row.id == was.id else row for row in report.ledger.rows])
    told = replace(report, identity=Identity("2026-02", compared=1), earlier_ledger=earlier)
    text = changes(told).markdown
    assert "Số báo cáo theo tình trạng nộp \\(tình trạng\\: chưa nộp\\)" in text
    assert "tháng 02\\/2026" in text
    assert "missing" not in text
