"""A built project that the tests of commands share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from projects import Done, Project, built_once


@pytest.fixture(scope="session")
def tiny(shared_folder: Path) -> tuple[Project, Done]:
    """The tiny site with its month reported, and what the command printed. Not to be written to."""
    return built_once(shared_folder, "tiny", "tiny", lambda project: project.baocao("report", "--engine", "pandoc"))


@pytest.fixture
def own(tmp_path: Path, tiny: tuple[Project, Done]) -> Project:
    """A copy of the built tiny site, to change."""
    shutil.copytree(tiny[0].root, tmp_path / "own")
    return Project(tmp_path / "own")
