"""Whether a book stands: any byte that it can rest on, or that was made, is seen."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from baocao import files, sources, standing, watch
from baocao.book.builtin import ahead
from baocao.errors import UserError
from baocao.execute.warm import early
from baocao.workspace import Workspace
from unreadable import forbid

if TYPE_CHECKING:
    from baocao.pipeline import Format

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
    "_loi.md": "a",
    "them.yml": "a",
    "anh.JPG": "a",
    "build/2026-01/notebooks/unit.ipynb": "a",
    "reports/chuong/unit.qmd": "a",
    "_book/index.html": "a",
}


def _said(root: Path) -> standing.Told:
    return {"month": "2026-01", "outputs": [str(root / "_book" / "index.html")]}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    standing.remember(tmp_path, ASKED, _said(tmp_path), standing.inputs_digest(tmp_path))
    return tmp_path


def recall(root: Path, asked: standing.Asked) -> standing.Told | None:
    return standing.recall(root, asked, standing.inputs_digest(root))


def test_a_book_stands_as_long_as_nothing_changes(root):
    assert recall(root, ASKED) == _said(root)


def test_a_book_that_moved_with_its_project_is_told_where_it_is_now(root, tmp_path_factory):
    moved = root.rename(tmp_path_factory.mktemp("moved") / "project")
    assert recall(moved, ASKED) == _said(moved)


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
    standing.remember(root, ASKED, _said(root), inputs)
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
    standing.remember(root, ASKED, _said(root), standing.inputs_digest(root))
    assert recall(root, ASKED)
    (package / "page.html.j2").write_text("b", "utf-8")
    assert recall(root, ASKED) is None


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("variable:WARD_MODE", lambda root, patch: patch.setenv("WARD_MODE", "b")),
        ("file:.env", lambda root, patch: (root / ".env").write_text("b", "utf-8")),
        ("file:helper", lambda root, patch: (root / "helper").mkdir()),
        ("beyond", lambda root, patch: None),
    ],
)
def test_what_a_notebook_read_by_itself_is_seen(root, monkeypatch, name, change):
    inputs = standing.inputs_digest(root)  # of a book that is made for the first time nobody knows before what is read
    key = root / "build" / "2026-01" / "notebooks" / "unit.key.json"
    reads = {name: files.digest([watch.found(name, root, os.environ)]), "scope": "y"}
    key.write_text(json.dumps({"reads": reads}), "utf-8")
    standing.remember(root, ASKED, _said(root), inputs)
    assert bool(recall(root, ASKED)) == (name != "beyond")
    change(root, monkeypatch)
    assert recall(root, ASKED) is None


def test_a_changed_version_is_seen(root, monkeypatch):
    monkeypatch.setattr(standing, "installed", list)
    assert recall(root, ASKED) is None


def test_what_was_noted_while_inputs_changed_does_not_stand(root):
    before = standing.inputs_digest(root)
    (root / "params" / "site.yml").write_text("b", "utf-8")
    standing.remember(root, ASKED, _said(root), before)
    assert recall(root, ASKED) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"said": {"month": "../a"}}'])
def test_a_damaged_note_is_no_note(root, text):
    (root / "build" / "standing.json").write_text(text, "utf-8")
    assert (recall(root, ASKED), standing.paths_read(root)) == (None, [])


NOTE = {"asked": list(ASKED), "said": {"engine": "pandoc", "month": "2026-01"}}


@pytest.fixture
def warmed(root, monkeypatch):
    """Whose last book was laid out ahead when a book was made after this note, asked for as that."""
    months: list[str] = []
    monkeypatch.setattr(ahead.Press, "warm", lambda press: months.append(press.month))
    monkeypatch.setattr(standing, "warm_early", lambda *_, **__: None)

    def of(note: object, to: Format = "all", *, force: bool = False) -> list[str]:
        (root / "build" / "standing.json").write_text(json.dumps(note), "utf-8")
        with pytest.raises(UserError):  # this project has no plan
            standing.book(
                root, None, None, engine="pandoc", to=to, workers=1, force=force, official=False,
                progress=lambda *_: None, say=lambda _: None,
            )  # fmt: skip
        return months

    return of


def test_the_last_book_is_laid_out_while_the_command_is_imported(warmed):
    assert warmed(NOTE) == ["2026-01"]


@pytest.mark.parametrize(
    "note",
    [
        NOTE | {"asked": [*ASKED[:4], "official"]},
        NOTE | {"said": {"engine": "quarto", "month": "2026-01"}},
        *(NOTE | {"said": said} for said in ({"engine": "pandoc"}, {"engine": "pandoc", "month": "../a"}, [], None)),
        *(NOTE | {"said": {"engine": "pandoc", "month": month}} for month in (1, None, {})),
        {},
    ],
)
def test_of_another_book_or_a_damaged_note_nothing_is_laid_out(warmed, note):
    assert warmed(note) == []


def test_nothing_is_laid_out_where_all_is_to_be_made_or_no_pdf(warmed):
    assert warmed(NOTE, force=True) == []
    assert warmed(NOTE | {"asked": ["", "", "pandoc", "html", ""]}, "html") == []


def test_an_empty_folder_among_the_data_is_seen(root):
    (root / "data" / "submissions" / "2026-01" / "empty").mkdir(parents=True)
    assert recall(root, ASKED) is None


def test_a_change_in_a_folder_that_is_a_link_is_seen(root, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "submissions"
    (root / "data" / "submissions").rename(elsewhere)
    (root / "data" / "submissions").symlink_to(elsewhere)
    standing.remember(root, ASKED, _said(root), standing.inputs_digest(root))
    assert recall(root, ASKED)
    (elsewhere / "2026-01" / "VP.hoat-dong.csv").write_text("b", "utf-8")
    assert recall(root, ASKED) is None


def test_a_file_that_became_a_link_to_the_same_bytes_is_seen(root, tmp_path_factory):
    path, elsewhere = root / "data/submissions/2026-01/VP.hoat-dong.csv", tmp_path_factory.mktemp("elsewhere") / "a.csv"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert recall(root, ASKED) is None


@pytest.mark.parametrize(
    "site", [f"a: {'[' * 50_000}", f"a: {'- ' * 3000}x", 'a: !!timestamp "x"', "- a", "timezone: [1]"]
)
def test_a_site_that_cannot_be_read_is_told_by_what_reads_it_and_not_by_what_warms(tmp_path, site, monkeypatch):
    started = []
    monkeypatch.setattr(early, "warm", lambda *given, **_: started.append(given))
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "site.yml").write_text(site, "utf-8")
    standing.warm_early(tmp_path, 1, few=True)
    assert started == []


def test_a_submission_that_may_not_be_read_any_more_is_a_change(root, monkeypatch):
    forbid(monkeypatch, "VP.hoat-dong.csv")
    assert recall(root, ASKED) is None


def waited(root: Path, change=lambda: None, complete=lambda: True) -> tuple[list[str], standing.Told]:
    """What is said of a book that is made ready ahead, when something changes before the word is given."""
    said: list[str] = []

    def wait() -> bool:
        said.append("wait")
        change()
        return complete()

    told = standing.book(
        root, None, None, engine="pandoc", to="all", workers=1, force=False, official=False,
        progress=lambda *_: None, say=said.append, wait=wait,
    )  # fmt: skip
    return said, told


@pytest.fixture
def noted(root, monkeypatch) -> Path:
    """Whose book stands, as the command itself would note it."""
    monkeypatch.setattr(ahead.Press, "warm", lambda _: None)
    monkeypatch.setattr(standing, "warm_early", lambda *_, **__: None)
    said = _said(root) | {"engine": "pandoc", "because": "-", "notebooks": [{"name": "a", "state": "succeeded"}]}
    standing.remember(root, ASKED, said, standing.inputs_digest(root))
    return root


def test_what_is_made_ready_ahead_waits_and_then_finds_that_nothing_changed(noted):
    said, told = waited(noted)
    assert [line.split(" ", 1)[0] for line in said] == ["wait", "Sách"]
    assert told["outputs"] == [str(noted / "_book" / "index.html")]
    assert [(one["name"], one["state"], one["because"]) for one in told["notebooks"]] == [("a", "unchanged", "")]


def test_of_changes_under_way_what_is_there_is_computed_ahead_before_the_word(noted, monkeypatch):
    words, computed = iter([False, False, True]), []
    monkeypatch.setattr("baocao.workspace.compute_ahead", lambda space, _: computed.append(space.memory))
    monkeypatch.setattr(Workspace, "term", lambda *_: None)
    said, _ = waited(noted, complete=lambda: next(words))
    assert said[:3] == ["wait"] * 3
    assert len(computed) == 3
    assert computed[0] is computed[1] is computed[2] is not None


@pytest.mark.parametrize("ahead", [True, False])
def test_what_stands_by_has_time_to_practise_and_remembers_what_it_computed(noted, monkeypatch, ahead):
    made, warmed, pressed, computed = [], [], [], []

    @contextmanager
    def press(*_, polite):
        pressed.append(polite)
        yield None

    def render(space, *_, **__):
        made.append(space)
        raise UserError("made")

    monkeypatch.setattr(standing, "_warm_press", press)
    monkeypatch.setattr(standing, "warm_early", lambda *_, **settings: warmed.append(settings))
    monkeypatch.setattr("baocao.workspace.compute_ahead", lambda space, _: computed.append(space.memory))
    monkeypatch.setattr(Workspace, "term", lambda *_: None)
    monkeypatch.setattr("baocao.pipeline.render", render)
    (noted / "params" / "site.yml").write_text("b", "utf-8")
    if ahead:
        with pytest.raises(UserError, match="made"):
            waited(noted, lambda: (noted / "params" / "site.yml").write_text("c", "utf-8"))
    else:
        asked = {"engine": "pandoc", "to": "all", "official": False, "force": False}
        with pytest.raises(UserError, match="made"):
            standing.book(noted, None, None, **asked, workers=1, progress=print, say=print)
    assert (warmed, pressed) == ([{"few": not ahead, "soon": not ahead}], [not ahead])
    assert [made[0].memory] == computed if ahead else computed == []


def test_what_changes_before_the_word_counts_and_faults_are_told_after_it(noted):
    with pytest.raises(UserError, match="params"):  # this project has no plan
        waited(noted, lambda: (noted / "params" / "site.yml").write_text("b", "utf-8"))
    assert (noted / "params" / "site.yml").read_text("utf-8") == "b"


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"month": "2025-12"},
        {"period": "2025-Q4"},
        {"engine": "auto"},
        {"to": "html"},
        {"official": True},
        {"force": True},
    ],
    ids=lambda other: next(iter(other), "same"),
)
def test_whatever_else_is_asked_for_is_made(noted, monkeypatch, other):
    monkeypatch.setattr(Workspace, "term", lambda *_: pytest.fail("made"))
    asked = {"month": None, "period": None, "engine": "pandoc", "to": "all", "official": False, "force": False} | other
    with pytest.raises(pytest.fail.Exception, match="made") if other else nullcontext():
        standing.book(noted, asked.pop("month"), asked.pop("period"), **asked, workers=1, progress=print, say=print)


@pytest.mark.parametrize(("failed", "unofficial"), [((), None), (("a",), None), ((), "no template")])
def test_a_book_is_made_as_asked_and_one_with_a_fault_does_not_stand(noted, monkeypatch, failed, unofficial):
    asked = {"engine": "auto", "to": "html", "workers": 3, "force": True, "official": True}
    given: dict[str, object] = {}

    def render(*_, **settings):
        given.update(settings)
        return SimpleNamespace(run=SimpleNamespace(failed=failed), unofficial=unofficial)

    monkeypatch.setattr("baocao.pipeline.render", render)
    monkeypatch.setattr(Workspace, "term", lambda *_: None)
    monkeypatch.setattr(standing, "told_of_book", lambda _: _said(noted))
    standing.book(noted, None, None, **asked, progress=print, say=print)
    assert asked | {"progress": print, "say": print} == {name: given[name] for name in (*asked, "progress", "say")}
    assert bool(recall(noted, ("", "", "auto", "html", "official"))) == (not failed and not unofficial)
