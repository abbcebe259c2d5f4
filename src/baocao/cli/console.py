"""Tables and JSON on the terminal."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baocao.text import nfc

_PLAIN_WIDTH = 160


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Raise the error, so that it is handled like that of any other output."""
        raise  # noqa: PLE0704 - called in an except clause


def print_table(table: Table) -> None:
    """Print a table as wide as the terminal, or as a page if the output is not a terminal."""
    console = _Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console = _Console(markup=False, highlight=False, emoji=False, width=_PLAIN_WIDTH)
    console.print(table)


def cells(*texts: object) -> list[Text]:
    """Cells with literal text, without markup or control characters for the terminal."""
    return [Text(nfc(str(text))) for text in texts]
