"""The PDF that was begun early is the one that would be made now, and only of the same chapters."""

from __future__ import annotations

import shutil

import pytest

from baocao.book.builtin import ahead
from baocao.book.builtin.project import read_project
from projects import REPOSITORY


@pytest.fixture
def root(tmp_path):
    (tmp_path / "_quarto.yml").write_text(
        "lang: vi\nlanguage: ngon-ngu.yml\nbook:\n  title: Sách\n  chapters: [index.qmd, one.qmd]\n", "utf-8"
    )
    shutil.copy(REPOSITORY / "reports" / "ngon-ngu.yml", tmp_path)
    (tmp_path / "index.qmd").write_text("# Đầu {.unnumbered}\n\nChào.\n", "utf-8")
    (tmp_path / "one.qmd").write_text("# Một {#sec-one}\n\nChữ.\n", "utf-8")
    return tmp_path


@pytest.fixture
def compiled(monkeypatch):
    """The Typst documents that were compiled; a document stands for its PDF."""
    seen: list[str] = []

    def compile_pdf(source, root):
        seen.append(source)
        return source.encode("utf-8")

    monkeypatch.setattr(ahead, "compile_pdf", compile_pdf)
    monkeypatch.setattr(ahead, "_begun", {})
    monkeypatch.setattr("baocao.book.builtin.pandoc.template", lambda extension: "$body$")
    return seen


@pytest.fixture
def project(root):
    shutil.copytree(REPOSITORY / "_extensions", root / "_extensions")
    return read_project(root)


def test_what_was_begun_is_taken_and_made_once(project, compiled):
    ahead.begin(project)
    ahead.begin(project)
    pdf, problems = ahead.paper(project)
    assert "Chữ." in pdf.decode("utf-8")
    assert problems == ()
    assert len(compiled) == 1


def test_of_other_chapters_it_is_made_anew(project, root, compiled):
    ahead.begin(project)
    (root / "one.qmd").write_text("# Một {#sec-one}\n\nChữ khác.\n", "utf-8")
    assert "Chữ khác." in ahead.paper(read_project(root))[0].decode("utf-8")


def test_a_failure_is_raised_where_the_pdf_is_asked_for(project, monkeypatch, compiled):
    def compile_pdf(source, root):
        raise RuntimeError("no")

    monkeypatch.setattr(ahead, "compile_pdf", compile_pdf)
    ahead.begin(project)
    with pytest.raises(RuntimeError, match="no"):
        ahead.paper(project)
