"""Whether a book stands: any byte that it can rest on, or that was made, is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao import sources, standing

ASKED = ("", "", "pandoc", "all", "")
FILES = {
    "params/site.yml": "a",
    "data/submissions/2026-01/VP.hoat-dong.csv": "a",
    "data/submissions/register.csv": "a",
    "data/archive/2025-12/r1/inputs.json": "a",
    "notebooks/unit.ipynb": "a",
    "reports/assets/baocao.css": "a",
    "_extensions/baocao/baocao.lua": "a",
    "_quarto.yml": "a",
    "index.qmd": "a",
    "build/2026-01/notebooks/unit.ipynb": "a",
    "reports/chuong/unit.qmd": "a",
    "_book/index.html": "a",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    standing.remember(tmp_path, ASKED, {"month": "2026-01"}, standing.inputs_digest(tmp_path))
    return tmp_path


def recall(root: Path, asked: standing.Asked) -> standing.Told | None:
    return standing.recall(root, asked, standing.inputs_digest(root))


def test_a_book_stands_as_long_as_nothing_changes(root):
    assert recall(root, ASKED) == {"month": "2026-01"}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("change", ["other text", "gone"])
def test_any_change_of_what_it_rests_on_or_of_itself_is_seen(root, name, change):
    path = root / name
    path.unlink() if change == "gone" else path.write_text("b", "utf-8")
    assert recall(root, ASKED) is None


@pytest.mark.parametrize("name", ["params/new.yml", "data/submissions/2026-01/new.csv", "notebooks/n.ipynb", "_book/n"])
def test_a_new_file_is_seen(root, name):
    (root / name).write_text("a", "utf-8")
    assert recall(root, ASKED) is None


def test_a_note_that_somebody_damaged_is_no_note(root):
    inputs = standing.inputs_digest(root)
    for text in ("", "{", "[]", '{"asked": 1}'):
        (root / "build" / "standing.json").write_text(text, "utf-8")
        assert standing.recall(root, ASKED, inputs) is None
    standing.remember(root, ASKED, {"month": "2026-01"}, inputs)
    path = root / "build" / "standing.json"
    path.write_text(path.read_text("utf-8").replace('"month": "2026-01"', '"month": "a**b"'), "utf-8")
    assert standing.recall(root, ASKED, inputs) is None


def test_another_question_is_another_book(root):
    assert recall(root, ("2025-12", "", "pandoc", "all", "")) is None


def test_a_changed_line_of_the_package_is_seen(root, monkeypatch, tmp_path_factory):
    package = tmp_path_factory.mktemp("src") / "baocao"
    package.mkdir()
    (package / "page.html.j2").write_text("a", "utf-8")
    monkeypatch.setattr(standing, "PACKAGE", package)
    monkeypatch.setattr(standing, "package_files", lambda: sources.package_files(package.parent))
    standing.remember(root, ASKED, {"month": "2026-01"}, standing.inputs_digest(root))
    assert recall(root, ASKED)
    (package / "page.html.j2").write_text("b", "utf-8")
    assert recall(root, ASKED) is None


def test_a_changed_version_is_seen(root, monkeypatch):
    monkeypatch.setattr(standing, "distributions", lambda: [])
    assert recall(root, ASKED) is None


def test_what_was_noted_while_inputs_changed_does_not_stand(root):
    before = standing.inputs_digest(root)
    (root / "params" / "site.yml").write_text("b", "utf-8")
    standing.remember(root, ASKED, {"month": "2026-01"}, before)
    assert recall(root, ASKED) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null"])
def test_a_damaged_note_is_no_note(root, text):
    (root / "build" / "standing.json").write_text(text, "utf-8")
    assert recall(root, ASKED) is None
