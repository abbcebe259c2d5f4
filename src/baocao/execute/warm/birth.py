"""In a child: from a warm process to the kernel of one notebook, and its end."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import importlib
import os
import pickle
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from baocao.execute.memory import RESERVE
from baocao.execute.warm import wire
from baocao.process import collect_seldom

_PRCTL_DEATH = 1
_MIB = 1 << 20

Request = dict[str, Any]
"""Working folder, environment, key of messages, most memory in MiB (0: no bound); of a child that is no kernel but
calls a function, also that (``module:name``) and other modules to import; the file of its arguments, pickled, is
named when they are known."""

_LOW = 10
"""Niceness of what has time: notebooks go first."""


def be_kernel(request: Request, added: dict[str, str], sock: socket.socket, charts: Callable[[], None]) -> NoReturn:
    """Take the folder and environment asked for, be the kernel at this end of a socket, and end.

    Parameters
    ----------
    added
        Variables that the warm process's modules set.
    charts
        Says who renders charts.
    """

    def work() -> None:
        charts()
        from baocao.execute.warm import kernel  # noqa: PLC0415

        kernel.run(sock, request["key"].encode())

    _do(work, request, added)


def be_helper(request: Request, added: dict[str, str], sock: socket.socket) -> NoReturn:
    """Take the folder and environment asked for, call the function that is named once its arguments come, and end."""

    def work() -> None:
        _make_way()
        collect_seldom()
        module, _, name = request["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        for other in request["modules"]:
            importlib.import_module(other)
        with contextlib.suppress(EOFError):  # not needed after all
            (file,) = wire.receive(sock)
            function(*pickle.loads(Path(os.fsdecode(file)).read_bytes()))

    _do(work, request, added)


def _make_way() -> None:
    """Let others have the processors first.

    Where Linux shares them out by session, it goes by the session's own niceness (sched(7), “The autogroup feature”).
    """
    os.nice(_LOW)
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(_LOW), "ascii")


def _do(work: Callable[[], None], request: Request, added: dict[str, str]) -> NoReturn:
    code = 1
    try:
        _settle(request, added)
        work()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        _leave(code)


def _settle(request: Request, added: dict[str, str]) -> None:
    _own_streams()
    os.environ.clear()
    os.environ.update(request["environment"] | added)
    time.tzset()
    os.chdir(request["folder"])
    _reseed()
    _bound_memory(request["memory"])


def _own_streams() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)


def _reseed() -> None:
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _bound_memory(most: int) -> None:
    """What asks for more gets a ``MemoryError``, which its cell records; the machine and other notebooks go on.

    A little more is kept back (:func:`baocao.execute.memory.lend_reserve`).

    The system counts what is reserved, used or not; what the warm process reserved in vain (V8 does) does not count.
    """
    import resource  # noqa: PLC0415  # not on Windows, where nothing of this runs

    if most:
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        wanted = most * _MIB + _reserved_in_vain() + RESERVE
        last = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (max(last - RESERVE, 0), last))


def _reserved_in_vain() -> int:
    try:
        _, resident, _, _, _, data, _ = (int(one) for one in Path("/proc/self/statm").read_text("ascii").split())
    except OSError:
        return 0
    return max(0, data - resident) * os.sysconf("SC_PAGE_SIZE")


def die_with_parent() -> None:
    """Ask the system to kill this process when its parent is gone, however that came about (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PRCTL_DEATH, signal.SIGKILL)


def _leave(code: int) -> NoReturn:
    """End as an interpreter does: threads that are waited for, what was registered, buffers; then nothing more."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code)
