"""The git commit of the project's code, if the project is in a repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

CODE = ("src", "notebooks", "reports", "_extensions", "_quarto.yml", "_environment", "index.qmd")
"""What turns a month's inputs into a book; ``params/`` and ``data/`` are the inputs."""
CHANGED = "+"
"""Follows a commit whose files have changed since."""
_STATUS = ("--porcelain=v2", "--branch", "--untracked-files=normal")
"""Overrides the user's ``status.showUntrackedFiles``: a notebook not yet committed is a change."""
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
"""Variables that git sets for hooks. They name the hook's repository; the project may be in another one, or in none."""


def commit_of(root: Path) -> str:
    """The commit of the code in a project folder, followed by :data:`CHANGED` if files differ from it.

    Empty if there is no git or no repository, or the folder is not committed in it.
    """
    if not _git(root, "ls-files", "_quarto.yml"):
        return ""
    lines = _git(root, "status", *_STATUS, "--", *CODE).splitlines()
    named = next((line.split()[-1] for line in lines if line.startswith("# branch.oid ")), "")
    changed = any(not line.startswith("#") for line in lines)
    return named + CHANGED * changed if named and named != "(initial)" else ""


def withheld(root: Path) -> str:
    """The repository's folder if git refuses to answer because it belongs to another user (``safe.directory``)."""
    asked = ("rev-parse", "--show-toplevel")
    return "" if _git(root, *asked) else _git(root, "-c", "safe.directory=*", *asked).strip()


def _git(root: Path, *arguments: str) -> str:
    """What git prints; empty if it fails.

    File modes are ignored: on a disk shared with Windows every file is marked as executable.
    """
    try:
        done = subprocess.run(
            # --no-optional-locks: the user's own git commands must not wait for this one
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
