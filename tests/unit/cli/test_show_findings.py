"""Many findings on the terminal: the first ones of each kind, and how many more."""

from __future__ import annotations

import pytest

from baocao.cli import show_findings
from baocao.cli.show_findings import FIRST, MOST, print_findings


def finding(number, column="Kênh", file="a.csv"):
    return {
        "severity": "error", "code": "code", "file": file, "sheet": "", "column": column,
        "cell": f"E{number}", "message": f"sai {number}", "allowed": "mã", "action": "Sửa",
    }  # fmt: skip


def shown(capsys, findings, **settings):
    print_findings(findings, rest="Xem đủ ở kia.", **settings)
    return capsys.readouterr().out


def test_findings_that_are_not_too_many_are_all_listed(capsys):
    out = shown(capsys, [finding(i) for i in range(MOST)])
    assert [f"sai {i} " in out for i in range(MOST)] == [True] * MOST
    assert "Còn" not in out
    assert "Xem đủ" not in out


def test_of_more_findings_each_kind_has_its_first_ones_and_the_others_are_counted(capsys):
    findings = [one for i in range(1000) for one in (finding(i), finding(i, "Hình thức"), finding(i, file="b.csv"))]
    out = shown(capsys, [*findings, finding(5000, "Ngày")])
    assert [out.count(f"sai {i} ") for i in (0, FIRST - 1, FIRST, 999, 5000)] == [3, 3, 0, 0, 1]
    assert out.count("Còn 980 phát hiện như vậy ở cột Kênh.") == 2
    assert out.count("Còn 980 phát hiện như vậy ở cột Hình thức.") == 1
    assert out.index(f"sai {FIRST - 1} ") < out.index("Còn 980") < out.index("sai 5000")
    assert out.endswith(f"mỗi loại chỉ nêu {FIRST} phát hiện đầu. Xem đủ ở kia.\n")


@pytest.mark.parametrize(("kinds", "each"), [(MOST // 4, 4), (MOST // 4 + 1, 3), (MOST, 1), (MOST * 2, 1)])
def test_of_many_kinds_as_many_are_listed_as_fit_and_at_least_one(capsys, kinds, each):
    findings = [finding(i, f"cột {kind}") for kind in range(kinds) for i in range(5)]
    out = shown(capsys, findings)
    assert [out.count(f"sai {i} ") for i in range(5)] == [kinds] * each + [0] * (5 - each)
    assert out.count(f"Còn {5 - each} phát hiện") == kinds


def test_where_no_two_are_of_a_kind_nothing_is_left_out(capsys, monkeypatch):
    monkeypatch.setattr(show_findings, "MOST", 3)
    out = shown(capsys, [finding(i, f"cột {i}") for i in range(9)])
    assert all(f"sai {i} " in out for i in range(9))
    assert "Xem đủ" not in out


def test_what_is_not_of_a_column_is_counted_without_one_and_a_file_is_named_if_asked(capsys, monkeypatch):
    monkeypatch.setattr(show_findings, "MOST", 1)
    monkeypatch.setattr(show_findings, "FIRST", 1)
    findings = [finding(i, "") for i in range(3)]
    assert "Còn 2 phát hiện như vậy. " in shown(capsys, findings)
    assert "a.csv" in shown(capsys, findings)
    assert "a.csv" not in shown(capsys, findings, files=False)
