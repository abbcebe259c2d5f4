"""The PDF that was begun early is the one that would be made now, and only of the same text and pictures."""

from __future__ import annotations

import pytest

from baocao.book.builtin import ahead


@pytest.fixture
def compiled(monkeypatch):
    """The Typst documents that were compiled; a document stands for its PDF."""
    seen: list[str] = []

    def compile_pdf(source, root):
        seen.append(source)
        return source.encode("utf-8")

    monkeypatch.setattr(ahead, "compile_pdf", compile_pdf)
    monkeypatch.setattr(ahead, "_begun", {})
    return seen


def test_what_was_begun_is_taken_and_made_once(tmp_path, compiled):
    ahead.begin("Chữ.", tmp_path)
    ahead.begin("Chữ.", tmp_path)
    assert ahead.pdf("Chữ.", tmp_path).decode("utf-8") == "Chữ."
    assert compiled == ["Chữ."]


def test_of_another_text_it_is_made_anew(tmp_path, compiled):
    ahead.begin("Chữ.", tmp_path)
    assert ahead.pdf("Chữ khác.", tmp_path).decode("utf-8") == "Chữ khác."


def test_with_another_picture_it_is_made_anew(tmp_path, compiled):
    ahead.begin("Chữ.", tmp_path)
    picture = tmp_path / "reports" / "chuong" / "hinh" / "x.svg"
    picture.parent.mkdir(parents=True)
    picture.write_text("<svg/>", "utf-8")
    ahead.pdf("Chữ.", tmp_path)
    assert compiled == ["Chữ.", "Chữ."]


def test_a_failure_is_raised_where_the_pdf_is_asked_for(tmp_path, monkeypatch, compiled):
    def compile_pdf(source, root):
        raise RuntimeError("no")

    monkeypatch.setattr(ahead, "compile_pdf", compile_pdf)
    ahead.begin("Chữ.", tmp_path)
    with pytest.raises(RuntimeError, match="no"):
        ahead.pdf("Chữ.", tmp_path)
