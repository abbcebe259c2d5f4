"""References to the record rows behind a figure, in compact form."""

from __future__ import annotations

from collections.abc import Iterable


def ranges(numbers: Iterable[int]) -> str:
    """Row numbers as ranges: ``[4, 1, 2, 3, 7]`` → ``"1-4,7"``."""
    parts: list[list[int]] = []
    for number in sorted({int(n) for n in numbers}):
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in parts)


def reference(unit: str, month: str, rows: str, table: str = "") -> str:
    """One reference: ``KDC01@2025-10#1-4``; a table other than the activities is named before the ``#``."""
    return f"{unit}@{month}{'/' + table if table else ''}#{rows}"
