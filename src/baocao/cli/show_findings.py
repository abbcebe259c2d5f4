"""Findings on the terminal: all of them or, if there are very many, the first of each kind and how many more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import click
from rich.table import Table

from baocao.cli.console import cells, print_table
from baocao.text import number

MOST = 500
"""Most findings that are all listed; of more, only the first ones of each kind are."""

FIRST = 20
"""Most findings of a kind that are then listed."""

_KIND = ("file", "sheet", "code", "column")
"""Columns in which findings of one kind are equal."""

Finding = Mapping[Any, Any]


def print_findings(findings: Sequence[Finding], *, title: str = "", files: bool = True, rest: str) -> None:
    """A table of findings.

    If there are many, as for a column that is wrong in a thousand rows, each kind has its first findings and a row with
    the number of others, because the message to the unit is the same for all.

    Parameters
    ----------
    findings
        Rows of the findings frame.
    files
        Whether to name the files.
    rest
        How to see those that are not listed.
    """
    table = Table(title=title or None, title_justify="left")
    for heading in ("Mức", *(["Tệp"] if files else []), "Trang tính", "Ô", "Điều phát hiện", "Cách sửa"):
        table.add_column(heading, overflow="fold")
    counts = Counter(map(_kind, findings))
    each = _each(counts)
    for one, others in _listed(findings, counts, each):
        level, named = _level(one), ([one["file"]] if files else [])
        advice = ". ".join(filter(None, (one["allowed"], one["action"])))
        table.add_row(*cells(level, *named, one["sheet"], one["cell"].split(", ")[0], one["message"], advice))
        if others:
            column = f" ở cột {one['column']}" if one["column"] else ""
            said = f"Còn {number(others)} phát hiện như vậy{column}."
            table.add_row(*cells(level, *named, one["sheet"], "…", said, ""))
    print_table(table)
    if each < max(counts.values(), default=0):
        click.echo(f"Có nhiều phát hiện giống nhau: mỗi loại chỉ nêu {number(each)} phát hiện đầu. {rest}")


def _level(one: Finding) -> str:
    return "Lỗi" if one["severity"] == "error" else "Nhắc"


def _kind(one: Finding) -> Hashable:
    return tuple(one[name] for name in _KIND)


def _each(counts: Counter[Hashable]) -> int:
    """Number of findings of a kind to list: all if not too many, else as many as fit, at least one."""
    most = max(counts.values(), default=0)
    if counts.total() <= MOST:
        return most
    fitting = (
        each for each in range(min(most, FIRST), 1, -1) if sum(min(each, one) for one in counts.values()) <= MOST
    )
    return next(fitting, 1)


def _listed(findings: Iterable[Finding], counts: Counter[Hashable], each: int) -> Iterator[tuple[Finding, int]]:
    """The findings to list; the last one of each kind comes with the number of those that are not listed."""
    seen = Counter[Hashable]()
    for one in findings:
        kind = _kind(one)
        seen[kind] += 1
        if seen[kind] <= each:
            yield one, counts[kind] - each if seen[kind] == each else 0
