"""What the built-in renderer copies beside its pages."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from baocao.book.builtin.pages import DATA
from baocao.book.builtin.render import render_builtin
from projects import REPOSITORY
from render.conftest import make_project


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes no more tables."""
    real = shutil.copyfile

    def copy(source: str | Path, target: str | Path, **options: bool) -> object:
        if Path(target).suffix == ".csv":
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return real(source, target, **options)

    monkeypatch.setattr(shutil, "copyfile", copy)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A project that hands out a table, and its book of before."""
    root = make_project(tmp_path / "du an", REPOSITORY)
    for folder in (root / DATA, root / "_book" / DATA):
        folder.mkdir(parents=True)
        (folder / "bang.csv").write_text("a\n", "utf-8")
    return root


@pytest.mark.parametrize("to", ["html", "pdf"])
def test_a_disk_that_is_full_is_told_as_that_and_the_book_of_before_stays(book, full, to):
    with pytest.raises(OSError, match="No space left") as caught:
        render_builtin(book, to, book / "_book")
    assert caught.value.errno == errno.ENOSPC
    assert (book / "_book" / DATA / "bang.csv").is_file()


@pytest.mark.parametrize("to", ["html", "pdf"])
def test_tables_come_beside_the_pages_and_stay_beside_a_new_pdf(book, to):
    render_builtin(book, to, book / "_book")
    assert (book / "_book" / DATA / "bang.csv").read_text("utf-8") == "a\n"
