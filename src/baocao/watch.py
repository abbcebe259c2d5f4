"""What a process reads beside what it is handed: files, folders, variables, and what lies beyond its own reading.

Python tells of each file that it opens, of each module that it imports, of each process and connection that it begins
(an audit hook).
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
"""``file:PATH``: a file or folder; one of the project from the project's folder, any other as a whole path."""
THERE = "there"
"""``there:PATH``: whether there is a folder of this name, which was looked for and not into."""
LINK = "link"
"""``link:PATH``: where a link of this name leads, which was looked at itself; nowhere if it is none."""
VARIABLE = "variable"
"""``variable:NAME``: a variable of the environment; ``variable`` alone: which ones there are."""
BEYOND = "beyond"
"""Another process or machine was asked for something: what that read, and when it will say something else, is unknown.

``beyond:LIBRARY``: one was used that opens files, or asks other machines, without Python's being told.
"""
FOUND = frozenset({FILE, THERE, LINK, VARIABLE})
"""Kinds of what can be found again under its name."""
ELSEWHERE = "elsewhere"
"""``elsewhere:NAME``: on the machine where it ran the process found something else under NAME than there is here."""

_NO_FILES = ("/dev/", "/proc/", "/sys/")
"""What the system tells of itself and of the process."""
_HOUSE = "BAOCAO_"
"""How variables begin that say how this process runs."""
_FROZEN = "<frozen "
"""How names of files begin whose code is part of Python itself."""
_IMPORT = "<frozen importlib._bootstrap>"
_IMPORTING = frozenset({"<frozen importlib._bootstrap_external>", importlib.metadata.__file__})
"""Code that lists each folder of the import path; what it finds and takes is opened."""
_LOOKS = ("stat", "access")
"""Functions of :mod:`os` that tell of a file without opening it; Python has no event for them."""
_LOOKS_AT_LINKS = ("lstat", "readlink")
"""The same of a link itself."""
_stat = os.stat
"""The system's own, which tells nobody."""
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

``lxml`` is none of them, as it comes with what reads workbooks, which hands it files that Python opened; nor is
``python_calamine``, which every notebook has.
"""
_TRACKER = "multiprocessing.resource_tracker"
"""A process that reads nothing: it tidies up after others."""

Note = Callable[[str], None]


class Watch:
    """An audit hook that notes what this process opens.

    Parameters
    ----------
    note
        Is given each name.
    root
        The project's folder.
    but
        Folders of which nothing is noted.
    """

    def __init__(self, note: Note, root: str, but: Iterable[str]) -> None:
        self._note = note
        self._root = os.path.join(os.path.realpath(root), "")
        folders = (os.path.join(name, "") for one in but for name in {one, os.path.realpath(one)})
        self._but = (*folders, *_NO_FILES)
        self._busy = threading.local()
        _Variables.asked = self._asked

    def begin(self) -> None:
        """Note what is imported already, and from now on all that is opened."""
        for module in list(sys.modules.values()):
            if isinstance(file := getattr(module, "__file__", None), str):
                self.note(file)
        os.environ._data = _Variables(os.environ._data)  # type: ignore[attr-defined]
        if os.supports_bytes_environ:
            os.environb._data = os.environ._data  # type: ignore[attr-defined]
        for name in _LOOKS:
            _tell(name, self._looked)
        for name in _LOOKS_AT_LINKS:
            _tell(name, functools.partial(self._looked, at_link=True))
        _tell_of_processes(self._note)
        sys.meta_path.append(self)  # last: it is asked for what nobody else finds
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        try:
            if event == "open" and _reads(arguments[2]):
                self.note(arguments[0])
            elif event in ("os.listdir", "os.scandir"):
                self._listed(arguments[0] or os.curdir, event, sys._getframe(1).f_code.co_filename)
            elif event == "import" and arguments[1]:  # compiled code, which Python does not open
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
        if self._leaves_out(name):  # as a rule, and to follow links takes time
            return
        self._busy.noting = True  # to follow links takes looks, too
        try:
            folder, last = os.path.split(os.path.abspath(name))
            path = os.path.join(os.path.realpath(folder), last)
        finally:
            self._busy.noting = False
        if path.endswith(".pyc"):
            self._note_path(kind, importlib.util.source_from_cache(path))
            return
        self._note_path(kind, path)
        if folder != os.path.dirname(path):  # a link on the way may come to lead elsewhere
            self._note_path(kind, os.path.join(folder, last))

    def _note_path(self, kind: str, path: str) -> None:
        if not self._leaves_out(path):
            own = os.path.join(path, "").startswith(self._root)
            self._note(f"{kind}:{Path(os.path.relpath(path, self._root) if own else path).as_posix()}")

    def _leaves_out(self, path: str) -> bool:
        return os.path.join(path, "").startswith(self._but)

    def _listed(self, folder: Any, event: str, by: str) -> None:
        """Note a folder whose names are asked for, and what it holds where that can be asked about without a look."""
        if by in _IMPORTING:
            return
        self.note(folder)
        if event == "os.scandir" and not (by.startswith(_FROZEN) or self._leaves_out(by)):
            for name in os.listdir(folder):
                path = os.path.join(folder, name)
                self.note(path, THERE if _is_folder(path) else FILE)

    def _note_database(self, name: str) -> None:
        """Note a file of SQLite, with that where what was written last may yet be."""
        if name.startswith("file:"):
            name = unquote(urlsplit(name).path)
        if name not in ("", ":memory:"):
            self.note(name)
            self.note(f"{name}-wal")

    def _looked(self, name: Any, *, at_link: bool = False) -> None:
        """Note a file or folder that a notebook looks for: whether it is there decides what is shown.

        ``at_link``: also where it leads, or that it is no link.
        """
        by = sys._getframe(2).f_code.co_filename
        if by in _IMPORTING or getattr(self._busy, "noting", False) or not self._is_asked():
            return
        try:
            path = os.path.abspath(os.fsdecode(name))
            kind = THERE if _is_folder(path) else FILE
            if kind == THERE and self._root.startswith(os.path.join(path, "")):  # the way to here
                return
            self.note(path, kind)
            if at_link:
                self.note(path, LINK)
        except (OSError, TypeError, ValueError):  # an open file, or no name of one
            return

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> None:
        """Find no module, but note where one that a notebook looks for in vain would be: it may come to be there."""
        del target
        if self._is_asked():
            with suppress(OSError, TypeError, ValueError):  # no name of a file
                for folder in sys.path if path is None else path:
                    module = os.path.join(folder or os.curdir, name.rpartition(".")[2])
                    self.note(f"{module}.py")
                    self.note(module, THERE)

    def _asked(self, name: str) -> None:
        """Note a variable, or which ones there are, if a notebook asks."""
        if self._is_asked():
            self._note(f"{VARIABLE}:{name}" if name else VARIABLE)

    def _is_asked(self) -> bool:
        """Whether a notebook asks; what libraries ask when they are imported is their own.

        Whoever asks is in the way from here to the notebook's code: code that is in none of the other folders.
        """
        frame: FrameType | None = sys._getframe(2)
        while frame and frame.f_code.co_filename == _IMPORT:  # a module is looked for
            frame = frame.f_back
        while frame and frame.f_code.co_filename != _IMPORT:
            file = frame.f_code.co_filename
            if not (file.startswith(_FROZEN) or self._leaves_out(file)):
                return True
            frame = frame.f_back
        return False


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(_stat(path).st_mode)
    except OSError:
        return False


def _tell(name: str, looked: Callable[[Any], None]) -> None:
    """Let a function of :mod:`os` tell of the names that it is asked about."""
    own = getattr(os, name)

    @functools.wraps(own)
    def look(path: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("dir_fd") is None:
            looked(path)
        return own(path, *args, **kwargs)

    setattr(os, name, look)
    for able in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
        if own in able:
            able.add(look)


def _tell_of_processes(note: Note) -> None:
    """Note also processes that begin without an event, as those of :mod:`multiprocessing` that are not forks."""
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
    """``beyond:LIBRARY`` for each module of this process that opens files without Python's being told."""
    return {f"{BEYOND}:{name}" for name in _BY_THEMSELVES if name in sys.modules}


class _Variables(dict[Any, Any]):
    """What is behind ``os.environ``, which tells of the variables that are asked for.

    Not ``os.environ`` itself: who looks at that, or at the error of a variable that is not set, sees what is there in
    any process.
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
    """What whoever reads a file or a variable, by its noted name, finds now; nothing for other names."""
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
    """Whether what is under a noted name has changed, come or gone since a moment (ns since 1970), or may have.

    Temporary files, which have other names each time, are taken for the notebook's own.
    """
    kind, _, what = name.partition(":")
    if kind not in (FILE, THERE, LINK) or Path(what).is_relative_to(os.path.realpath(tempfile.gettempdir())):
        return False
    return _last_change(root / what) >= since


def _last_change(path: Path) -> int:
    """When that was, in ns; of what is not there, as far as the nearest folder tells."""
    try:
        states = (_stat(path, follow_symlinks=False), _stat(path))
    except (OSError, ValueError):
        return _last_change(path.parent) if path != path.parent else 0
    return max(time for one in states for time in (one.st_mtime_ns, one.st_ctime_ns))


def noted(notebooks: Path) -> dict[str, dict[str, str]]:
    """What each executed notebook in a folder read, as its key has it: name of the notebook → name → hash.

    Raises
    ------
    KeyError
        If a key cannot be read.
    """
    keys = sorted(notebooks.glob("*.key.json"))
    return {path.name.split(".", 1)[0]: files.read_object(path)["reads"] for path in keys}


def outside(name: str) -> bool:
    """Whether a noted name is of what the process was not handed: a file, a variable, what lies beyond."""
    return name.partition(":")[0] in (*FOUND, BEYOND, ELSEWHERE)


def is_unknown(name: str) -> bool:
    """Whether nobody here can tell what is under a noted name now."""
    return name.partition(":")[0] in (BEYOND, ELSEWHERE)


def _reads(flags: int) -> bool:
    return not flags & (os.O_TRUNC | os.O_EXCL) and flags & (os.O_WRONLY | os.O_RDWR) != os.O_WRONLY
