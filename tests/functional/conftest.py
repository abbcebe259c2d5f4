"""A built project that the tests of commands share: it is made once, whichever worker comes first."""

from __future__ import annotations

import shutil

import pytest
from filelock import FileLock
from projects import Done, Project, copy_project


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[Project, Done]:
    """The tiny site with its month reported, and what the command printed. Not to be written to."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    project = Project(shared / "tiny site")
    with FileLock(shared / "tiny.lock"):
        if not (shared / "tiny.done").exists():
            copy_project(project.root, site="tiny")
            done = project.baocao("report", "--engine", "pandoc")
            (shared / "tiny.out").write_text(done.out, "utf-8")
            (shared / "tiny.err").write_text(done.err, "utf-8")
            (shared / "tiny.done").write_text(str(done.code), "utf-8")
    printed = [(shared / f"tiny.{name}").read_text("utf-8") for name in ("out", "err")]
    return project, Done(int((shared / "tiny.done").read_text("utf-8")), *printed)


@pytest.fixture
def own(tmp_path, tiny: tuple[Project, Done]) -> Project:
    """A copy of the built tiny site, to change."""
    shutil.copytree(tiny[0].root, tmp_path / "own")
    return Project(tmp_path / "own")
