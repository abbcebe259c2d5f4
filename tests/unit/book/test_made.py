import pytest

from baocao.book.made import is_made, note_made, render_key


@pytest.fixture
def made(tmp_path):
    """A project with a rendered book: its root, book and stamp."""
    for name in ("_quarto.yml", "reports/chuong/a.qmd", "_book/index.html", "_book/reports/a.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    note_made(tmp_path / "_book", tmp_path / "book.json", render_key(tmp_path, "pandoc", "1"), "all")
    return tmp_path


def fresh(root, engine="pandoc", code="1", to="all"):
    return is_made(root / "_book", root / "book.json", render_key(root, engine, code), to)


@pytest.mark.parametrize("to", ["all", "html", "pdf"])
def test_an_unchanged_book_is_not_made_again_in_any_form(made, to):
    assert fresh(made, to=to)


OWN = ["anh.PNG", "them.yml", "_loi.md", "params/a/bieu-trung.svg", "notebooks/anh.svg", "notebooks/loi.md"]
"""What a book can show beside what is generated: see :data:`baocao.sources.PATTERNS`."""


@pytest.mark.parametrize("name", OWN)
def test_a_picture_or_a_text_that_a_page_can_hold_is_noticed_when_it_comes_and_when_it_changes(made, name):
    for text in ("một", "hai"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text, "utf-8")
        assert not fresh(made)
        note_made(made / "_book", made / "book.json", render_key(made, "pandoc", "1"), "all")
        assert fresh(made)


def test_a_notebook_is_no_source_of_a_render_for_its_chapter_is(made):
    (made / "notebooks").mkdir()
    (made / "notebooks" / "unit.ipynb").write_text("{}", "utf-8")
    assert fresh(made)


@pytest.mark.parametrize("name", ["_quarto.yml", "reports/chuong/a.qmd", "_book/index.html"])
def test_a_changed_source_or_page_is_noticed(made, name):
    (made / name).write_text("khác", "utf-8")
    assert not fresh(made)


def test_a_lost_or_added_page_is_noticed(made):
    (made / "_book" / "reports" / "a.html").unlink()
    assert not fresh(made)


def test_another_engine_or_version_makes_it_again(made):
    assert not fresh(made, engine="quarto")
    assert not fresh(made, code="2")


def test_a_book_of_one_form_is_not_one_of_all(made):
    note_made(made / "_book", made / "book.json", render_key(made, "pandoc", "1"), "html")
    assert fresh(made, to="html")
    assert not fresh(made, to="all")


@pytest.mark.parametrize("stamp", ["{", "[]", "null"])
def test_without_a_stamp_or_a_book_nothing_is_made(made, stamp):
    (made / "book.json").write_text(stamp, "utf-8")
    assert not fresh(made)
