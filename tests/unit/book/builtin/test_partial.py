"""Only changed chapters are converted again, and the book is the one that a conversion of all of them makes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from baocao.book.builtin import partial, shares
from baocao.book.builtin.pandoc import Converted, convert
from baocao.book.builtin.project import read_project
from patience import ends
from projects import REPOSITORY

ONE = """# Một {#sec-one}

## Mục {#sec-one-part}

::: {#tbl-one}

| A | B |
|---|--:|
| x | 1 |

Bảng một
:::

Xem @tbl-two, @fig-two, @sec-two, @sec-nowhere và [hai](two.qmd).
"""
TWO = """# Hai *nghiêng* {#sec-two}

![Hình hai](reports/two.svg){#fig-two fig-alt="hai"}

::: {#tbl-two}

| C |
|---|
| y |

Bảng hai
:::

Xem @tbl-one và @sec-one-part.
"""
THREE = "# Ba {#sec-three}\n\nChữ. Xem @sec-one.\n\n## Ba một {#sec-three-one}\n\nChữ.\n"


ALL = ["index.qmd", "one.qmd", "two.qmd", "three.qmd"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "_quarto.yml").write_text(
        "lang: vi\nlanguage: ngon-ngu.yml\nbook:\n  title: Sách\n"
        "  chapters: [index.qmd, one.qmd, {part: Phần, chapters: [two.qmd, three.qmd]}]\n",
        "utf-8",
    )
    shutil.copy(REPOSITORY / "reports" / "ngon-ngu.yml", tmp_path)
    shutil.copytree(REPOSITORY / "_extensions", tmp_path / "_extensions")
    texts = {"index": "# Đầu {.unnumbered}\n\nChào.\n", "one": ONE, "two": TWO, "three": THREE}
    for name, text in texts.items():
        (tmp_path / f"{name}.qmd").write_text(text, "utf-8")
    (tmp_path / "reports").mkdir()
    draw(tmp_path, "1")
    return tmp_path


def draw(root: Path, width: str, name: str = "two.svg") -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="{width}" height="1"/></svg>\n'
    (root / "reports" / name).write_text(svg, "utf-8")


@pytest.fixture
def asked(monkeypatch) -> list[list[str]]:
    """The chapters that each conversion was of."""
    seen: list[list[str]] = []
    own = partial.conversion

    def conversion(job, sources):
        seen.append([name for name in ALL if name in sources])
        return own(job, sources)

    monkeypatch.setattr(partial, "conversion", conversion)
    return seen


def check(root: Path, **wanted: bool) -> None:
    """The result is that of a full conversion: pages, entries, tables, Typst text, and what is said of faults."""
    wanted = wanted or {"screen": True, "paper": True}
    partial._latest.clear()  # as in a process of its own
    whole = convert(read_project(root), **wanted)
    assert [_converted(root, **wanted) for _ in range(2)] == [whole, whole]


def _converted(root: Path, **wanted: bool) -> Converted:
    begun, called = [], []
    press = SimpleNamespace(begin=begun.append, warm=list)
    made = partial.convert_changed(read_project(root), **wanted, press=press, meanwhile=lambda: called.append(1))
    assert begun == ([made.typst] if wanted.get("paper") else [])
    assert called == [1]
    return made


def change(root: Path, name: str, before: str, after: str) -> None:
    text = (root / f"{name}.qmd").read_text("utf-8")
    assert before in text
    (root / f"{name}.qmd").write_text(text.replace(before, after), "utf-8")


def test_all_are_converted_once(root, asked):
    check(root)
    check(root)
    assert asked == [ALL]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("one", "| x | 1 |", "| x | 2 |"), ("two", "Xem @tbl-one", "Xem @fig-two, @sec-three"), ("index", "Chào", "Hỏi")],
)
def test_a_change_inside_a_chapter_converts_that_chapter(root, asked, name, before, after):
    check(root)
    change(root, name, before, after)
    check(root)
    assert asked == [ALL, [f"{name}.qmd"]]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_what_is_no_file_in_the_place_of_a_picture_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    with ends():
        found = [partial._picture(tmp_path / name) for name in ("pipe.png", "none.png", f"{'x' * 300}.png", "\0.png")]
    assert found == [""] * 4


def test_changed_code_and_changed_libraries_convert_all(root, asked, monkeypatch):
    check(root)
    script = root / "_extensions" / "baocao" / "shared.lua"
    script.write_text(script.read_text("utf-8").replace("class = 'bang do-chu'", "class = 'bang khac'"), "utf-8")
    check(root)
    monkeypatch.setattr(partial, "package_digest", lambda: "another version")
    check(root)
    monkeypatch.setattr(partial, "tool_versions", lambda: ("pypandoc-binary 0.0",))
    check(root)
    assert asked == [ALL, ALL, ALL, ALL]


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("two.svg", "![Hai](reports/two.svg)"),
        ("two.svg", "[một](one.qmd) ![Hai](\nreports/two.svg 'Hình')"),
        ("two.svg", "![Hai][hai]\n\n[hai]: reports/two.svg"),
        ("hai (1).svg", "![Hai](<reports/hai (1).svg>)"),
        ("hai_1.svg", r"![Hai](reports/hai\_1.svg)"),
        ("hai 1.svg", "![Hai](/reports/hai%201.svg)"),
    ],
)
def test_a_changed_picture_converts_its_chapter(root, asked, name, picture):
    change(root, "two", '![Hình hai](reports/two.svg){#fig-two fig-alt="hai"}', picture + '{fig-alt="hai"}')
    (root / "reports" / "two.svg").rename(root / "reports" / name)
    check(root, screen=True)
    draw(root, "2", name)
    check(root, screen=True)
    assert asked == [ALL, ["two.qmd"]]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("two", "# Hai *nghiêng*", "# Hai"),
        ("one", "::: {#tbl-one}", "::: {#tbl-new}"),
        ("one", "## Mục {#sec-one-part}", "## Thêm {#sec-one-new}\n\n## Mục {#sec-one-part}"),
        ("one", "# Một {#sec-one}", "# Một {#sec-one .unnumbered}"),
        ("three", "{#sec-three-one}", "{#sec-one-part}"),
    ],
    ids=["title", "identifier", "section", "number", "identifier-twice"],
)
def test_what_other_chapters_see_of_a_changed_one_converts_all(root, asked, name, before, after):
    check(root)
    change(root, name, before, after)
    check(root)
    assert asked == [ALL, [f"{name}.qmd"], ALL]


def test_another_order_of_chapters_converts_all(root, asked):
    check(root)
    book = yaml.safe_load((root / "_quarto.yml").read_text("utf-8"))
    book["book"]["chapters"][2]["chapters"].reverse()
    (root / "_quarto.yml").write_text(yaml.safe_dump(book, allow_unicode=True), "utf-8")
    check(root)
    assert len(asked) == 2
    assert sorted(asked[1]) == sorted(ALL)


def test_a_form_that_was_not_wanted_before_is_made_of_all(root, asked):
    check(root, screen=True)
    check(root, paper=True)
    change(root, "one", "| x | 1 |", "| x | 2 |")
    check(root, screen=True)
    check(root, screen=True, paper=True)
    check(root, paper=True)
    assert asked == [ALL, ALL, ["one.qmd"], ["one.qmd"], []]


def test_a_form_made_before_another_chapter_changed_its_title_does_not_hold(root, asked):
    check(root, paper=True)
    change(root, "three", "# Ba", "# Bốn {.unnumbered}\n\n# Ba")
    check(root, screen=True)
    check(root, paper=True)
    assert asked == [ALL, ALL, ALL]


@pytest.mark.parametrize("cores", [1, 2, 3, 8])
def test_processes_that_share_a_book_make_what_one_makes(root, monkeypatch, cores):
    project = read_project(root)
    monkeypatch.setattr(shares, "LEAST", 10_000)
    one = convert(project, screen=True, paper=True)
    monkeypatch.setattr(shares, "LEAST", 20)
    monkeypatch.setattr(shares.os, "cpu_count", lambda: cores)
    assert convert(project, screen=True, paper=True) == one
    assert [problem.id for problem in one.problems] == ["sec-nowhere"]
    assert convert(project, paper=True).problems == one.problems


def test_a_process_that_fails_says_why(root, monkeypatch):
    shutil.rmtree(root / "_extensions" / "baocao")
    (root / "_extensions" / "baocao").mkdir(parents=True)
    with pytest.raises(RuntimeError, match="module 'shared' not found"):
        convert(read_project(root), screen=True)


def test_the_latest_conversion_of_a_process_is_not_read_again(root, monkeypatch):
    check(root)
    monkeypatch.setattr(partial, "_read", lambda path: pytest.fail("was read"))
    _converted(root, screen=True, paper=True)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_a_damaged_store_is_no_store(root, asked, text):
    check(root)
    (root / partial.STORE).write_text(text, "utf-8")
    check(root)
    assert asked == [ALL, ALL]
