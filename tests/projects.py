"""Copies of the project for tests to work on, and commands run in them as users do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

import json_keys
import warm_commands

REPOSITORY = Path(__file__).resolve().parents[1]
SITES = REPOSITORY / "tests" / "sites"
COPIED = (
    "_quarto.yml",
    "_environment",
    "index.qmd",
    "params",
    "notebooks",
    "reports",
    "_extensions",
    "data",
    "requirements.txt",
    "pyproject.toml",
)
IGNORED = shutil.ignore_patterns("chuong", "__pycache__", ".ipynb_checkpoints")


@dataclass(frozen=True)
class Done:
    """What a command printed and returned."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Project:
    """A test's project folder."""

    root: Path

    def baocao(self, *arguments: str, under: tuple[str, ...] = (), anew: bool = False, **environment: str) -> Done:
        """Run ``baocao`` in the project folder, optionally under another command.

        It runs as a fork of a warm process, unless ``anew`` is set or the environment needs a new interpreter.
        """
        env = {k: v for k, v in os.environ.items() if k not in {"BAOCAO_ROOT", "REPORT_MONTH", "REPORT_PERIOD"}}
        done = None if anew or under else warm_commands.run(arguments, self.root, env | environment)
        if done is None:
            command = [*under, sys.executable, "-m", "baocao", *arguments]
            fresh = subprocess.run(
                command, cwd=self.root, capture_output=True, encoding="utf-8", env=env | environment, check=False
            )
            done = fresh.returncode, fresh.stdout, fresh.stderr
        code, out, err = done
        if "--json" in arguments and out:
            assert not json_keys.faults(arguments, json.loads(out))
        return Done(code, out, err)

    def quarto(self, path: str, **environment: str) -> Done:
        """Run ``quarto render`` in the project folder, as an analyst does."""
        env = {k: v for k, v in os.environ.items() if k not in {"BAOCAO_ROOT", "REPORT_MONTH", "REPORT_PERIOD"}}
        env |= {"QUARTO_PYTHON": sys.executable}
        command = [path, "render"]
        done = subprocess.run(
            command, cwd=self.root, capture_output=True, text=True, encoding="utf-8", env=env | environment, check=False
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def keep_chapters(self, *slugs: str) -> None:
        """Remove all other chapters from the book, for tests that do not depend on their number."""
        path = self.root / "params" / "book.yml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        chosen = [one for one in lines if "slug:" not in one or any(f"slug: {slug}," in one for slug in slugs)]
        assert sum("slug:" in one for one in chosen) == len(slugs)
        path.write_text("".join(chosen), "utf-8")

    def submission(self, month: str, name: str) -> Path:
        return self.root / "data" / "submissions" / month / name


def built_once(shared: Path, name: str, base: str | Project, build: Callable[[Project], Done]) -> tuple[Project, Done]:
    """A project built by the first worker that asks for it, and the build's output. It must not be written to.

    It starts as a copy of a built project, or of the repository's with the params and data of a site.
    """
    project = Project(shared / f"{name} site")
    with FileLock(shared / f"{name}.lock"):
        if not (shared / f"{name}.json").exists():
            if isinstance(base, Project):
                shutil.copytree(base.root, project.root)
            else:
                copy_project(project.root, site=base)
            (shared / f"{name}.json").write_text(json.dumps(asdict(build(project))), "utf-8")
    return project, Done(**json.loads((shared / f"{name}.json").read_text("utf-8")))


def copy_project(target: Path, site: str = "") -> Project:
    """A copy of the repository's project; with ``site``, params and data are taken from ``tests/sites/``."""
    target.mkdir(parents=True)
    for name in COPIED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=IGNORED)
        else:
            shutil.copy(source, target / name)
    if site:
        for name in ("params", "data"):
            shutil.rmtree(target / name)
            shutil.copytree(SITES / site / name, target / name)
    return Project(target)
