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
    """A value for machines."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Nobody reads on: told as of any other output."""
        raise  # noqa: PLE0704 - called where the error is handled


def print_table(table: Table) -> None:
    """A table as wide as the terminal, or as a page where there is none."""
    console = _Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console = _Console(markup=False, highlight=False, emoji=False, width=_PLAIN_WIDTH)
    console.print(table)


def cells(*texts: object) -> list[Text]:
    """Cells whose text is taken as it is, without what would steer the terminal."""
    return [Text(nfc(str(text))) for text in texts]
