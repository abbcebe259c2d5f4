"""In the process of papermill: starts the zygote and asks it for children."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import psutil

from baocao import process
from baocao.execute.environment import SOURCE
from baocao.execute.warm import preload, renderer, wire, zygote
from baocao.execute.warm.children import Child, Expected, WarmUnavailableError, request

BRIEF = 0.5
"""Seconds for a serving zygote to end by itself with all its children, before they are killed."""

FEW = 8
"""Most notebooks with charts for a single renderer: up to this, starting a second V8 takes longer than waiting."""


@dataclass
class _Asked:
    """A child that was requested: the request, our end of its socket, the key of messages.

    ``child`` is the result, once the zygote has answered.
    """

    wanted: dict[str, object]
    socket: socket.socket
    key: str
    child: Child | None = None


class Helper:
    """A child that imports what a function needs, and calls it when it gets the arguments.

    Arguments are passed in a file without a name, which disappears however this process ends.
    """

    def __init__(self, born: Callable[[], Child]) -> None:
        self._born = born
        self._arguments = tempfile.TemporaryFile()  # noqa: SIM115 - closed in wait()

    def call(self, *arguments: Any) -> None:
        """Call the function with these arguments in the child; its result or exception is lost."""
        with contextlib.suppress(WarmUnavailableError, OSError):  # OSError: the disk may be full
            pickle.dump(arguments, self._arguments, protocol=5)
            self._arguments.flush()
            wire.send(self._born().socket, [f"/proc/{os.getpid()}/fd/{self._arguments.fileno()}".encode()])

    def wait(self) -> None:
        """Wait until the child has ended in any way; its work may be done or not."""
        if self._arguments.closed:
            return
        with contextlib.suppress(WarmUnavailableError, OSError), self._arguments:
            child = self._born()
            child.leave()
            child.ended(None)
            child.close()


def _start(control: socket.socket, renderers: int, practice: int) -> psutil.Process:
    """Start a zygote in a new interpreter."""
    file = control.fileno()
    command = [sys.executable, "-m", "baocao.execute.warm.zygote", *map(str, (file, renderers, practice))]
    return psutil.Popen(command, pass_fds=[file], stdin=subprocess.DEVNULL, start_new_session=True)


def _fork(control: socket.socket, renderers: int, practice: int) -> psutil.Process:
    """Start a zygote as a fork of this process."""
    outside = dict(os.environ)
    added = preload.warm_up_shared()
    os.environ.clear()
    os.environ.update(outside)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    # Ctrl-C is blocked until the zygote has set up its handling.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, process.STOPPING)
    try:
        child = os.fork()
    except OSError:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        raise
    if not child:
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            process.be_new(control.fileno(), str(SOURCE))
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            zygote.serve(control, renderers, practice, added)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(1)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return psutil.Process(child)


def _kill_family(zygote: psutil.Process) -> None:
    """Kill a zygote, its children, and all processes in their groups.

    A child forked meanwhile is still in the zygote's own group; later on, the system ends it with its parent.
    """
    groups = []
    with contextlib.suppress(psutil.NoSuchProcess):
        groups += [one.pid for one in zygote.children()]
    for group in (*groups, zygote.pid):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    zygote.kill()  # if it has no process group of its own yet


class Zygote:
    """The process of papermill's side of the warm process; its methods may be called from several threads.

    There are up to as many renderers of charts as notebooks run at once; if no charts are expected, the first chart
    starts one. While more children are expected, one is always requested ahead, so that it is already a kernel when its
    notebook comes.

    Parameters
    ----------
    workers
        How many notebooks run at once.
    expected
        What is known about the notebooks to come.
    share
        Whether it may be a fork of this process, which then first imports what both need. That is less work in total,
        but not done in parallel. It is only done if forking is safe (:func:`baocao.process.may_be_forked`).
    """

    def __init__(self, workers: int, expected: Expected | None = None, *, share: bool = False) -> None:
        self._workers = workers
        renderers = self._renderers_for(expected.charts) if expected else 1
        practice = 1 if expected is None or expected.soon else renderer.PRACTICE
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            started = _fork if share and process.may_be_forked() else _start
            self._process = started(theirs, renderers, practice)
        self._socket = ours
        self._lock = threading.Lock()
        self._closed = False
        self._serves = False
        self._renderers = renderers
        self._expected = 0
        self._ahead: deque[_Asked] = deque()
        self._unanswered: deque[_Asked] = deque()
        self._helpers: list[Helper] = []

    @property
    def process(self) -> int:
        return self._process.pid

    def child(self, folder: str = "") -> Child:
        """The child requested ahead, if it fits, or a new one.

        Raises
        ------
        WarmUnavailableError
            If the zygote is gone.
        """
        wanted = request(folder)
        with self._lock:
            child = self._forked_ahead(wanted) or self._born(self._ask(wanted))
            self._expected -= 1
            if self._expected > 0 and not self._ahead:
                self._ask_ahead(wanted, 1)
        return child

    def _ask_ahead(self, wanted: dict[str, object], number: int) -> None:
        with contextlib.suppress(WarmUnavailableError):  # whoever wants the child will get the error
            self._ahead.extend(self._ask(wanted) for _ in range(number))

    def _forked_ahead(self, wanted: dict[str, object]) -> Child | None:
        while self._ahead:
            asked = self._ahead.popleft()
            child = self._born(asked)
            if asked.wanted == wanted and not child.ended():
                return child
            child.close()
        return None

    def _ask(self, wanted: dict[str, object]) -> _Asked:
        ours, theirs = socket.socketpair()
        key = secrets.token_hex(16)
        text = json.dumps(wanted | {"key": key, "renderers": self._renderers}).encode()
        try:
            with theirs:
                wire.send_files(self._socket, text, [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise WarmUnavailableError(str(error)) from error
        self._unanswered.append(asked := _Asked(wanted, ours, key))
        return asked

    def _born(self, asked: _Asked) -> Child:
        """Wait for the requested child; the zygote answers requests in order."""
        while asked.child is None:
            try:
                text, files = wire.receive_files(self._socket, 1)
                if not files:
                    raise WarmUnavailableError("the zygote is gone")
            except (OSError, WarmUnavailableError) as error:
                asked.socket.close()
                raise WarmUnavailableError(str(error)) from error
            (named,) = files
            self._serves = True
            first = self._unanswered.popleft()
            signalled = partial(signal.pidfd_send_signal, named)
            first.child = Child(int(text), named, signalled, first.socket, first.key.encode())
        return asked.child

    def helper(self, function: str, modules: Sequence[str] = ()) -> Helper:
        """A child that will call a function, ``module:name``; it imports that module and ``modules`` at once.

        Raises
        ------
        WarmUnavailableError
            If the zygote is gone.
        """
        wanted = request() | {"memory": 0, "function": function, "modules": list(modules)}
        with self._lock:
            asked = self._ask(wanted)

        def born() -> Child:
            with self._lock:
                return self._born(asked)

        self._helpers.append(Helper(born))
        return self._helpers[-1]

    def expect(self, expected: Expected, folder: str = "") -> None:
        """Announce how many children will be wanted, which limits how many are requested ahead.

        If their folder is known, one child for each worker is requested now.
        """
        with self._lock:
            self._expected = expected.most
            self._renderers = self._renderers_for(expected.charts)
            if folder:
                self._ask_ahead(request(folder), min(self._workers, expected.most) - len(self._ahead))

    def _renderers_for(self, charts: int) -> int:
        return self._workers if charts > FEW else min(charts, 1)

    def close(self) -> None:
        """End the zygote and all its children at once.

        Before its first answer the zygote is still importing and would notice a request too late, so it is killed; its
        children have nothing to do yet.
        """
        if self._closed:
            return
        self._closed = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(BRIEF if self._serves else 0)
        except psutil.TimeoutExpired:
            _kill_family(self._process)
            self._process.wait()
        self._socket.close()
        for helper in self._helpers:
            helper.wait()
        for asked in self._ahead:
            if asked.child:
                asked.child.close()
            asked.socket.close()
