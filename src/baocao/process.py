"""The command's own process: set up so that it may be forked for notebooks; how a fork becomes like a new process."""

from __future__ import annotations

import atexit
import codecs
import gc
import locale
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLD = gc.get_threshold()
_FILES = 1 << 20
"""More open files than any process has."""
TEMPORARY = ("TMPDIR", "TEMP", "TMP")
"""Variables that name the folder for temporary files."""
_TIME = re.compile(r"\d{1,10}", re.ASCII)
"""Seconds since 1970."""
_STREAMS = 3
"""Number of standard streams: input, output, errors."""

STOPPING = tuple(one for one in signal.Signals if one.name in {"SIGINT", "SIGTERM", "SIGHUP"})
"""Signals that ask a command to stop: Ctrl-C, a request to end, the end of its terminal."""

_settled = False
_stopped_by = signal.SIGINT


def hold_stopping() -> None:
    """Block the signals that ask to stop until :func:`heed_stopping`; they stay blocked across a restart."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)


def heed_stopping() -> None:
    """Unblock these signals: they raise ``KeyboardInterrupt``, a pending one at once; ignored ones stay ignored."""
    for number in STOPPING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)


def settle() -> None:
    """Set this process up for a command: a fixed hash seed as in notebooks, names and texts in UTF-8.

    If it was started otherwise it starts itself again, before anything is imported. What it imports then also serves
    notebooks: the warm process may be a fork of it (:func:`may_be_forked`).

    It also starts again, with the streams opened on the null device, if a standard stream is closed, as a service may
    start it: the next file opened would take that stream's number and receive messages meant for the terminal.

    If the locale is not a UTF-8 one (``LC_ALL=C``), its children get one that is. Python itself treats such a locale as
    UTF-8; pandoc and Quarto do not, and would find no file in a folder with a Vietnamese name.

    Paths of temporary folders are made absolute: notebooks and other children work in other folders than the command.

    A ``SOURCE_DATE_EPOCH`` that is not a time (empty, say, from ``git log`` outside a repository) is removed: with it
    IPython does not answer, and gives no reason. So is a ``PYTHONOPTIMIZE`` that drops docstrings: Altair builds its
    classes from them, and click its help.
    """
    global _settled  # noqa: PLW0603 - of a process there is one
    if sys.platform != "win32" and not _is_utf8(locale.getencoding()):
        os.environ["LC_ALL"] = "C.UTF-8"
    os.environ |= {name: os.path.abspath(os.environ[name]) for name in TEMPORARY if os.environ.get(name)}
    if not _TIME.fullmatch(os.environ.get("SOURCE_DATE_EPOCH", "0")):
        del os.environ["SOURCE_DATE_EPOCH"]
    if any((_has_no_docstrings(), _fill_streams(), not _is_as_wanted())):
        os.environ |= {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    _settled = True


def _has_no_docstrings() -> bool:
    """Whether a variable, removed here, made Python drop docstrings; an option would be passed on at the restart."""
    return sys.platform != "win32" and sys.flags.optimize > 1 and bool(os.environ.pop("PYTHONOPTIMIZE", ""))


def _fill_streams() -> bool:
    """Open closed standard streams on the null device; returns whether there was one."""
    if sys.platform == "win32":
        return False
    filled = 0
    while (file := os.open(os.devnull, os.O_RDWR)) < _STREAMS:
        os.set_inheritable(file, True)
        filled += 1
    os.close(file)
    return filled > 0


def search_path(source: os.PathLike[str]) -> str:
    """``PYTHONPATH`` for a process that takes the package from this folder: it may not be installed."""
    return os.pathsep.join([os.fspath(source), *filter(None, [os.environ.get("PYTHONPATH")])])


def stopped_by() -> int:
    """The number of the signal that stopped this command."""
    return _stopped_by


def _stop(number: int, _: object) -> None:
    global _stopped_by  # noqa: PLW0603
    _stopped_by = signal.Signals(number)
    # The signal may come twice, from the terminal and from the shell: the second must not disturb the clean-up.
    _replace_stop(signal.SIG_IGN)
    raise KeyboardInterrupt


def _replace_stop(handler: signal.Handlers) -> None:
    for number in STOPPING:
        if signal.getsignal(number) is _stop:
            signal.signal(number, handler)


def _is_as_wanted() -> bool:
    if sys.platform == "win32" or sys.flags.ignore_environment:  # a restart would change nothing
        return True
    if sys.platform != "linux":  # only Linux forks
        return _is_utf8(sys.getfilesystemencoding())
    return _begins_as_kernels()


def _begins_as_kernels() -> bool:
    return not sys.flags.hash_randomization and bool(sys.flags.utf8_mode)


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name == "utf-8"


def may_be_forked() -> bool:
    """Whether a fork of this process can be the warm process: it is set up for a command and has one thread."""
    return _settled and _begins_as_kernels() and threading.active_count() == 1


def be_new(file: int, folder: str) -> None:
    """In a fork: keep the imported modules, and make the rest as in a newly started interpreter.

    Parameters
    ----------
    file
        The one open file to keep besides standard output and error.
    folder
        Put first on the module search path instead of the command's folder.
    """
    global _settled  # noqa: PLW0603
    _settled = False
    _replace_stop(signal.SIG_DFL)
    os.setsid()
    os.closerange(3, file)
    os.closerange(file + 1, _FILES)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    atexit._clear()
    gc.set_threshold(*_THRESHOLD)
    locale.setlocale(locale.LC_CTYPE, "")
    time.tzset()
    rest = sys.path if sys.flags.safe_path else sys.path[1:]
    sys.path[:] = dict.fromkeys([folder, *rest])


def collect_seldom() -> None:
    """Run the garbage collector rarely, and not at all at the end of the process.

    A command is short and makes many small objects that stay. Frequent collections cost a tenth of its time, and a
    last one, over objects that end with the process anyway, a third of a second.
    """
    gc.set_threshold(500_000, 20, 20)
    atexit.register(gc.freeze)


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection in the block, which makes many objects that stay."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
