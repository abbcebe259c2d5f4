"""The last book, kept aside and put back."""

from __future__ import annotations

from pathlib import Path

from baocao.book.last import keep, put_back


def test_the_last_book_comes_back_whole_in_place_of_what_is_there(tmp_path: Path) -> None:
    book = tmp_path / "_book"
    assert put_back(tmp_path, book) is False
    (book / "a").mkdir(parents=True)
    (book / "a" / "b.html").write_text("trước", "utf-8")
    keep(tmp_path, book)
    (book / "a" / "b.html").write_text("sau", "utf-8")
    (book / "c.html").touch()
    assert put_back(tmp_path, book) is True
    assert [(path.name, path.read_text("utf-8")) for path in book.rglob("*") if path.is_file()] == [("b.html", "trước")]
