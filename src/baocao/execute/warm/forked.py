"""In the process of papermill: starts the zygote and asks it for children."""

from __future__ import annotations

import contextlib
import json
import secrets
import signal
import socket
import subprocess
import sys
import threading

from baocao.execute.warm import wire
from baocao.execute.warm.children import GRACE, Child, WarmUnavailableError, request

FEW = 4
"""Notebooks that one renderer serves."""


class Zygote:
    """The warm process that forks; its methods may be called from several threads.

    It begins with one renderer of charts; there are as many as notebooks at once where there is work for them.
    """

    def __init__(self, workers: int) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "baocao.execute.warm.zygote", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
            )
        self._socket = ours
        self._lock = threading.Lock()
        self._closed = False
        self._workers = workers
        self._renderers = 1

    @property
    def process(self) -> int:
        return self._process.pid

    def child(self) -> Child:
        """Fork one.

        Raises
        ------
        WarmUnavailableError
            If the zygote is gone.
        """
        ours, theirs = socket.socketpair()
        key = secrets.token_hex(16)
        with theirs, self._lock:
            try:
                wire.send_files(
                    self._socket, json.dumps(request(key) | {"renderers": self._renderers}).encode(), [theirs.fileno()]
                )
                text, files = wire.receive_files(self._socket, 1)
            except OSError as error:
                text, files = b"", []
                reason = str(error)
            else:
                reason = "the zygote is gone"
        if not files:
            ours.close()
            raise WarmUnavailableError(reason)
        (named,) = files
        return Child(int(text), named, lambda number: signal.pidfd_send_signal(named, number), ours, key.encode())

    def expect(self, most: int) -> None:
        """Few notebooks have charts for one renderer only: starting V8 takes longer than to wait for it."""
        self._renderers = self._workers if most > FEW else 1

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
