"""``baocao export``."""

from __future__ import annotations

from pathlib import Path

import click

from baocao.cli.options import JSON_OPTION
from baocao.cli.vietnamese import Command


@click.command(cls=Command)
@click.argument("month", metavar="THÁNG")
@click.option("--revision", type=click.IntRange(1), metavar="N", help="Bản niêm phong (mặc định: bản mới nhất).")
@click.option(
    "--with-environment", is_flag=True, help="Kèm thư viện (không gồm Quarto), để máy không có mạng cũng lập lại được."
)
@click.option(
    "--to", "target", type=click.Path(path_type=Path), metavar="TỆP", help="Tệp ghi ra (mặc định: build/export/)."
)
@JSON_OPTION
@click.pass_obj
def export(
    root: Path | None, month: str, revision: int | None, with_environment: bool, target: Path | None, as_json: bool
) -> int:
    """Xuất một tháng đã khóa thành một tệp .zip, kèm cách kiểm tra mà không cần cài chương trình này.

    Cùng một bản niêm phong luôn cho cùng một tệp, từng byte.
    """
    from baocao.archive.close import sealed_revision  # noqa: PLC0415
    from baocao.archive.export import export as write  # noqa: PLC0415
    from baocao.cli import show_archive  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    space = Workspace.find(root)
    chosen = space.month(month)
    wanted = sealed_revision(space, chosen, revision)
    file = write(space, chosen, wanted, target, environment=with_environment)
    return show_archive.exported(chosen, wanted, file, as_json=as_json)
