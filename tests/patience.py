"""A time limit for tests of hostile input, which then fail instead of hanging."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 60
"""Far more than the tested code needs on any machine, far less than the hours that faulty code took."""


@contextmanager
def ends() -> Iterator[None]:
    """Fail the test if the block does not end in time."""

    def give_up(*_: object) -> None:
        raise AssertionError("it does not come to an end")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
