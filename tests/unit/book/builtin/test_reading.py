"""Plain tables are read by CommonMark's reader: the chapter must be what the reader of Markdown makes of the whole."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pypandoc
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from baocao import text
from baocao.present.blocks import Column, pipe_table

Read = Callable[[str], dict[str, Any]]
_FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def read(project: Path) -> Iterator[Read]:
    """A chapter as it is read, and as it is expected; pandoc is started once."""
    script = Path(__file__).with_name("reading_check.lua")
    with as_file(files("baocao.book.builtin") / "lua") as lua:
        command = [str(pypandoc.get_pandoc_path()), "lua", str(script), str(lua), str(project / "_extensions/baocao")]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
        ) as process:
            assert process.stdin
            assert process.stdout

            def one(chapter: str) -> dict[str, Any]:
                assert process.stdin
                assert process.stdout
                process.stdin.write(json.dumps(unicodedata.normalize("NFC", chapter)) + "\n")
                process.stdin.flush()
                found: dict[str, Any] = json.loads(process.stdout.readline())
                return found

            yield one
            process.stdin.close()


def _same(found: dict[str, Any]) -> None:
    assert found["made"] == found["expected"]
    assert found["said"] == found["holds"]


def _chapter(table: str) -> str:
    return f"# Chương {{#sec-chuong}}\n\nLời đầu.\n\n::: {{#tbl-bang}}\n\n{table}\n\nTên bảng.\n\n:::\n\nLời cuối.\n"


_words = st.text(min_size=1, max_size=30)
_plain = st.one_of(
    _words.map(text.markdown),
    _words.map(lambda word: f"**{text.markdown(word)}**"),
    _words.map(lambda word: f"[{text.markdown(word)}]{{.nguyen-van}}"),
    st.integers(0, 10**9).map(
        lambda value: f'[{text.number(value)}]{{.so-lieu l="2025-10:A1:activities:content=II.2"}}'
    ),
    st.just("[đã nộp]{.trang-thai .dat}; II\\.1: [0]{.nguyen-van}"),
    st.just("[Chương](don-vi-a1.qmd)"),
    st.just("–"),
)
_MARKUP = r"""|\[]{}()*_`~^@$<>&#!:;.,-+='"/ aA1.ốĐ"""
_anything = st.one_of(_plain, st.text(alphabet=_MARKUP, max_size=20), _words)


@_FEW
@given(rows=st.lists(st.tuples(_plain, _plain, _plain), min_size=1, max_size=4))
def test_a_table_of_the_kind_that_notebooks_make_is_read_alike(read: Read, rows: list[tuple[str, ...]]) -> None:
    columns = (Column("Đơn vị", 8), Column("Kinh phí (đồng)", 30), Column("Số", 6, right=True))

    _same(read(_chapter(pipe_table(columns, rows))))


@_FEW
@given(rows=st.lists(st.tuples(_anything, _anything), min_size=2, max_size=4))
@example(rows=[("0", "0"), ("1", "**\\/\xa0**")])
@example(rows=[("0", "0"), ("1", "**\u3000x**")])
@example(rows=[("0", "0"), ("1", "**\u2028x\u2028**")])
def test_a_table_of_anything_is_read_alike(read: Read, rows: list[tuple[str, str]]) -> None:
    lines = [f"| {first} | {second} |" for first, second in rows]

    _same(read(_chapter("\n".join([lines[0], "|:---|---:|", *lines[1:]]))))


_LINES = ("", "\n\n", "lời", "- mục", "# Đầu", "---", "[^1]: lời", ": tên", "Table: tên", "::: {#tbl-b}", ":::")
_FENCES = ("```", "~~~", "<!-- ", " -->", "<pre>", "</pre>")
_TABLE_LINES = ("| a | b |", "|:--|--:|", "| 1 | 2 |", "    | x | y |", "> | a | b |")


@_FEW
@example(parts=["::: {#tbl-b}", ": tên", "::: {#tbl-b}", "lời", "---", "lời"])
@given(parts=st.lists(st.sampled_from((*_LINES, *_FENCES, *_TABLE_LINES)), max_size=14))
def test_tables_anywhere_are_read_alike(read: Read, parts: list[str]) -> None:
    _same(read("\n".join(parts) + "\n"))


def test_the_cells_of_plain_tables_are_noted(read: Read) -> None:
    table = pipe_table(
        (Column("Tên", 8), Column("Số", 6, right=True)), [("**Cộng**", '[3]{.so-lieu l="2025-10:*:activities:"}')]
    )

    found = read(_chapter(table) + "\n" + _chapter(table))

    assert found["noted"] == 2
    assert found["said"][0]["texts"] == ["Tên", "Số", "Cộng", "3"]


def test_what_is_not_plain_is_left_to_the_reader_of_markdown(read: Read) -> None:
    found = read(_chapter("| Tên | Số |\n|:--|--:|\n| @sec-chuong | 1^2^ |"))

    assert found["noted"] == 0
    assert "Cite" in found["made"]
    assert "Superscript" in found["made"]
