"""A unit's activities as table rows, in the unit's own words and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from baocao.present.blocks import Column
from baocao.present.figures import NOT_STATED
from baocao.present.words import submitted, verbatim
from baocao.report import Report
from baocao.text import day_short, markdown, number

COLUMNS = (
    Column("Ngày", 10, right=True),
    Column("Nội dung", 8),
    Column("Tên hoạt động", 34),
    Column("Hình thức, kênh", 20),
    Column("Sản phẩm", 16),
)
STATED = {
    "attendees": Column("Người tham dự", 9, right=True),
    "reach": Column("Lượt tiếp cận", 10, right=True),
    "cost": Column("Kinh phí (đồng)", 12, right=True),
}
"""Figures that a unit may state for an activity → their columns, after the other columns."""


def in_order(activities: pd.DataFrame, unit: str) -> Iterator[dict[str, Any]]:
    """The unit's rows by day, and within a day in the unit's own order."""
    mine = activities[activities["unit"] == unit].sort_values(["date", "row"], kind="stable")
    return ({str(name): value for name, value in row.items()} for row in mine.to_dict("records"))


def activity_row(report: Report, row: dict[str, Any], stated: Iterable[str]) -> tuple[str, ...]:
    """An activity's table row, with the columns of the figures in ``stated``."""
    channels = {channel.code: channel.name for channel in report.config.plan.channels}
    return (
        day_short(row["date"]) if pd.notna(row["date"]) else NOT_STATED,
        markdown(row["bullet"] or row["content"]),
        submitted(row["name"]),
        markdown(", ".join(filter(None, [row["form"], channels.get(row["channel"], "")]))),
        f"{_figure(row['quantity'])} {submitted(row['product'])}" if row["product"] else _figure(row["quantity"]),
        *(_figure(row[name]) for name in stated),
    )


def _figure(value: Any) -> str:
    return NOT_STATED if pd.isna(value) else verbatim(number(int(value)))
