"""A project's files in one bundle, for notebooks that run on another machine.

A notebook may open any file of its project and import modules from it. On another machine it works in a folder with
these files; what it read there is then compared with the project's files (:mod:`baocao.execute.cluster`).
"""

from __future__ import annotations

import io
import os
import shutil
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from baocao import files
from baocao.sources import PACKAGE, is_hidden

GENERATED = frozenset({"build", "_book", "reports/chuong"})
OF_MONTHS = frozenset({"data/submissions", "data/archive"})
"""Folders of the months' own files: they grow, and notebooks, which are given their report, rarely open them."""

LARGE = 16 << 20
"""Size in bytes above which a file is sent only if a notebook looked for it."""

_DATE = (1980, 1, 1, 0, 0, 0)
"""Date of all files in a bundle, so that equal files give equal bundles."""


def bundle(root: Path, *, whole: bool = False) -> bytes:
    """A zip of a project's files, without generated ones, git's own, and Python environments.

    Parameters
    ----------
    root
        The project's folder.
    whole
        Whether to include the months' own files, large files and hidden files.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for folder, folders, names in _folders(root, whole):
            for name in folders:
                packed.writestr(zipfile.ZipInfo(f"{(folder / name).relative_to(root).as_posix()}/", _DATE), b"")
            for name in names:
                path = folder / name
                with suppress(OSError):  # a file that cannot be read here will be missing there
                    if whole or path.stat().st_size <= LARGE:
                        about = zipfile.ZipInfo(path.relative_to(root).as_posix(), _DATE)
                        packed.writestr(about, path.read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=1)
    return buffer.getvalue()


def _folders(root: Path, whole: bool) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Each folder with the sorted names of its subfolders and files; links are followed, but not in loops.

    The names of left-out subfolders are included, so that listing a folder gives the same names as here.
    """
    left_out = {os.path.realpath(root / name) for name in (GENERATED if whole else GENERATED | OF_MONTHS)}
    ways: dict[str, tuple[str, ...]] = {str(root): (os.path.realpath(root),)}
    for name, folders, names in os.walk(root, followlinks=True):
        folder, way = Path(name), ways.pop(name)
        inside = folder.relative_to(root)
        *above, real = way
        if real in above or real == str(PACKAGE) or real in left_out or _is_environment(inside, names):
            folders.clear()
            continue
        folders[:] = sorted(one for one in folders if _travels(one, whole))
        ways |= {os.path.join(name, one): (*way, os.path.realpath(folder / one)) for one in folders}
        yield folder, list(folders), sorted(one for one in names if _travels(one, whole) and (folder / one).is_file())


def _is_environment(inside: Path, names: list[str]) -> bool:
    return bool(inside.parts) and "pyvenv.cfg" in names


def _travels(name: str, whole: bool) -> bool:
    """Whether a file or folder of this name belongs in the bundle, and a zip can hold the name."""
    return name.isprintable() and name not in (".git", "__pycache__") and (whole or not is_hidden(Path(name)))


class Projects:
    """In a worker: bundles unpacked into folders, one for each project; the last one stays until another is needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users: Counter[Path] = Counter()

    @contextmanager
    def laid_out(self, data: bytes, top: Path) -> Iterator[Path]:
        """A folder in ``top`` with the files of a bundle; folders that are no longer used are removed."""
        folder = top / files.digest([data])[:16]
        with self._lock:
            for other in set(self._users) - {folder}:
                if not self._users[other]:
                    del self._users[other]
                    shutil.rmtree(other, ignore_errors=True)
            if not folder.is_dir():
                with files.replaced_folder(folder) as fresh, zipfile.ZipFile(io.BytesIO(data)) as packed:
                    packed.extractall(fresh)
            self._users[folder] += 1
        try:
            yield folder
        finally:
            with self._lock:
                self._users[folder] -= 1
