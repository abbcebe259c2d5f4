"""What somebody sees who opens a chapter's notebook by hand."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from baocao.by_hand import readable, show_readable
from baocao.present.blocks import Column, Prose, Table, callout
from baocao.present.words import submitted

TITLES = {"chi-tieu": "Chỉ tiêu"}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('có [3]{.so-lieu l="2026-01:*:activities:" b="2025-12:*:activities:"} hoạt động', "có 3 hoạt động"),
        ("[[Tổ 1]{.nguyen-van} (đã nộp)]{.trang-thai .dat}", "Tổ 1 (đã nộp)"),
        ("## Mục {#sec-a-b}\n\nLời.", "## Mục\n\nLời."),
        ("(xem @sec-chi-tieu và @sec-khac).", "(xem chương “Chỉ tiêu” và chương “khac”)."),
        (callout("warning", "Chú ý", "Thiếu."), "**Chú ý**\n\nThiếu."),
        ("[đường dẫn](https://example.org) và [ghi chú]", "[đường dẫn](https://example.org) và [ghi chú]"),
    ],
)
def test_marks_that_are_for_pandoc_are_not_shown(text, seen):
    assert readable(text, TITLES) == seen


def test_a_table_is_its_rows_and_its_caption():
    table = Table("tbl-a-b", "Chú thích.", (Column("Số", 4, right=True),), (("[1]{.so-lieu}",),))
    assert readable(table.markdown, TITLES) == "| Số |\n|----:|\n| 1 |\n\nChú thích."


def test_what_units_wrote_stays_as_they_wrote_it():
    words = submitted("[họp]{.an} ::: @sec-chi-tieu")
    assert readable(words, TITLES) == words


@pytest.mark.parametrize(
    ("variables", "names", "seen"),
    [
        ({"JPY_SESSION_NAME": "notebooks/overview.ipynb"}, {}, "3 việc"),
        ({}, {"__vsc_ipynb_file__": "overview.ipynb"}, "3 việc"),
        ({}, {}, "[3]{.so-lieu} việc"),
    ],
)
def test_where_a_notebook_is_open_it_shows_that_and_as_in_a_run_where_papermill_executes_it(
    variables, names, seen, tmp_path, monkeypatch
):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    for name, value in ({"IPYTHONDIR": str(tmp_path)} | variables).items():
        monkeypatch.setenv(name, value)
    shell = InteractiveShell(user_ns=names)
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    show_readable(TITLES)
    shown, _ = shell.display_formatter.format(Prose("[3]{.so-lieu} việc"))
    assert shown["text/markdown"] == seen
