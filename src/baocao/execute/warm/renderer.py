"""The process that renders charts: V8 is started and Vega compiled once, not in each notebook."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import struct
from typing import Any

from baocao.execute.warm import wire

RECYCLED_AFTER = 500
"""Charts after which a renderer makes way for a new one: V8's heap grows."""

SERVED = frozenset(
    f"{kind}_to_{form}"
    for kind in ("vega", "vegalite")
    for form in ("svg", "png", "jpeg", "pdf", "html", "scenegraph", "vega", "url")
) - {"vega_to_vega"}
"""Functions of vl-convert that depend on nothing but what they are given."""

WARM: dict[str, Any] = {
    "data": {"values": [{"a": "x", "b": 1.5}]},
    "mark": "bar",
    "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}},
}
"""A chart to start V8 with: no clip and no gradient in it."""

_PEER = struct.Struct("3i")


def listener() -> tuple[socket.socket, str]:
    """A socket to serve from and its address: a name that leaves no file behind and cannot be guessed."""
    address = f"\0baocao-{os.getpid()}-{secrets.token_hex(16)}"
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.bind(address)
    sock.listen(64)
    return sock, address


def serve(sock: socket.socket) -> None:
    """Render what is asked for, until there has been enough of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import vl_convert  # noqa: PLC0415  # only this process may use it before it serves

    vl_convert.vegalite_to_svg(WARM)
    for _ in range(RECYCLED_AFTER):
        connection, _address = sock.accept()
        with connection:
            if _is_ours(connection):
                _answer(connection, vl_convert)


def _is_ours(connection: socket.socket) -> bool:
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    return bool(_PEER.unpack(raw)[1] == os.getuid())


def _answer(connection: socket.socket, vl_convert: Any) -> None:
    try:
        name, arguments = wire.receive(connection)
        args, kwargs = json.loads(arguments)
        result = getattr(vl_convert, name.decode())(*args, **kwargs) if name.decode() in SERVED else None
        wire.send(connection, _packed(result))
    except (OSError, EOFError):
        return
    except Exception:
        # Whoever asked calls vl-convert itself then, and sees the error as it is.
        return


def _packed(result: Any) -> list[bytes]:
    return [b"bytes", result] if isinstance(result, bytes) else [b"json", json.dumps(result).encode()]
