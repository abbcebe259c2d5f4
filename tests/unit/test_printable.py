"""The list of characters that a PDF can show holds with the fonts and the Typst of today."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import typst

from baocao.printable import FILE, FONTS, boxed

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("printable_tool", ROOT / "tools" / "printable.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def listed() -> list[int]:
    found = re.findall(r"\\u\{(\w+)\}(?:-\\u\{(\w+)\})?", (ROOT / FILE).read_text("utf-8"))
    return [code for first, last in found for code in range(int(first, 16), int(last or first, 16) + 1)]


def test_every_listed_character_can_be_shown(tool, listed):
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[ROOT / FONTS])
    assert tool.printable(listed, fonts) == listed


def test_what_vietnamese_offices_write_is_listed_and_what_no_font_has_is_not(tool, listed):
    letters = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
    tones = "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    wanted = {*map(ord, letters + letters.upper() + tones + tones.upper() + "0123456789₫●▲–→□•▪➢✓❖“”…")}
    assert wanted <= {*listed}
    assert not {0x1F600, 0x4E2D, 0xF0F1, 0xFFFE, 0xFF11} & {*listed}
    assert tool.ranges(listed) + "\n" == (ROOT / FILE).read_text("utf-8")


def test_pictures_get_a_box_for_exactly_what_is_not_listed(listed):
    every = [chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000]
    shown = {*map(chr, listed), "\t", "\n", "\r"}
    assert boxed("\t\n\r" + "".join(every), ROOT) == "\t\n\r" + "".join(c if c in shown else "□" for c in every)


def test_without_a_list_nothing_is_boxed(tmp_path):
    assert boxed("\U0001f600", tmp_path) == "\U0001f600"
