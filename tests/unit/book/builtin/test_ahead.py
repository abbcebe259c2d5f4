"""The PDF that was begun early is the one that would be made now, and only of the same text and pictures."""

from __future__ import annotations

import pytest

from baocao.book.builtin import ahead
from baocao.typeset import Typesetter
from projects import REPOSITORY


@pytest.fixture
def compiled(monkeypatch):
    """The Typst documents that were compiled, after how many processes were started; a document stands for its PDF."""
    seen: list[str] = []

    class Typesetter:
        def __init__(self, fonts, *, own_fonts=False):
            seen.append("")

        def pdf(self, source, root):
            seen.append(source)
            if source == "bad":
                raise RuntimeError("no")
            return source.encode("utf-8")

    monkeypatch.setattr(ahead, "Typesetter", Typesetter)
    monkeypatch.setattr(ahead, "_begun", {})
    monkeypatch.setattr(ahead, "_waiting", {})
    return seen


@pytest.fixture
def press(tmp_path):
    return ahead.Press(tmp_path)


def test_what_was_begun_is_taken_and_made_once(press, compiled):
    press.begin("Chữ.")
    press.begin("Chữ.")
    assert press.pdf("Chữ.").decode("utf-8") == "Chữ."
    assert compiled == ["", "Chữ."]


def test_a_process_that_waits_is_used_once(press, tmp_path, compiled):
    press.warm()
    ahead.Press(tmp_path).warm()
    assert compiled == [""]
    press.begin("Chữ.")
    assert press.pdf("Chữ.").decode("utf-8") == "Chữ."
    assert compiled == ["", "Chữ."]
    assert press.pdf("Khác.").decode("utf-8") == "Khác."
    assert compiled == ["", "Chữ.", "", "Khác."]


def test_of_another_text_it_is_made_anew(press, compiled):
    press.begin("Chữ.")
    assert press.pdf("Chữ khác.").decode("utf-8") == "Chữ khác."


def test_with_another_picture_it_is_made_anew(press, tmp_path, compiled):
    press.begin("Chữ.")
    assert press.pdf("Chữ.").decode("utf-8") == "Chữ."
    press.begin("Chữ.")
    picture = tmp_path / "reports" / "chuong" / "hinh" / "x.svg"
    picture.parent.mkdir(parents=True)
    picture.write_text("<svg/>", "utf-8")
    press.pdf("Chữ.")
    assert compiled.count("Chữ.") == 3


def test_a_failure_is_raised_where_the_pdf_is_asked_for(press, compiled):
    press.begin("bad")
    with pytest.raises(RuntimeError, match="no"):
        press.pdf("bad")


def test_a_document_that_typst_refuses_says_why():
    fonts = REPOSITORY / "_extensions" / "baocao" / "fonts"
    with pytest.raises(RuntimeError, match="unclosed delimiter"):
        Typesetter(fonts).pdf("#strong(", REPOSITORY)
