"""Reads workbooks in a separate process: a damaged file can abort the reader library, and a small one can swell.

Run as a module by :mod:`baocao.intake.isolated`. A request or an answer is its length in eight bytes, then its bytes:
a pickle of ``(data, limits)``, or of what :func:`answer` returns.
"""

from __future__ import annotations

import pickle
import struct
import sys
from contextlib import suppress
from typing import IO, Any

from baocao.intake import workbook
from baocao.intake.grid import Grid, Limits, RefusedError

_LENGTH = struct.Struct("<Q")

Answer = tuple[Grid, ...] | RefusedError


def _limit_memory(most: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def answer(data: bytes, limits: Limits) -> Answer:
    """A workbook's sheets, or the reason why it is refused."""
    try:
        return workbook.read(data, limits)
    except RefusedError as refusal:
        return refusal
    except MemoryError:
        return RefusedError("TEP-NEN")
    except BaseException:  # a panic of the reader library is not an Exception
        return RefusedError("TEP-HONG")


def send(target: IO[bytes], what: object) -> None:
    """Write a request or an answer."""
    data = pickle.dumps(what)
    target.write(_LENGTH.pack(len(data)))
    target.write(data)
    target.flush()


def receive(source: IO[bytes]) -> Any:
    """Read a request or an answer.

    Raises
    ------
    EOFError, pickle.UnpicklingError
        If the other side ended before it was complete.
    """
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    return pickle.loads(source.read(_LENGTH.unpack(head)[0]))


def main() -> None:
    """Answer requests until there are no more, with as many bytes of memory as the first argument says."""
    _limit_memory(int(sys.argv[1]))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError):
        while True:
            send(target, answer(*receive(source)))


if __name__ == "__main__":
    main()
