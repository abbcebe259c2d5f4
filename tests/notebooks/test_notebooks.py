"""What every notebook keeps to, read from the files."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import nbformat
import pytest

from baocao.config.load import load_config

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ALLOWED = (ast.Expr, ast.Assign, ast.ImportFrom)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    # Checked as it is: reading as version 4 would mend ids in silence.
    found = nbformat.reads(request.param.read_text(encoding="utf-8"), as_version=nbformat.NO_CONVERT)
    nbformat.validate(found)
    found.name = request.param.stem
    return found


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_every_chapter_has_a_notebook_and_every_notebook_a_chapter():
    wanted = {chapter.notebook for chapter in load_config(ROOT).book.chapters}
    assert {path.stem for path in NOTEBOOKS} == wanted


def test_exactly_one_cell_holds_parameters_and_they_have_defaults(notebook):
    tagged = [cell for cell in code(notebook) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    names = [node.targets[0].id for node in ast.parse(tagged[0].source).body]
    assert names == (["month", "unit"] if notebook.name == "unit" else ["month"])


def test_no_outputs_are_committed(notebook):
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code(notebook))


def test_code_is_imports_assignments_and_calls(notebook):
    nodes = [node for cell in code(notebook) for node in ast.parse(cell.source).body]
    assert all(isinstance(node, ALLOWED) for node in nodes)
    assert not [node for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Lambda)]


def test_only_the_package_is_imported(notebook):
    nodes = [node for cell in code(notebook) for node in ast.parse(cell.source).body]
    modules = [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    assert modules
    assert all(module.split(".")[0] == "baocao" for module in modules)


def test_each_call_names_a_block_of_the_chapter(notebook):
    chapter = importlib.import_module(f"baocao.present.chapters.{notebook.name}")
    calls = re.findall(r"^chapter\.(\w+)\(report\)$", "\n".join(cell.source for cell in code(notebook)), re.MULTILINE)
    assert "summary" in calls
    assert [call for call in calls if not callable(getattr(chapter, call, None))] == []


def test_cell_ids_are_readable_and_unique(notebook):
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in ids)


def test_prose_has_no_first_level_heading_and_names_no_site(notebook):
    config = load_config(ROOT)
    names = [config.site.place, config.plan.document.number, *(unit.name for unit in config.units.units)]
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert not re.search(r"^# ", prose, re.MULTILINE)
    assert [name for name in names if name in prose] == []
