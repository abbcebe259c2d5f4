"""The month's prepared data are trusted as long as they are what was prepared from what the inputs are now."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from baocao import workspace
from baocao.errors import UserError
from baocao.months import Month
from baocao.workspace import Workspace, is_prepared, load_report
from projects import copy_project

MONTH = Month(2026, 1)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose month is prepared. Not to be written to."""
    root = copy_project(tmp_path_factory.mktemp("workspace") / "site", site="tiny").root
    load_report(Workspace(root), MONTH)
    return root


@pytest.fixture
def space(prepared, tmp_path) -> Workspace:
    shutil.copytree(prepared, tmp_path / "site")
    return Workspace(tmp_path / "site")


def another_figure(path: Path) -> None:
    """The same table with another value in its last row."""
    *lines, last = path.read_text("utf-8").rstrip("\n").split("\n")
    path.write_text("\n".join([*lines, last.replace(",", ",9", 1)]) + "\n", "utf-8")


def without_a_column(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(line.partition(",")[2] for line in lines) + "\n", "utf-8")


@pytest.mark.parametrize("name", ["ledger.csv", "activities.csv", "findings.csv"])
@pytest.mark.parametrize(
    "change", [another_figure, without_a_column, Path.unlink, lambda path: path.write_text("x", "utf-8")]
)
def test_prepared_data_that_somebody_changed_are_made_again(space, name: str, change: Callable[[Path], None]):
    path = space.build(MONTH) / "data" / name
    own = path.read_bytes()
    assert is_prepared(space, MONTH)
    change(path)
    assert not is_prepared(space, MONTH)
    load_report(space, MONTH)
    assert path.read_bytes() == own
    assert is_prepared(space, MONTH)


def files_of(root: Path) -> dict[Path, tuple[int, bytes]]:
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in root.rglob("*") if path.is_file()}


def test_a_rehearsal_reads_and_computes_and_writes_nothing(space, monkeypatch):
    (space.submissions / str(MONTH) / "VP.kho-khan.csv").write_text("x", "utf-8")
    before, computed = files_of(space.root), []
    real = workspace.compute_ledger
    monkeypatch.setattr(workspace, "compute_ledger", lambda *given: computed.append(given) or real(*given))
    workspace.rehearse(space, MONTH)
    assert len(computed) == 1
    assert files_of(space.root) == before
    assert not is_prepared(space, MONTH)


@pytest.mark.parametrize("run", [True, False])
def test_only_a_notebook_that_is_opened_by_hand_shows_no_marks_for_pandoc(run, prepared, monkeypatch):
    told: list[dict[str, str]] = []
    monkeypatch.setenv("BAOCAO_ROOT", str(prepared))
    monkeypatch.setattr(workspace, "in_run", lambda: run)
    monkeypatch.setattr("baocao.by_hand.show_readable", told.append)
    report = workspace.open_report()
    titles = {chapter.slug: chapter.title for chapter in report.config.book.chapters}
    assert told == ([] if run else [titles])


def test_where_nothing_came_in_yet_a_command_says_what_to_begin_with(tmp_path):
    copy_project(tmp_path / "site", "tiny")
    shutil.rmtree(tmp_path / "site" / "data" / "submissions")
    with pytest.raises(UserError, match="chưa có tháng nào") as told:
        Workspace(tmp_path / "site").month()
    assert "baocao template; nhận tệp đơn vị gửi về: baocao receive" in told.value.hint
