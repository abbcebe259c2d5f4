"""The process that renders charts, so that V8 is started and Vega compiled once, not in each notebook."""

from __future__ import annotations

import json
import os
import secrets
import select
import signal
import socket
import struct
from typing import Any

from baocao.execute.warm import wire

RECYCLED_AFTER = 500
"""Number of charts after which a renderer is replaced by a new one, because V8's heap grows."""

SERVED = frozenset(
    f"{kind}_to_{form}"
    for kind in ("vega", "vegalite")
    for form in ("svg", "png", "jpeg", "pdf", "html", "scenegraph", "vega", "url")
) - {"vega_to_vega"}
"""Functions of vl-convert whose result depends only on their arguments."""

WARM: dict[str, Any] = {
    "data": {"values": [{"a": "x", "b": 1.5}]},
    "mark": "bar",
    "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}},
}
"""A chart for starting V8, without the clips and gradients that Vega numbers."""

PRACTICE = 10
"""Number of charts after which further ones take hardly less time."""

_PEER = struct.Struct("3i")


def listener() -> tuple[socket.socket, str]:
    """A listening socket and its address: a name that cannot be guessed and leaves no file behind."""
    address = f"\0baocao-{os.getpid()}-{secrets.token_hex(16)}"
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.bind(address)
    sock.listen(64)
    return sock, address


def serve(sock: socket.socket, practice: int) -> None:
    """Render charts on request, up to :data:`RECYCLED_AFTER`.

    Parameters
    ----------
    sock
        Where requests come.
    practice
        The number of charts to draw before, unless a request comes meanwhile: the first one starts V8, the others let
        it compile what runs often.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import vl_convert  # noqa: PLC0415  # must not be loaded in a process that forks

    for _ in range(practice):
        vl_convert.vegalite_to_svg(WARM)
        if select.select([sock], [], [], 0)[0]:
            break
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
        # The caller then calls vl-convert itself, and gets the original error.
        return


def _packed(result: Any) -> list[bytes]:
    return [b"bytes", result] if isinstance(result, bytes) else [b"json", json.dumps(result).encode()]
