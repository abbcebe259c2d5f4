"""The search index as a script."""

from __future__ import annotations

import json

from baocao.book.builtin.index import index_script
from baocao.book.builtin.pandoc import Entry


def test_the_script_defines_a_list_of_address_page_section_and_text():
    script = index_script([Entry("a.html#x", "1. Một", "1.1. Mục", "chữ"), Entry("b.html", "Hai", "", "")])
    rows = json.loads(script.removeprefix("window.baocaoSearch = ").removesuffix(";\n"))
    assert rows == [["a.html#x", "1. Một", "1.1. Mục", "chữ"], ["b.html", "Hai", "", ""]]


def test_text_cannot_end_the_script():
    script = index_script([Entry("a.html", "</script><script>alert(1)</script>", "", "a\u2028b")])
    assert "<" not in script
    assert "\u2028" not in script
