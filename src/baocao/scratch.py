"""Folders for what is needed while a command runs, in the system's folder for temporary files.

Each goes with the block that made it. Where a process was killed they stay, and the next process that needs one removes
them: whose process has ended is told by a lock that the system takes back whatever the end was (``flock``). Where
there is no such lock, as on Windows, they are left to those who tidy up that system.
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
"""As :mod:`tempfile` makes them, and as nobody calls a folder of his own."""
_YOUNG = 60.0
"""Seconds in which a folder may have no lock yet."""


@contextmanager
def scratch_folder(kind: str) -> Iterator[Path]:
    """A new, empty folder for as long as the block runs.

    Parameters
    ----------
    kind
        Small letters: what it is for, to be seen in its name.
    """
    _tidy(tempfile.gettempdir())
    folder = tempfile.TemporaryDirectory(prefix=f"baocao-{kind}-", suffix=_ENDING)
    with _locked(folder.name), folder as name:
        yield Path(name)


@contextmanager
def _locked(folder: str) -> Iterator[bool]:
    """Hold a folder's lock for as long as the block runs, if nobody else does; whether it is held."""
    if fcntl is None:
        yield False
        return
    file = -1
    try:
        file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held = True
    except OSError:  # held, gone, or of a file system without such locks
        held = False
    try:
        yield held
    finally:
        if file >= 0:
            os.close(file)


@cache
def _tidy(folder: str) -> None:
    """Remove what processes that were killed left; once in this process."""
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
