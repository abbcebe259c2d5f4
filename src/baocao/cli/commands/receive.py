"""``baocao receive``: files into their month, after a dry run."""

from __future__ import annotations

from pathlib import Path

import click

from baocao.cli.options import JSON_OPTION
from baocao.cli.vietnamese import Command
from baocao.errors import UserError


def _paths(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[Path, ...]:
    """The paths; an empty one is refused, because it would mean the current folder."""
    del ctx, param
    if "" in given:
        raise UserError(
            "có tên tệp để trống.", where="TỆP", hint="Thư mục đang đứng thì ghi dấu chấm: baocao receive ."
        )
    return tuple(Path(one) for one in given)


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, callback=_paths, metavar="TỆP...")
@click.option(
    "--at",
    default="",
    metavar="THỜI_ĐIỂM",
    help="Thời điểm nhận, ví dụ “13/10/2025 16:30” hoặc 2025-10-13T16:30 (mặc định: bây giờ).",
)
@click.option(
    "--from",
    "sender",
    default="",
    metavar="ĐƠN_VỊ",
    help="Mã đơn vị gửi; thay cho mã ghi ở tên tệp, và phải khớp trang Thông tin.",
)
@click.option(
    "--month",
    default="",
    metavar="THÁNG",
    help="Tháng báo cáo khi tệp không ghi; phải khớp Kỳ báo cáo ở trang Thông tin.",
)
@click.option("--accept-rejections", is_flag=True, help="Nhận cả khi có dòng bị trả lại; các dòng còn lại được tính.")
@click.option("--dry-run", is_flag=True, help="Chỉ chạy thử, không ghi gì.")
@JSON_OPTION
@click.pass_obj
def receive(
    root: Path | None,
    paths: tuple[Path, ...],
    at: str,
    sender: str,
    month: str,
    accept_rejections: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Tiếp nhận tệp của đơn vị: chạy thử, rồi cất vào tháng và ghi sổ tiếp nhận.

    TỆP là sổ tính (.xlsx, .ods, .xls), các CSV của một đơn vị, cả thư mục, hoặc tệp nén zip. Tệp được cất đúng từng
    byte; lần gửi sau là một lần gửi mới, lần trước vẫn còn, lần mới nhất được tính.

    Mã thoát: 0 đã nhận hết (hoặc đã có từ trước); 1 có tệp chưa nhận; 2 lệnh sai; 3 có lệnh khác đang chạy.
    """
    from baocao.cli import show, show_receive  # noqa: PLC0415
    from baocao.receive.receive import receive as receive_files  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    space = Workspace.find(root)
    try:
        done = receive_files(
            space,
            paths,
            at=at,
            sender=sender,
            month=month,
            accept_rejections=accept_rejections,
            dry_run=dry_run,
            show=lambda looked: None if as_json else show_receive.dry_run(looked, space.config.plan),
            say=show.say,
        )
    except BrokenPipeError:  # the output was piped into head, or a pager that has ended
        if not dry_run:
            show.say("Chưa nhận tệp nào: kết quả không còn ai đọc.\n→ Chạy lại, và đọc hết hoặc ghi kết quả vào tệp.")
        raise
    return show_receive.received(done, as_json=as_json)
