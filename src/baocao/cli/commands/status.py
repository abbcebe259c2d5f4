"""``baocao status``: the state of all months, or one month unit by unit."""

from __future__ import annotations

from pathlib import Path

import click

from baocao.cli.options import JSON_OPTION, MONTH
from baocao.cli.vietnamese import Command


@click.command(cls=Command)
@MONTH
@click.option(
    "--at",
    default="",
    metavar="THỜI_ĐIỂM",
    help="Xem như lúc này, ví dụ “13/10/2025 16:30” (mặc định: bây giờ); chỉ dùng để tính còn bao nhiêu ngày.",
)
@JSON_OPTION
@click.pass_obj
def status(root: Path | None, month: str | None, at: str, as_json: bool) -> int:
    """Các tháng: đã nộp, còn thiếu, đúng hạn không, hạn sắp tới, đã khóa chưa; nhắc đơn vị.

    Có THÁNG: từng đơn vị phải báo gì, đã có gì, các lần gửi, và lời nhắc soạn sẵn để chép gửi.
    """
    from baocao import overview  # noqa: PLC0415
    from baocao.archive.integrity import standing  # noqa: PLC0415
    from baocao.cli import show_status  # noqa: PLC0415
    from baocao.months import Month  # noqa: PLC0415
    from baocao.receive.moments import parse_moment  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    space = Workspace.find(root)
    now = parse_moment(at, space.config.site.timezone) if at else None
    archive = standing(space.archive)
    if month:
        return show_status.detail(overview.detail(space, Month.parse(month), now), archive, as_json=as_json)
    return show_status.overview(overview.overview(space, now), archive, as_json=as_json)
