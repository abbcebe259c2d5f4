"""Writing the blank workbooks of a month into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from baocao import files
from baocao.calendar import refuse_before_plan
from baocao.config.models import Config, Unit
from baocao.config.units import owed_units
from baocao.errors import UserError
from baocao.months import Month
from baocao.template.offer import offer_of
from baocao.template.workbook import blank_workbook
from baocao.text import month_short
from baocao.workspace import Workspace

FOLDER = "mau"


def template_month(space: Workspace, text: str | None) -> Month:
    """The named month, else the newest one with submissions, else the plan's first."""
    return space.month(text) if text or space.months() else Month.parse(space.config.calendar.first_month)


def write_templates(
    space: Workspace, month: Month, units: Sequence[str] = (), folder: Path | None = None
) -> tuple[Path, ...]:
    """Write a blank workbook for each unit that owes a report, named as the unit is to send it.

    Parameters
    ----------
    units
        Codes of the units; if empty, all that owe a report.
    folder
        Where to write; by default ``build/MONTH/mau/``. Other files there are left alone.

    Returns
    -------
    tuple
        The files, in the order of the register of units.

    Raises
    ------
    UserError
        If the month is before the plan's first one, or a unit owes no report in it.
    """
    chosen = _chosen(space.config, month, units)
    folder = folder or space.build(month) / FOLDER
    if folder.exists() and not folder.is_dir():
        raise UserError(
            "đây là một tệp, không phải thư mục.", where=str(folder), hint="Chọn một thư mục khác cho --to."
        )
    books = {f"{unit.code}.xlsx": blank_workbook(offer_of(space.config, unit, month)) for unit in chosen}
    for name, data in books.items():
        files.write_bytes(folder / name, data)
    return tuple(folder / name for name in books)


def _chosen(config: Config, month: Month, codes: Sequence[str]) -> tuple[Unit, ...]:
    refuse_before_plan(config.calendar, month)
    owed = owed_units(config, month)
    wanted = {code.casefold() for code in codes} or {unit.code.casefold() for unit in owed}
    if unknown := [code for code in codes if code.casefold() not in {unit.code.casefold() for unit in owed}]:
        raise UserError(
            f"{', '.join(unknown)} không có trong danh bạ các đơn vị phải báo cáo kỳ {month_short(month)}.",
            where="--unit",
            hint=f"Các đơn vị của kỳ này: {', '.join(unit.code for unit in owed)}.",
        )
    return tuple(unit for unit in owed if unit.code.casefold() in wanted)
