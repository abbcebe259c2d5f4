"""In the process of papermill: new interpreters, started and warmed before their notebooks come.

For systems that cannot fork safely (macOS, because of its system libraries). This is slower than forking by the import
time of an interpreter, most of which passes while earlier notebooks run.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from collections import deque

from baocao.execute.warm import wire
from baocao.execute.warm.children import GRACE, Child, Expected, WarmUnavailableError, request
from baocao.execute.warm.spawned import READY

_SECONDS = 120.0
"""Longest wait for an interpreter to warm up, in seconds."""


class _Waiting:
    """An interpreter that is warming up or waiting for its notebook."""

    def __init__(self) -> None:
        self.socket, theirs = socket.socketpair()
        self.named, self._end = os.pipe()
        command = [sys.executable, "-m", "baocao.execute.warm.spawned", str(theirs.fileno())]
        with theirs:
            self.process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, "JPY_PARENT_PID": str(os.getpid())},
            )
        self._taken = False
        self.watch = threading.Thread(target=self._watch, daemon=True)
        self.watch.start()

    def _watch(self) -> None:
        """Wait for the process to end, then kill what is left of its process group."""
        self.process.wait()
        self.kill()
        with contextlib.suppress(OSError):
            os.write(self._end, b"x")
        os.close(self._end)

    def kill(self) -> None:
        """Kill the process and all that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def born(self, folder: str) -> Child:
        """Send the request for a notebook in a folder; returns the child."""
        key = secrets.token_hex(16)
        self._taken = True
        try:
            self.socket.settimeout(_SECONDS)
            if self.socket.recv(1) != READY:
                raise WarmUnavailableError("the new interpreter ended")
            wire.send(self.socket, [json.dumps(request(folder) | {"key": key}).encode()])
        except (OSError, WarmUnavailableError) as error:
            self.kill()
            self._close()
            raise WarmUnavailableError(str(error)) from error
        self.socket.settimeout(None)
        return Child(self.process.pid, self.named, self.process.send_signal, self.socket, key.encode())

    def end(self) -> None:
        """Kill the process and wait for its end; the child, if any, is closed by its owner."""
        self.kill()
        self.watch.join(GRACE)
        if not self._taken:
            self._close()

    def _close(self) -> None:
        self.socket.close()
        os.close(self.named)


class Spawned:
    """A source of interpreters, ``ahead`` of them started in advance; ``most`` is the total wanted, if known."""

    def __init__(self, ahead: int, most: int = 0) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self._most = most
        self._begun: list[_Waiting] = []
        self._waiting = deque(self._begin() for _ in range(min(ahead, most) if most else ahead))

    def _begin(self) -> _Waiting:
        one = _Waiting()
        self._begun = [other for other in self._begun if other.watch.is_alive()] + [one]
        return one

    def child(self, folder: str = "") -> Child:
        """The interpreter that was started first; another one is started in its place.

        Raises
        ------
        WarmUnavailableError
            If it did not start, or the source is closed.
        """
        with self._lock:
            if self._closed:  # a thread of a stopped run still asks; an interpreter started now would never be ended
                raise WarmUnavailableError("the interpreters were ended")
            one = self._waiting.popleft() if self._waiting else self._begin()
            self._most -= 1
            if self._most < 0 or self._most > len(self._waiting):
                self._waiting.append(self._begin())
        return one.born(folder)

    def expect(self, expected: Expected, folder: str = "") -> None:
        """Announce how many will be wanted; once these have been started, no further one is."""
        del folder  # an interpreter is told its folder when its notebook comes
        with self._lock:
            self._most = expected.most

    def close(self) -> None:
        """End all interpreters at once."""
        with self._lock:
            self._closed = True
            begun, self._begun = self._begun, []
            self._waiting.clear()
        for one in begun:
            one.kill()
        for one in begun:
            one.end()
