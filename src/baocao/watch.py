"""What a process reads beside what it is handed: files, folders, variables, and what lies beyond its own reading.

Python tells of each file that it opens and of each process and connection that it begins (an audit hook).
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from baocao import files
from baocao.sources import content

FILE = "file"
"""``file:PATH``: a file or folder; one of the project from the project's folder, any other as a whole path."""
VARIABLE = "variable"
"""``variable:NAME``: a variable of the environment; ``variable`` alone: which ones there are."""
BEYOND = "beyond"
"""Another process or machine was asked for something: what that read, and when it will say something else, is unknown.
"""
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
        _Variables.asked = self._asked

    def begin(self) -> None:
        """Note what is imported already, and from now on all that is opened."""
        for module in list(sys.modules.values()):
            if isinstance(file := getattr(module, "__file__", None), str):
                self.note(file)
        os.environ._data = _Variables(os.environ._data)  # type: ignore[attr-defined]
        if os.supports_bytes_environ:
            os.environb._data = os.environ._data  # type: ignore[attr-defined]
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        try:
            if event == "open" and _reads(arguments[2]):
                self.note(arguments[0])
            elif event in ("os.listdir", "os.scandir"):
                if sys._getframe(1).f_code.co_filename not in _IMPORTING:
                    self.note(arguments[0] or os.curdir)
            elif event == "sqlite3.connect":
                self.note(arguments[0])
            elif event in _BEYOND or (event == "socket.connect" and isinstance(arguments[1], tuple)):
                self._note(BEYOND)
        except (OSError, TypeError, ValueError):  # an open file, or no name of one
            return

    def note(self, name: str | bytes | os.PathLike[str]) -> None:
        """Note a file or folder."""
        name = os.fsdecode(name)
        if self._leaves_out(name):  # as a rule, and to follow links takes time
            return
        folder, last = os.path.split(os.path.abspath(name))
        path = os.path.join(os.path.realpath(folder), last)
        if path.endswith(".pyc"):
            path = importlib.util.source_from_cache(path)
        if not self._leaves_out(path):
            own = os.path.join(path, "").startswith(self._root)
            self._note(f"{FILE}:{Path(os.path.relpath(path, self._root) if own else path).as_posix()}")

    def _leaves_out(self, path: str) -> bool:
        return os.path.join(path, "").startswith(self._but)

    def _asked(self, name: str) -> None:
        """Note a variable, or which ones there are, if a notebook asks; what libraries ask when imported is their own.

        Whoever asks is in the way from here to the notebook's code: code that is in none of the other folders.
        """
        frame: FrameType | None = sys._getframe(2)
        while frame and frame.f_code.co_filename != _IMPORT:
            file = frame.f_code.co_filename
            if not (file.startswith("<frozen ") or self._leaves_out(file)):
                self._note(f"{VARIABLE}:{name}" if name else VARIABLE)
                return
            frame = frame.f_back


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
    return name.partition(":")[0] in (FILE, VARIABLE, BEYOND, ELSEWHERE)


def is_unknown(name: str) -> bool:
    """Whether nobody here can tell what is under a noted name now."""
    return name.partition(":")[0] in (BEYOND, ELSEWHERE)


def _reads(flags: int) -> bool:
    return not flags & (os.O_TRUNC | os.O_EXCL) and flags & (os.O_WRONLY | os.O_RDWR) != os.O_WRONLY
