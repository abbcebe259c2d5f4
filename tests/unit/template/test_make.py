"""Which blank workbooks are written, and where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baocao.errors import UserError
from baocao.months import Month
from baocao.template.make import template_month, write_templates
from baocao.workspace import Workspace

REPOSITORY = Path(__file__).resolve().parents[3]
MONTH = Month(2026, 3)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    shutil.copytree(REPOSITORY / "tests" / "sites" / "tiny" / "params", tmp_path / "params")
    return Workspace(tmp_path)


def test_every_unit_that_owes_a_report_gets_a_workbook_named_as_it_is_to_be_sent(space: Workspace) -> None:
    paths = write_templates(space, MONTH)
    assert [path.name for path in paths] == ["VP.xlsx", "BanMay.xlsx", "BanGio.xlsx"]
    assert {path.parent for path in paths} == {space.root / "build" / "2026-03" / "mau"}
    assert all(path.is_file() for path in paths)


def test_one_unit_may_be_asked_for_in_any_case_of_letters(space: Workspace, tmp_path: Path) -> None:
    paths = write_templates(space, MONTH, ("banmay",), tmp_path / "ra")
    assert paths == (tmp_path / "ra" / "BanMay.xlsx",)
    assert [path.name for path in (tmp_path / "ra").iterdir()] == ["BanMay.xlsx"]


def test_writing_again_changes_no_byte_and_no_time(space: Workspace) -> None:
    (path,) = write_templates(space, MONTH, ("VP",))
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    write_templates(space, MONTH, ("VP",))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_unit_that_owes_no_report_is_refused_and_those_that_do_are_named(space: Workspace) -> None:
    with pytest.raises(UserError) as caught:
        write_templates(space, MONTH, ("VP", "KHAC"))
    assert "KHAC" in caught.value.what
    assert "BanGio" in caught.value.hint
    assert not (space.root / "build").exists()


def test_a_month_before_the_plan_is_refused(space: Workspace) -> None:
    with pytest.raises(UserError, match="12/2025"):
        write_templates(space, Month(2025, 12))


def test_a_file_in_the_folders_place_is_left_alone(space: Workspace, tmp_path: Path) -> None:
    (tmp_path / "ra").write_text("x")
    with pytest.raises(UserError, match="không phải thư mục"):
        write_templates(space, MONTH, folder=tmp_path / "ra")
    assert (tmp_path / "ra").read_text() == "x"


def test_the_month_is_the_one_named_or_the_newest_with_submissions_or_the_plans_first(space: Workspace) -> None:
    assert template_month(space, None) == Month(2026, 1)
    (space.submissions / "2026-02").mkdir(parents=True)
    (space.submissions / "2026-02" / "VP.xlsx").write_bytes(b"x")
    assert template_month(space, None) == Month(2026, 2)
    assert template_month(space, "2026-05") == Month(2026, 5)
