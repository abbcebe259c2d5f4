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
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.machinery import PathFinder
from pathlib import Path
from types import FrameType
from typing import Any

from baocao import files
from baocao.sources import content

FILE = "file"
"""``file:PATH``: a file or folder; one of the project from the project's folder, any other as a whole path."""
THERE = "there"
"""``there:PATH``: whether there is a folder of this name, which was looked for and not into."""
VARIABLE = "variable"
"""``variable:NAME``: a variable of the environment; ``variable`` alone: which ones there are."""
BEYOND = "beyond"
"""Another process or machine was asked for something: what that read, and when it will say something else, is unknown.
"""
FOUND = frozenset({FILE, THERE, VARIABLE})
"""Kinds of what can be found again under its name."""
ELSEWHERE = "elsewhere"
"""``elsewhere:NAME``: on the machine where it ran the process found something else under NAME than there is here."""

_NO_FILES = ("/dev/", "/proc/", "/sys/")
"""What the system tells of itself and of the process."""
_HOUSE = "BAOCAO_"
"""How variables begin that say how this process runs."""
_TEMPORARY = frozenset({"TMPDIR", "TEMP", "TMP"})
"""Variables that say where temporary files are."""
_IMPORT = "<frozen importlib._bootstrap>"
_IMPORTING = frozenset({"<frozen importlib._bootstrap_external>", importlib.metadata.__file__})
"""Code that lists each folder of the import path; what it finds and takes is opened."""
_LOOKS = ("stat", "lstat", "access")
"""Functions of :mod:`os` that tell of a file without opening it; Python has no event for them."""
_stat = os.stat
"""The system's own, which tells nobody."""
_BEYOND = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn"}
)

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
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        try:
            if event == "open" and _reads(arguments[2]):
                self.note(arguments[0])
            elif event in ("os.listdir", "os.scandir"):
                if sys._getframe(1).f_code.co_filename not in _IMPORTING:
                    self.note(arguments[0] or os.curdir)
            elif event == "import":
                self._imported(arguments[0], arguments[2])
            elif event == "sqlite3.connect":
                self.note(arguments[0])
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

    def _looked(self, name: Any) -> None:
        """Note a file or folder that a notebook looks for: whether it is there decides what is shown."""
        by = sys._getframe(2).f_code.co_filename
        if by in _IMPORTING or getattr(self._busy, "noting", False) or not self._is_asked():
            return
        try:
            path = os.path.abspath(os.fsdecode(name))
            kind = THERE if _is_folder(path) else FILE
            if not (kind == THERE and self._root.startswith(os.path.join(path, ""))):  # the way to here
                self.note(path, kind)
        except (OSError, TypeError, ValueError):  # an open file, or no name of one
            return

    def _imported(self, name: str, path: Sequence[str] | None) -> None:
        """Note where a module that a notebook asks for in vain would be found: it may come to be there."""
        first = name.partition(".")[0]
        if not self._is_asked() or first in sys.modules or first in sys.builtin_module_names:
            return
        if PathFinder.find_spec(first) is None:
            for folder in path or ():
                module = os.path.join(folder or os.curdir, first)
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
        while frame and frame.f_code.co_filename != _IMPORT:
            file = frame.f_code.co_filename
            if not (file.startswith("<frozen ") or self._leaves_out(file)):
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


class _Variables(dict[Any, Any]):
    """What is behind ``os.environ``, which tells of the variables that are asked for.

    Not ``os.environ`` itself: who looks at that, or at the error of a variable that is not set, sees what is there in
    any process.
    """

    asked: Note

    def __getitem__(self, key: str | bytes) -> str | bytes:
        name = os.fsdecode(key)
        if name not in _TEMPORARY and not name.startswith(_HOUSE):
            self.asked(name)
        value: str | bytes = super().__getitem__(key)
        return value

    def __iter__(self) -> Iterator[str | bytes]:
        self.asked("")
        return super().__iter__()


def found(name: str, root: Path, variables: Mapping[str, str]) -> str | bytes:
    """What whoever reads a file or a variable, by its noted name, finds now; nothing for other names."""
    kind, _, what = name.partition(":")
    if kind == FILE:
        return content(root / what)
    if kind == THERE:
        return repr((root / what).is_dir())
    if kind == VARIABLE:
        return repr(variables.get(what) if what else sorted(variables))
    return ""


def found_hash(name: str, root: Path, variables: Mapping[str, str]) -> str:
    """The hash of what is found now under a noted name."""
    return files.digest([found(name, root, variables)])


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
