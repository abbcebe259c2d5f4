"""nbclient's view of a child: replacements for its kernel manager and its kernel client.

nbclient then works as with any kernel: it sends cells, collects outputs and watches the time.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections import deque
from queue import Empty
from typing import Any

from jupyter_client.client import KernelClient
from jupyter_client.session import Session

from baocao.execute.warm import wire
from baocao.execute.warm.children import GRACE, Child
from baocao.execute.warm.wire import IOPUB, SHELL

_CHUNK = 1 << 18


class Inbox:
    """The receiving side of one channel of a kernel client."""

    def __init__(self, client: PipeClient) -> None:
        self._client = client
        self._messages: deque[dict[str, Any]] = deque()
        self._news = asyncio.Event()
        self._asked = False

    def put(self, message: dict[str, Any]) -> None:
        self._messages.append(message)
        self._news.set()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message; raises ``Empty`` if none comes within ``timeout`` seconds."""
        self._asked = True
        try:
            while not self._messages:
                self._news.clear()
                await asyncio.wait_for(self._news.wait(), timeout)
        except TimeoutError:
            raise Empty from None
        finally:
            self._asked = False
        return self._messages.popleft()

    @property
    def worked_off(self) -> bool:
        """Whether all messages have been dealt with: none is left, and somebody waits for the next one."""
        return self._asked and not self._messages

    def send(self, message: dict[str, Any]) -> None:
        """Send a message to the kernel."""
        self._client.send(message)

    def is_alive(self) -> bool:
        return True


class PipeClient(KernelClient):
    """A kernel client over a child's socket; ``execute`` and similar methods are jupyter_client's own."""

    def __init__(self, child: Child) -> None:
        super().__init__(session=Session(key=child.key))
        self._child = child
        self._unpacker = wire.Unpacker()
        self._inboxes = {SHELL: Inbox(self), IOPUB: Inbox(self)}
        self._loop: asyncio.AbstractEventLoop | None = None
        self.ended = asyncio.Event()
        self.allow_stdin = False
        self.busy = False

    @property
    def shell_channel(self) -> Inbox:
        return self._inboxes[SHELL]

    @property
    def iopub_channel(self) -> Inbox:
        return self._inboxes[IOPUB]

    async def start_channels(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Listen to the child's messages, and for its end."""
        del args, kwargs
        self._loop = asyncio.get_running_loop()
        self._child.socket.setblocking(True)
        self._loop.add_reader(self._child.socket, self._read)
        self._loop.add_reader(self._child.named, self._on_end)

    def stop_channels(self) -> None:
        """Stop listening."""
        if self._loop:
            self._loop.remove_reader(self._child.socket)
            self._loop.remove_reader(self._child.named)
            self._loop = None

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel says that it starts, so that its start does not count towards a cell's time.

        Raises
        ------
        RuntimeError
            If it does not say so in time (the same exception as jupyter_client's).
        """
        first = asyncio.ensure_future(self._starting())
        over = asyncio.ensure_future(self.ended.wait())
        await asyncio.wait({first, over}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        over.cancel()
        if not first.done():
            first.cancel()
            raise RuntimeError(f"Kernel didn't respond in {timeout} seconds, or died")

    async def _starting(self) -> None:
        while (await self.iopub_channel.get_msg())["msg_type"] != "status":
            continue

    async def is_alive(self) -> bool:
        return not self.ended.is_set()

    async def ends_within(self, seconds: float) -> bool:
        """Whether the child has ended, or ends within this many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.ended.wait(), seconds)
        return self.ended.is_set()

    def send(self, message: dict[str, Any]) -> None:
        """Send a message to the kernel; if it has ended, that is noticed elsewhere."""
        try:
            wire.send(self._child.socket, [bytes(frame) for frame in self.session.serialize(message)])
        except OSError:
            self.ended.set()

    def _read(self) -> None:
        try:
            data = self._child.socket.recv(_CHUNK)
        except OSError:
            data = b""
        if not data and self._loop:
            # The child's end is noticed in another way: a process that it started may keep its end of the socket open.
            self._loop.remove_reader(self._child.socket)
        for channel, *frames in self._unpacker.feed(data):
            self._inboxes[channel].put(self._message(frames))

    def _message(self, frames: list[bytes]) -> dict[str, Any]:
        _, parts = self.session.feed_identities(frames)
        message: dict[str, Any] = self.session.deserialize(parts)
        if message["msg_type"] == "status":
            self.busy = message["content"]["execution_state"] == "busy"
        return message

    def _on_end(self) -> None:
        """The child has ended: receive what it had sent before."""
        if self._loop:
            self._loop.remove_reader(self._child.named)
            self._child.socket.setblocking(False)
            self._drain()
        self.ended.set()

    def _drain(self) -> None:
        try:
            while data := self._child.socket.recv(_CHUNK):
                for channel, *frames in self._unpacker.feed(data):
                    self._inboxes[channel].put(self._message(frames))
        except OSError:
            return


class ForkManager:
    """Takes the place of a kernel manager; the kernel is an existing child."""

    ipykernel = False
    kernel_id = None

    def __init__(self, child: Child) -> None:
        self._born = child
        self._child: Child | None = None
        self._client: PipeClient | None = None

    @property
    def has_kernel(self) -> bool:
        return self._child is not None

    async def start_kernel(self, **kwargs: Any) -> None:
        del kwargs
        self._child = self._born

    def client(self) -> PipeClient:
        if self._child is None:
            raise RuntimeError("the kernel was not started")
        self._client = PipeClient(self._child)
        return self._client

    async def is_alive(self) -> bool:
        return self._child is not None and not self._child.ended()

    async def interrupt_kernel(self) -> None:
        if self._child:
            self._child.signal(signal.SIGINT)

    async def shutdown_kernel(self, now: bool = False) -> None:
        """End the child as jupyter_client ends a kernel: a running cell is interrupted, and may report that."""
        if now or not self._child or not self._client:
            return
        self._child.note_peak()
        if self._client.busy:
            self._child.signal(signal.SIGINT)
        self._child.leave()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._client.ended.wait(), GRACE)

    async def cleanup_resources(self) -> None:
        child, self._child = self._child, None
        if self._client:
            # Before the files are closed: an event loop cannot unregister a closed file.
            self._client.stop_channels()
        if child:
            child.close()
