"""``baocao close`` and ``baocao reopen``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from baocao.cli.options import JSON_OPTION, engine
from baocao.cli.vietnamese import Command

if TYPE_CHECKING:
    from baocao.pipeline import Engine

AT = click.option(
    "--at", default="", metavar="THỜI_ĐIỂM", help="Thời điểm, ví dụ 2025-10-21T09:00 (mặc định: bây giờ)."
)


@click.command(cls=Command)
@click.argument("month", metavar="THÁNG")
@click.option("--approved-by", default="", metavar="CHỨC_DANH", help="Ai phê duyệt, ví dụ “Phó Chủ tịch”.")
@click.option("--note", default="", metavar="CHỮ", help="Ghi chú đi cùng bản niêm phong.")
@click.option("--early", default="", metavar="LÝ_DO", help="Khóa trước hạn khóa số liệu, vì lý do này.")
@click.option("--missing", multiple=True, metavar="ĐƠN_VỊ", help="Đơn vị không còn chờ báo cáo; ghi nhiều lần được.")
@click.option("--errors-read", is_flag=True, help="Đã đọc các lỗi mà baocao check nêu, và khóa cùng với chúng.")
@click.option(
    "--sign",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="TỆP_KHÓA",
    help="Ký bản kê bằng khóa SSH này.",
)
@engine("Công cụ dựng sách, như baocao report.")
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", help="Số sổ tay chạy cùng lúc.")
@AT
@JSON_OPTION
@click.pass_obj
def close(
    root: Path | None,
    month: str,
    approved_by: str,
    note: str,
    early: str,
    missing: tuple[str, ...],
    errors_read: bool,
    sign: Path | None,
    engine: Engine,
    workers: int | None,
    at: str,
    as_json: bool,
) -> int:
    """Khóa một tháng: kiểm tra đủ điều kiện, lập lại từ đầu và niêm phong vào data/archive/THÁNG/rN/.

    Điều kiện: không còn lỗi chưa đọc, mọi báo cáo phải nộp đã có hoặc được ghi là thiếu, đã qua hạn khóa số liệu.
    Sau khi khóa, tháng chỉ nhận tệp mới khi mở lại bằng baocao reopen.

    Mã thoát: 0 đã khóa; 1 không lập lại được; 2 chưa đủ điều kiện, chưa làm gì; 3 có lệnh khác đang chạy; 6 bản niêm
    phong trước của tháng không còn nguyên, chưa làm gì.
    """
    from baocao.archive.close import close as close_month  # noqa: PLC0415
    from baocao.archive.seal import Approval  # noqa: PLC0415
    from baocao.cli import show, show_archive  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    space = Workspace.find(root)
    time = _moment(at, space.config.site.timezone)
    approval = Approval(time, approved_by, note, early, missing, errors_read, sign)
    done = close_month(space, space.month(month), approval, engine=engine, workers=workers, say=show.say)
    return show_archive.closed(done, as_json=as_json)


@click.command(cls=Command)
@click.argument("month", metavar="THÁNG")
@click.option("--reason", required=True, metavar="LÝ_DO", help="Vì sao mở lại; bản sau in lý do này trong sách.")
@AT
@JSON_OPTION
@click.pass_obj
def reopen(root: Path | None, month: str, reason: str, at: str, as_json: bool) -> int:
    """Mở lại một tháng đã khóa để nhận báo cáo muộn hoặc sửa; bản đã niêm phong vẫn giữ nguyên.

    Sau khi sửa, khóa lại bằng baocao close: bản mới mang bảng các số liệu đã thay đổi và lý do.
    """
    from baocao.archive.close import reopen as reopen_month  # noqa: PLC0415
    from baocao.cli import show_archive  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    space = Workspace.find(root)
    chosen = space.month(month)
    revision = reopen_month(space, chosen, reason, _moment(at, space.config.site.timezone))
    return show_archive.reopened(chosen, revision, as_json=as_json)


def _moment(text: str, timezone: str) -> str:
    """A time as ISO text with offset; now if the text is empty."""
    from baocao.receive.moments import clock, parse_moment  # noqa: PLC0415

    return (parse_moment(text, timezone) if text else clock(timezone)).isoformat()
