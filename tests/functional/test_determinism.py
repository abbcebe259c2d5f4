"""Same inputs, same bytes: on another day, in another folder, time zone, locale, with other hashes and workers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from projects import REPOSITORY, Project, copy_project

ELSEWHERE = {"TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "77", "COLUMNS": "40"}
FAKETIME = shutil.which("faketime")
ANOTHER_DAY = (str(FAKETIME), "-m", "-f", "+1900d")
SOME = ("tong-quan", "chi-tieu", "kinh-phi", "don-vi", "phuong-phap-nguon-goc")
"""Chapters with all that Quarto meets in one: tables, charts, references, the parts of a book, where it comes from.

That all notebooks give the same bytes is seen without it.
"""


def made_elsewhere(project: Project, engine: str, seal: Path, scratch: Path) -> Project:
    """The tiny site's month made with the origin of a sealed one, under all that must not matter."""
    (project.root / "build" / "2026-01").mkdir(parents=True)
    shutil.copyfile(seal / "inputs.json", project.root / "build" / "2026-01" / "inputs.json")
    source = scratch / "mã nguồn"
    shutil.copytree(REPOSITORY / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    options = ("--engine", engine, "--workers", "1")
    done = project.baocao("report", "2026-01", *options, under=ANOTHER_DAY, PYTHONPATH=str(source), **ELSEWHERE)
    assert done.code == 0, done.err
    return project


def differences(seal: Path, project: Project) -> list[str]:
    """Sealed outputs that are others, or missing, in the project."""
    outputs = [path for path in (seal / "outputs").rglob("*") if path.is_file()]
    assert len(outputs) > 50
    names = [path.relative_to(seal / "outputs") for path in outputs]
    there = [path for path in (project.root / "_book").rglob("*") if path.is_file()]
    more = {path.relative_to(project.root) for path in there} - set(names)
    return [str(name) for name in names if _bytes(seal / "outputs" / name) != _bytes(project.root / name)] + [
        *map(str, more)
    ]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


@pytest.mark.skipif(FAKETIME is None, reason="needs libfaketime")
def test_the_clock_of_the_renderers_is_another_one():
    code = "import datetime; print(datetime.date.today().year)"
    done = subprocess.run([*ANOTHER_DAY, sys.executable, "-c", code], capture_output=True, check=True)
    plain = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert int(done.stdout) >= int(plain.stdout) + 5


@pytest.mark.skipif(FAKETIME is None, reason="needs libfaketime")
def test_another_day_folder_zone_locale_hash_seed_and_worker_count_give_the_same_bytes(closed, tmp_path):
    seal = closed[0].root / "data" / "archive" / "2026-01" / "r1"
    (tmp_path / "một thư mục khác").mkdir()
    there = copy_project(tmp_path / "một thư mục khác" / "p", site="tiny")
    project = made_elsewhere(there, "pandoc", seal, tmp_path)
    assert not differences(seal, project)


@pytest.mark.quarto
@pytest.mark.slow
@pytest.mark.skipif(FAKETIME is None, reason="needs libfaketime")
def test_quarto_too_gives_the_same_bytes(tmp_path):
    if not shutil.which("quarto"):
        pytest.skip("needs Quarto 1.9 or later on PATH")
    here, there = (copy_project(tmp_path / name, site="tiny") for name in ("a", "b c"))
    for project in (here, there):
        project.keep_chapters(*SOME)
    done = here.baocao("close", "2026-01", "--missing", "BanGio", "--engine", "quarto", "--at", "2026-02-21T09:00")
    assert done.code == 0, done.err
    seal = here.root / "data" / "archive" / "2026-01" / "r1"
    assert not differences(seal, made_elsewhere(there, "quarto", seal, tmp_path))
