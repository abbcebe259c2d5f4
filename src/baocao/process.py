"""What this process is: an interpreter that may be forked for notebooks, and how a fork of it becomes a new one."""

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

_THRESHOLD = gc.get_threshold()
_FILES = 1 << 20
"""More than a process has open."""
TEMPORARY = ("TMPDIR", "TEMP", "TMP")
"""Variables that name the folder for temporary files."""
_TIME = re.compile(r"\d{1,10}", re.ASCII)
"""Seconds since 1970."""
_STREAMS = 3
"""Input, output, errors: the first files of a process."""

STOPPING = tuple(one for one in signal.Signals if one.name in {"SIGINT", "SIGTERM", "SIGHUP"})
"""Signals that ask a command to stop: Ctrl-C, a request to end, the end of its terminal."""

_settled = False
_stopped_by = signal.SIGINT


def hold_stopping() -> None:
    """Let signals that ask to stop wait until somebody heeds them, also where this process starts once again."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)


def heed_stopping() -> None:
    """From now on they raise ``KeyboardInterrupt``, but for those that are ignored; one that waits does so here."""
    for number in STOPPING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)


def settle() -> None:
    """Let this process be a command's own: hashes as notebooks have them, names and texts in UTF-8.

    Where that is not so it starts once again, before anything is imported. Then what it imports serves notebooks too:
    the warm process may be a fork of it (:func:`may_be_forked`).

    So it does where it lacks one of the standard streams, as started by a service: what is opened next would take its
    place, and messages to the terminal would go there.

    Where the locale is not one of UTF-8 (``LC_ALL=C``), its children get one that is. Python reads such a locale as
    UTF-8 by itself; pandoc and Quarto do not, and then find no file in a folder with a Vietnamese name.

    Folders for temporary files are named from the root: notebooks and other children work elsewhere than the command.

    A ``SOURCE_DATE_EPOCH`` that is no time (empty, as of ``git log`` outside a repository) is taken away: IPython does
    not answer then, and nobody hears why. So is a ``PYTHONOPTIMIZE`` that drops docstrings: Altair makes its classes
    from them, and click its help.
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
    """Whether Python was told by a variable, now taken away, to drop docstrings; an option would be given once more."""
    return sys.platform != "win32" and sys.flags.optimize > 1 and bool(os.environ.pop("PYTHONOPTIMIZE", ""))


def _fill_streams() -> bool:
    """Let standard streams that are closed lead nowhere; whether there was one."""
    if sys.platform == "win32":
        return False
    filled = 0
    while (file := os.open(os.devnull, os.O_RDWR)) < _STREAMS:
        os.set_inheritable(file, True)
        filled += 1
    os.close(file)
    return filled > 0


def stopped_by() -> int:
    """The number of the signal that stopped this command."""
    return _stopped_by


def _stop(number: int, _: object) -> None:
    global _stopped_by  # noqa: PLW0603
    _stopped_by = signal.Signals(number)
    # It may come twice, from the terminal and from the shell: what is tidied up then is not to be disturbed.
    _replace_stop(signal.SIG_IGN)
    raise KeyboardInterrupt


def _replace_stop(handler: signal.Handlers) -> None:
    for number in STOPPING:
        if signal.getsignal(number) is _stop:
            signal.signal(number, handler)


def _is_as_wanted() -> bool:
    if sys.platform == "win32" or sys.flags.ignore_environment:  # to ask once more would change nothing
        return True
    if sys.platform != "linux":  # nothing is forked there
        return _is_utf8(sys.getfilesystemencoding())
    return _begins_as_kernels()


def _begins_as_kernels() -> bool:
    return not sys.flags.hash_randomization and bool(sys.flags.utf8_mode)


def _is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name == "utf-8"


def may_be_forked() -> bool:
    """Whether a fork of this process can be the warm one: it is a command's own, and has no second thread."""
    return _settled and _begins_as_kernels() and threading.active_count() == 1


def be_new(file: int, folder: str) -> None:
    """In a fork: keep what was imported, and let the rest be as in an interpreter that was started by itself.

    Parameters
    ----------
    file
        The one open file that it keeps, besides standard output and error.
    folder
        What stands at the head of its search path instead of the command's folder.
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
    """Look for garbage seldom, and at the end not at all.

    A command is short and makes many small things that stay: to look all the time costs a tenth of it, and to look
    through all that goes with the process anyway a third of a second.
    """
    gc.set_threshold(500_000, 20, 20)
    atexit.register(gc.freeze)
