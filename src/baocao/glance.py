"""Whether anything that a book depends on has changed, judged by names, sizes and times of files without reading them.

A glance takes a few hundredths of a second and can be repeated as often as needed. Unlike notifications it also works
on a network drive, whose server does not report what others write there. Whoever makes the book compares contents.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path

from baocao import files
from baocao.execute.bundle import GENERATED
from baocao.standing import package_paths, paths_read, project_paths, surroundings

Glance = dict[str, tuple[int | str, ...]]
"""Path → a file's state as the system gives it, or the names in a folder; empty for a path that is gone."""
_OFTEN = 0.25
"""Seconds between two glances."""
_SHARE = 20
"""The wait between two glances is at least this many times as long as a glance took."""
_CALM = 0.2
"""Seconds without a change after which a copy or a save in progress counts as done."""
_TRIES = 10
"""How often a folder may vanish while it is listed, as when another command replaces it by a new one."""
_LONGEST = 10.0
"""Longest wait, in seconds, for changes to come to rest; later ones count as another change."""


class Watched:
    """All that the last book of a project depends on, and the program itself.

    Files that notebooks read on their own are those known for the last book when the object is made.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        generated = [root / name for name in GENERATED]
        self._read = [one for one in paths_read(root) if not any(one.is_relative_to(folder) for folder in generated)]

    def glance(self) -> Glance:
        """The present state.

        Raises
        ------
        OSError
            If a folder cannot be listed for another reason than being replaced at that moment.
        """
        for _ in range(_TRIES):
            with suppress(OSError):
                return self._look()
            time.sleep(_CALM)
        return self._look()

    def _look(self) -> Glance:
        return _glance(chain(project_paths(self._root), self._read, package_paths()))

    def wait_for_change(self, before: Glance, noticed: Callable[[], None]) -> Glance:
        """Wait until something differs from ``before`` and has come to rest; returns the state then.

        ``noticed`` is called when something differs, before it has come to rest.
        """
        while True:
            began = time.monotonic()
            if changes(before, self.glance()):
                noticed()
                if changes(before, now := self._at_rest()):
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
    """The program and its surroundings: a process that was started with different ones is of no use any more."""
    return _glance(package_paths()), tuple(surroundings())


def _glance(paths: Iterable[Path]) -> Glance:
    return {str(path): _state(path) for path in paths if not files.is_temporary(path.name)}


def _state(path: Path) -> tuple[int | str, ...]:
    try:
        found = os.stat(path)
        if stat.S_ISDIR(found.st_mode):
            return ("", *sorted(name for name in os.listdir(path) if not files.is_temporary(name)))
    except OSError:
        return ()
    return (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def changes(before: Glance, after: Glance) -> list[str]:
    """The paths that differ, sorted; a folder is named only if no path in it is."""
    found = sorted(path for path in before.keys() | after.keys() if before.get(path, ()) != after.get(path, ()))
    around = {str(folder) for path in found for folder in Path(path).parents}
    return [path for path in found if path not in around]
