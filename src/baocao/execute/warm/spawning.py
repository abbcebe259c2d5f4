"""In the process of papermill: new interpreters, started and warmed before their notebooks come.

For systems that cannot fork safely (macOS, whose own libraries do not stand it). Slower than forking by what an
interpreter needs to import, though that is done while the notebook before it runs.
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
"""How long to wait for an interpreter to warm up."""


class _Waiting:
    """An interpreter that warms up, or waits for its notebook."""

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
        """Bury the process; what is left of its process group goes with it."""
        self.process.wait()
        self.kill()
        with contextlib.suppress(OSError):
            os.write(self._end, b"x")
        os.close(self._end)

    def kill(self) -> None:
        """Kill the process with all that it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def born(self, folder: str) -> Child:
        """The child, asked to run a notebook of this process, in a folder."""
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
        """Kill the process and wait for its end; who has its child closes that."""
        self.kill()
        self.watch.join(GRACE)
        if not self._taken:
            self._close()

    def _close(self) -> None:
        self.socket.close()
        os.close(self.named)


class Spawned:
    """Interpreters, so many of them ahead; ``most`` is how many are wanted in all, if that is known."""

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
        """The interpreter that was started first; another one warms up in its place.

        Raises
        ------
        WarmUnavailableError
            If it did not come up, or all were ended.
        """
        with self._lock:
            if self._closed:  # a thread of a run that was stopped asks yet: what it began now nobody would end
                raise WarmUnavailableError("the interpreters were ended")
            one = self._waiting.popleft() if self._waiting else self._begin()
            self._most -= 1
            if self._most < 0 or self._most > len(self._waiting):
                self._waiting.append(self._begin())
        return one.born(folder)

    def expect(self, expected: Expected, folder: str = "") -> None:
        """So many are wanted from now on: when the last of them has begun, no other one is started."""
        del folder  # an interpreter is told where it works when its notebook comes
        with self._lock:
            self._most = expected.most

    def close(self) -> None:
        """End all of them, at once."""
        with self._lock:
            self._closed = True
            begun, self._begun = self._begun, []
            self._waiting.clear()
        for one in begun:
            one.kill()
        for one in begun:
            one.end()
