"""``baocao audit``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from baocao.cli.options import JSON_OPTION, MONTH, choice
from baocao.cli.vietnamese import Command
from baocao.errors import UserError

if TYPE_CHECKING:
    from baocao.archive.audit import With


def _hash(ctx: click.Context, param: click.Parameter, text: str | None) -> str:
    """The hash to look for, empty if none is given; too few digits are refused, as they could match by chance."""
    del ctx, param
    if text is not None and not re.fullmatch(r"[0-9A-Fa-f]{12,64}", text):
        what = f"“{text}” không phải là mã băm của bản kê."
        raise UserError(
            what, where="--head", hint="Ghi đủ 64 chữ số mà baocao close đã in, hoặc ít nhất 12 chữ số đầu."
        )
    return text or ""


@click.command(cls=Command)
@MONTH
@click.option("--all", "everything", is_flag=True, help="Mọi tháng đã khóa, chạy song song; thay cho THÁNG.")
@click.option("--revision", type=click.IntRange(1), metavar="N", help="Bản niêm phong (mặc định: bản mới nhất).")
@choice(
    "--with",
    "way",
    among=("current", "recorded"),
    default="current",
    help="Chạy lại bằng mã nguồn hiện nay, hay bằng mã và thư viện đã ghi, trong môi trường mới (mặc định: current).",
)
@click.option("--head", callback=_hash, metavar="MÃ_BĂM", help="Mã băm bản kê đã ghi ở nơi khác, chuỗi phải có.")
@click.option(
    "--wheels", type=click.Path(path_type=Path), metavar="THƯ_MỤC", help="Thư viện tải sẵn, cho --with recorded."
)
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", help="Số việc chạy cùng lúc (mặc định: số lõi).")
@JSON_OPTION
@click.pass_obj
def audit(
    root: Path | None,
    month: str | None,
    everything: bool,
    revision: int | None,
    way: With,
    head: str,
    wheels: Path | None,
    workers: int | None,
    as_json: bool,
) -> int:
    """Kiểm tra tháng đã khóa: còn nguyên không, chạy lại có ra đúng như cũ không; ghi báo cáo vào build/audit/.

    Mã thoát: 0 còn nguyên và giống từng byte; 4 cùng số liệu nhưng có tệp khác byte; 5 số liệu khác; 6 bản niêm phong
    không còn nguyên; 7 còn nguyên nhưng không chạy lại được; 2 lệnh sai, hoặc tháng chưa khóa.
    """
    from baocao.archive.verb import audit_months  # noqa: PLC0415
    from baocao.cli import show, show_archive  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    found, reports = audit_months(
        Workspace.find(root),
        month,
        everything=everything,
        revision=revision,
        way=way,
        head=head,
        wheels=wheels,
        workers=workers,
        say=show.say,
    )
    return show_archive.audited(found, reports, as_json=as_json)
