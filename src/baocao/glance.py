"""Whether something that a book rests on has changed, at a glance: names, sizes and times of files, which stay unread.

A glance takes some hundredths of a second and can be had again and again, also of a network drive, whose server tells
nobody of what others write there. What differs is then looked at closely by whoever makes the book.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path

from baocao import files
from baocao.execute.bundle import GENERATED
from baocao.standing import package_paths, paths_read, project_paths, surroundings

Glance = dict[str, tuple[int | str, ...]]
"""Path → what the system says of a file, which names a folder holds; nothing of what is gone."""
_OFTEN = 0.4
"""Seconds between two glances."""
_SHARE = 20
"""So many times as long as a glance took is waited for the next one."""
_CALM = 0.2
"""Seconds in which nothing may change more: who copies files, or saves one, is done then."""
_TRIES = 10
"""So many times a folder may go while it is listed, as when another command puts a new one in its place."""
_LONGEST = 10.0
"""Seconds after which that is not waited for any longer; what comes later is another change."""


class Watched:
    """All that the last book of a project rests on, and the program: to be looked at again and again.

    What the book's notebooks read by themselves is that of the last one when this is made.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        generated = [root / name for name in GENERATED]
        self._read = [one for one in paths_read(root) if not any(one.is_relative_to(folder) for folder in generated)]

    def glance(self) -> Glance:
        """How it is now.

        Raises
        ------
        OSError
            If a folder cannot be listed, and not only because it was put somewhere else just then.
        """
        for _ in range(_TRIES):
            with suppress(OSError):
                return self._look()
            time.sleep(_CALM)
        return self._look()

    def _look(self) -> Glance:
        return _glance(chain(project_paths(self._root), self._read, package_paths()))

    def wait_for_change(self, before: Glance) -> Glance:
        """Wait until something is not as it was, and until that has come to rest; what is there then."""
        while True:
            began = time.monotonic()
            if changes(before, self.glance()) and changes(before, now := self._at_rest()):
                return now
            time.sleep(max(_OFTEN, _SHARE * (time.monotonic() - began)))

    def _at_rest(self) -> Glance:
        now, last = self.glance(), time.monotonic() + _LONGEST
        while time.monotonic() < last:
            time.sleep(_CALM)
            before, now = now, self.glance()
            if now == before:
                break
        return now


def program_state() -> tuple[Glance, tuple[str, ...]]:
    """The program and what it is run with: a process that was started with another is of no use any more."""
    return _glance(package_paths()), tuple(surroundings())


def _glance(paths: Iterable[Path]) -> Glance:
    return {str(path): _state(path) for path in paths if not files.is_temporary(path.name)}


def _state(path: Path) -> tuple[int | str, ...]:
    try:
        if path.is_dir():
            return ("", *sorted(one.name for one in path.iterdir() if not files.is_temporary(one.name)))
        found = path.stat()
    except OSError:
        return ()
    return (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def changes(before: Glance, after: Glance) -> list[str]:
    """The paths of what differs, in order; a folder is named only if nothing in it is."""
    found = sorted(path for path in before.keys() | after.keys() if before.get(path, ()) != after.get(path, ()))
    around = {str(folder) for path in found for folder in Path(path).parents}
    return [path for path in found if path not in around]
