"""The month's prepared data are trusted as long as they are what was prepared from what the inputs are now."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from baocao import workspace
from baocao.errors import UserError
from baocao.months import Month
from baocao.workspace import Memory, Workspace, is_prepared, load_report
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


@pytest.fixture
def computed(monkeypatch) -> list[object]:
    """What ledgers were computed from."""
    real, given = workspace.compute_ledger, []
    monkeypatch.setattr(workspace, "compute_ledger", lambda *of: given.append(of) or real(*of))
    return given


def test_what_is_computed_ahead_is_written_nowhere_and_not_computed_again(space, computed):
    table = space.submissions / str(MONTH) / "VP.kho-khan.csv"
    table.write_text("x", "utf-8")
    before, memory = files_of(space.root), Memory()
    workspace.compute_ahead(replace(space, memory=memory), MONTH)
    assert len(computed) == 1
    assert files_of(space.root) == before
    assert not is_prepared(space, MONTH)
    report = load_report(replace(space, memory=memory), MONTH)
    assert len(computed) == 1
    assert is_prepared(space, MONTH)
    fresh = Workspace(
        shutil.copytree(space.root, space.root.with_name("fresh"), ignore=shutil.ignore_patterns("build"))
    )
    assert load_report(fresh, MONTH).ledger.to_csv() == report.ledger.to_csv()
    assert (fresh.build(MONTH) / "data" / "findings.csv").read_bytes() == (
        space.build(MONTH) / "data" / "findings.csv"
    ).read_bytes()


def test_what_is_remembered_is_not_sent_to_a_child_with_the_workspace(space):
    memory = Memory()
    workspace.compute_ahead(replace(space, memory=memory), MONTH)
    assert memory.ledgers
    assert pickle.loads(pickle.dumps(replace(space, memory=memory))).memory == Memory()


def test_what_changes_after_it_was_computed_ahead_is_computed_again(space, computed):
    memory, table = Memory(), space.submissions / str(MONTH) / "VP.kho-khan.csv"
    workspace.compute_ahead(replace(space, memory=memory), MONTH)
    table.write_text("x", "utf-8")
    report = load_report(replace(space, memory=memory), MONTH)
    assert len(computed) == 2
    assert f"{MONTH}/VP.kho-khan.csv" in set(report.records.findings["file"])


def test_what_changes_while_it_is_computed_ahead_is_not_remembered(space, monkeypatch):
    real, memory = workspace.compute_ledger, Memory()

    def compute(*given):
        (space.submissions / str(MONTH) / "VP.kho-khan.csv").write_text("x", "utf-8")
        return real(*given)

    monkeypatch.setattr(workspace, "compute_ledger", compute)
    workspace.compute_ahead(replace(space, memory=memory), MONTH)
    assert memory.ledgers == {}


def test_settings_that_change_after_they_were_read_make_no_result_that_would_stand_with_the_new_ones(space):
    """Whoever edits ``params/`` while a command runs would else find the old settings' figures ever after."""
    path = space.root / "params" / "units.yml"
    assert space.config.units.units[0].name != "Tên mới"
    path.write_text(path.read_text("utf-8").replace(space.config.units.units[0].name, "Tên mới"), "utf-8")
    (space.submissions / str(MONTH) / "VP.kho-khan.csv").write_text("x", "utf-8")
    load_report(space, MONTH)
    later = Workspace(space.root)
    assert later.config.units.units[0].name == "Tên mới"
    assert not is_prepared(later, MONTH)
    assert load_report(later, MONTH).provenance["params"] != load_report(space, MONTH).provenance["params"]


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
