"""What differs between sealed and new outputs, and how people read it."""

from __future__ import annotations

from pathlib import Path

from archives import content
from baocao.archive.compare import ADDED, CHANGED, GONE, compare, text_differences
from baocao.archive.report import _passage
from baocao.months import Month

JANUARY = Month.parse("2026-01")
CHAPTER = "reports/chuong/tong-quan.qmd"


def outputs(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


def test_files_that_changed_went_and_came_are_each_named(tmp_path: Path) -> None:
    then, now = (content(tmp_path / name, "2026-01") / "outputs" for name in ("then", "now"))
    (now / CHAPTER).write_text("# Tổng quan\n\nMột câu mới.\n", "utf-8")
    (now / "_book" / "index.html").unlink()
    (now / "_book" / "them.html").write_text("", "utf-8")
    found = compare(then, now, outputs(now), JANUARY)
    assert dict(found.files) == {CHAPTER: CHANGED, "_book/index.html": GONE, "_book/them.html": ADDED}
    assert found.same == 3
    assert found.figures == ()
    assert [(one.then, one.now) for one in found.texts] == [((), ("Một câu mới.",))]


def test_equal_texts_have_no_differences_and_blank_lines_do_not_count() -> None:
    assert text_differences("a", ["một", "hai"], ["một", "hai"]) == []


def test_people_read_a_passage_without_markup_and_with_it_where_only_that_differs() -> None:
    one = {"file": "a", "then": ['Có [3]{.so-lieu l="a"} đơn vị\\.'], "now": ['Có [4]{.so-lieu l="a"} đơn vị\\.']}
    assert _passage(one)["then"] == ["Có 3 đơn vị."]
    other = {"file": "a", "then": ['[3]{.so-lieu l="a"}'], "now": ['[3]{.so-lieu l="b"}']}
    assert _passage(other) == other
