"""Temporary folders for the time that a command runs, in the system's folder for temporary files.

A folder is removed at the end of the block that made it. A killed process leaves its folders behind, and the next
process that needs one removes them: a lock (``flock``), which the system releases however a process ends, tells that
the owner is gone. Without such locks, as on Windows, left-over folders stay until somebody tidies the system.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_ENDING = ".tam"
_NAME = re.compile(rf"baocao-[a-z]+-[a-z0-9_]{{8}}{re.escape(_ENDING)}")
"""Names as :mod:`tempfile` makes them; nobody names a folder of their own like that."""
_YOUNG = 60.0
"""Seconds after its making during which a folder may not be locked yet."""


@contextmanager
def scratch_folder(kind: str) -> Iterator[Path]:
    """A new, empty folder that exists while the block runs.

    Parameters
    ----------
    kind
        What the folder is for, in lower-case letters; it becomes part of the name.
    """
    _tidy(tempfile.gettempdir())
    folder = tempfile.TemporaryDirectory(prefix=f"baocao-{kind}-", suffix=_ENDING)
    with _locked(folder.name), folder as name:
        yield Path(name)


@contextmanager
def _locked(folder: str) -> Iterator[bool]:
    """Hold a folder's lock while the block runs, unless another process holds it; yields whether it is held."""
    if fcntl is None:
        yield False
        return
    file = -1
    try:
        file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held = True
    except OSError:  # held by another process, gone, or on a file system without such locks
        held = False
    try:
        yield held
    finally:
        if file >= 0:
            os.close(file)


@cache
def _tidy(folder: str) -> None:
    """Remove what killed processes left behind; done once in a process."""
    with suppress(OSError), os.scandir(folder) as found:
        for one in [one for one in found if _NAME.fullmatch(one.name) and _may_be_left(one)]:
            with _locked(one.path) as nobodys:
                if nobodys:
                    shutil.rmtree(one.path, ignore_errors=True)


def _may_be_left(one: os.DirEntry[str]) -> bool:
    try:
        about = one.stat(follow_symlinks=False)
    except OSError:
        return False
    return fcntl is not None and about.st_uid == os.getuid() and about.st_mtime < time.time() - _YOUNG
