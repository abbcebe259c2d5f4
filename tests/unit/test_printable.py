"""The list of characters that a PDF can show holds with the fonts and the Typst of today."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import typst

from baocao.printable import FILE, FONTS

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
