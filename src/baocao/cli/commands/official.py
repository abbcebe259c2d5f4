"""``baocao official``: the report in the form of Decree 30/2020/NĐ-CP, and the socio-economic extract."""

from __future__ import annotations

from pathlib import Path

import click

from baocao.cli.options import JSON_OPTION, MONTH, PERIOD
from baocao.cli.vietnamese import Command


@click.command(cls=Command)
@MONTH
@PERIOD
@JSON_OPTION
@click.pass_obj
def official(root: Path | None, month: str | None, period: str | None, as_json: bool) -> int:
    """Lập báo cáo chính thức (DOCX, PDF) và trích báo cáo kinh tế - xã hội vào _book/.

    Lời văn ở reports/chinh-thuc/, thể thức ở params/official.yml, phần bổ sung của kỳ ở params/months/. Số, ngày
    ban hành và chữ ký để trống.
    """
    from baocao import pipeline  # noqa: PLC0415
    from baocao.cli import show, show_archive  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    space = Workspace.find(root)
    chosen = space.term(month, period)
    outputs = pipeline.official(space, chosen, say=show.say)
    show_archive.tell_of_drifts(root, str(chosen))
    return show.official(outputs, chosen, as_json=as_json)
