"""Every notebook runs from top to bottom with its default parameters, on the project's own site and on another.

The cells are run in this process: that the engine runs them too is tested with the commands.
"""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from types import CodeType

import nbformat
import pytest

from baocao.present.blocks import Figure, Prose, Several, Table
from baocao.report import Report

ROOT = Path(__file__).resolve().parents[2]
SITES = {"own": ROOT, "tiny": ROOT / "tests" / "sites" / "tiny"}
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module", params=sorted(SITES))
def site(request, tmp_path_factory) -> Path:
    """A copy of a site's parameters and submissions, as the notebooks open it."""
    folder = tmp_path_factory.mktemp(request.param)
    for name in ("params", "data"):
        shutil.copytree(SITES[request.param] / name, folder / name)
    shutil.copy(ROOT / "_quarto.yml", folder)
    return folder


def cut(source: str) -> tuple[CodeType, CodeType | None]:
    """A cell's statements, and its last expression if it ends in one."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    shown = compile(ast.Expression(last.value), "cell", "eval") if isinstance(last, ast.Expr) else None
    return compile(tree, "cell", "exec"), shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_a_block_a_cell(path, site, monkeypatch):
    monkeypatch.setenv("BAOCAO_ROOT", str(site))
    names: dict[str, object] = {}
    shown = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            statements, expression = cut(cell.source)
            exec(statements, names)
            shown += [eval(expression, names)] if expression else []
    assert shown
    shown = [one for block in shown for one in (block.blocks if isinstance(block, Several) else (block,))]
    assert all(isinstance(block, Prose | Table | Figure) for block in shown)
    labels = [block.label for block in shown if not isinstance(block, Prose)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_what_the_readme_gives_for_a_notebook_of_ones_own_runs(readme, site, monkeypatch):
    monkeypatch.setenv("BAOCAO_ROOT", str(site))
    (site / "notebooks").mkdir(exist_ok=True)
    (site / "notebooks" / "dan-so.csv").write_text("Đơn vị,Dân số\n", "utf-8")
    example = (ROOT / readme).read_text("utf-8").split("```python\n")[1].split("```")[0]
    names: dict[str, object] = {"month": ""}
    exec(compile(example, readme, "exec"), names)
    assert isinstance(names["report"], Report)
