"""Output of ``baocao template``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from baocao.cli.console import print_json
from baocao.errors import ExitCode
from baocao.months import Month
from baocao.text import month_long


def written(paths: Sequence[Path], month: Month, *, as_json: bool) -> int:
    """The blank workbooks that were written."""
    if as_json:
        templates = [{"unit": path.stem, "path": str(path)} for path in paths]
        print_json({"month": str(month), "templates": templates})
        return ExitCode.OK
    click.echo(f"Tệp mẫu {month_long(month)}: {len(paths)} tệp.")
    for path in paths:
        click.echo(f"  {path}")
    return ExitCode.OK
