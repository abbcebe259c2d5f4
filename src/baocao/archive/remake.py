"""Making a month again: a project folder from a seal's inputs, and the commands to run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from baocao import files
from baocao.archive.kinds import OUTPUTS
from baocao.errors import ExitCode, UserError
from baocao.identity import INPUTS
from baocao.months import Month
from baocao.sources import PACKAGE, project_files

_NOT_INHERITED = ("BAOCAO_ROOT", "REPORT_MONTH", "BAOCAO_PRERENDERED", "BAOCAO_VENV", "PYTHONHOME")
_TAIL = 15


@dataclass(frozen=True)
class Maker:
    """What runs a month's commands: a Python, and the folder that contains the package's source."""

    python: Path
    source: Path


def current() -> Maker:
    """The running program."""
    return Maker(Path(sys.executable), PACKAGE.parent)


def commands(month: Month, engine: str) -> tuple[str, ...]:
    """The commands that make all outputs of a month, without the program's name."""
    return (f"report {month} --engine {engine}",)


def lay_out(seal: Path, month: Month, project: Path, root: Path | None = None) -> None:
    """Make a project folder with a seal's inputs, whose pages will state the same origin as the sealed ones.

    Parameters
    ----------
    seal
        The sealed revision's folder, or one about to be sealed.
    project
        The folder to make; it must not exist.
    root
        The project from which notebooks, reports and page formats are taken instead of from the seal.
    """
    files.copy_folder(seal / "inputs", project)
    if root:
        for name in list(project_files(project)):
            (project / name).unlink()
        copy(root, project_files(root), project)
    files.write_bytes(project / "build" / str(month) / INPUTS, (seal / INPUTS).read_bytes())


def copy(root: Path, names: Iterable[Path], target: Path) -> None:
    """Copy files under their names relative to ``root``."""
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target / name)


def make(project: Path, listed: Iterable[str], maker: Maker, workers: int | None = None) -> None:
    """Run commands in a project folder.

    Raises
    ------
    UserError
        If a command fails; the error has the end of its output.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    environment = inherited | {"PYTHONPATH": str(maker.source), "PYTHONUTF8": "1"}
    more = ["--workers", str(workers)] if workers else []
    for command in listed:
        line = [str(maker.python), "-m", "baocao", "--root", str(project), *command.split(), *more]
        done = subprocess.run(
            line, cwd=project, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        if done.returncode:
            tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-_TAIL:])
            raise UserError(f"baocao {command} dừng với mã {done.returncode}:\n{tail}", exit_code=ExitCode.FINDINGS)


def outputs(project: Path, month: Month) -> Iterator[Path]:
    """The files made for the month in a project folder, sorted and relative to it."""
    patterns = [pattern.format(month=month) for pattern in OUTPUTS]
    for path in sorted({path for pattern in patterns for path in project.glob(pattern) if path.is_file()}):
        yield path.relative_to(project)
