"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from baocao.execute.memory import MEMORY, MEMORY_VARIABLE

F = TypeVar("F", bound=Callable[..., Any])
"""A command, or a function to be made into one."""


def _set_memory(_: click.Context, __: click.Parameter, value: int | None) -> None:
    if value is not None:
        os.environ[MEMORY_VARIABLE] = str(value)


JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON cho máy đọc.")
"""With it, standard output has nothing but JSON; progress and errors go to standard error."""

MEMORY_OPTION = click.option(
    "--memory",
    type=click.IntRange(0),
    metavar="MB",
    expose_value=False,
    callback=_set_memory,
    help=f"Bộ nhớ nhiều nhất của mỗi sổ tay đang chạy, tính bằng MB (mặc định: {MEMORY}; 0: không giới hạn).",
)
"""A notebook that needs more gets a ``MemoryError``; workers of a cluster have their own setting."""


def choice(*names: str, among: Sequence[str], default: str, help: str) -> Callable[[F], F]:
    """An option whose value is one of several words."""
    return click.option(*names, type=click.Choice(among), default=default, metavar=f"[{'|'.join(among)}]", help=help)


def engine(help: str) -> Callable[[F], F]:
    """The option for the renderer that makes the book."""
    return choice("--engine", among=("auto", "quarto", "pandoc"), default="auto", help=help)


MONTH = click.argument("month", required=False, metavar="[THÁNG]")
PERIOD = click.option(
    "--period",
    metavar="KỲ",
    help="Quý (2025-Q4), sáu tháng (2026-H1, 2026-H2) hoặc năm (2026), thay cho THÁNG.",
)
WORKERS = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Số sổ tay chạy cùng lúc (mặc định: số lõi của máy).",
)
FORCE = click.option("--force", is_flag=True, help="Chạy lại mọi sổ tay, kể cả khi không có gì thay đổi.")
