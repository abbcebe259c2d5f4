"""A new interpreter that warms up before its notebook comes: it imports modules, starts V8 and draws a chart.

It is started by :mod:`baocao.execute.warm.spawning` with a socket as its only argument. It reports when it is ready,
waits for one request (:data:`baocao.execute.warm.birth.Request`), and is then the kernel at this end of the socket.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys

from baocao.execute.warm import birth, preload, wire

READY = b"r"


def main() -> None:
    """Warm up, wait for a notebook, run it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    birth.die_with_parent()
    sock = socket.socket(fileno=int(sys.argv[1]))
    _leave_a_guard(sock)
    del sys.argv[1:]
    # As in the zygote: see there.
    del sys.path[0]
    added = preload.warm_up(without=preload.SELDOM) | preload.warm_up_charts()
    with contextlib.suppress(ImportError):
        _warm_charts()
    sock.sendall(READY)
    try:
        (request,) = wire.receive(sock)
    except (EOFError, OSError):
        return
    # The handler of a new process; the kernel then sets its own.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    birth.be_kernel(json.loads(request), added, sock, _number_charts)


def _leave_a_guard(sock: socket.socket) -> None:
    """Start a guard process that kills the process group when the command ends, with what the notebook started.

    The guard must not be a child of this process, because a notebook may wait for all of its children.
    """
    first = os.fork()
    if first:
        os.waitpid(first, 0)
        return
    if not os.fork():
        poll = select.poll()
        poll.register(sock, 0)  # only the closing of the socket is of interest, nothing is read
        poll.poll()
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _warm_charts() -> None:
    import vl_convert  # noqa: PLC0415

    from baocao.execute.warm.renderer import WARM  # noqa: PLC0415

    vl_convert.vegalite_to_svg(WARM)


def _number_charts() -> None:
    from baocao.execute.warm import charts  # noqa: PLC0415

    charts.number_from_one()


if __name__ == "__main__":
    main()
