"""The fixture book, rendered once for each worker by the built-in renderer, and once in all by Quarto, if available."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from filelock import FileLock
from playwright.sync_api import Browser

from baocao.book.builtin.index import index_script
from baocao.book.builtin.pandoc import convert
from baocao.book.builtin.project import read_project
from baocao.book.builtin.render import render_builtin
from baocao.book.disk import make_readable_from_disk
from baocao.book.quarto import find_quarto
from baocao.text import referenced
from render.browser import find_browser, offline_browser

FIXTURES = Path(__file__).parent / "fixtures"
HOUSE = ("_quarto.yml", "_environment", "index.qmd", "_extensions", "reports/assets", "reports/ngon-ngu.yml")


def make_project(root: Path, repository: Path) -> Path:
    """A book project with the house's own files and the fixture chapters."""
    for name in HOUSE:
        source = repository / name
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copyfile(source, root / name)
    shutil.copytree(FIXTURES / "chuong", root / "reports" / "chuong")
    for name in ("pre-render.py", "post-render.py"):
        (root / "reports" / name).write_text("", "utf-8")
    (root / "reports" / "chuong" / "search-index.js").write_text(
        index_script(convert(read_project(root), screen=True).entries), "utf-8"
    )
    return root


@pytest.fixture
def own_project(tmp_path: Path, project: Path) -> Path:
    """A fixture project to change."""
    return make_project(tmp_path / "du an", project)


NASTY = 'A_b_ *c* <d> $x$ @tag {{< meta lang >}} "q" & -- #h ![i](j) `m` \\n'


@pytest.fixture
def nasty_project(own_project: Path) -> Path:
    """A fixture project with names that look like Markdown, HTML and shortcodes, written as the product writes them."""
    file = own_project / "reports" / "chuong" / "_book.yml"
    named = yaml.safe_load(file.read_text("utf-8"))
    title, subtitle, author, site, part, label = (referenced(f"{letter} {NASTY}") for letter in "TSUVPL")
    named["book"] |= {"title": title, "subtitle": subtitle, "author": author}
    named["book"]["chapters"][2]["part"] = part
    named["baocao"] |= {"site-name": site, "month-label": label, "issuer": [referenced(NASTY)]}
    named["baocao"] |= {"about": referenced(f"A {NASTY}")}
    file.write_text(yaml.safe_dump(named, allow_unicode=True), "utf-8")
    return own_project


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The fixture book by the built-in renderer. It must not be written to."""
    root = make_project(tmp_path_factory.mktemp("builtin") / "du an", project)
    render_builtin(root, "all", root / "_book")
    return root / "_book"


@pytest.fixture(scope="session")
def quarto_book(tmp_path_factory: pytest.TempPathFactory, project: Path, worker_id: str) -> Path:
    """The fixture book by Quarto. It must not be written to."""
    found = find_quarto()
    if not found.usable:
        pytest.skip(found.problem)
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    root = shared / "quarto du an"
    with FileLock(shared / "quarto-fixture.lock"):
        if not (root / "_book" / "done").exists():
            make_project(root, project)
            done = subprocess.run([found.path, "render"], cwd=root, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            make_readable_from_disk(root / "_book")
            (root / "_book" / "done").write_text("", "utf-8")
    return root / "_book"


@pytest.fixture(scope="session")
def browser_path() -> str:
    path = find_browser()
    if not path:
        pytest.skip("máy này không có Chromium")
    return path


@pytest.fixture(scope="module")
def browser(browser_path: str) -> Iterator[Browser]:
    """A browser for the tests of one file: other files' tests may need the event loop that it keeps running."""
    with offline_browser(browser_path) as opened:
        yield opened
