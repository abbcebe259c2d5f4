"""When a month's chapters are written again: whenever anything that they are written from has changed, at any time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from baocao import pipeline
from baocao.months import Month
from baocao.workspace import Workspace, load_report
from projects import copy_project

MONTH = Month(2026, 1)
TEXT = "index.qmd"


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return Workspace(copy_project(tmp_path / "site", site="tiny").root)


class Chapters:
    """A month's chapters, written by a stand-in; ``meanwhile`` happens while they are written."""

    def __init__(self, space: Workspace) -> None:
        self._space, self._done = space, pipeline.RunResult(load_report(space, MONTH), ())
        self.written = 0
        self.meanwhile: Callable[[], object] = lambda: None

    def write(self, *_: object) -> None:
        self.written += 1
        self._space.chapters.mkdir(parents=True, exist_ok=True)
        (self._space.chapters / "a.qmd").write_text("a", "utf-8")
        self.meanwhile()

    def bring_up_to_date(self) -> int:
        """Returns how often they have been written in all."""
        pipeline._write_chapters(self._space, MONTH, self._done, None)
        return self.written


@pytest.fixture
def chapters(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> Chapters:
    made = Chapters(space)
    monkeypatch.setattr(pipeline, "write_project", made.write)
    return made


def test_unchanged_chapters_are_written_once(chapters: Chapters) -> None:
    assert [chapters.bring_up_to_date() for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize("name", [TEXT, "reports/chuong/a.qmd", "build/2026-01/notebooks/a.ipynb"])
def test_another_text_chapter_or_result_is_noticed(space: Workspace, chapters: Chapters, name: str) -> None:
    chapters.bring_up_to_date()
    (space.root / name).parent.mkdir(parents=True, exist_ok=True)
    (space.root / name).write_text("khác", "utf-8")
    assert [chapters.bring_up_to_date() for _ in range(2)] == [2, 2]


def test_a_text_that_is_edited_while_chapters_are_written_is_noticed_by_the_next_command(
    space: Workspace, chapters: Chapters
) -> None:
    chapters.meanwhile = lambda: (space.root / TEXT).write_text("khác", "utf-8")
    chapters.bring_up_to_date()
    chapters.meanwhile = lambda: None
    assert [chapters.bring_up_to_date() for _ in range(2)] == [2, 2]
