"""What a forked child does: it is ipykernel's own kernel, whose messages go over one socket instead of five ports.

Only transport is replaced. The application, shell, display hooks, output streams with their thread, JSON and message
headers are those of ipykernel, so that outputs are as from any kernel; what is written to file descriptors 1 and 2
comes at its place whatever else the machine does (:class:`OutStream`).
"""

from __future__ import annotations

import atexit
import codecs
import json
import os
import select
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import ipykernel
import zmq
from ipykernel import iostream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets import DottedObjectName, Type

from baocao import watch
from baocao.execute import drawings
from baocao.execute.memory import lend_reserve
from baocao.execute.warm import charts, wire
from baocao.execute.warm.frames import without_frames_of
from baocao.execute.warm.wire import IOPUB, SHELL
from baocao.slices import watch_run

HISTORY = "--HistoryManager.hist_file=:memory:"
"""What nbclient adds to the command line of a kernel."""
ARGUMENTS = ("--log-level=40", HISTORY)
LAUNCHER = Path(ipykernel.__file__).resolve().parents[1] / "ipykernel_launcher.py"
"""The script of an ordinary kernel."""
_CHUNK = 1 << 16
_BETWEEN = frozenset({__file__, charts.__file__, watch.__file__})
"""Files of the code that stands between a notebook and what it has in an ordinary kernel (vl-convert, its stream)."""


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


_GIVEN_BY_A_FLUSH = 2
"""Things to do that a flush gives to the thread itself; were it another number, each flush would wait."""


class OutputThread(iostream.IOPubThread):
    """The thread that sends outputs; counts what it was given, and what of that a flush has waited for."""

    given = seen_through = 0

    def schedule(self, f: Callable[[], Any]) -> None:
        """Take something to do."""
        self.given += 1
        super().schedule(f)  # type: ignore[no-untyped-call]


class OutStream(iostream.OutStream):
    """ipykernel's stream of a cell's printed output, with these differences.

    What is written at the level of file descriptors (by a program that was called, by a library in C) is taken before
    anything that is printed or shown after it, and before the cell ends; ipykernel leaves that to a thread, and what
    the thread comes too late for is lost or stands elsewhere. A character whose bytes come apart is one all the same.

    A flush waits for the thread that sends only if something was written or sent since the last one: a cell is followed
    by some six flushes, each of them a change of threads to and fro.
    """

    # Errors, and who looks at sys.stdout, name it as in any kernel.
    __module__ = iostream.__name__

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._taking = threading.Lock()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]

    def _watch_pipe_fd(self) -> None:
        try:
            while self._should_watch:
                self._readable(None)
                self._take()
        except Exception:
            self._exc = sys.exc_info()

    @property
    def _pipe(self) -> int:
        return cast("int", self._fid)  # there is one wherever it is watched

    def _readable(self, milliseconds: int | None) -> bool:
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        return bool(poll.poll(milliseconds))

    def _take(self) -> None:
        """Take what stands in the pipe that is file descriptor 1 or 2."""
        if not (self._should_watch and self._is_master_process()):  # type: ignore[no-untyped-call]
            return
        with self._taking:
            while self._readable(0):
                data = os.read(self._pipe, iostream.PIPE_BUFFER_SIZE)
                if not (data and self._should_watch):
                    self._should_watch = False  # nobody can write any more
                    return
                super().write(self._decoder.decode(data))
                os.write(self._original_stdstream_copy, data)

    def write(self, string: str) -> int | None:  # type: ignore[override]
        """Write, after what was written to the descriptor before."""
        self._take()
        return super().write(string)

    def flush(self) -> None:
        """Wait until all that was written or sent has gone."""
        self._take()
        thread = self.pub_thread
        given = thread.given if thread else 0
        if thread and not self._buffers and given == thread.seen_through:
            return
        super().flush()  # type: ignore[no-untyped-call]
        if thread:
            thread.seen_through = given + _GIVEN_BY_A_FLUSH


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

    async def execute_request(self, stream: Any, ident: Any, parent: Any) -> None:
        """Run a cell; where there is no memory left to answer with, end: else nobody hears of it for minutes."""
        try:
            await super().execute_request(stream, ident, parent)  # type: ignore[no-untyped-call]
        except MemoryError:
            os._exit(1)

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        # nbclient sends a cell when the one before it has ended: none waits.
        del subshell_id


_CONNECTION = {
    "ip": "127.0.0.1",
    "transport": "tcp",
    "signature_scheme": "hmac-sha256",
    "kernel_name": "python3",
}


def _remove(file: str) -> None:
    with suppress(OSError):
        Path(file).unlink()


class PipeKernelApp(IPKernelApp):
    """ipykernel's application without ports and heartbeat; its connection file leads nowhere."""

    kernel_class = Type(PipeKernel, klass=PipeKernel)
    outstream_class = DottedObjectName("baocao.execute.warm.kernel.OutStream")
    pipe: Pipe
    key: bytes

    def init_connection_file(self) -> None:
        """One to be looked at, by whoever asks how this kernel was started: nobody else connects."""
        handle, self.connection_file = tempfile.mkstemp(".json", dir=os.environ.get("IPYTHONDIR") or None)
        about = dict.fromkeys(("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"), 0)
        with os.fdopen(handle, "w") as file:
            json.dump(about | _CONNECTION | {"key": self.key.decode()}, file, indent=2)
        atexit.register(_remove, self.connection_file)

    def init_poller(self) -> None:
        """On Linux the system ends the child with its parent; elsewhere it looks for itself, as any kernel does.

        The thread that it does not have then has its number all the same: those of the notebook are named by theirs.
        """
        if sys.platform == "linux":
            threading.Thread()
        else:
            super().init_poller()  # type: ignore[no-untyped-call]

    def init_heartbeat(self) -> None:
        """The parent watches the process itself."""

    def write_connection_file(self, **kwargs: Any) -> None:
        """It is written already."""

    def log_connection_info(self) -> None:
        """Nothing to connect to."""
        self._ports: dict[str, int] = {}

    def init_sockets(self) -> None:
        """The channels go over one pipe."""
        self.session = Session(parent=self, key=self.key)
        self.configure_tornado_logger()  # type: ignore[no-untyped-call]
        self.iopub_thread = OutputThread(Channel(self.pipe, IOPUB), pipe=True, session=self.session)  # type: ignore[no-untyped-call]
        self.iopub_thread.start()  # type: ignore[no-untyped-call]
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


def _mind_errors(shell: Any) -> None:
    """Show errors as they are without a renderer and this stream, and want of memory with memory to show it."""
    own = shell._get_exc_info

    def get_exc_info(exc_tuple: Any = None) -> Any:
        if isinstance(sys.exc_info()[1], MemoryError):
            lend_reserve()
        kind, error, trace = own(exc_tuple)
        if isinstance(error, BaseException) and trace is not None:
            trace = without_frames_of(_BETWEEN, error.with_traceback(trace)).__traceback__
        return kind, error, trace

    shell._get_exc_info = get_exc_info


def run(sock: socket.socket, key: bytes) -> None:
    """Be the kernel at one end of a socket, until the other end is closed or the notebook exits."""
    app = PipeKernelApp.instance()
    app.pipe = Pipe(sock)
    app.key = key
    app.initialize(list(ARGUMENTS))  # type: ignore[no-untyped-call]
    sys.argv[:] = [str(LAUNCHER), "-f", app.connection_file, HISTORY]
    _mind_errors(app.shell)
    watch_run(os.environ.get(drawings.FOLDER_VARIABLE, ""))
    app.start()  # type: ignore[no-untyped-call]
