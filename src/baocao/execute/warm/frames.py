"""In a child: errors as in an ordinary kernel, without traceback frames of code that only children have."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import TracebackType


def without_frames_of(files: Collection[str], error: BaseException) -> BaseException:
    """The error with frames of these files removed from its traceback and from those of all connected errors."""
    for one in _all(error):
        one.with_traceback(_without(files, one.__traceback__))
    return error


def _all(error: BaseException) -> Iterator[BaseException]:
    """The error, its causes and contexts, and the members of groups, each once."""
    seen, waiting = set(), [error]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inner = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        waiting += [other for other in (one.__cause__, one.__context__, *inner) if other is not None]


def _without(files: Collection[str], trace: TracebackType | None) -> TracebackType | None:
    kept = []
    while trace:
        if trace.tb_frame.f_code.co_filename not in files:
            kept.append(trace)
        trace = trace.tb_next
    last: TracebackType | None = None
    for one in reversed(kept):
        last = TracebackType(last, one.tb_frame, one.tb_lasti, one.tb_lineno)
    return last
