"""What a process reads besides what it was given: files, folders, variables, and what it asks of others.

A Python audit hook reports each file that is opened, each module imported, each process and connection started.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import unquote, urlsplit

from baocao import files
from baocao.process import TEMPORARY
from baocao.sources import content

FILE = "file"
"""``file:PATH``: a file or folder; the path is relative for one in the project folder, absolute for any other."""
THERE = "there"
"""``there:PATH``: whether a folder of this name exists; it was looked for, but not listed."""
LINK = "link"
"""``link:PATH``: the target of a link that was itself examined; empty if the path is not a link."""
VARIABLE = "variable"
"""``variable:NAME``: an environment variable; ``variable`` alone: the list of all of them."""
BEYOND = "beyond"
"""Another process or machine was asked for something; what it read, and when its answer will change, is unknown.

``beyond:LIBRARY``: a library was used that opens files, or asks other machines, without Python's notice.
"""
FOUND = frozenset({FILE, THERE, LINK, VARIABLE})
"""Kinds of names whose content can be looked up again."""
ELSEWHERE = "elsewhere"
"""``elsewhere:NAME``: on the machine where the process ran, NAME held something else than it does here."""

KEY = ".key.json"
"""Ending, after the chapter's name, of the key file of an executed notebook."""

_NO_FILES = ("/dev/", "/proc/", "/sys/")
"""Folders in which the system describes itself and the process."""
_HOUSE = "BAOCAO_"
"""Prefix of environment variables that control how this process runs."""
_FROZEN = "<frozen "
"""Prefix of the file names of code that is built into Python."""
_IMPORT = "<frozen importlib._bootstrap>"
_KERNEL = os.path.join(os.path.dirname(__file__), "execute", "warm", "birth.py")
"""Code that becomes a notebook's kernel: it was called by the command or script that the kernel was forked from."""
_LOADING = "<frozen importlib._bootstrap_external>"
_IMPORTING = frozenset({_LOADING, importlib.metadata.__file__})
"""Code that lists each folder of the import path; a module that it finds is opened, and so noted anyway."""
_LOOKS = ("stat", "access")
"""Functions of :mod:`os` that examine a file without opening it; Python has no audit event for them."""
_LOOKS_AT_LINKS = ("lstat", "readlink")
"""The same for a link itself."""
_stat = os.stat
"""The original function, which is not watched."""
_BEYOND = frozenset(
    {
        "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn",
        "_winapi.CreateProcess",
    }
)  # fmt: skip
_BY_THEMSELVES = frozenset(
    {
        "cv2", "duckdb", "fastexcel", "fiona", "h5py", "MySQLdb", "netCDF4", "oracledb", "osgeo", "polars", "psycopg",
        "psycopg2", "pyarrow.csv", "pyarrow.dataset", "pyarrow.feather", "pyarrow.fs", "pyarrow.json", "pyarrow.orc",
        "pyarrow.parquet", "pymssql", "pyodbc", "pyogrio", "pyreadstat", "rasterio", "tables", "typst",
    }
)  # fmt: skip
"""Modules whose own compiled code opens files by name, or connects to other machines.

``lxml`` is not listed: the libraries that read workbooks load it, and give it files that Python opened. Nor is
``python_calamine``, which every notebook imports.
"""
_TRACKER = "multiprocessing.resource_tracker"
"""A helper process of :mod:`multiprocessing` that reads nothing and only tidies up."""

Note = Callable[[str], None]


class Watch:
    """An audit hook that notes what this process opens.

    Parameters
    ----------
    note
        Called with each name.
    root
        The project's folder.
    but
        Folders in which nothing is noted.
    """

    def __init__(self, note: Note, root: str, but: Iterable[str]) -> None:
        self._note = note
        self._root = os.path.join(os.path.realpath(root), "")
        folders = (os.path.join(name, "") for one in but for name in {one, os.path.realpath(one)})
        self._but = (*folders, *_NO_FILES)
        self._busy = threading.local()
        _Variables.asked = self._asked

    def begin(self) -> None:
        """Note the modules imported so far and, from now on, all that is opened."""
        for module in list(sys.modules.values()):
            if isinstance(file := getattr(module, "__file__", None), str):
                self.note(file)
        os.environ._data = _Variables(os.environ._data)  # type: ignore[attr-defined]
        if os.supports_bytes_environ:
            os.environb._data = os.environ._data  # type: ignore[attr-defined]
        for name in _LOOKS:
            _tell(name, self._looked)
        for name in _LOOKS_AT_LINKS:
            _tell(name, self._looked, at_link=True)
        _tell_of_processes(self._note)
        sys.meta_path.append(self)  # last, so that it is asked only for modules that no other finder knows
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        try:
            if event == "open" and _reads(arguments[2]):
                self.note(arguments[0])
                if sys._getframe(1).f_code.co_filename == _LOADING:
                    self._loaded(arguments[0])
            elif event in ("os.listdir", "os.scandir"):
                self._listed(arguments[0] or os.curdir, event, sys._getframe(1).f_code.co_filename)
            elif event == "import" and arguments[1]:  # compiled code, which causes no "open" event
                self.note(arguments[1])
            elif event == "ctypes.dlopen" and os.path.dirname(arguments[0] or ""):
                self.note(arguments[0])
            elif event == "sqlite3.connect":
                self._note_database(os.fsdecode(arguments[0]))
            elif event in _BEYOND or (event == "socket.connect" and isinstance(arguments[1], tuple)):
                self._note(BEYOND)
        except (OSError, TypeError, ValueError):  # an open file, or no name of one
            return

    def note(self, name: str | bytes | os.PathLike[str], kind: str = FILE) -> None:
        """Note a file or folder."""
        name = os.fsdecode(name)
        if self._leaves_out(name):  # most often so; checked first because following links takes time
            return
        self._busy.noting = True  # following links calls the watched functions, too
        try:
            folder, last = os.path.split(os.path.abspath(name))
            path = os.path.join(os.path.realpath(folder), last)
        finally:
            self._busy.noting = False
        source = _source_of(path)
        self._note_path(kind, source)
        if source == path and folder != os.path.dirname(path):  # a link on the way may later point elsewhere
            self._note_path(kind, os.path.join(folder, last))

    def _note_path(self, kind: str, path: str) -> None:
        if not self._leaves_out(path):
            own = os.path.join(path, "").startswith(self._root)
            self._note(f"{kind}:{Path(os.path.relpath(path, self._root) if own else path).as_posix()}")

    def _leaves_out(self, path: str) -> bool:
        return os.path.join(path, "").startswith(self._but)

    def _listed(self, folder: Any, event: str, by: str) -> None:
        """Note a listed folder and, for ``os.scandir``, its entries: these can be examined without a further call."""
        if by in _IMPORTING:
            return
        self.note(folder)
        if event == "os.scandir" and not (by.startswith(_FROZEN) or self._leaves_out(by)):
            for name in os.listdir(folder):
                path = os.path.join(folder, name)
                self.note(path, THERE if _is_folder(path) else FILE)

    def _note_database(self, name: str) -> None:
        """Note an SQLite file, and the write-ahead log that may hold its latest changes."""
        if name.startswith("file:"):
            name = unquote(urlsplit(name).path)
        if name not in ("", ":memory:"):
            self.note(name)
            self.note(f"{name}-wal")

    def _looked(self, name: Any, at_link: bool) -> None:
        """Note a file or folder that a notebook looks for: its existence may decide what is shown.

        What a library looks for in the project while it is imported counts, too: its settings may be there.

        With ``at_link``, also note where the path leads if it is a link.
        """
        by = sys._getframe(2).f_code.co_filename
        if by in _IMPORTING or getattr(self._busy, "noting", False):
            return
        try:
            path = os.path.abspath(os.fsdecode(name))
            if self._leaves_out(path) or not self._is_asked(importing=path.startswith(self._root)):
                return
            kind = THERE if _is_folder(path) else FILE
            if kind == THERE and self._root.startswith(os.path.join(path, "")):  # a folder around the project
                return
            self.note(path, kind)
            if at_link:
                self.note(path, LINK)
        except (OSError, TypeError, ValueError):  # an open file, or no name of one
            return

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> None:
        """Find no module, but note where a module that a notebook imports in vain would be: it may appear later."""
        del target
        if self._is_asked():
            self._note_places(name.rpartition(".")[2], sys.path if path is None else path)

    def _loaded(self, file: str) -> None:
        """Note where else a module of this name may be: one that appears in an earlier place is taken instead."""
        if not self._leaves_out(file):
            path = Path(_source_of(file))
            module = path.parent if path.stem == "__init__" else path
            folder, places = os.path.abspath(module.parent), [os.path.abspath(one) for one in sys.path]
            self._note_places(module.stem, places[: places.index(folder) + 1] if folder in places else [folder])

    def _note_places(self, name: str, folders: Iterable[str]) -> None:
        """Note where a module of this name would be in these folders."""
        with suppress(OSError, TypeError, ValueError):  # no name of a file
            for folder in folders:
                module = os.path.join(folder or os.curdir, name)
                self.note(f"{module}.py")
                self.note(module, THERE)

    def _asked(self, name: str) -> None:
        """Note a variable, or with an empty name the list of all, if a notebook asks for it."""
        if self._is_asked():
            self._note(f"{VARIABLE}:{name}" if name else VARIABLE)

    def _is_asked(self, *, importing: bool = False) -> bool:
        """Whether the caller is a notebook's code, or with ``importing`` a library that is being imported.

        The call stack is searched, up to the nearest import or the start of the kernel, for code outside the folders
        that are left out.
        """
        frame: FrameType | None = sys._getframe(2)
        while frame and frame.f_code.co_filename == _IMPORT:  # a module is looked for
            frame = frame.f_back
        while frame and frame.f_code.co_filename not in (_IMPORT, _KERNEL):
            file = frame.f_code.co_filename
            if not (file.startswith(_FROZEN) or self._leaves_out(file)):
                return True
            frame = frame.f_back
        return importing and frame is not None and frame.f_code.co_filename == _IMPORT


def _source_of(path: str) -> str:
    """The source of a compiled module; any other path, and that of a compiled module without its source, as it is."""
    with suppress(ValueError):
        return importlib.util.source_from_cache(path) if path.endswith(".pyc") else path
    return path


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(_stat(path).st_mode)
    except OSError:
        return False


def _tell(name: str, looked: Callable[[Any, bool], None], *, at_link: bool = False) -> None:
    """Wrap a function of :mod:`os` so that it reports the paths that it is called with.

    ``at_link``: it examines links themselves, as others do with ``follow_symlinks=False``.
    """
    own = getattr(os, name)

    @functools.wraps(own)
    def look(path: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("dir_fd") is None:
            looked(path, at_link or kwargs.get("follow_symlinks") is False)
        return own(path, *args, **kwargs)

    setattr(os, name, look)
    for able in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
        if own in able:
            able.add(look)


def _tell_of_processes(note: Note) -> None:
    """Note also processes started without an audit event, such as non-forked ones of :mod:`multiprocessing`."""
    try:
        import _posixsubprocess  # noqa: PLC0415 - not on Windows, where there is an event
    except ImportError:
        return
    own = _posixsubprocess.fork_exec

    def fork_exec(command: Any, *args: Any) -> Any:
        if not any(_TRACKER in os.fsdecode(one) for one in command):
            note(BEYOND)
        return own(command, *args)

    _posixsubprocess.fork_exec = fork_exec


def opening_by_themselves() -> set[str]:
    """``beyond:LIBRARY`` for each imported module that opens files without Python's notice."""
    return {f"{BEYOND}:{name}" for name in _BY_THEMSELVES if name in sys.modules}


class _Variables(dict[Any, Any]):
    """The mapping behind ``os.environ``, made to report the variables that are asked for.

    ``os.environ`` itself is not replaced: its type, and the error for a variable that is not set, stay as usual.
    """

    asked: Note

    def __getitem__(self, key: str | bytes) -> str | bytes:
        name = os.fsdecode(key)
        if name not in TEMPORARY and not name.startswith(_HOUSE):
            self.asked(name)
        value: str | bytes = super().__getitem__(key)
        return value

    def __iter__(self) -> Iterator[str | bytes]:
        self.asked("")
        return super().__iter__()

    def __len__(self) -> int:
        self.asked("")
        return super().__len__()

    def items(self) -> ItemsView[Any, Any]:  # type: ignore[override]
        self.asked("")
        return super().items()


def found(name: str, root: Path, variables: Mapping[str, str]) -> str | bytes:
    """The present content of a file or variable under its noted name; empty for other kinds of names."""
    kind, _, what = name.partition(":")
    if kind == FILE:
        return content(root / what)
    if kind == THERE:
        return repr((root / what).is_dir())
    if kind == LINK:
        return _link(root / what)
    if kind == VARIABLE:
        return repr(variables.get(what) if what else sorted(variables))
    return ""


def _link(path: Path) -> str:
    try:
        return os.readlink(path)
    except (OSError, ValueError):
        return ""


def found_hash(name: str, root: Path, variables: Mapping[str, str]) -> str:
    """The hash of what is found now under a noted name."""
    return files.digest([found(name, root, variables)])


def is_newer(name: str, root: Path, since: int) -> bool:
    """Whether the file under a noted name has, or may have, changed, come or gone since a moment (ns since 1970).

    Temporary files, whose names differ each time, are taken for the notebook's own and count as unchanged.
    """
    kind, _, what = name.partition(":")
    if kind not in (FILE, THERE, LINK) or Path(what).is_relative_to(os.path.realpath(tempfile.gettempdir())):
        return False
    return _last_change(root / what) >= since


def _last_change(path: Path) -> int:
    """Time of the last change, in ns; for a missing path, that of the nearest existing folder around it."""
    try:
        states = (_stat(path, follow_symlinks=False), _stat(path))
    except (OSError, ValueError):
        return _last_change(path.parent) if path != path.parent else 0
    return max(time for one in states for time in (one.st_mtime_ns, one.st_ctime_ns))


def noted(notebooks: Path) -> dict[str, dict[str, str]]:
    """What each executed notebook in a folder read, from its key file: notebook → noted name → hash.

    Raises
    ------
    KeyError
        If a key file cannot be read.
    """
    keys = sorted(notebooks.glob(f"*{KEY}"))
    # A code may contain dots: of KDC.01 and KDC.02, both are kept.
    return {path.name.removesuffix(KEY): files.read_object(path)["reads"] for path in keys}


def outside(name: str) -> bool:
    """Whether a noted name is of something that the process was not given: a file, a variable, another process."""
    return name.partition(":")[0] in (*FOUND, BEYOND, ELSEWHERE)


def is_unknown(name: str) -> bool:
    """Whether the present content under a noted name cannot be known here."""
    return name.partition(":")[0] in (BEYOND, ELSEWHERE)


def _reads(flags: int) -> bool:
    return not flags & (os.O_TRUNC | os.O_EXCL) and flags & (os.O_WRONLY | os.O_RDWR) != os.O_WRONLY
