"""The kernel in a child: ipykernel's own, with messages over one socket instead of five ports.

Only the transport is replaced. Application, shell, display hooks, output streams with their thread, JSON and message
headers are ipykernel's, so that outputs are those of any kernel. What is written to file descriptors 1 and 2 is always
shown in its proper place, however busy the machine is (:class:`OutStream`).
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
"""Argument that nbclient adds to the command line of a kernel."""
ARGUMENTS = ("--log-level=40", HISTORY)
LAUNCHER = Path(ipykernel.__file__).resolve().parents[1] / "ipykernel_launcher.py"
"""The script of an ordinary kernel."""
_CHUNK = 1 << 16
_BETWEEN = frozenset({__file__, charts.__file__, watch.__file__})
"""Files of the code between a notebook and the functions that it would call directly in an ordinary kernel."""


class Pipe:
    """The child's end of the socket to nbclient; several threads may write to it."""

    def __init__(self, sock: socket.socket) -> None:
        self.socket = sock
        self._lock = threading.Lock()

    def write(self, channel: bytes, frames: list[Any]) -> None:
        with self._lock:
            wire.send(self.socket, [channel, *(bytes(frame) for frame in frames)])


class Channel:
    """Used by ipykernel as the socket (or its stream) of one channel."""

    def __init__(self, pipe: Pipe, name: bytes) -> None:
        self._pipe = pipe
        self._name = name
        self.context = zmq.Context()

    def send_multipart(self, frames: list[Any], *args: Any, **kwargs: Any) -> None:
        """Send one message."""
        del args, kwargs
        self._pipe.write(self._name, frames)

    def on_recv(self, callback: Callable[[list[zmq.Frame]], Any], copy: bool = True) -> None:
        """Pass each incoming message to ipykernel's dispatcher; the kernel ends when the other end is closed."""
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
        """Nothing to do: each message is sent at once."""

    def close(self, *args: Any) -> None:
        """Nothing to do: the socket is closed when the process ends."""


_GIVEN_BY_A_FLUSH = 2
"""Number of tasks that a flush itself schedules; if it were different, every flush would wait."""


class OutputThread(iostream.IOPubThread):
    """The thread that sends outputs; counts scheduled tasks, and those that a flush has waited for."""

    given = seen_through = 0

    def schedule(self, f: Callable[[], Any]) -> None:
        """Schedule a task."""
        self.given += 1
        super().schedule(f)  # type: ignore[no-untyped-call]


class OutStream(iostream.OutStream):
    """ipykernel's stream for a cell's printed output, with these differences.

    Output to file descriptors (by called programs or C libraries) is read before anything that is printed or shown
    later, and before the cell ends. In ipykernel a thread reads it; what it reads too late is lost or misplaced. A
    character is also recognised if its bytes arrive separately.

    A flush waits for the sending thread only if something was written or sent since the last flush: a cell is followed
    by about six flushes, and each wait would switch between threads twice.
    """

    # The name of the class, as shown in errors and by sys.stdout, is the same as in any kernel.
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
        return cast("int", self._fid)  # set whenever the pipe is watched

    def _readable(self, milliseconds: int | None) -> bool:
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        return bool(poll.poll(milliseconds))

    def _take(self) -> None:
        """Read what is in the pipe behind file descriptor 1 or 2."""
        if not (self._should_watch and self._is_master_process()):  # type: ignore[no-untyped-call]
            return
        with self._taking:
            while self._readable(0):
                data = os.read(self._pipe, iostream.PIPE_BUFFER_SIZE)
                if not (data and self._should_watch):
                    self._should_watch = False  # all writing ends are closed
                    return
                super().write(self._decoder.decode(data))
                os.write(self._original_stdstream_copy, data)

    def write(self, string: str) -> int | None:  # type: ignore[override]
        """Write, after earlier output to the file descriptor."""
        self._take()
        return super().write(string)

    def flush(self) -> None:
        """Wait until all that was written or sent has left this process."""
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
        """Start; notes the thread of cells, which cells with ``await`` need to know."""
        super().start()  # type: ignore[no-untyped-call]
        self.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())

    async def execute_request(self, stream: Any, ident: Any, parent: Any) -> None:
        """Run a cell; end if there is no memory left to answer, which otherwise would be noticed only after minutes."""
        try:
            await super().execute_request(stream, ident, parent)  # type: ignore[no-untyped-call]
        except MemoryError:
            os._exit(1)

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        # nbclient sends a cell only after the previous one has ended, so no cell is waiting.
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
    """ipykernel's application without ports and heartbeat; nobody can connect through its connection file."""

    kernel_class = Type(PipeKernel, klass=PipeKernel)
    outstream_class = DottedObjectName("baocao.execute.warm.kernel.OutStream")
    pipe: Pipe
    key: bytes

    def init_connection_file(self) -> None:
        """Write a connection file, for code that asks how this kernel was started; it is not used to connect."""
        handle, self.connection_file = tempfile.mkstemp(".json", dir=os.environ.get("IPYTHONDIR") or None)
        about = dict.fromkeys(("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"), 0)
        with os.fdopen(handle, "w") as file:
            json.dump(about | _CONNECTION | {"key": self.key.decode()}, file, indent=2)
        atexit.register(_remove, self.connection_file)

    def init_poller(self) -> None:
        """On Linux the system ends the child with its parent; elsewhere the child checks itself, as any kernel does.

        A thread number is used up even without the checking thread, so that a notebook's threads have the usual names.
        """
        if sys.platform == "linux":
            threading.Thread()
        else:
            super().init_poller()  # type: ignore[no-untyped-call]

    def init_heartbeat(self) -> None:
        """Nothing to do: the parent watches the process itself."""

    def write_connection_file(self, **kwargs: Any) -> None:
        """Nothing to do: the file is written already."""

    def log_connection_info(self) -> None:
        """Nothing to log: there is nothing to connect to."""
        self._ports: dict[str, int] = {}

    def init_sockets(self) -> None:
        """Set up the channels, which share one socket."""
        self.session = Session(parent=self, key=self.key)
        self.configure_tornado_logger()  # type: ignore[no-untyped-call]
        self.iopub_thread = OutputThread(Channel(self.pipe, IOPUB), pipe=True, session=self.session)  # type: ignore[no-untyped-call]
        self.iopub_thread.start()  # type: ignore[no-untyped-call]
        self.iopub_socket = self.iopub_thread.background_socket

    def init_kernel(self) -> None:
        """Make the kernel as ipykernel does, without the missing channels."""
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
    """Show errors without this package's frames, and give a ``MemoryError`` the memory needed to show it."""
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
    """Run the kernel at one end of a socket, until the other end is closed or the notebook exits."""
    app = PipeKernelApp.instance()
    app.pipe = Pipe(sock)
    app.key = key
    app.initialize(list(ARGUMENTS))  # type: ignore[no-untyped-call]
    sys.argv[:] = [str(LAUNCHER), "-f", app.connection_file, HISTORY]
    _mind_errors(app.shell)
    watch_run(os.environ.get(drawings.FOLDER_VARIABLE, ""))
    app.start()  # type: ignore[no-untyped-call]
