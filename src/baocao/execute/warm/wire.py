"""Messages over a stream socket; a message is a list of frames (byte strings)."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Sequence

SHELL, IOPUB = b"s", b"i"
"""First frame of a message of a kernel: its channel."""

_HEAD = struct.Struct("!II")
_SIZE = struct.Struct("!Q")
_CHUNK = 1 << 18


def pack(frames: Sequence[bytes]) -> bytes:
    """The frames as one message: how many, the length of the list of lengths, the lengths, the frames."""
    sizes = b"".join(_SIZE.pack(len(frame)) for frame in frames)
    return b"".join([_HEAD.pack(len(frames), len(sizes)), sizes, *frames])


class Unpacker:
    """Takes bytes as they arrive and returns complete messages."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterable[list[bytes]]:
        """The messages completed by these bytes."""
        self._data += data
        while (message := self._next()) is not None:
            yield message

    def _next(self) -> list[bytes] | None:
        if len(self._data) < _HEAD.size:
            return None
        count, length = _HEAD.unpack_from(self._data)
        start = _HEAD.size + length
        if len(self._data) < start:
            return None
        sizes = [_SIZE.unpack_from(self._data, _HEAD.size + i * _SIZE.size)[0] for i in range(count)]
        if len(self._data) < start + sum(sizes):
            return None
        frames = []
        for size in sizes:
            frames.append(bytes(self._data[start : start + size]))
            start += size
        del self._data[:start]
        return frames


def send(sock: socket.socket, frames: Sequence[bytes]) -> None:
    """Send one message, waiting until all of it is sent."""
    sock.sendall(pack(frames))


def receive(sock: socket.socket) -> list[bytes]:
    """Wait for one message on a socket that carries one question or answer at a time.

    Raises
    ------
    EOFError
        If the other side has closed the socket.
    """
    unpacker = Unpacker()
    while True:
        data = sock.recv(_CHUNK)
        if not data:
            raise EOFError("the other side closed the socket")
        for message in unpacker.feed(data):
            return message


def send_files(sock: socket.socket, text: bytes, files: Sequence[int]) -> None:
    """Send a short text together with open files, over a socket that keeps messages apart (``SOCK_SEQPACKET``)."""
    socket.send_fds(sock, [text], list(files))


def receive_files(sock: socket.socket, most: int) -> tuple[bytes, list[int]]:
    """A short text and the open files sent with it; the text is empty if the other side has closed the socket."""
    text, files, _, _ = socket.recv_fds(sock, 1 << 20, most)
    return text, list(files)
