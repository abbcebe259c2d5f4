"""The command line: parse, one call with keyword arguments, exit code."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from baocao import __version__, process
from baocao.cli import show
from baocao.cli.commands.audit import audit
from baocao.cli.commands.close import close, reopen
from baocao.cli.commands.export import export
from baocao.cli.commands.official import official
from baocao.cli.commands.receive import receive
from baocao.cli.commands.run import run
from baocao.cli.commands.status import status
from baocao.cli.commands.template import template
from baocao.cli.options import JSON_OPTION, MEMORY_OPTION
from baocao.cli.vietnamese import Group, usage_message
from baocao.errors import ExitCode, UserError

if TYPE_CHECKING:
    from baocao.pipeline import Engine, Format
    from baocao.workspace import Workspace

MONTH = click.argument("month", required=False, metavar="[THÁNG]")
PERIOD = click.option(
    "--period",
    metavar="KỲ",
    help="Quý (2025-Q4), sáu tháng (2026-H1, 2026-H2) hoặc năm (2026), thay cho THÁNG.",
)


def _no_term(ctx: click.Context, param: click.Parameter, folder: str | None) -> str | None:
    """The folder; what is written like a month or longer was meant to be the month, and would choose the newest one."""
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
WORKERS = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Số sổ tay chạy cùng lúc (1 đến 64; mặc định: số lõi của máy).",
)
FORCE = click.option("--force", is_flag=True, help="Chạy lại mọi sổ tay, kể cả khi không có gì thay đổi.")
ENGINE = click.option(
    "--engine",
    type=click.Choice(["auto", "quarto", "pandoc"]),
    default="auto",
    metavar="[auto|quarto|pandoc]",
    help="Công cụ dựng sách; auto: Quarto 1.9 trở lên nếu có, nếu không thì pandoc và Typst.",
)
TO = click.option(
    "--to",
    type=click.Choice(["html", "pdf", "all"]),
    default="all",
    metavar="[html|pdf|all]",
    help="Dạng sách cần dựng (mặc định: all).",
)


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


def _space(root: Path | None) -> Workspace:
    # Imported when a command runs, so that --help answers at once.
    from baocao.workspace import Workspace  # noqa: PLC0415

    return Workspace.find(root)


for _command in (template, receive, run, official, status, close, reopen, audit, export):
    cli.add_command(_command)


@cli.command()
@MONTH
@JSON_OPTION
@SEND_BACK
@click.pass_obj
def check(root: Path | None, month: str | None, as_json: bool, send_back: str | None) -> int:
    """Kiểm tra tệp của các đơn vị: lỗi nào, ở tệp, trang tính, ô nào."""
    from baocao import pipeline  # noqa: PLC0415

    space = _space(root)
    chosen = space.month(month)
    records = pipeline.check(space, chosen)
    if send_back is not None:
        show.sent_back(pipeline.send_back(space, chosen, records, Path(send_back) if send_back else None))
    return show.check(records, chosen, as_json=as_json)


@cli.command()
@MONTH
@PERIOD
@ENGINE
@TO
@WORKERS
@MEMORY_OPTION
@FORCE
@JSON_OPTION
@click.pass_obj
def render(
    root: Path | None,
    month: str | None,
    period: str | None,
    engine: Engine,
    to: Format,
    workers: int | None,
    force: bool,
    as_json: bool,
) -> int:
    """Dựng sách của tháng vào thư mục _book/ (chạy trước những sổ tay có thay đổi)."""
    return _book(root, month, period, engine, to, workers, force, as_json)


@cli.command()
@MONTH
@PERIOD
@ENGINE
@WORKERS
@MEMORY_OPTION
@FORCE
@JSON_OPTION
@click.pass_obj
def report(
    root: Path | None,
    month: str | None,
    period: str | None,
    engine: Engine,
    workers: int | None,
    force: bool,
    as_json: bool,
) -> int:
    """Việc chính hằng tháng: kiểm tra, chạy sổ tay, dựng sách, lập báo cáo chính thức; --period: kỳ dài hơn."""
    return _book(root, month, period, engine, "all", workers, force, as_json, official=True)


def _book(
    root: Path | None,
    month: str | None,
    period: str | None,
    engine: Engine,
    to: Format,
    workers: int | None,
    force: bool,
    as_json: bool,
    *,
    official: bool = False,
) -> int:
    from baocao import standing  # noqa: PLC0415

    told = standing.book(
        root,
        month,
        period,
        engine=engine,
        to=to,
        workers=workers,
        force=force,
        official=official,
        progress=show.progress,
        say=show.say,
    )
    return show.book(told, as_json=as_json)


def main(arguments: list[str] | None = None) -> None:
    """Entry point: a user error prints one message and no traceback; anything else is a bug and shows its own."""
    process.collect_seldom()
    sys.exit(_main(arguments))


def _main(arguments: list[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        _stand_somewhere()
        process.heed_stopping()
        return int(cli.main(args=arguments, prog_name="baocao", standalone_mode=False) or 0)
    except (UserError, OSError) as error:
        return show.refused(error)
    except click.ClickException as error:
        show.say(usage_message(error))
        return int(ExitCode.USAGE)
    except (KeyboardInterrupt, click.Abort):
        with contextlib.suppress(OSError):  # the terminal may be gone
            show.say("Đã dừng theo yêu cầu; những gì đã xong được giữ lại.")
        return int(ExitCode.INTERRUPTED) + process.stopped_by()


def _stand_somewhere() -> None:
    """The folder where one stands may be gone: moved away, or fetched anew under a terminal that was left open."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        hint = "Chuyển (cd) vào thư mục dự án rồi chạy lại."
        raise UserError("thư mục đang đứng không còn nữa.", hint=hint) from error
