"""What a watched book rests on is seen to change without being read, and what does not count is not seen."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from baocao import glance
from baocao.glance import Watched, changes

DATA = "data/submissions/2026-01/VP.hoat-dong.csv"
OWN = "elsewhere/mine.csv"
"""What a notebook read by itself."""
LISTED = "elsewhere/listed"
"""A folder that a notebook listed."""
LOOKED_FOR = "elsewhere/later"
"""A folder that a notebook looked for."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    keys = "build/2026-01/notebooks/unit.key.json"
    reads = {
        f"file:{OWN}": "",
        f"file:{LISTED}": "",
        f"there:{LOOKED_FOR}": "",
        "file:build/2026-01/made.csv": "",
        "variable:HOME": "",
        "ledger": "",
    }
    files = {
        DATA: "a",
        "data/submissions/register.csv": "a",
        "params/units.yml": "a",
        "params/months/2026-01.yml": "a",
        "notebooks/unit.ipynb": "a",
        "reports/chinh-thuc/a.md": "a",
        "_extensions/baocao/baocao.lua": "a",
        "_quarto.yml": "a",
        OWN: "a",
        "reports/chuong/unit.qmd": "a",
        "_book/index.html": "a",
        "build/2026-01/made.csv": "a",
        "build/standing.json": json.dumps({"said": {"month": "2026-01"}}),
        keys: json.dumps({"reads": reads}),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def changed(root: Path, change) -> list[str]:
    """What is seen of a change, by names within the project."""
    watched = Watched(root)
    before = watched.glance()
    assert changes(before, watched.glance()) == []
    change()
    return [str(Path(path).relative_to(root)) for path in changes(before, watched.glance())]


@pytest.mark.parametrize(
    "name",
    [
        DATA,
        "data/submissions/register.csv",
        "params/units.yml",
        "params/months/2026-01.yml",
        "notebooks/unit.ipynb",
        "reports/chinh-thuc/a.md",
        "_extensions/baocao/baocao.lua",
        "_quarto.yml",
        OWN,
    ],
)
def test_what_a_book_rests_on_is_seen_to_change(root, name):
    assert changed(root, lambda: (root / name).write_text("bb", "utf-8")) == [name]
    assert changed(root, (root / name).unlink) == [name]


def test_a_file_of_the_same_size_and_time_is_seen_to_be_another(root):
    path = root / DATA
    found = path.stat()

    def replace() -> None:
        (root / "new").write_text("b", "utf-8")
        os.utime(root / "new", ns=(found.st_atime_ns, found.st_mtime_ns))
        (root / "new").rename(path)

    assert changed(root, replace) == [DATA]


def test_what_comes_in_is_named_and_not_the_folder_that_it_is_in(root):
    new = root / "data" / "submissions" / "2026-02" / "VP.xlsx"

    def come() -> None:
        new.parent.mkdir()
        new.write_bytes(b"a")

    assert changed(root, come) == ["data/submissions/2026-02/VP.xlsx"]
    assert changed(root, lambda: shutil.rmtree(new.parent)) == ["data/submissions/2026-02/VP.xlsx"]


def test_an_empty_folder_is_seen_to_come(root):
    assert changed(root, (root / "data" / "submissions" / "2026-02").mkdir) == ["data/submissions/2026-02"]


@pytest.mark.parametrize(
    "name",
    [
        "data/submissions/2026-01/.~lock.VP.xlsx#",
        "data/submissions/2026-01/~$VP.xlsx",
        "build/2026-01/made.csv",
        "build/standing.json",
        "reports/chuong/unit.qmd",
        "_book/index.html",
        "elsewhere/other.csv",
    ],
)
def test_what_programs_leave_and_what_is_made_is_not_seen(root, name):
    assert changed(root, lambda: (root / name).write_text("bb", "utf-8")) == []


def test_of_a_project_without_a_book_its_own_files_are_seen(root):
    shutil.rmtree(root / "build")
    assert changed(root, lambda: (root / DATA).write_text("bb", "utf-8")) == [DATA]


def test_a_folder_that_a_notebook_looked_for_is_seen_to_come(root):
    assert changed(root, (root / LOOKED_FOR).mkdir) == [LOOKED_FOR]


def test_a_folder_that_a_notebook_listed_is_seen_to_change_with_what_is_in_it(root):
    (root / LISTED).mkdir()
    assert changed(root, lambda: (root / LISTED / "a.csv").write_text("a", "utf-8")) == [LISTED]
    assert changed(root, lambda: (root / LISTED / ".~lock.a.csv#").write_text("a", "utf-8")) == []
    assert changed(root, lambda: (root / LISTED / "a.csv").rename(root / LISTED / "b.csv")) == [LISTED]


def test_the_program_is_seen_to_change(root, monkeypatch, tmp_path_factory):
    path = tmp_path_factory.mktemp("program") / "a.py"
    path.write_text("a", "utf-8")
    monkeypatch.setattr(glance, "package_paths", lambda: iter([path]))
    watched, state = Watched(root), glance.program_state()
    before = watched.glance()
    assert glance.program_state() == state
    path.write_text("bb", "utf-8")
    assert changes(before, watched.glance()) == [str(path)]
    assert glance.program_state() != state


def test_another_library_is_another_program(monkeypatch):
    state = glance.program_state()
    monkeypatch.setattr(glance, "surroundings", lambda: iter(["pandas 99"]))
    assert glance.program_state() != state


def test_a_change_is_told_once_it_has_come_to_rest(root):
    watched = Watched(root)
    before = watched.glance()

    def copy() -> None:
        for i in range(8):
            time.sleep(glance._CALM / 3)
            (root / DATA).write_text("b" * (i + 2), "utf-8")

    copying = threading.Thread(target=copy)
    copying.start()
    found = watched.wait_for_change(before, lambda: None)
    copying.join()
    assert changes(found, watched.glance()) == []
    assert [Path(path).name for path in changes(before, found)] == ["VP.hoat-dong.csv"]


def test_a_folder_that_goes_while_it_is_listed_is_looked_at_again(root, monkeypatch):
    watched, real, gone = Watched(root), glance.project_paths, [FileNotFoundError("gone"), FileNotFoundError("gone")]

    def paths(folder: Path):
        if gone:
            raise gone.pop()
        return real(folder)

    monkeypatch.setattr(glance, "_CALM", 0.0)
    monkeypatch.setattr(glance, "project_paths", paths)
    assert str(root / DATA) in watched.glance()


def test_a_folder_that_cannot_be_listed_is_told(root, monkeypatch):
    def paths(folder: Path):
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(glance, "_CALM", 0.0)
    watched = Watched(root)
    monkeypatch.setattr(glance, "project_paths", paths)
    with pytest.raises(PermissionError):
        watched.glance()


def test_what_is_gone_again_before_it_comes_to_rest_is_no_change(root, monkeypatch):
    one, other = {"a": (1,)}, {"a": (2,)}
    seen, noticed = [other, one, one, other, other, other], []
    watched = Watched(root)
    monkeypatch.setattr(glance, "_OFTEN", 0.0)
    monkeypatch.setattr(glance, "_CALM", 0.0)
    monkeypatch.setattr(watched, "glance", lambda: seen.pop(0))
    assert watched.wait_for_change(one, lambda: noticed.append(len(seen))) == other
    assert seen == []
    assert noticed == [5, 2], "at the first look that shows a change, before it is seen to have come to rest"


@pytest.mark.parametrize(("took", "wait"), [(0.0, glance._OFTEN), (0.1, 0.1 * glance._SHARE)])
def test_the_longer_a_glance_takes_the_longer_is_the_wait_for_the_next(root, monkeypatch, took, wait):
    one, other, now, waits = {"a": (1,)}, {"a": (2,)}, [0.0], []
    seen = iter([one, other, other, other])

    def look():
        now[0] += took
        return next(seen)

    watched = Watched(root)
    monkeypatch.setattr(watched, "glance", look)
    monkeypatch.setattr(glance, "time", SimpleNamespace(monotonic=lambda: now[0], sleep=waits.append))
    assert watched.wait_for_change(one, lambda: None) == other
    assert waits == [pytest.approx(wait), glance._CALM]
