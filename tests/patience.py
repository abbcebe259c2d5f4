"""An end for what would not end: a test of hostile input fails instead of standing still."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 60
"""Far more than what is meant to take a moment needs on any machine, far less than the hours that it took."""


@contextmanager
def ends() -> Iterator[None]:
    """Whatever runs in the block comes to an end, or the test fails."""

    def give_up(*_: object) -> None:
        raise AssertionError("it does not come to an end")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
