"""Measuring the official report's pages: Typst's PDF, and the Word file printed by LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from projects import REPOSITORY

MM = 72 / 25.4
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>Times New Roman</family><prefer><family>Liberation Serif</family></prefer></alias>
</fontconfig>"""


@dataclass(frozen=True)
class Line:
    """A line of text or, if there are two columns, one column's part; positions in points from the top left."""

    text: str
    page: int
    left: float
    right: float
    top: float
    sizes: frozenset[float]
    bold: bool
    italic: bool

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Rule:
    """A drawn line."""

    left: float
    right: float
    top: float

    @property
    def length(self) -> float:
        return self.right - self.left


class Pages:
    """A PDF's lines and rules."""

    def __init__(self, path: Path) -> None:
        with pdfplumber.open(path) as pdf:
            self.sizes = {(round(page.width / MM), round(page.height / MM)) for page in pdf.pages}
            self.lines = [line for page in pdf.pages for line in _lines(page)]
            self.rules = _rules(pdf.pages[0])
            self.images = [image for page in pdf.pages for image in page.images]
            self.faces = {char["fontname"].split("+")[-1].split("-")[0] for page in pdf.pages for char in page.chars}
            self.count = len(pdf.pages)
            self.text = "\n".join(page.extract_text() for page in pdf.pages)

    def line(self, start: str) -> Line:
        """The first line that begins with this text."""
        return next(line for line in self.lines if line.text.startswith(start))

    def of(self, page: int) -> list[Line]:
        return [line for line in self.lines if line.page == page]


def _lines(page: Any) -> Iterator[Line]:
    # A gap as wide as two letters separates the two columns of head and foot.
    for found in page.extract_text_lines(return_chars=True, x_tolerance=3):
        pieces: list[list[dict[str, Any]]] = []
        for char in found["chars"]:
            if pieces and char["x0"] - pieces[-1][-1]["x1"] < 1.8 * char["size"]:
                pieces[-1].append(char)
            else:
                pieces.append([char])
        for piece in pieces:
            yield _line(piece, page.page_number)


def _line(chars: list[dict[str, Any]], page: int) -> Line:
    text, last = "", None
    for char in chars:
        gap = last is not None and char["x0"] - last["x1"] > 0.12 * char["size"]
        text += (" " if gap and not text.endswith(" ") else "") + char["text"]
        last = char
    faces = [char["fontname"] for char in chars if char["text"].strip()]
    return Line(
        text=" ".join(text.split()),
        page=page,
        left=chars[0]["x0"],
        right=[char for char in chars if char["text"].strip()][-1]["x1"],
        top=chars[0]["top"],
        sizes=frozenset(round(char["size"], 1) for char in chars if char["text"].strip()),
        bold=all("Bold" in face for face in faces),
        italic=all("Italic" in face for face in faces),
    )


def _rules(page: Any) -> list[Rule]:
    found = {(round(o["x0"], 1), round(o["x1"], 1), round(o["top"], 1)) for o in (*page.lines, *page.rects)}
    return sorted((Rule(*one) for one in found), key=lambda rule: (rule.top, rule.left))


def through_libreoffice(word: Path, folder: Path) -> Path:
    """The Word file printed by LibreOffice, with the house's typeface in place of Times New Roman."""
    tool = shutil.which("soffice") or shutil.which("libreoffice")
    if not tool:
        pytest.skip("máy này không có LibreOffice (gói libreoffice-writer)")
    settings = folder / "fonts.conf"
    fonts = REPOSITORY / "_extensions" / "baocao" / "fonts"
    settings.write_text(_FONTS.format(fonts=fonts, cache=folder / "cache"), "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [tool, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word)]
    environment = os.environ | {"FONTCONFIG_FILE": str(settings), "SAL_USE_VCLPLUGIN": "svp"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    made = folder / word.with_suffix(".pdf").name
    assert made.is_file(), done.stdout + done.stderr
    return made
