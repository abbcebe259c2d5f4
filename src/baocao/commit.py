"""Which commit the project's code is at, where the project lies in a git repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

CODE = ("src", "notebooks", "reports", "_extensions", "_quarto.yml", "_environment", "index.qmd")
"""What makes a book of a month's inputs; ``params/`` and ``data/`` are inputs."""
CHANGED = "+"
"""Stands after a commit whose files were changed since."""
_STATUS = ("--porcelain=v2", "--branch", "--untracked-files=normal")
"""As if nobody had set ``status.showUntrackedFiles``: a notebook that is not committed yet is a change."""
_ELSEWHERE = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
)
"""What git sets for its hooks: it is of the repository that has them, and the project may lie in another or in none."""


def commit_of(root: Path) -> str:
    """The commit of the code in a project folder, with :data:`CHANGED` if files differ from it.

    Empty where there is no git, no repository, or the folder is not committed in it.
    """
    if not _git(root, "ls-files", "_quarto.yml"):
        return ""
    lines = _git(root, "status", *_STATUS, "--", *CODE).splitlines()
    named = next((line.split()[-1] for line in lines if line.startswith("# branch.oid ")), "")
    changed = any(not line.startswith("#") for line in lines)
    return named + CHANGED * changed if named and named != "(initial)" else ""


def withheld(root: Path) -> str:
    """The repository's folder where git would answer, did it not belong to another user (``safe.directory``)."""
    asked = ("rev-parse", "--show-toplevel")
    return "" if _git(root, *asked) else _git(root, "-c", "safe.directory=*", *asked).strip()


def _git(root: Path, *arguments: str) -> str:
    """What git prints; empty if it cannot answer.

    Which files may be executed is no change: where a folder comes from such a disk as Windows has, all of them may.
    """
    try:
        done = subprocess.run(
            # the user's own git is not to wait
            ["git", "--no-optional-locks", "-c", "core.fileMode=false", "-C", str(root), *arguments],
            env={name: value for name, value in os.environ.items() if name not in _ELSEWHERE},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
