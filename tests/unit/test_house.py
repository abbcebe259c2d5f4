"""The rules of the house: which way imports point, and that what the documents say is so."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import nbformat
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from baocao import __version__
from baocao.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "baocao"
READMES = ("README.md", "README.vi.md")
DOCUMENTS = (*READMES, "CONTRIBUTING.md")
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-quarto.txt", "requirements-dask.txt")

LAYERS = (
    "errors",
    "months",
    "text",
    "files",
    "html",
    "workbooks",
    "late",
    "process",
    "scratch",
    "pdf",
    "printable",
    "typeset",
    "lock",
    "closed",
    "commit",
    "sources",
    "config",
    "calendar",
    "intake",
    "identity",
    "measures",
    "report",
    "watch",
    "reads",
    "slices",
    "present",
    "exports",
    "by_hand",
    "kept",
    "workspace",
    "origin",
    "template",
    "receive",
    "execute",
    "book",
    "official",
    "overview",
    "beside",
    "pipeline",
    "standing",
    "glance",
    "many",
    "archive",
    "cli",
    "__main__",
)
"""Along the flow: a module may import what stands before it, never what stands after it."""

ONLY_IN = {"papermill": {"baocao.execute.papermill_runner", "baocao.execute.warm.engine"}}
"""Libraries that few modules have to themselves."""


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ("baocao", *path.relative_to(PACKAGE).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return found


def imports(tree: ast.Module) -> Iterator[str]:
    """Dotted names that a module imports, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute in this package"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def words(tree: ast.Module) -> set[object]:
    """The constants of a module."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def layer(module: str) -> str:
    """The layer of a dotted name inside the package; empty for the package itself and for names outside of it."""
    first, _, rest = module.partition(".")
    return rest.partition(".")[0] if first == "baocao" else ""


def declared(group: str = "") -> set[str]:
    """Names of the distributions that pyproject.toml asks for."""
    project = tomllib.loads(text("pyproject.toml"))
    groups = {**project["project"]["optional-dependencies"], **project["dependency-groups"]}
    lines = groups[group] if group else project["project"]["dependencies"]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def locked(name: str) -> dict[str, tuple[list[Requirement], int]]:
    """Distribution → its pinned lines (one a Python version or system) and the number of hashes under them."""
    found: dict[str, tuple[list[Requirement], int]] = {}
    for entry in re.split(r"\n(?=[A-Za-z0-9])", "\n" + text(name)):
        head, *rest = [line for line in entry.strip().splitlines() if not line.strip().startswith("#")] or [""]
        if head:
            requirement = Requirement(head.rstrip("\\").strip())
            lines, hashes = found.get(canonicalize_name(requirement.name), ([], 0))
            found[canonicalize_name(requirement.name)] = ([*lines, requirement], hashes + len(rest))
    return found


def test_the_layers_stand_in_the_guide_for_contributors_in_their_order() -> None:
    drawn = re.search(r"```\n(errors <.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    assert drawn
    assert tuple(re.findall(r"\w+", drawn[1])) == LAYERS[:-1]


def test_every_module_has_a_layer() -> None:
    known = {layer(name) for name in modules()} - {""}
    assert known <= set(LAYERS)


@pytest.mark.parametrize("name", modules())
def test_imports_point_one_way(name: str) -> None:
    own = layer(name)
    if not own:
        assert not [found for found in imports(modules()[name]) if found.startswith("baocao")]
        return
    used = {layer(found) for found in imports(modules()[name])} & set(LAYERS)
    later = [other for other in sorted(used) if LAYERS.index(other) > LAYERS.index(own)]
    assert not later, f"{name} imports what comes after it: {later}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_few_modules_have_the_library_to_themselves(library: str) -> None:
    users = {name for name, tree in modules().items() if any(used.split(".")[0] == library for used in imports(tree))}
    assert users == ONLY_IN[library]


def test_one_module_starts_quarto() -> None:
    starting = {name for name, tree in modules().items() if "subprocess" in imports(tree)}
    assert {name for name in starting if "quarto" in words(modules()[name])} == {"baocao.book.quarto"}


def test_every_library_in_use_is_declared() -> None:
    used = {found.split(".")[0] for tree in modules().values() for found in imports(tree)}
    outside = used - set(sys.stdlib_module_names) - {"baocao"}
    distributions, known = packages_distributions(), declared() | declared("dask")
    undeclared = {name for name in outside if not {canonicalize_name(one) for one in distributions[name]} & known}
    assert not undeclared, f"add to pyproject.toml, then make lock: {sorted(undeclared)}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_line_is_pinned_and_has_a_hash(name: str) -> None:
    loose = [
        one
        for one, (lines, hashes) in locked(name).items()
        if hashes < len(lines) or any([part.operator for part in line.specifier] != ["=="] for line in lines)
    ]
    assert not loose


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_no_folder(name: str) -> None:
    foreign = r"://|--(?:index-url|extra-index-url|find-links)|\s@\s|(?:^|\s)[-/](?!-hash)\S*/\S*"
    assert not re.findall(foreign, text(name), re.M)


@pytest.mark.parametrize(
    ("lock", "groups"),
    [
        ("requirements.txt", ("", "build")),
        ("requirements-dev.txt", ("", "build", "dev")),
        ("requirements-quarto.txt", ("quarto",)),
        ("requirements-dask.txt", ("", "build", "dask")),
    ],
)
def test_a_lock_holds_all_that_pyproject_asks_for(lock: str, groups: tuple[str, ...]) -> None:
    wanted = set().union(*(declared(group) for group in groups))
    assert wanted <= set(locked(lock)), "run make lock"


@pytest.mark.parametrize("name", ["requirements-dev.txt", "requirements-dask.txt"])
def test_the_locks_agree(name: str) -> None:
    run, more = locked("requirements.txt"), locked(name)
    assert run == {one: more.get(one) for one in run}, "run make lock"


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_committed_notebook_has_no_outputs(path: Path) -> None:
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert code
    assert not [cell for cell in code if cell.outputs or cell.execution_count is not None], "run make format"


def test_no_work_is_left_for_later_in_the_code() -> None:
    # Spelled apart so that this file does not find itself.
    marks = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")))
    folders = ("src", "tests", "tools", "params", "notebooks", "_extensions")
    kinds = {".py", ".ipynb", ".yml", ".lua", ".typ", ".css", ".js", ".sh"}
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds]
    assert not [str(path) for path in files if marks.search(path.read_text(encoding="utf-8"))]


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## \[([^\]]+)\]", text("CHANGELOG.md"), re.M)
    assert versions[0] == __version__


@pytest.mark.parametrize("readme", READMES)
def test_the_command_table_lists_the_commands_that_exist(readme: str) -> None:
    listed = re.findall(r"^\| `baocao ([a-z-]+)", text(readme), re.M)
    assert sorted(listed) == sorted(cli.commands)


@pytest.mark.parametrize("readme", READMES)
def test_the_command_table_names_the_options_that_exist(readme: str) -> None:
    rows = re.findall(r"^\| `baocao ([a-z-]+)([^`]*)`", text(readme), re.M)
    assert rows
    for name, rest in rows:
        known = {option for parameter in cli.commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) == {option for option in known if option.startswith("--")}, name


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_and_option_has_help(name: str) -> None:
    command = cli.commands[name]
    assert command.help
    assert not [one.name for one in command.params if one.param_type_name == "option" and not one.help]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", cli.commands)
def test_every_help_page_is_vietnamese(name: str) -> None:
    page = click.Context(cli.commands[name], info_name=name).get_help()
    assert page.startswith("Cách dùng: ")
    assert not [one.name for one in cli.commands[name].params if (getattr(one, "help", None) or "ạ").isascii()]
    assert not re.findall(r"Usage|Options|Arguments|Show this|required|default", page)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_commands_in_the_documents_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.M))
    code = re.findall(r"^```.*?^```|`[^`\n]+`", text(document), re.M | re.S)
    named = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(code)))
    assert named
    assert named <= targets


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_named_in_the_documents_exist(document: str) -> None:
    generated = tuple(line.strip("/") for line in text(".gitignore").split())
    named = re.findall(r"`([\w.-]+/[\w./-]*|[\w-]+\.(?:md|txt|toml|yml|qmd))`", text(document))
    assert named
    assert not [name for name in named if not (ROOT / name).exists() and not name.startswith(generated)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_between_the_documents_resolve(document: str) -> None:
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)", text(document)) if "://" not in target]
    assert not [target for target in targets if not (ROOT / target).exists()]


def test_nothing_committed_belongs_to_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = [name for name in listed.stdout.split("\0") if name]
    if not names:
        pytest.skip("not a git checkout with committed files")
    assert not [name for name in names if re.search(r"(^|/)(\.venv|build|_book|__pycache__|\.DS_Store)(/|$)", name)]
