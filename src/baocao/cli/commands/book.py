"""``baocao render`` and ``baocao report``: the book, without and with the official report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from baocao.cli.options import FORCE, JSON_OPTION, MEMORY_OPTION, MONTH, PERIOD, WORKERS, choice, engine
from baocao.cli.vietnamese import Command
from baocao.errors import UserError

ENGINE = engine("Công cụ dựng sách; auto: Quarto 1.9 trở lên nếu có, nếu không thì pandoc và Typst.")
TO = choice("--to", among=("html", "pdf", "all"), default="all", help="Dạng sách cần dựng (mặc định: all).")
WATCH = click.option(
    "--watch",
    is_flag=True,
    help="Không kết thúc: hễ tệp báo cáo, cấu hình hoặc sổ tay có thay đổi thì dựng lại; dừng bằng Ctrl-C.",
)


@click.command(cls=Command)
@MONTH
@PERIOD
@ENGINE
@TO
@WORKERS
@MEMORY_OPTION
@FORCE
@WATCH
@JSON_OPTION
@click.pass_obj
def render(root: Path | None, /, *, watch: bool, as_json: bool, **asked: Any) -> int:
    """Dựng sách của tháng vào thư mục _book/ (chạy trước những sổ tay có thay đổi)."""
    return _book(root, {**asked, "official": False}, watch=watch, as_json=as_json)


@click.command(cls=Command)
@MONTH
@PERIOD
@ENGINE
@WORKERS
@MEMORY_OPTION
@FORCE
@WATCH
@JSON_OPTION
@click.pass_obj
def report(root: Path | None, /, *, watch: bool, as_json: bool, **asked: Any) -> int:
    """Việc chính hằng tháng: kiểm tra, chạy sổ tay, dựng sách, lập báo cáo chính thức; --period: kỳ dài hơn."""
    return _book(root, {**asked, "to": "all", "official": True}, watch=watch, as_json=as_json)


def _book(root: Path | None, asked: dict[str, Any], *, watch: bool, as_json: bool) -> int:
    """Make a book; ``asked`` are arguments of :func:`baocao.standing.book`."""
    from baocao.cli import show, show_archive  # noqa: PLC0415

    if watch:
        if as_json:
            raise UserError("--watch không đi cùng --json.", hint="Bỏ một trong hai tùy chọn.")
        from baocao.cli.rebuild import watch as make_again  # noqa: PLC0415

        return make_again(root, asked)
    from baocao import standing  # noqa: PLC0415

    told = standing.book(root, **asked, progress=show.progress, say=show.say)
    if any(one["state"] != "unchanged" for one in told["notebooks"]):  # else reported before
        show_archive.tell_of_drifts(root, told["month"])
    return show.book(told, as_json=as_json)
