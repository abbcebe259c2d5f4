"""Faults of the configuration, and the one error that lists them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from baocao.errors import ConfigError

Lines = Mapping[str, Mapping[str, int]]
"""File → key path → line, from 1."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in one place.

    Parameters
    ----------
    file
        File relative to the project, with forward slashes: ``params/plan.yml``.
    path
        Key path inside the file: ``areas[3].bullets[1].text``; empty for the file as a whole.
    what
        What is wrong, in Vietnamese, without a full stop.
    allowed
        What is allowed instead.
    """

    file: str
    path: str
    what: str
    allowed: str = ""

    def message(self, line: int | None = None) -> str:
        """``params/plan.yml, dòng 12: areas[3].title: … (cho phép: …)``."""
        place = f"{self.file}, dòng {line}" if line else self.file
        head = ": ".join(part for part in (place, self.path, self.what) if part)
        return f"{head} (cho phép: {self.allowed})" if self.allowed else head


def error_of(faults: Iterable[Fault], lines: Lines) -> ConfigError:
    """One error with every fault, in the order given."""
    messages = [fault.message(_line(fault, lines)) for fault in faults]
    listed = "\n".join(f"- {message}" for message in messages)
    return ConfigError(
        f"cấu hình có {len(messages)} lỗi:\n{listed}", where="params", hint="Sửa các chỗ nêu trên rồi chạy lại lệnh."
    )


def _line(fault: Fault, lines: Lines) -> int | None:
    """The line of the key path or, if the key is missing, of the nearest key above it."""
    known = lines.get(fault.file, {})
    path = fault.path
    while path and path not in known:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return known.get(path) if path else None


def join(path: str, part: str | int) -> str:
    """A key path one step deeper: ``join("areas[3]", "title")`` → ``areas[3].title``."""
    if isinstance(part, int):
        return f"{path}[{part}]"
    return f"{path}.{part}" if path else part
