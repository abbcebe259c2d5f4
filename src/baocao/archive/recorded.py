"""The code and the Python environment with which a month was sealed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from baocao.errors import UserError
from baocao.files import sha256
from baocao.sources import code_digests

_DATA = "data"
_TAIL = 8


def recorded_source(root: Path, seal: Path, said: dict[str, Any], target: Path) -> Path:
    """The folder with the code that made a seal.

    This is the recorded commit, checked out from the repository around ``root``, if its files have the recorded hashes.
    Without git, or if the commit is unknown or its files were changed before sealing, it is the seal's own copy.

    Parameters
    ----------
    said
        The seal's list of inputs.
    target
        Where to check out a commit.
    """
    commit = str(said["commit"])
    if not commit or commit.endswith("+"):
        return seal
    try:
        # Submissions and seals are left out: they grow with each month, and are not code.
        done = subprocess.run(
            ["git", "-C", str(root), "archive", commit, ".", f":(exclude){_DATA}"], capture_output=True, check=False
        )
    except OSError:
        return seal
    if done.returncode:
        return seal
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
        tar.extractall(target, filter="data")
    return target if code_digests(target, target / "src") == said["code"] else seal


@dataclass
class Environments:
    """New Python environments, one for each list of requirements.

    Parameters
    ----------
    folder
        Where to make them.
    wheels
        A folder with wheels, for machines without a package index.
    """

    folder: Path
    wheels: Path | None = None
    _made: dict[str, Path] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def python(self, requirements: Path) -> Path:
        """The Python of an environment with exactly these requirements, hashes checked.

        Raises
        ------
        UserError
            If they cannot be installed.
        """
        if not requirements.is_file():
            raise UserError("bản niêm phong không có requirements.txt.", hint="Dùng: baocao audit --with current")
        key = sha256(requirements)
        with self._lock:
            if key not in self._made:
                self._made[key] = self._make(self.folder / key[:12], requirements)
        return self._made[key]

    def _make(self, folder: Path, requirements: Path) -> Path:
        _run([sys.executable, "-m", "venv", str(folder)], "tạo môi trường Python")
        python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        where = ["--no-index", "--find-links", str(self.wheels)] if self.wheels else []
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        _run([*pip, *where, "--require-hashes", "-r", str(requirements)], "cài thư viện đã ghi")
        return python


def _run(command: list[str], what: str) -> None:
    inherited = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", env=inherited, check=False)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-_TAIL:])
        raise UserError(
            f"không {what} được:\n{tail}",
            hint="Máy không có kho thư viện thì dùng tệp xuất có kèm thư viện: --wheels THƯ_MỤC, hoặc --with current.",
        )
