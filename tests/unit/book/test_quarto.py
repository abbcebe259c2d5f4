"""Which Quarto is found, and what is told while it works."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from baocao.book.quarto import KEPT, PAUSE, find_quarto, follow, homeless, render
from baocao.errors import ExitCode, UserError

PAGES = [f"\x1b[1m\x1b[34m\r[{page:>2}/31] reports/chuong/c{page}.qmd\x1b[39m\x1b[22m\n" for page in range(1, 32)]


def told(lines, seconds):
    """What is said if the clock goes on by so much whenever it is asked."""
    said: list[str] = []
    ticks = count(step=seconds)
    last = follow(lines, said.append, lambda: next(ticks))
    return said, last


def test_what_went_wrong_is_kept_and_not_where_in_quartos_own_code():
    lines = [
        "\x1b[91mERROR: PermissionDenied: Permission denied (os error 13): remove '/du-an/_book'\n",
        "\n",
        "Stack trace:\n",
        "    at Object.removeSync (ext:deno_fs/30_fs.js:250:3)\n",
        "    at async _Command.execute (file:///quarto/bin/quarto.js:99527:7)\n",
        "    at async file:///quarto/bin/quarto.js:185525:3\x1b[39m\n",
    ]
    assert told(lines, 1)[1] == ["ERROR: PermissionDenied: Permission denied (os error 13): remove '/du-an/_book'"]


def test_how_far_it_is_is_told_from_time_to_time_and_not_with_each_page():
    said, _ = told(PAGES, 2)
    assert said[:2] == [
        "[ 2/31] trang  (đã 6 giây, còn khoảng 58 giây)",
        "[ 5/31] trang  (đã 12 giây, còn khoảng 52 giây)",
    ]
    assert len(said) == 10


def test_before_a_page_is_done_nothing_is_said_of_what_is_left():
    assert told(PAGES[:1], PAUSE)[0] == ["[ 0/31] trang  (đã 5 giây)"]


def test_a_quick_one_says_nothing_but_that_the_pdf_begins():
    said, _ = told([*PAGES, "\n", "pandoc \n", "  to: typst\n"], 0)
    assert said == ["Các trang đã xong; Quarto dàn trang bản PDF…"]


def test_the_last_lines_are_kept_plain():
    _, last = told([*PAGES, "\n", "\x1b[91mERROR: x\x1b[39m\n"], 0)
    assert len(last) == KEPT
    assert last[-2:] == ["[31/31] reports/chuong/c31.qmd", "ERROR: x"]


@pytest.fixture
def python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is taken for the one of this Python, and is alone on PATH."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path / "elsewhere"))
    find_quarto.cache_clear()
    yield tmp_path
    find_quarto.cache_clear()


def program(folder: Path, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "quarto").write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / "quarto").chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_the_quarto_beside_python_goes_before_the_one_on_path(python: Path) -> None:
    assert find_quarto().problem == "máy này chưa cài Quarto"
    program(python / "elsewhere", "echo 1.9.1")
    find_quarto.cache_clear()
    assert (find_quarto().version, find_quarto().usable) == ("1.9.1", True)
    program(python, "echo 1.10.3")
    find_quarto.cache_clear()
    assert find_quarto().version == "1.10.3"


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_one_that_fails_in_another_encoding_is_told_and_not_a_traceback(python: Path) -> None:
    program(python, r"printf 'kh\303 ng ch\341y\n' >&2; exit 1")
    assert "có Quarto nhưng không chạy được" in find_quarto().problem
    assert not find_quarto().usable


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("echo 1.8.27", "Quarto 1.8.27 cũ hơn 1.9"),
        ("echo 99", "không đọc được phiên bản Quarto"),
        ("printf 'một\\nhai\\n' >&2; exit 1", "có Quarto nhưng không chạy được (hai)"),
        ("echo 2.0.0", ""),
    ],
)
def test_a_quarto_that_cannot_be_used_is_told_why(python: Path, script: str, problem: str) -> None:
    program(python, script)
    assert (find_quarto().problem, find_quarto().usable) == (problem, not problem)
    if problem:
        with pytest.raises(UserError, match=re.escape(problem)):
            render(python, "all", "2026-01", print)


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
@pytest.mark.parametrize(
    ("to", "asked"),
    [
        ("all", "render"),
        ("html", "render --to html --no-clean"),
        ("pdf", "render --to baocao-typst --no-clean"),
    ],
)
def test_quarto_is_asked_for_the_form_and_told_the_month_in_the_projects_folder(
    python: Path, to: str, asked: str
) -> None:
    program(python, '[ "$1" = --version ] && echo 1.10.3 || echo "$* $REPORT_MONTH $BAOCAO_PRERENDERED" > asked')
    (python / "site").mkdir()
    render(python / "site", to, "2026-01", print)
    assert (python / "site" / "asked").read_text("utf-8") == f"{asked} 2026-01 1\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_what_a_quarto_that_fails_said_last_is_told(python: Path) -> None:
    program(python, '[ "$1" = --version ] && echo 1.10.3 || { echo một; echo "ERROR: hai" >&2; exit 3; }')
    with pytest.raises(UserError, match="quarto render dừng với lỗi:\nmột\nERROR: hai") as told_:
        render(python, "all", "2026-01", print)
    assert told_.value.exit_code == ExitCode.FINDINGS


@pytest.mark.skipif(sys.platform == "win32", reason="there it asks other variables")
@pytest.mark.parametrize("home", ["", "file/a", "home"])
def test_without_a_home_to_write_in_quarto_keeps_things_in_a_folder_that_goes(tmp_path: Path, home: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "home").mkdir()
    environment = {"HOME": str(tmp_path / home)} if home else {}
    told = homeless(environment, tmp_path / "scratch")
    assert sorted(told) == ([] if home == "home" else ["XDG_CACHE_HOME", "XDG_DATA_HOME"])
    assert all(Path(folder).parent == tmp_path / "scratch" for folder in told.values())
    own = {"XDG_CACHE_HOME": str(tmp_path / "home" / "cache")}
    assert "XDG_CACHE_HOME" not in homeless(environment | own, tmp_path / "scratch")


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_a_quarto_without_a_home_leaves_nothing_in_the_project(python: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does as Quarto's ``quartoDataDir``."""
    make = '/bin/mkdir -p "${XDG_DATA_HOME:-$HOME.local/share}/quarto"'
    program(python, f'[ "$1" = --version ] && echo 1.10.3 || {make}')
    monkeypatch.delenv("HOME")
    (python / "site").mkdir()
    render(python / "site", "all", "2026-01", print)
    assert not any((python / "site").iterdir())
