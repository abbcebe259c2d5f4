"""The warm process: it imports modules, makes safe warm-up calls, and forks a clean child for each notebook.

It never runs code of a notebook or project, nor libraries that no longer work in a forked child once used (vl-convert,
polars, scikit-learn: all start threads). It is separate from the process of papermill, whose threads and settings would
leak into notebooks: either a new interpreter, or a fork of the command's process made before that has any of these.

It is started by :mod:`baocao.execute.warm.forked` with a socket, the initial number of renderers of charts (if that is
0, the first chart starts one), and the number of charts that each draws for practice. A request is a JSON object
(:data:`baocao.execute.warm.birth.Request`) sent with one end of a socket; the answer is the child's process id sent
with a file (pidfd) that refers to the process.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass, field
from typing import Any, NoReturn

from baocao.execute.warm import birth, preload, renderer, wire

MOST_FAILED = 5
"""Number of failed renderers after which no more are started: V8 does not start, or a chart crashes it each time."""


@dataclass
class State:
    """Open files of the zygote: sockets of parent and renderers, and a pidfd for each process that it started."""

    control: socket.socket
    charts: socket.socket
    address: str
    practice: int
    added: dict[str, str] = field(default_factory=dict)
    renderers: dict[int, int] = field(default_factory=dict)
    failed: int = 0
    draws: bool = False
    children: dict[int, int] = field(default_factory=dict)


def main() -> None:
    """Run a zygote in a new interpreter."""
    # An ordinary kernel, too, removes the working folder from the head of sys.path, and later adds "" further back.
    del sys.path[0]
    file, renderers, practice = map(int, sys.argv[1:])
    serve(socket.socket(fileno=file), renderers, practice, {})


def serve(control: socket.socket, renderers: int, practice: int, added: dict[str, str]) -> NoReturn:
    """Serve requests until the parent is gone, then end the process.

    Parameters
    ----------
    control
        The socket to the parent.
    renderers
        Initial number of renderers of charts.
    practice
        As for :func:`baocao.execute.warm.renderer.serve`.
    added
        Environment variables set by modules imported before.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    charts, address = renderer.listener()
    state = State(control, charts, address, practice)
    for _ in range(renderers):
        _start_renderer(state)
    del sys.argv[1:]
    state.added = added | preload.warm_up()
    if renderers:
        _expect_charts(state)
    gc.freeze()
    try:
        with contextlib.suppress(ConnectionError):  # the parent ended while it was waiting for an answer
            _serve(state)
    finally:
        for files in (state.children, state.renderers):
            for process in list(files.values()):
                _end(process)
    os._exit(0)  # at once: the parent waits for this, and there is nothing to clean up


def _serve(state: State) -> None:
    while True:
        charts = () if state.renderers or _draw_no_more(state) else (state.charts,)
        waiting: list[Any] = [state.control, *state.children, *state.renderers, *charts]
        ready, _, _ = select.select(waiting, [], [])
        for one in ready:
            if one is state.control:
                text, files = wire.receive_files(state.control, 1)
                if not text:
                    return
                request = json.loads(text)
                while len(state.renderers) < request["renderers"] and not _draw_no_more(state):
                    _start_renderer(state)
                if request["renderers"]:
                    _expect_charts(state)
                _fork(state, request, files[0])
            elif one is state.charts:
                _start_renderer(state)
            else:
                _ended(state, one)


def _expect_charts(state: State) -> None:
    if not state.draws:
        state.draws = True
        state.added |= preload.warm_up_charts()
        gc.freeze()


def _ended(state: State, file: int) -> None:
    """Reap a child, and kill what is left of its process group."""
    is_renderer = file in state.renderers
    process = (state.renderers if is_renderer else state.children).pop(file)
    os.close(file)
    failed = _end(process)
    if is_renderer:
        state.failed += failed
        if not _draw_no_more(state):
            _start_renderer(state)
        elif not state.renderers:
            state.charts.close()  # further requests are refused at once, and their charts drawn by the child


def _draw_no_more(state: State) -> bool:
    return state.failed >= MOST_FAILED


def _end(process: int) -> bool:
    """Kill a process with its group and reap it; returns whether it did not end normally."""
    # Until the process is reaped, its id cannot be reused.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(process, 0)[1] != 0
    return False


def _start_renderer(state: State) -> None:
    process = os.fork()
    if process:
        state.renderers[os.pidfd_open(process)] = process
        return
    try:
        birth.die_with_parent()  # first: whoever kills this process's group then misses no child
        os.setsid()
        state.control.close()
        renderer.serve(state.charts, state.practice)
        os._exit(0)
    finally:
        os._exit(1)


def _fork(state: State, request: birth.Request, file: int) -> None:
    process = os.fork()
    if process:
        os.close(file)
        named = os.pidfd_open(process)
        state.children[named] = process
        # The parent may be gone by now; the next check of its socket will show that.
        with contextlib.suppress(OSError):
            wire.send_files(state.control, str(process).encode(), [named])
        return
    try:
        birth.die_with_parent()
        os.setsid()
        for one in (state.control, state.charts):
            one.close()
        for other in (*state.children, *state.renderers):
            os.close(other)
        if "function" in request:
            birth.be_helper(request, state.added, socket.socket(fileno=file))
        from baocao.execute.warm import charts  # noqa: PLC0415

        birth.be_kernel(request, state.added, socket.socket(fileno=file), lambda: charts.use_renderer(state.address))
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
