"""What keeps a month from being closed, reason by reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from baocao.archive.fitness import check_fitness
from baocao.archive.seal import Approval
from baocao.errors import UserError
from baocao.months import Month
from baocao.workspace import Workspace, check_records
from projects import copy_project

MONTH = Month(2026, 1)
FIT = Approval("2026-02-21T09:00:00+07:00", missing=("BanGio",))


@pytest.fixture(scope="module")
def space(tmp_path_factory) -> Workspace:
    return Workspace(copy_project(tmp_path_factory.mktemp("fitness") / "site", "tiny").root)


@pytest.fixture(scope="module")
def records(space):
    return check_records(space, MONTH)


def reasons(space, records, approval: Approval = FIT) -> list[str]:
    try:
        check_fitness(space, MONTH, records, approval)
    except UserError as error:
        return [line.strip() for line in str(error).splitlines() if line.startswith("  - ")]
    return []


def with_finding(records, **said: str):
    row = dict.fromkeys(records.findings.columns, "") | {"file": "2026-01/VP.xlsx", "severity": "warning"} | said
    return replace(records, findings=pd.concat([records.findings, pd.DataFrame([row])], ignore_index=True))


def test_a_month_with_all_reports_in_or_given_up_after_its_lock_date_may_be_closed(space, records):
    assert reasons(space, records) == []


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ((), ["- chưa có báo cáo dùng được của BanGio. Không chờ nữa thì ghi rõ: --missing BanGio"]),
        (("BanGio", "VP"), ["- --missing VP: không phải đơn vị còn thiếu báo cáo của tháng"]),
    ],
)
def test_the_units_given_up_are_just_those_that_are_missing(space, records, missing, said):
    assert reasons(space, records, replace(FIT, missing=missing)) == said


@pytest.mark.parametrize(
    ("at", "early", "count"),
    [
        ("2026-02-10T23:59:59+07:00", "", 1),
        ("2026-02-10T23:59:59+07:00", "họp sớm", 0),
        ("2026-02-10T17:00:00+00:00", "", 0),
    ],
)
def test_before_the_lock_date_a_month_is_closed_only_with_a_reason(space, records, at, early, count):
    said = reasons(space, records, replace(FIT, at=at, early=early))
    assert [one.startswith("- chưa qua hạn khóa số liệu (") for one in said] == [True] * count


def test_errors_have_to_be_read_and_warnings_need_not_be(space, records):
    assert reasons(space, with_finding(records)) == []
    faulty = with_finding(with_finding(records, severity="error"), severity="error", file="2026-01/BanMay.xlsx")
    (said,) = reasons(space, faulty)
    assert said.startswith("- có 2 lỗi chưa được đọc (2026-01/VP.xlsx, 2026-01/BanMay.xlsx)")
    assert reasons(space, faulty, replace(FIT, errors_read=True)) == []


def test_a_file_that_differs_from_its_receipt_has_to_be_received_again(space, records):
    (said,) = reasons(space, with_finding(records, code="SO-KHACTEP"))
    assert said == "- tệp 2026-01/VP.xlsx khác tệp đã ghi trong sổ tiếp nhận: nhận lại bằng baocao receive"


def test_all_reasons_are_told_at_once(space, records):
    faulty = with_finding(records, severity="error")
    assert len(reasons(space, faulty, replace(FIT, missing=(), at="2026-01-31T09:00:00+07:00"))) == 3


def test_a_name_that_a_list_of_hashes_cannot_hold_has_to_be_changed(tmp_path: Path, records):
    site = copy_project(tmp_path / "site", "tiny").root
    try:
        (site / "data" / "submissions" / "2026-01" / "\udce1.txt").write_text("", "utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (said,) = reasons(Workspace(site), records)
    assert said.endswith("không theo mã UTF-8: đổi tên tệp, hoặc đưa tệp ra khỏi thư mục")
