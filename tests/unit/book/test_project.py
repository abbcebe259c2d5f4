"""The list of chapters that both renderers read, and the book's metadata."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest

from baocao.book.chapters import Chapter
from baocao.book.project import book_metadata, chapter_tree
from baocao.identity import Identity
from baocao.months import Month
from baocao.report import Report
from baocao.workspace import Workspace, load_report
from projects import copy_project


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return load_report(
        Workspace.find(copy_project(tmp_path_factory.mktemp("project") / "site", "tiny").root), Month(2026, 1)
    )


def chapters(*parts: str) -> tuple[Chapter, ...]:
    return tuple(Chapter(f"c{i}", "T", part, "") for i, part in enumerate(parts))


def test_neighbours_of_one_part_stand_in_it_once_and_order_is_kept() -> None:
    path = "reports/chuong/c{}.qmd".format
    assert chapter_tree(chapters("", "A", "A", "B", "", "A")) == [
        path(0),
        {"part": "A", "chapters": [path(1), path(2)]},
        {"part": "B", "chapters": [path(3)]},
        path(4),
        {"part": "A", "chapters": [path(5)]},
    ]
    assert chapter_tree(()) == []


def test_the_metadata_names_the_month_its_days_whose_it_is_and_whether_it_is_a_demonstration(report: Report) -> None:
    made = replace(report, identity=Identity("2026-01", revision=2, inputs="ab", commit="cd"))
    said = book_metadata(made, chapters(""))
    assert html.unescape(said["book"]["subtitle"]) == "Tháng 01 năm 2026 (từ ngày 01/01/2026 đến ngày 31/01/2026)"
    assert (said["book"]["output-file"], said["book"]["author"]) == ("bao-cao-2026-01", "UBND xã Suối Mây")
    assert (said["baocao"]["month"], said["baocao"]["date"]) == ("2026-01", "2026-01-31")
    assert html.unescape(said["baocao"]["trace"]) == "Kỳ 2026-01 · bản r2 · bản kê ab · mã nguồn cd"
    for demonstration, text in ((True, "Số liệu minh họa, không phải số liệu thật"), (False, "")):
        site = report.config.site.model_copy(update={"demonstration": demonstration})
        other = replace(report, config=report.config.model_copy(update={"site": site}))
        told = book_metadata(other, chapters(""))["baocao"]
        assert (told["demonstration"], told["demonstration-text"]) == (demonstration, text)
