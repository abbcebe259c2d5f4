"""Reads workbooks in a separate process: a damaged file can abort the reader library, and a small one can swell.

Run as a module by :mod:`baocao.intake.isolated`. A request or an answer is its length in eight bytes, then its bytes:
a pickle of ``(data, limits)``, or of what :func:`answer` returns.
"""

from __future__ import annotations

import pickle
import struct
import sys

from baocao.intake import workbook
from baocao.intake.grid import Grid, Limits, RefusedError

LENGTH = struct.Struct("<Q")

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


def main() -> None:
    """Answer requests until there are no more, with as many bytes of memory as the first argument says."""
    _limit_memory(int(sys.argv[1]))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        data, limits = pickle.loads(source.read(LENGTH.unpack(head)[0]))
        answered = pickle.dumps(answer(data, limits))
        target.write(LENGTH.pack(len(answered)))
        target.write(answered)
        target.flush()


if __name__ == "__main__":
    main()
