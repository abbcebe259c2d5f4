"""Which months a run is of, and when a range of months cannot be meant."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baocao.errors import UserError
from baocao.many import MOST_MONTHS, Wanted
from baocao.months import Month
from baocao.workspace import Workspace
from projects import SITES


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """The tiny site, whose plan begins with January 2026, with a file in other months, too."""
    shutil.copytree(SITES / "tiny", tmp_path / "site")
    for month in ("2025-12", "2026-03"):
        folder = tmp_path / "site" / "data" / "submissions" / month
        folder.mkdir()
        (folder / "VP.xlsx").touch()
    return Workspace(tmp_path / "site")


@pytest.mark.parametrize(
    ("wanted", "months"),
    [
        (Wanted(), ["2026-03"]),
        (Wanted(month="2026-02"), ["2026-02"]),
        (Wanted(everything=True), ["2026-01", "2026-03"]),
        (Wanted(span="2026-01..2026-03"), ["2026-01", "2026-02", "2026-03"]),
        (Wanted(span="2026-01..2026-01"), ["2026-01"]),
        (Wanted(period="2026-Q1"), ["2026-Q1"]),
    ],
)
def test_the_months_wanted(space, wanted, months):
    assert [str(term) for term in wanted.of(space)] == months


def test_of_all_months_none_sent_is_told_as_for_the_newest(space):
    shutil.rmtree(space.submissions)
    with pytest.raises(UserError, match="chưa có tháng nào có báo cáo"):
        Wanted(everything=True).of(space)


def test_as_many_months_as_any_plan_has_may_be_wanted_at_once(space):
    last = Month(2026, 1).plus(MOST_MONTHS - 1)
    assert len(Wanted(span=f"2026-01..{last}").of(space)) == MOST_MONTHS
    with pytest.raises(UserError, match="có 121 tháng; nhiều nhất 120 tháng"):
        Wanted(span=f"2026-01..{last.plus(1)}").of(space)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ("2026-01", "không phải là một khoảng tháng"),
        ("..2026-01", "thiếu tháng đầu"),
        ("2026-01..", "thiếu tháng cuối"),
        ("2026-13..2027-01", "“2026-13” không phải là một tháng báo cáo"),
        ("2026-02..2026-01", "đứng trước tháng đầu"),
    ],
)
def test_a_range_that_is_none_is_refused(space, span, said):
    with pytest.raises(UserError, match=said) as error:
        Wanted(span=span).of(space)
    assert error.value.where == "--months"


def test_a_range_from_before_the_plan_is_refused(space):
    with pytest.raises(UserError, match="kế hoạch chưa có kỳ"):
        Wanted(span="2025-12..2026-02").of(space)


@pytest.mark.parametrize("more", [{"month": "2026-01"}, {"everything": True}, {"period": "2026-Q1"}])
def test_only_one_choice_of_months_can_be_meant(more):
    with pytest.raises(UserError, match="chỉ chọn một trong bốn"):
        Wanted(span="2026-01..2026-02", **more)
