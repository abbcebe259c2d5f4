"""``baocao report``: the main job, on a site of another ward."""

from __future__ import annotations

import json
import shutil


def test_one_command_makes_the_months_book(tiny):
    project, done = tiny
    assert done.code == 0, done.err
    assert (project.root / "_book" / "index.html").is_file()
    assert (project.root / "_book" / "bao-cao-2026-01.pdf").read_bytes().startswith(b"%PDF-")


def test_it_says_where_the_book_is_and_which_engine_made_it_and_why(tiny):
    project, done = tiny
    assert str(project.root / "_book" / "index.html") in done.out
    assert "Dựng sách bằng pandoc (theo tùy chọn --engine pandoc)" in done.err


def test_every_notebook_is_told_of_as_it_ends(tiny):
    chapters = tiny[1].err.count("] xong")
    assert f"{chapters} sổ tay: {chapters} chạy xong, 0 không đổi, 0 lỗi." in tiny[1].err
    assert chapters >= 10


def test_a_second_run_with_nothing_changed_runs_no_notebook_and_changes_no_byte(own):
    before = {path: path.read_bytes() for path in (own.root / "_book").rglob("*") if path.is_file()}
    done = own.baocao("report", "--engine", "pandoc", "--json")
    assert done.code == 0, done.err
    assert {one["state"] for one in json.loads(done.out)["notebooks"]} == {"unchanged"}
    assert {path: path.read_bytes() for path in (own.root / "_book").rglob("*") if path.is_file()} == before


def test_a_book_made_after_a_correction_is_the_one_that_is_made_from_nothing(own):
    path = own.root / "data" / "submissions" / "2026-01" / "VP.hoat-dong.csv"
    text = path.read_text("utf-8")
    assert ";2;45;;" in text
    path.write_text(text.replace(";2;45;;", ";2;46;;", 1), "utf-8")
    after = _made(own)
    for name in ("build", "_book", "reports/chuong"):
        shutil.rmtree(own.root / name)
    assert _made(own) == after


def _made(own) -> dict[str, bytes]:
    done = own.baocao("report", "--engine", "pandoc")
    assert done.code == 0, done.err
    book = own.root / "_book"
    return {str(path.relative_to(book)): path.read_bytes() for path in book.rglob("*") if path.is_file()}


def test_a_book_of_a_month_without_submissions_says_so_and_is_made_also_of_names_that_no_font_can_show(own):
    units = own.root / "params" / "units.yml"
    units.write_text(units.read_text("utf-8").replace("name: ", "name: \U0001f600中 "), "utf-8")
    done = own.baocao("report", "2026-02", "--engine", "pandoc")
    assert done.code == 0, done.err
    assert (own.root / "_book" / "bao-cao-2026-02.pdf").is_file()
    chapter = (own.root / "reports" / "chuong" / "nop-bao-cao.qmd").read_text("utf-8")
    assert "chưa nộp" in chapter.lower()
    assert "\U0001f600中" in chapter
    pictures = [path.read_text("utf-8") for path in (own.root / "reports/chuong/hinh").glob("*.svg")]
    assert any("\U0001f600中" in picture for picture in pictures)  # the PDF has boxes in them
