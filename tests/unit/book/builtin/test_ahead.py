"""The PDF that was begun early is the one that would be made now, and only of the same text and pictures."""

from __future__ import annotations

import json
import os
import shutil
import signal
from io import BytesIO
from types import SimpleNamespace

import pytest

from baocao import typeset
from baocao.book.builtin import ahead
from baocao.errors import UserError
from baocao.typeset import MAIN, Typesetter
from projects import REPOSITORY

FONTS = REPOSITORY / "_extensions" / "baocao" / "fonts"

MONTH = "2026-01"


def of(text: str) -> dict[str, str]:
    return {MAIN: text}


@pytest.fixture
def compiled(monkeypatch):
    """What processes were started with and what they compiled; a document's text stands for its PDF."""
    seen: list[object] = []

    class Typesetter:
        def __init__(self, root, fonts, *, earlier=None, polite=True):
            seen.append(earlier)
            assert polite

        def pdf(self, document):
            seen.append(document[MAIN])
            if document[MAIN] == "bad":
                raise RuntimeError("no")
            return document[MAIN].encode("utf-8")

    monkeypatch.setattr(ahead, "Typesetter", Typesetter)
    return seen


@pytest.fixture
def last(tmp_path):
    return tmp_path / "build" / MONTH / "dan-trang.json"


@pytest.fixture
def press(tmp_path):
    return ahead.Press(tmp_path, MONTH)


def test_what_was_begun_is_taken_and_made_once(press, compiled):
    press.begin(of("Chữ."))
    press.begin(of("Chữ."))
    assert press.pdf(of("Chữ.")).decode("utf-8") == "Chữ."
    assert compiled == [None, "Chữ."]


def test_a_process_that_waits_is_used_once_and_knows_the_last_document(press, compiled, last):
    press.warm()
    press.warm()
    assert compiled == [last]
    press.begin(of("Chữ."))
    assert press.pdf(of("Chữ.")).decode("utf-8") == "Chữ."
    assert compiled == [last, "Chữ."]
    assert press.pdf(of("Khác.")).decode("utf-8") == "Khác."
    assert compiled == [last, "Chữ.", None, "Khác."]


def test_a_process_that_nobody_needed_is_ended(tmp_path):
    shutil.copytree(FONTS, tmp_path / "_extensions" / "baocao" / "fonts")
    with ahead.Press(tmp_path, MONTH) as press:
        press.warm()
        process = press._waiting._process
        assert process.poll() is None
    assert process.poll() == -signal.SIGKILL


def test_the_last_document_that_was_made_is_kept(press, compiled, last):
    press.pdf(of("Chữ."))
    with pytest.raises(RuntimeError):
        press.pdf(of("bad"))
    assert json.loads(last.read_text("utf-8")) == of("Chữ.")


def test_of_another_text_it_is_made_anew(press, compiled):
    press.begin(of("Chữ."))
    assert press.pdf(of("Chữ khác.")).decode("utf-8") == "Chữ khác."


def test_with_another_picture_it_is_made_anew(press, tmp_path, compiled):
    press.begin(of("Chữ."))
    assert press.pdf(of("Chữ.")).decode("utf-8") == "Chữ."
    press.begin(of("Chữ."))
    picture = tmp_path / "reports" / "chuong" / "hinh" / "x.svg"
    picture.parent.mkdir(parents=True)
    picture.write_text("<svg/>", "utf-8")
    press.pdf(of("Chữ."))
    assert compiled.count("Chữ.") == 3


def test_a_failure_is_raised_where_the_pdf_is_asked_for(press, compiled):
    press.begin(of("bad"))
    with pytest.raises(RuntimeError, match="no"):
        press.pdf(of("bad"))


def test_a_document_that_typst_refuses_says_why(tmp_path):
    with pytest.raises(UserError, match="unclosed delimiter") as caught:
        Typesetter(tmp_path, FONTS).pdf(of("#strong("))
    assert "main.typ:1" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("#with-next[Chữ]", True),
        ("#let f() = []\n#f(about: [Chữ])", True),
        ("#let f(a) = a\n#f()", True),
        ("#image(", False),
    ],
)
def test_a_template_of_another_version_is_named_as_a_cause(tmp_path, text, told):
    with pytest.raises(UserError) as raised:
        Typesetter(tmp_path, FONTS).pdf(of(text))
    assert ("_extensions/ là của phiên bản khác" in raised.value.hint) == told


CHAPTER = (
    '#import "house.typ": *\n= Chương\n{}\n#figure(box(image("/x.svg", alt: "Vạch")), caption: [Hình])\n@xa, #mark[x]\n'
)
DOCUMENT = {
    "house.typ": "#let mark(it) = strong(it)\n",
    "one.typ": CHAPTER.format("Một."),
    "two.typ": CHAPTER.format("Hai. " * 400),
    MAIN: """\
#set document(title: "Sách", date: datetime(year: 2025, month: 10, day: 14))
#set text(lang: "vi")
#set page(numbering: "1/1")
#set heading(numbering: "1")
#outline()
#include "one.typ"
#include "two.typ"
= Xa <xa>
""",
}


def draw(root, width):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="{}" height="1"/></svg>\n'
    (root / "x.svg").write_text(svg.format(width), "utf-8")


EARLIER = {
    "same": DOCUMENT,
    "other text": DOCUMENT | {"one.typ": CHAPTER.format("Khác.")},
    "longer": DOCUMENT | {"one.typ": CHAPTER.format("Một.\n\nBa. " * 900)},
    "without a chapter": DOCUMENT | {MAIN: DOCUMENT[MAIN].replace('#include "one.typ"\n', "")},
    "other definitions": DOCUMENT | {"house.typ": "#let mark(it) = emph(it)\n"},
}


@pytest.mark.parametrize("known", EARLIER)
@pytest.mark.parametrize("width", [5, 7])
def test_what_was_laid_out_before_changes_nothing_of_the_pdf(tmp_path, known, width):
    draw(tmp_path, 5)
    fresh = Typesetter(tmp_path, FONTS).pdf(DOCUMENT)
    fonts = typeset._loaded(FONTS)
    draw(tmp_path, width)
    typeset._lay_out(EARLIER[known], tmp_path, fonts)
    draw(tmp_path, 5)
    assert typeset._printed(typeset._compiler(DOCUMENT, tmp_path, fonts)) == fresh


@pytest.mark.parametrize("kept", [json.dumps(DOCUMENT), json.dumps({MAIN: "#strong("}), "{}", "[1]", "{", None])
def test_whatever_is_kept_of_the_last_document_the_next_is_made(tmp_path, kept):
    draw(tmp_path, 5)
    earlier = tmp_path / "kept.json"
    if kept is not None:
        earlier.write_text(kept, "utf-8")
    assert Typesetter(tmp_path, FONTS, earlier=earlier).pdf(DOCUMENT) == Typesetter(tmp_path, FONTS).pdf(DOCUMENT)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has no such priority")
@pytest.mark.parametrize("polite", [True, False])
def test_what_is_laid_out_ahead_yields_only_to_other_work_of_its_own_command(tmp_path, monkeypatch, polite):
    """A process that has yielded once would do so when its PDF is waited for, too."""
    earlier = tmp_path / "build" / MONTH / "dan-trang.json"
    earlier.parent.mkdir(parents=True)
    earlier.write_text(json.dumps(of("Chữ.")), "utf-8")
    asked, lowered = [], []
    monkeypatch.setattr(typeset.subprocess, "Popen", lambda command, **_: asked.append(command))
    ahead.Press(tmp_path, MONTH, polite=polite).warm()
    (command,) = asked
    monkeypatch.setattr(typeset.sys, "argv", ["-c", *command[3:]])
    monkeypatch.setattr(typeset.sys, "stdin", SimpleNamespace(buffer=BytesIO()))
    monkeypatch.setattr(typeset, "_loaded", lambda _: None)
    monkeypatch.setattr(typeset, "_lay_out", lambda *_: None)
    monkeypatch.setattr(typeset.os, "nice", lowered.append)
    typeset.main()
    assert lowered == ([typeset._LOW] if polite else [])
