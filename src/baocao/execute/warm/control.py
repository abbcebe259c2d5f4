"""In the process of papermill: how children are made on this machine, and the one source of them."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from baocao.execute.warm.children import Child, Expected, Source, WarmUnavailableError
from baocao.execute.warm.forked import Helper, Zygote
from baocao.execute.warm.spawning import Spawned

ENGINE_VARIABLE = "BAOCAO_PAPERMILL_ENGINE"
"""Names how notebooks run: ``fork``, ``spawn``, or another engine of papermill (``nbclient``: ordinary kernels)."""

OWN_WAYS = ("fork", "spawn")


def other_engine() -> str:
    """Another engine of papermill than this project's, if one is named."""
    named = os.environ.get(ENGINE_VARIABLE, "")
    return "" if named in OWN_WAYS else named


def way(platform: str = sys.platform) -> tuple[str, str]:
    """How children are made (``fork``, ``spawn``, empty for not at all) and, in Vietnamese, why not by forking."""
    wanted = os.environ.get(ENGINE_VARIABLE, "")
    if platform == "win32":
        return "", "Windows không có tiến trình nền kiểu này"
    if wanted == "spawn":
        return "spawn", f"theo biến môi trường {ENGINE_VARIABLE}"
    if platform != "linux":
        return "spawn", "hệ điều hành này không tách tiến trình an toàn"
    if not hasattr(os, "pidfd_open"):
        return "spawn", "bản Python này không theo dõi được tiến trình con"
    return "fork", ""


class StoppedError(RuntimeError):
    """No notebook is to start any more."""


class _Shared:
    """The source of children of this process: opened when first asked for."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """In a fork: what is its parent's is none of its own."""
        self.lock = threading.Lock()
        self.source: Source | None = None
        self.refused = False


_shared = _Shared()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.forget)


def start(workers: int = 1, expected: Expected | None = None, folder: str = "", *, share: bool = False) -> Source:
    """This process's source of children, opened if there is none; it warms up while the caller goes on.

    Parameters
    ----------
    workers
        How many notebooks run at once.
    expected
        What is known of those that come.
    folder
        Where they will work, if that is known; their environment is then this process's as it is now.
    share
        Whether this process may import what it shares with a warm one before it goes on (see :class:`Zygote`).

    Raises
    ------
    WarmUnavailableError
        If this machine cannot have one.
    """
    with _shared.lock:
        _shared.refused = False
        return _source(workers, expected, folder, share=share)


def _source(workers: int = 1, expected: Expected | None = None, folder: str = "", *, share: bool = False) -> Source:
    if _shared.source is None:
        _shared.source = _opened(workers, expected, share=share)
    if expected:
        _shared.source.expect(expected, folder)
    return _shared.source


def _opened(workers: int, expected: Expected | None, *, share: bool) -> Source:
    how, reason = way()
    if not how:
        raise WarmUnavailableError(reason)
    try:
        if how == "fork":
            return Zygote(workers, expected, share=share)
        return Spawned(workers, expected.most if expected else 0)
    except OSError as error:
        raise WarmUnavailableError(str(error)) from error


def child(folder: str = "") -> Child:
    """A child of this process's source, in a folder; a source that was lost is opened anew, once: that is an accident.

    Raises
    ------
    StoppedError
        If the run was stopped.
    WarmUnavailableError
        If there is none to be had.
    """
    source = _running()
    try:
        return source.child(folder)
    except WarmUnavailableError:
        _drop(source)
        return _running().child(folder)


def helper(function: str, modules: Sequence[str] = ()) -> Helper | None:
    """A child of this process's warm process that will call a function, ``module:name``; none without such a process.

    What the function returns or raises is lost, what it writes is not: whoever needs that looks for it, and does it
    here if it is not there.

    Parameters
    ----------
    modules
        What the function imports late: the child does that at once.
    """
    with _shared.lock:
        source = _shared.source
    if isinstance(source, Zygote):
        with suppress(WarmUnavailableError):
            return source.helper(function, modules)
    return None


def _running() -> Source:
    with _shared.lock:
        if _shared.refused:
            raise StoppedError("the run was stopped")
        return _source()


def stopped() -> bool:
    """Whether the run was stopped: what a notebook gives then may be half of it."""
    with _shared.lock:
        return _shared.refused


def _drop(source: Source) -> None:
    with _shared.lock:
        if _shared.source is source:
            _shared.source = None
    source.close()


def stop(refuse: bool = False) -> None:
    """End this process's source with all its children, if there is one.

    With ``refuse`` nobody gets a child until the next :func:`start`: threads of a run that was stopped may ask yet.
    """
    with _shared.lock:
        _shared.refused = refuse
        source, _shared.source = _shared.source, None
    if source:
        source.close()


atexit.register(stop)
