"""What the book says of where it comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from baocao.identity import Earlier, Identity
from baocao.measures.ledger import Ledger, Row, dims
from baocao.months import parse_term
from baocao.present.chapters.origin import changes, notice, origin
from baocao.present.traced import plain
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
    again = replace(report, identity=Identity("2026-02", compared=1), earlier_ledger=earlier)
    text = changes(again).markdown
    assert "Số báo cáo theo tình trạng nộp \\(tình trạng\\: chưa nộp\\)" in text
    assert "tháng 02\\/2026" in text
    assert "missing" not in text


def told(report: Report, **about: Any) -> str:
    """What the book says, on one line each."""
    return origin(replace(report, identity=Identity("2026-02", **about))).markdown


def test_a_sealed_revision_names_its_seal_its_commit_and_the_commands_that_check_it(report: Report) -> None:
    commands = ("run 2026-02", "render --engine pandoc")
    text = plain(told(report, revision=2, inputs="ab12", commit="c0ffee+", commands=commands))
    assert text.startswith(
        "Sách này là bản niêm phong r2. Mã băm của bản kê đầu vào (inputs.json trong bản niêm phong): ab12. Mã nguồn "
        r"(git): c0ffee\+."
    )
    assert text.endswith(
        "Lệnh lập lại và kiểm tra:\n\n```\ngit checkout c0ffee\nbaocao run 2026-02\nbaocao render --engine pandoc\n"
        "baocao audit 2026-02 --revision 2 --with recorded\n```"
    )


def test_a_working_copy_names_its_inputs_and_the_command_that_makes_it_again(report: Report) -> None:
    text = plain(told(report, inputs="ab12"))
    assert text.startswith(
        "Sách này là bản làm việc, chưa khóa. Mã băm của dữ liệu đầu vào: ab12. Mã nguồn (git): không rõ."
    )
    assert text.endswith("\n\n```\nbaocao report 2026-02\n```")
    assert "dữ liệu đầu vào: không rõ." in told(report)
    assert told(report, commit="c0", commands=("report",)).endswith("```\ngit checkout c0\nbaocao report\n```")


def reopened(report: Report, revision: int, reason: str = "Sửa *số*") -> Report:
    """The report as the one after revision 1, from which a figure differs and only the rows behind another do."""
    other = {"reports": ("state=missing", {"value": "7"}), "activities": ("", {"rows": "VP@2026-02/activities#9"})}
    rows = [
        row._replace(**other[row.measure][1])
        if (row.period, row.unit) == ("2026-02", "*") and other.get(row.measure, ("x",))[0] == row.dimensions
        else row
        for row in report.ledger.rows
    ]
    identity = Identity("2026-02", revision=revision, compared=1, reason=reason)
    return replace(report, identity=identity, earlier_ledger=Ledger(rows))


def test_a_later_revision_says_at_the_front_what_it_replaces_how_much_changed_and_why(report: Report) -> None:
    assert notice(reopened(report, 2)) == (
        '::: {.callout-note title="Bản điều chỉnh"}\n'
        "Bản r2 thay bản r1; 1 số liệu thay đổi (xem chương Phương pháp và nguồn gốc số liệu). Lý do: Sửa \\*số\\*\n:::"
    )
    same = replace(reopened(report, 2), earlier_ledger=report.ledger)
    assert "Bản r2 thay bản r1; không số liệu nào thay đổi. Lý do: " in notice(same)
    assert notice(reopened(report, 0)) == notice(replace(report, identity=Identity("2026-02", revision=1))) == ""


def test_the_figures_that_changed_are_listed_one_by_one_with_the_reason(report: Report) -> None:
    text = changes(reopened(report, 2)).markdown
    assert text.startswith("## Thay đổi so với bản r1\n\nLý do mở lại tháng: Sửa \\*số\\*\n\n")
    assert "\n\nSố liệu thay đổi từ bản r1 đến bản r2: 1 số.\n\n" in text
    assert "| Toàn địa bàn | tháng 02\\/2026 | 7 | 1 | −6 |" in text
    assert "đến bản làm việc này: 1 số." in changes(reopened(report, 0, reason="")).markdown
    assert "Lý do" not in changes(reopened(report, 0, reason="")).markdown
    for bare in (
        replace(reopened(report, 2), earlier_ledger=None),
        replace(reopened(report, 2), identity=Identity("x")),
    ):
        assert changes(bare).markdown == ""
    same = replace(reopened(report, 2), earlier_ledger=report.ledger)
    assert changes(same).markdown.endswith("Không số liệu nào thay đổi.")
