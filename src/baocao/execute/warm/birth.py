"""In a child: how a copy of the warm process becomes the kernel of one notebook, and ends."""

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
"""Working folder, environment, key of messages, memory bound in MiB (0: none). For a helper, which calls a function
instead of being a kernel, also the function (``module:name``) and modules to import; the file with its pickled
arguments is named later, when they are known."""

_LOW = 10
"""Niceness of work that is not urgent: notebooks have priority."""


def be_kernel(request: Request, added: dict[str, str], sock: socket.socket, charts: Callable[[], None]) -> NoReturn:
    """Set folder and environment as requested, be the kernel at this end of a socket, and end the process.

    Parameters
    ----------
    added
        Environment variables set by modules that the warm process imported.
    charts
        Called to set up the rendering of charts.
    """

    def work() -> None:
        charts()
        from baocao.execute.warm import kernel  # noqa: PLC0415

        kernel.run(sock, request["key"].encode())

    _do(work, request, added)


def be_helper(request: Request, added: dict[str, str], sock: socket.socket) -> NoReturn:
    """Set folder and environment as requested, call the named function when its arguments come, and end."""

    def work() -> None:
        _make_way()
        collect_seldom()
        module, _, name = request["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        for other in request["modules"]:
            importlib.import_module(other)
        with contextlib.suppress(EOFError):  # the helper is not needed after all
            (file,) = wire.receive(sock)
            function(*pickle.loads(Path(os.fsdecode(file)).read_bytes()))

    _do(work, request, added)


def _make_way() -> None:
    """Lower the priority of this process.

    If Linux schedules by session, the session's own niceness counts (sched(7), “The autogroup feature”).
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
    """Bound this process's memory: a cell that needs more gets a ``MemoryError``; the machine and others go on.

    The hard limit leaves a small reserve (:func:`baocao.execute.memory.lend_reserve`).

    The system counts memory that is reserved, used or not; what the warm process reserved without use (as V8 does) is
    added to the bound.
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
    """Ask the system to kill this process when its parent ends in any way (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PRCTL_DEATH, signal.SIGKILL)


def _leave(code: int) -> NoReturn:
    """End as an interpreter does, with threads joined, exit functions run, buffers flushed; but without the rest."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code)
