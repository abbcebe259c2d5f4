"""What stands after a commit does not hang on how its user has set up git."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from baocao.commit import CHANGED, commit_of, withheld

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git")


def git(root: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Người thử", "-c", "user.email=thu@example.invalid")
    return subprocess.run(["git", "-C", root, *who, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose code is committed as it is."""
    (tmp_path / "notebooks").mkdir()
    for name in ("_quarto.yml", "notebooks/a.ipynb"):
        (tmp_path / name).write_text("{}\n", "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "x")
    return tmp_path


@pytest.mark.parametrize("shown", ["no", "normal", "all"])
def test_a_notebook_that_is_not_committed_yet_is_a_change_whatever_git_shows_its_user(root: Path, shown: str) -> None:
    git(root, "config", "status.showUntrackedFiles", shown)
    assert commit_of(root) == git(root, "rev-parse", "HEAD").strip()
    (root / "notebooks" / "b.ipynb").write_text("{}\n", "utf-8")
    assert commit_of(root) == git(root, "rev-parse", "HEAD").strip() + CHANGED


def test_without_a_repository_or_a_commit_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").touch()
    assert commit_of(tmp_path) == ""
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    assert commit_of(tmp_path) == ""


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE"])
def test_what_git_tells_a_hook_of_its_own_repository_is_not_of_the_project(
    root: Path, tmp_path_factory, monkeypatch, name
):
    monkeypatch.setenv(name, str(tmp_path_factory.mktemp("other")))
    assert commit_of(root)


def test_a_hook_of_another_repository_lends_its_commit_to_no_project(root: Path, tmp_path_factory, monkeypatch) -> None:
    alone = tmp_path_factory.mktemp("alone")
    (alone / "_quarto.yml").touch()
    monkeypatch.setenv("GIT_DIR", str(root / ".git"))
    assert commit_of(alone) == ""


@pytest.mark.skipif(os.name == "nt", reason="such a system has no such modes")
def test_files_that_may_be_executed_are_no_change(root: Path) -> None:
    (root / "_quarto.yml").chmod(0o755)
    assert commit_of(root) == git(root, "rev-parse", "HEAD").strip()


def test_it_is_told_where_git_keeps_the_commit_from_another_user(root: Path, monkeypatch) -> None:
    assert withheld(root) == ""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert commit_of(root) == ""
    assert Path(withheld(root)) == root
