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
from dataclasses import dataclass
from functools import partial

from baocao.execute.warm import wire
from baocao.execute.warm.children import GRACE, Child, WarmUnavailableError, request

FEW = 4
"""Notebooks that one renderer serves."""


@dataclass
class _Asked:
    """A child that was asked for: what it is to be, the end of its socket that is kept here, the key of messages."""

    wanted: dict[str, object]
    socket: socket.socket
    key: str


class Zygote:
    """The warm process that forks; its methods may be called from several threads.

    It begins with one renderer of charts; there are as many as notebooks at once where there is work for them. While
    more children are expected one is always asked for ahead, so that it has become a kernel when its notebook comes.
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
        self._expected = 0
        self._ahead: _Asked | None = None

    @property
    def process(self) -> int:
        return self._process.pid

    def child(self) -> Child:
        """The one that was forked ahead, if it is what is wanted now, or a new one.

        Raises
        ------
        WarmUnavailableError
            If the zygote is gone.
        """
        wanted = request()
        with self._lock:
            child = self._forked_ahead(wanted) or self._born(self._ask(wanted))
            self._expected -= 1
            if self._expected > 0:
                with contextlib.suppress(WarmUnavailableError):  # who wants it will see
                    self._ahead = self._ask(wanted)
        return child

    def _forked_ahead(self, wanted: dict[str, object]) -> Child | None:
        asked, self._ahead = self._ahead, None
        if asked is None:
            return None
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
        return _Asked(wanted, ours, key)

    def _born(self, asked: _Asked) -> Child:
        """The child that was asked for; the zygote answers in the order in which it is asked."""
        try:
            text, files = wire.receive_files(self._socket, 1)
            if not files:
                raise WarmUnavailableError("the zygote is gone")
        except (OSError, WarmUnavailableError) as error:
            asked.socket.close()
            raise WarmUnavailableError(str(error)) from error
        (named,) = files
        signalled = partial(signal.pidfd_send_signal, named)
        return Child(int(text), named, signalled, asked.socket, asked.key.encode())

    def expect(self, most: int) -> None:
        """So many are wanted from now on: that bounds what is asked for ahead.

        Few notebooks have charts for one renderer only: starting V8 takes longer than to wait for it.
        """
        with self._lock:
            self._expected = most
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
        if self._ahead:
            self._ahead.socket.close()
