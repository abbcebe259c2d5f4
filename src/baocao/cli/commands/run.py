"""``baocao run``: the notebooks of a month, of several, or of many sites."""

from __future__ import annotations

from pathlib import Path

import click

from baocao.cli.options import FORCE, JSON_OPTION, MEMORY_OPTION, MONTH, PERIOD, WORKERS, choice
from baocao.cli.vietnamese import Command


@click.command(cls=Command)
@MONTH
@PERIOD
@click.option("--months", "span", default="", metavar="TỪ..ĐẾN", help="Mọi tháng trong khoảng, ví dụ 2025-08..2025-10.")
@click.option("--all-months", "everything", is_flag=True, help="Mọi tháng có báo cáo của đơn vị.")
@click.option(
    "--sites",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="THƯ_MỤC",
    help="Chạy cho mọi nơi báo cáo trong thư mục: mỗi thư mục con có params/ và data/submissions/; nơi không "
    "có notebooks/ thì dùng sổ tay của dự án này.",
)
@WORKERS
@choice(
    "--executor",
    among=("local", "dask"),
    default="local",
    help="Nơi chạy sổ tay: máy này (mặc định), hoặc các máy của một cụm Dask.",
)
@click.option("--scheduler", default="", metavar="ĐỊA_CHỈ", help="Bộ điều phối Dask, ví dụ tcp://10.0.0.5:8786.")
@MEMORY_OPTION
@FORCE
@click.option("--explain", is_flag=True, help="Cho biết vì sao từng sổ tay chạy hoặc không chạy.")
@JSON_OPTION
@click.pass_obj
def run(
    root: Path | None,
    month: str | None,
    period: str | None,
    span: str,
    everything: bool,
    sites: Path | None,
    workers: int | None,
    executor: str,
    scheduler: str,
    force: bool,
    explain: bool,
    as_json: bool,
) -> int:
    """Chạy những sổ tay có thay đổi của tháng và ghi các chương.

    Nhiều tháng: --months hoặc --all-months; các chương ghi ra là của tháng cuối. Nhiều nơi báo cáo: --sites.
    """
    from baocao import many, pipeline  # noqa: PLC0415
    from baocao.cli import show  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    wanted = many.Wanted(month or "", span, everything, period or "")
    where = many.executor_of(executor, scheduler, workers)
    space = Workspace.find(root)
    if sites:
        done = many.run_sites(sites, space, wanted, executor=where, force=force, progress=show.progress, say=show.say)
        return show.sites(done, explain=explain, as_json=as_json)
    results = pipeline.run_months(
        space, wanted.of(space), executor=where, force=force, progress=show.progress, say=show.say
    )
    return show.runs(results, several=everything or bool(span), explain=explain, as_json=as_json)
