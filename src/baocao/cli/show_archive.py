"""Output of the commands on closed months."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from baocao.cli.console import print_json
from baocao.errors import ExitCode
from baocao.months import Month, parse_term
from baocao.text import capital, month_long, number

if TYPE_CHECKING:
    from baocao.archive.audit import Audit
    from baocao.archive.close import Closed

_MOST = 20


def closed(done: Closed, *, as_json: bool) -> int:
    """The sealed revision, its place, and the hash to note elsewhere."""
    link = done.link
    if as_json:
        print_json({**link.as_dict(), "folder": str(done.folder)})
        return ExitCode.OK
    what = "đã khóa" if done.fresh else "đã khóa từ lần trước, nay ghi xong vào chuỗi"
    click.echo(f"{capital(month_long(Month.parse(link.month)))} {what}, bản r{link.revision}: {done.folder}")
    click.echo(f"Mã băm bản kê: {link.manifest}")
    click.echo(f"→ Ghi mã băm này vào nơi khác (công văn, biên bản); kiểm tra sau: baocao audit {link.month}")
    return ExitCode.OK


def tell_of_drifts(root: Path | None, text: str) -> None:
    """Report closed months of a quarter, half-year or year whose figures in its book differ from their seals.

    For a month, ``baocao close`` reports this before anything is published.
    """
    from baocao.archive.drift import drifts  # noqa: PLC0415
    from baocao.cli import show  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    if not isinstance(term := parse_term(text), Month):
        for told in drifts(Workspace.find(root), term):
            show.say(told)


def reopened(month: Month, revision: int, *, as_json: bool) -> int:
    """The reopened month, and what to do next."""
    if as_json:
        print_json({"month": str(month), "revision": revision})
        return ExitCode.OK
    click.echo(f"{capital(month_long(month))} đã mở lại; bản r{revision} vẫn giữ nguyên.")
    click.echo(f"→ Nhận tệp bằng baocao receive, rồi khóa bản r{revision + 1}: baocao close {month}")
    return ExitCode.OK


def exported(month: Month, revision: int, file: Path, *, as_json: bool) -> int:
    """The place of the exported file."""
    if as_json:
        print_json({"month": str(month), "revision": revision, "file": str(file)})
        return ExitCode.OK
    click.echo(file)
    return ExitCode.OK


def audited(found: tuple[Audit, ...], reports: tuple[Path, ...], *, as_json: bool) -> int:
    """The verdicts, their reasons, and the place of the report; returns the exit status of the worst verdict."""
    from baocao.archive.audit import VERDICTS, exit_code  # noqa: PLC0415
    from baocao.archive.report import as_data  # noqa: PLC0415

    code = exit_code(found)
    if as_json:
        print_json({"exit": int(code), "months": as_data(found)})
        return code
    for one in found:
        click.echo(f"{capital(month_long(one.month))}, bản r{one.revision}: {VERDICTS[one.verdict]}.")
        _details(one, _MOST if reports else None)
    if reports:
        click.echo("Báo cáo kiểm tra:")
    for path in reports:
        click.echo(f"  {path}")
    return code


def _details(one: Audit, most: int | None) -> None:
    from baocao.archive.report import in_words  # noqa: PLC0415

    lines = [f"HỎNG  {file}: {problem}" for file, problem in one.integrity.faults]
    lines += one.notes
    lines += one.failure.splitlines()
    if one.comparison:
        lines += [words.line for row, words in in_words(one) if row.is_figure]
        lines += [f"{file}: {kind}" for file, kind in one.comparison.files]
    for line in lines[:most]:
        click.echo(f"  {line}")
    if most and len(lines) > most:
        click.echo(f"  … và {number(len(lines) - most)} mục khác, xem báo cáo")
