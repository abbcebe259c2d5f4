"""The command line: parse, one call with keyword arguments, exit code."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from baocao import __version__, process
from baocao.cli.commands.audit import audit
from baocao.cli.commands.book import render, report
from baocao.cli.commands.check import check
from baocao.cli.commands.close import close, reopen
from baocao.cli.commands.export import export
from baocao.cli.commands.official import official
from baocao.cli.commands.receive import receive
from baocao.cli.commands.run import run
from baocao.cli.commands.status import status
from baocao.cli.commands.template import template
from baocao.cli.guard import guarded
from baocao.cli.vietnamese import Group


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "--version", message="baocao %(version)s", help="In phiên bản rồi thoát.")
@click.option(
    "--root", type=click.Path(path_type=Path), metavar="THƯ_MỤC", help="Thư mục dự án (mặc định: nơi đang đứng)."
)
@click.pass_context
def cli(ctx: click.Context, root: Path | None) -> None:
    """Lập báo cáo tháng từ tệp của các đơn vị: kiểm tra, tính toán, dựng sách HTML và PDF.

    THÁNG viết NĂM-THÁNG, ví dụ 2025-10; bỏ trống là tháng mới nhất có báo cáo của đơn vị (status: mọi tháng).
    Sách, báo cáo của một quý, sáu tháng, một năm: thêm --period 2025-Q4, 2026-H1, 2026 vào lệnh run, render, official
    hoặc report.

    Mã thoát: 0 xong; 1 xong nhưng check thấy dòng bị trả lại, receive chưa nhận tệp nào đó, hoặc có chương bị lỗi;
    2 lệnh hoặc cấu hình sai; 3 có lệnh khác đang chạy trong thư mục dự án; 130 bị dừng bằng Ctrl-C (129, 143:
    vì đóng cửa sổ dòng lệnh, vì hệ thống yêu cầu).
    """
    ctx.obj = root


# In the order of the READMEs; the help page lists them so.
for _command in (template, receive, check, run, render, official, report, close, reopen, audit, export, status):
    cli.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Entry point: a user error prints one message and no traceback; anything else is a bug and shows its own."""
    process.collect_seldom()
    sys.exit(guarded(lambda: int(cli.main(args=arguments, prog_name="baocao", standalone_mode=False) or 0)))
