"""The warm process: it imports, warms calls that are known to be safe, and forks a clean child for each notebook.

It never runs code of a notebook or a project and uses no library that breaks in a forked child once used (vl-convert,
polars, scikit-learn: all start threads). It is a process of its own because papermill's has threads and settings that
would leak into notebooks.

Started by :mod:`baocao.execute.warm.control` with a socket as its only argument. A request is a JSON object (working
folder, environment) with one end of a socket; the answer is the child's process id with a file that names the process.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import random
import select
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from baocao.execute.warm import renderer, wire

PRELOADED = (
    "ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.completer", "IPython.core.completerlib", "comm",
    "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect", "IPython.extensions.storemagic",
    "IPython.utils.capture", "matplotlib_inline.backend_inline", "pdb", "sqlite3", "stack_data", "pygments.console",
    "pygments.formatters.terminal256", "tornado.platform.asyncio", "numpy", "pandas", "altair", "vl_convert",
    "tabulate", "yaml", "baocao.execute.warm.kernel", "baocao.execute.warm.charts", "baocao.workspace",
    "baocao.present.charts",
)  # fmt: skip
"""Imported before forking; one that is not installed is left to the notebook."""

PACKAGES = ("baocao.present.chapters",)
"""Packages of which every module is imported."""

_PRCTL_DEATH = 1


@dataclass
class State:
    """What the zygote has open: the parent's socket, the renderers', a file that names each process it started."""

    control: socket.socket
    charts: socket.socket
    address: str
    wanted: int
    added: dict[str, str] = field(default_factory=dict)
    renderers: dict[int, int] = field(default_factory=dict)
    children: dict[int, int] = field(default_factory=dict)


def main() -> None:
    """Serve until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    charts, address = renderer.listener()
    state = State(control, charts, address, int(sys.argv[2]))
    sys.argv = ["ipykernel_launcher.py"]
    # A kernel is started with the working folder in front and takes it out, to put "" in its place further back.
    del sys.path[0]
    for _ in range(state.wanted):
        _start_renderer(state)
    before = dict(os.environ)
    with Path(os.devnull).open("w") as nothing, contextlib.redirect_stderr(nothing):
        # The debugger that a kernel brings has remarks on Python itself.
        _warm()
    # Variables that modules set while they are imported, as they do in any kernel.
    state.added = {name: value for name, value in os.environ.items() if before.get(name) != value}
    gc.collect()
    gc.freeze()
    try:
        _serve(state)
    finally:
        for files in (state.children, state.renderers):
            for process in list(files.values()):
                _end(process)


def _warm() -> None:
    names = list(PRELOADED)
    for package in PACKAGES:
        with contextlib.suppress(ImportError):
            found = pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}.")
            names += [module.name for module in found]
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    with contextlib.suppress(ImportError):
        _warm_altair()


def _warm_altair() -> None:
    """Altair builds the checker of its charts at the first of them."""
    import altair  # noqa: PLC0415

    altair.Chart(altair.Data(values=[])).mark_bar().encode(x="a:Q").to_dict()


def _serve(state: State) -> None:
    while True:
        waiting: list[Any] = [state.control, *state.children, *state.renderers]
        ready, _, _ = select.select(waiting, [], [])
        for one in ready:
            if one is state.control:
                text, files = wire.receive_files(state.control, 1)
                if not text:
                    return
                _fork(state, json.loads(text), files[0])
            else:
                _ended(state, one)


def _ended(state: State, file: int) -> None:
    """Bury a child; what is left of its process group goes with it."""
    is_renderer = file in state.renderers
    process = (state.renderers if is_renderer else state.children).pop(file)
    os.close(file)
    _end(process)
    if is_renderer:
        _start_renderer(state)


def _end(process: int) -> None:
    # Before the process is waited for, its id cannot belong to another.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(process, 0)


def _start_renderer(state: State) -> None:
    process = os.fork()
    if process:
        state.renderers[os.pidfd_open(process)] = process
        return
    try:
        os.setsid()
        _die_with_parent()
        state.control.close()
        renderer.serve(state.charts)
    finally:
        os._exit(0)


def _fork(state: State, request: dict[str, Any], file: int) -> None:
    process = os.fork()
    if process:
        os.close(file)
        named = os.pidfd_open(process)
        state.children[named] = process
        wire.send_files(state.control, str(process).encode(), [named])
        return
    code = 1
    try:
        _be_kernel(state, request, socket.socket(fileno=file))
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        _leave(code)


def _be_kernel(state: State, request: dict[str, Any], sock: socket.socket) -> None:
    os.setsid()
    _die_with_parent()
    for one in (state.control, state.charts):
        one.close()
    for file in (*state.children, *state.renderers):
        os.close(file)
    _own_streams()
    os.environ.clear()
    os.environ.update(request["environment"] | state.added)
    time.tzset()
    os.chdir(request["folder"])
    _reseed()
    from baocao.execute.warm import charts, kernel  # noqa: PLC0415

    charts.use_renderer(state.address)
    kernel.run(sock, request["key"].encode())


def _own_streams() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)


def _reseed() -> None:
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _die_with_parent() -> None:
    """Ask the kernel to kill this process when the zygote is gone, however that came about."""
    import ctypes  # noqa: PLC0415

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


if __name__ == "__main__":
    main()
