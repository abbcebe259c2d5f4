"""What a forked child does: it is ipykernel's own kernel, whose messages go over one socket instead of five ports.

Only transport is replaced. The application, shell, display hooks, output streams (with their thread, and their watch
of file descriptors 1 and 2), JSON and message headers are those of ipykernel, so that outputs are as from any kernel.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets import Type

from baocao.execute.warm import charts, wire

SHELL, IOPUB = b"s", b"i"
ARGUMENTS = ("--log-level=40", "--HistoryManager.hist_file=:memory:")
_CHUNK = 1 << 16


class Pipe:
    """One end of the socket to nbclient; threads may write to it."""

    def __init__(self, sock: socket.socket) -> None:
        self.socket = sock
        self._lock = threading.Lock()

    def write(self, channel: bytes, frames: list[Any]) -> None:
        with self._lock:
            wire.send(self.socket, [channel, *(bytes(frame) for frame in frames)])


class Channel:
    """What ipykernel takes for a socket (or its stream) of one channel."""

    def __init__(self, pipe: Pipe, name: bytes) -> None:
        self._pipe = pipe
        self._name = name
        self.context = zmq.Context()

    def send_multipart(self, frames: list[Any], *args: Any, **kwargs: Any) -> None:
        """Send one message."""
        del args, kwargs
        self._pipe.write(self._name, frames)

    def on_recv(self, callback: Callable[[list[zmq.Frame]], Any], copy: bool = True) -> None:
        """Hand each message that comes to ipykernel's dispatcher; the kernel ends when nobody can send any more."""
        del copy
        loop, unpacker = IOLoop.current(), wire.Unpacker()

        def readable(sock: socket.socket, events: int) -> None:
            del events
            data = sock.recv(_CHUNK)
            if not data:
                loop.remove_handler(sock)
                loop.stop()
            for frames in unpacker.feed(data):
                loop.add_callback(callback, [zmq.Frame(frame) for frame in frames])

        loop.add_handler(self._pipe.socket, readable, IOLoop.READ)

    def flush(self, *args: Any) -> None:
        """Nothing waits: each message is sent at once."""

    def close(self, *args: Any) -> None:
        """The socket is closed when the process ends."""


class PipeKernel(IPythonKernel):
    """ipykernel's kernel without threads for channels."""

    shell_stream = AnyTrait()

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def start(self) -> None:
        """Start; a cell with ``await`` asks afterwards in which thread cells run."""
        super().start()  # type: ignore[no-untyped-call]
        self.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        # nbclient sends a cell when the one before it has ended: none waits.
        del subshell_id


class PipeKernelApp(IPKernelApp):
    """ipykernel's application without ports, connection file and heartbeat."""

    kernel_class = Type(PipeKernel, klass=PipeKernel)
    pipe: Pipe
    key: bytes

    def init_connection_file(self) -> None:
        """No file: nobody else connects."""

    def init_poller(self) -> None:
        """On Linux the system ends the child with its parent; elsewhere it looks for itself, as any kernel does."""
        if sys.platform != "linux":
            super().init_poller()  # type: ignore[no-untyped-call]

    def init_heartbeat(self) -> None:
        """The parent watches the process itself."""

    def write_connection_file(self, **kwargs: Any) -> None:
        """No file."""

    def log_connection_info(self) -> None:
        """Nothing to connect to."""
        self._ports: dict[str, int] = {}

    def init_sockets(self) -> None:
        """The channels go over one pipe."""
        self.session = Session(parent=self, key=self.key)
        self.configure_tornado_logger()  # type: ignore[no-untyped-call]
        self.iopub_thread = IOPubThread(Channel(self.pipe, IOPUB), pipe=True, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_kernel(self) -> None:
        """The kernel, as ipykernel makes it but for the channels that it lacks."""
        self.kernel = self.kernel_class.instance(
            parent=self,
            session=self.session,
            shell_stream=Channel(self.pipe, SHELL),
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        kernel = self.kernel
        kernel.record_ports({})  # type: ignore[no-untyped-call]
        self.displayhook.get_execution_count = lambda: kernel.execution_count


def _hide_charts(shell: Any) -> None:
    """Show errors of vl-convert as they are without a renderer."""
    own = shell._get_exc_info

    def get_exc_info(exc_tuple: Any = None) -> Any:
        kind, error, trace = own(exc_tuple)
        if isinstance(error, BaseException) and trace is not None:
            trace = charts.without_own_frames(error.with_traceback(trace)).__traceback__
        return kind, error, trace

    shell._get_exc_info = get_exc_info


def run(sock: socket.socket, key: bytes) -> None:
    """Be the kernel at one end of a socket, until the other end is closed or the notebook exits."""
    app = PipeKernelApp.instance()
    app.pipe = Pipe(sock)
    app.key = key
    app.initialize(list(ARGUMENTS))  # type: ignore[no-untyped-call]
    _hide_charts(app.shell)
    app.start()  # type: ignore[no-untyped-call]
