"""``baocao check``: what is wrong in the files of a month's units."""

from __future__ import annotations

from pathlib import Path

import click

from baocao.cli.options import JSON_OPTION, MONTH
from baocao.cli.vietnamese import Command
from baocao.errors import UserError


def _no_term(ctx: click.Context, param: click.Parameter, folder: str | None) -> str | None:
    """The folder; refuse a value like a month, which was meant as MONTH: the newest month would be taken instead."""
    del ctx, param
    from baocao.months import parse_term  # noqa: PLC0415

    try:
        term = parse_term(folder or "")
    except UserError:
        return folder
    raise UserError(
        f"“{folder}” là kỳ báo cáo, không phải thư mục.",
        where="--send-back",
        hint=f"Ghi tháng trước tùy chọn: baocao check {term} --send-back. Nếu là thư mục: --send-back ./{folder}",
    )


SEND_BACK = click.option(
    "--send-back",
    is_flag=False,
    flag_value="",
    callback=_no_term,
    metavar="[THƯ_MỤC]",
    help="Ghi cho mỗi đơn vị một sổ tính tô màu, chú thích ô có lỗi để gửi trả (mặc định: build/THÁNG/tra-lai/).",
)


@click.command(cls=Command)
@MONTH
@JSON_OPTION
@SEND_BACK
@click.pass_obj
def check(root: Path | None, month: str | None, as_json: bool, send_back: str | None) -> int:
    """Kiểm tra tệp của các đơn vị: lỗi nào, ở tệp, trang tính, ô nào."""
    from baocao import pipeline  # noqa: PLC0415
    from baocao.cli import show  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    space = Workspace.find(root)
    chosen = space.month(month)
    records = pipeline.check(space, chosen)
    if send_back is not None:
        show.sent_back(pipeline.send_back(space, chosen, records, Path(send_back) if send_back else None))
    return show.check(records, chosen, as_json=as_json)
