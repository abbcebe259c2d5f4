"""In the process of papermill: starts the zygote and asks it for children."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass

from baocao.execute.warm import wire

GRACE = 5.0
"""Seconds that a child has for what it registered to be done at its end (as long as jupyter_client gives a kernel)."""


class WarmUnavailableError(Exception):
    """This machine cannot fork safely, or the zygote did not come up; ordinary kernels have to do."""


def unsupported() -> str:
    """Why no children can be forked here, in Vietnamese; empty if they can."""
    if sys.platform != "linux":
        return "hệ điều hành này không tách tiến trình an toàn"
    if not hasattr(os, "pidfd_open"):
        return "bản Python này không theo dõi được tiến trình con"
    return ""


@dataclass
class Child:
    """A forked process: its id, the file that names it (readable once it has ended), one end of its socket.

    ``key`` signs messages, as with any kernel.
    """

    process: int
    named: int
    socket: socket.socket
    key: bytes

    def ended(self, seconds: float = 0) -> bool:
        """Whether the process has ended, or does within so many seconds."""
        poll = select.poll()
        poll.register(self.named, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.named, number)

    def leave(self) -> None:
        """Say that no more cells come: the child does what it registered to be done at its end, and ends."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Kill the process if it has not ended, and forget it. The zygote ends the rest of its group."""
        if not self.ended():
            self.signal(signal.SIGKILL)
            self.ended(GRACE)
        self.socket.close()
        os.close(self.named)


class Zygote:
    """The warm process; its methods may be called from several threads."""

    def __init__(self, renderers: int) -> None:
        if reason := unsupported():
            raise WarmUnavailableError(reason)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "baocao.execute.warm.zygote", str(theirs.fileno()), str(renderers)]
        with theirs:
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
            )
        self._socket = ours
        self._lock = threading.Lock()
        self._closed = False

    @property
    def process(self) -> int:
        return self._process.pid

    def fork(self) -> Child:
        """A new child in this process's working folder, with its environment.

        Raises
        ------
        WarmUnavailableError
            If the zygote is gone.
        """
        ours, theirs = socket.socketpair()
        key = secrets.token_hex(16)
        environment = dict(os.environ) | {"JPY_PARENT_PID": str(os.getpid())}
        request = json.dumps({"folder": os.getcwd(), "environment": environment, "key": key}).encode()
        with theirs, self._lock:
            try:
                wire.send_files(self._socket, request, [theirs.fileno()])
                text, files = wire.receive_files(self._socket, 1)
            except OSError as error:
                text, files = b"", []
                reason = str(error)
            else:
                reason = "the zygote is gone"
        if not files:
            ours.close()
            raise WarmUnavailableError(reason)
        return Child(int(text), files[0], ours, key.encode())

    def close(self) -> None:
        """End the zygote and every child of it, at once."""
        if self._closed:
            return
        self._closed = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._socket.close()


class _Shared:
    """The zygote of this process: started when first asked for."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.zygote: Zygote | None = None
        self.renderers = 1


_shared = _Shared()


def start(renderers: int = 1) -> Zygote:
    """This process's zygote, started if there is none; it warms up while the caller goes on.

    Raises
    ------
    WarmUnavailableError
        If this machine cannot have one.
    """
    with _shared.lock:
        if _shared.zygote is None:
            _shared.zygote = Zygote(renderers)
        return _shared.zygote


def stop() -> None:
    """End this process's zygote with all its children, if there is one."""
    with _shared.lock:
        zygote, _shared.zygote = _shared.zygote, None
    if zygote:
        zygote.close()


atexit.register(stop)
