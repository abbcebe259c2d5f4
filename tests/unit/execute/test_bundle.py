"""The files of a project that go to other machines, and how they are laid out there."""

from __future__ import annotations

import io
import os
import threading
import zipfile
from pathlib import Path

import pytest

from baocao.execute import bundle as module
from baocao.execute.bundle import Projects, bundle
from baocao.sources import PACKAGE
from patience import ends

OWN = {"_quarto.yml", "helper.py", "data/tra-cứu/a.csv", "notebooks/budget.ipynb", "params/site.yml"}
MONTHS = {"data/submissions/2026-01/VP.csv", "data/archive/2026-01/r1/seal.json", ".hidden/a.csv"}
NEVER = {"build/x", "_book/x.html", "reports/chuong/x.qmd", ".git/x", "notebooks/__pycache__/x", "env/pyvenv.cfg"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for name in OWN | MONTHS | NEVER:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, "utf-8")
    return root


def names(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {one for one in packed.namelist() if not one.endswith("/")}


def folder_of(data: bytes, tmp_path: Path) -> Path:
    with Projects().laid_out(data, tmp_path / "there") as folder:
        return folder


def test_the_months_own_files_and_hidden_ones_stay_unless_all_is_wanted_and_what_is_generated_stays(project):
    assert names(bundle(project)) == OWN
    assert names(bundle(project, whole=True)) == OWN | MONTHS


def test_a_large_file_stays_unless_all_is_wanted(project, monkeypatch):
    monkeypatch.setattr(module, "LARGE", 20)
    (project / "data" / "large.csv").write_bytes(b"x" * 21)
    assert "data/large.csv" not in names(bundle(project))
    assert "data/large.csv" in names(bundle(project, whole=True))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_a_pipe_is_not_waited_for(project):
    os.mkfifo(project / "notebooks" / "pipe")
    with ends():
        assert names(bundle(project)) == OWN


def test_whoever_lists_a_folder_finds_the_same_there(project, tmp_path):
    (project / "trống").mkdir()
    there = folder_of(bundle(project, whole=True), tmp_path)
    for name in (".", "data", "reports", "trống"):
        assert sorted(os.listdir(there / name)) == sorted(one for one in os.listdir(project / name) if one != ".git")
    assert (there / "data/tra-cứu/a.csv").read_text("utf-8") == "data/tra-cứu/a.csv"


def test_equal_files_make_equal_bundles_whenever_they_were_written_and_however_a_disk_lists_them(project, monkeypatch):
    before, walk = bundle(project), os.walk

    def backwards(*args, **kwargs):
        for folder, folders, found in walk(*args, **kwargs):
            folders.sort(reverse=True)
            yield folder, folders, sorted(found, reverse=True)

    os.utime(project / "helper.py", (0, 0))
    monkeypatch.setattr(os, "walk", backwards)
    assert bundle(project) == before


def test_a_project_in_an_environment_of_its_own_goes_without_the_package(project):
    (project / "pyvenv.cfg").touch()
    (project / "src").mkdir()
    (project / "src" / "baocao").symlink_to(PACKAGE)
    assert names(bundle(project)) == OWN | {"pyvenv.cfg"}


def test_links_are_followed_but_not_in_circles_and_what_cannot_be_read_costs_itself(project):
    (project / "data" / "circle").symlink_to(project)
    (project / "data" / "nowhere").symlink_to(project / "none")
    (project.parent / "shared").mkdir()
    (project.parent / "shared" / "b.csv").write_text("b", "utf-8")
    (project / "data" / "link").symlink_to(project.parent / "shared")
    (project / os.fsdecode(b"\xff.csv")).write_text("x", "utf-8")
    assert names(bundle(project)) == OWN | {"data/link/b.csv"}


def test_a_folder_that_is_reached_on_two_ways_goes_along_on_both(project):
    (project / "newest").symlink_to("data/tra-cứu")
    (project / "data" / "tra-cứu" / "back").symlink_to(project / "params")
    (project / "params" / "forth").symlink_to(project / "data")
    (project / "sent").symlink_to(project / "data" / "submissions")
    found = names(bundle(project))
    assert {"newest/a.csv", "newest/back/site.yml", "params/forth/tra-cứu/a.csv"} <= found
    assert not {"newest/back/forth/tra-cứu/a.csv", "params/forth/tra-cứu/back/site.yml"} & found  # in a circle
    assert not [name for name in found if name.startswith("sent/") or "submissions" in name]
    assert "sent/2026-01/VP.csv" in names(bundle(project, whole=True))


def test_a_project_stays_for_the_next_notebook_and_makes_room_for_another_when_nobody_uses_it(tmp_path):
    def of(text: str) -> bytes:
        root = tmp_path / text
        root.mkdir()
        (root / "a.csv").write_text(text, "utf-8")
        return bundle(root)

    projects, one, two, top = Projects(), of("one"), of("two"), tmp_path / "top"
    with projects.laid_out(one, top) as first:
        (first / "b.csv").write_text("left by a notebook", "utf-8")
        with projects.laid_out(two, top) as second:
            assert (first / "a.csv").read_text("utf-8") == "one"
            assert (second / "a.csv").read_text("utf-8") == "two"
    assert first.is_dir()
    with projects.laid_out(two, top) as again:
        assert again == second
        assert not first.exists()


def test_several_at_once_lay_a_project_out_once(project, tmp_path):
    projects, data, seen = Projects(), bundle(project), []

    def use() -> None:
        with projects.laid_out(data, tmp_path / "top") as folder:
            seen.append((folder / "helper.py").read_text("utf-8"))

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["helper.py"] * 8
    assert len(list((tmp_path / "top").iterdir())) == 1
