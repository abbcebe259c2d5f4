"""``baocao template``: blank workbooks for the units."""

from __future__ import annotations

from pathlib import Path

import click

from baocao.cli.options import JSON_OPTION, MONTH
from baocao.cli.vietnamese import Command


@click.command(cls=Command)
@MONTH
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="ĐƠN_VỊ",
    help="Mã đơn vị, ghi nhiều lần được (mặc định: mọi đơn vị phải báo cáo tháng ấy).",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Nơi ghi tệp mẫu (mặc định: build/THÁNG/mau/).",
)
@JSON_OPTION
@click.pass_obj
def template(root: Path | None, month: str | None, units: tuple[str, ...], folder: Path | None, as_json: bool) -> int:
    """Ghi tệp mẫu của tháng cho từng đơn vị: có sẵn danh sách chọn, giới hạn ngày và số, hướng dẫn từng cột.

    Mỗi đơn vị một sổ tính, tên tệp là mã đơn vị; đơn vị điền, lưu (.xlsx, .ods, .xls) rồi gửi lại chính tệp ấy. Chưa có
    tháng nào có báo cáo thì bỏ trống THÁNG là tháng đầu tiên của kế hoạch.
    """
    from baocao.cli import show_template  # noqa: PLC0415
    from baocao.template.make import template_month, write_templates  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    space = Workspace.find(root)
    chosen = template_month(space, month)
    return show_template.written(write_templates(space, chosen, units, folder), chosen, as_json=as_json)
