"""A built project that the tests of commands share."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from baocao import process
from projects import Done, Project, built_once


@pytest.fixture(scope="session")
def tiny(shared_folder: Path) -> tuple[Project, Done]:
    """The tiny site with its month reported, and what the command printed. Not to be written to."""
    return built_once(
        shared_folder, "tiny", "tiny", lambda project: project.baocao("report", "--engine", "pandoc", anew=True)
    )


@pytest.fixture
def own(tmp_path: Path, tiny: tuple[Project, Done]) -> Project:
    """A copy of the built tiny site, to change."""
    shutil.copytree(tiny[0].root, tmp_path / "own")
    return Project(tmp_path / "own")


@pytest.fixture(scope="session")
def closed(shared_folder: Path) -> tuple[Project, Done]:
    """The tiny site with its month closed, and what the command printed. Not to be written to."""
    arguments = ("2026-01", "--missing", "BanGio", "--engine", "pandoc", "--at", "2026-02-21T09:00")
    about = ("--approved-by", "Phó Chủ tịch", "--note", "Bản <đầu>")
    return built_once(
        shared_folder, "closed", "tiny", lambda project: project.baocao("close", *arguments, *about, anew=True)
    )


@pytest.fixture
def own_closed(tmp_path: Path, closed: tuple[Project, Done]) -> Project:
    """A copy of the closed tiny site, to change."""
    shutil.copytree(closed[0].root, tmp_path / "own", copy_function=shutil.copyfile)
    for path in (tmp_path / "own").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return Project(tmp_path / "own")


@pytest.fixture
def heeded() -> Iterator[None]:
    """Programs that are started heed Ctrl-C and the like, which may be ignored where tests run in the background."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in process.STOPPING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
