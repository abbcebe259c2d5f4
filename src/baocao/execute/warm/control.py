"""In the process of papermill: how children are made on this machine, and this process's source of them."""

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
"""Variable that sets how notebooks run: ``fork``, ``spawn``, or a papermill engine (``nbclient``: ordinary kernels)."""

OWN_WAYS = ("fork", "spawn")


def other_engine() -> str:
    """Another papermill engine than this project's, if one is set; else empty."""
    named = os.environ.get(ENGINE_VARIABLE, "")
    return "" if named in OWN_WAYS else named


def way(platform: str = sys.platform) -> tuple[str, str]:
    """How children are made (``fork``, ``spawn``, or empty for not at all), and in Vietnamese why not by forking."""
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
    """The run was stopped: no further notebook may start."""


class _Shared:
    """This process's source of children, opened when it is first asked for."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """In a fork: drop the parent's source, which does not belong to the fork."""
        self.lock = threading.Lock()
        self.source: Source | None = None
        self.refused = False


_shared = _Shared()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.forget)


def start(workers: int = 1, expected: Expected | None = None, folder: str = "", *, share: bool = False) -> Source:
    """This process's source of children, opened if needed; it warms up while the caller goes on.

    Parameters
    ----------
    workers
        How many notebooks run at once.
    expected
        What is known about the notebooks to come.
    folder
        Their working folder, if known; their environment is then this process's present one.
    share
        Whether this process may first import the modules that it shares with a warm process (see :class:`Zygote`).

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
    """A child of this process's source, in a folder; if the source was lost by accident, it is opened again, once.

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
    """A child of the warm process that will call a function, ``module:name``; None without a warm process.

    Results and exceptions of the function are lost; only what it writes remains. The caller looks for that, and does
    the work itself if it is missing.

    Parameters
    ----------
    modules
        Modules that the function would import late; the child imports them at once.
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
    """Whether the run was stopped, so that a notebook's result may be incomplete."""
    with _shared.lock:
        return _shared.refused


def _drop(source: Source) -> None:
    with _shared.lock:
        if _shared.source is source:
            _shared.source = None
    source.close()


def stop(refuse: bool = False) -> None:
    """End this process's source, if there is one, with all its children.

    With ``refuse`` there are no new children until the next :func:`start`, because threads of a stopped run may still
    ask for some.
    """
    with _shared.lock:
        _shared.refused = refuse
        source, _shared.source = _shared.source, None
    if source:
        source.close()


atexit.register(stop)
