"""What several chapters need: tables and figures under the chapter's labels, and who is in which state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from baocao.config.models import Area, Unit
from baocao.present.blocks import Column, Figure, Prose, Table
from baocao.present.charts import Bar, Tile
from baocao.present.figures import NOTHING, value
from baocao.present.labels import data_label, figure_label, table_label
from baocao.present.svg import to_svg
from baocao.present.traced import plain
from baocao.present.words import listed
from baocao.report import Report
from baocao.text import capital, markdown, term_long

if TYPE_CHECKING:
    import altair as alt

SOURCE = "Nguồn: báo cáo của các đơn vị."


@dataclass(frozen=True)
class Place:
    """Where blocks go: the report, the chapter's notebook, and the unit of a unit chapter."""

    report: Report
    notebook: str
    unit: Unit | None = None

    def table(
        self,
        name: str,
        caption: str,
        columns: Sequence[Column],
        rows: Iterable[tuple[str, ...]],
        empty: str = "Không có dòng nào.",
    ) -> Table | Prose:
        """A table under the chapter's label; where there is nothing to list, the sentence that says so."""
        filled = tuple(rows)
        if not filled:
            return Prose(empty)
        return Table(table_label(self.report, self.notebook, name, self.unit), caption, tuple(columns), filled)

    def figure(
        self,
        name: str,
        caption: str,
        alternative: str,
        chart: alt.TopLevelMixin,
        columns: Sequence[Column],
        rows: Iterable[tuple[str, ...]],
    ) -> Figure:
        """A picture under the chapter's label; columns and rows are its figures as a table."""
        label = figure_label(self.report, self.notebook, name, self.unit)
        own = data_label(self.report, self.notebook, name, self.unit)
        data = Table(own, caption, tuple(columns), tuple(rows))
        return Figure(label, caption, plain(alternative), to_svg(chart, label), data)


def month_name(report: Report) -> str:
    """``tháng 10 năm 2025``, ``quý IV năm 2025``."""
    return term_long(report.month)


def area_name(area: Area) -> str:
    """Code and short title, plain text."""
    return f"{area.code} {area.short_title or area.title}"


def unit_name(report: Report, code: str) -> str:
    """A unit's name, plain text; its code if the register does not have it."""
    return next((unit.name for unit in report.config.units.units if unit.code == code), code)


def unit_names(units: Iterable[Unit]) -> str:
    """Names of units as Markdown, joined by commas."""
    return ", ".join(markdown(unit.name) for unit in units)


def units_in(report: Report, measure: str, state: str) -> tuple[Unit, ...]:
    """The units whose report is in a state (``reports``) or came at a time (``timeliness``)."""
    return tuple(unit for unit in report.units if value(report, measure, unit.code, state=state))


def has_figures(report: Report) -> bool:
    """Whether any unit reported for the month."""
    return value(report, "activities") is not None


def lead_gaps(report: Report) -> tuple[tuple[Area, Unit], ...]:
    """Areas on which a unit that leads them reported no activity; a missing report is not among them."""
    return tuple(
        (area, unit)
        for area in report.config.plan.areas
        for unit in report.units
        if value(report, "lead_activities", unit.code, content=area.code) == 0
    )


def bar_data(subject: str, measured: str, items: Sequence[Bar]) -> tuple[tuple[Column, ...], list[tuple[str, ...]]]:
    """Bars as a table: columns and rows."""
    columns = (Column(capital(subject), 40), Column(measured, 16, right=True))
    return columns, [(markdown(item.name), item.text) for item in items]


def grid_data(
    subject: str, tiles: Sequence[Tile], rows: Sequence[str], heads: Sequence[str]
) -> tuple[tuple[Column, ...], list[tuple[str, ...]]]:
    """Tiles as a table: columns and rows."""
    texts = {(tile.row, tile.column): tile.text for tile in tiles}
    columns = (Column(subject, 30), *(Column(markdown(head), 12, right=True) for head in heads))
    return columns, [(markdown(row), *(texts.get((row, head), NOTHING) for head in heads)) for row in rows]


def most(counts: Mapping[str, int | float]) -> list[str]:
    """The names that share the highest count; empty if all are zero."""
    top = max(counts.values(), default=0)
    return [name for name, count in counts.items() if count == top] if top else []


def finding(subject: str, items: Sequence[Bar]) -> str:
    """A chart's title: which bars are longest, all of them if several are."""
    names = most({item.name: item.length or 0 for item in items})
    if not names:
        return "Không có hoạt động nào"
    text = next(item.text for item in items if item.name == names[0])
    if len(names) > MOST_NAMED:
        return f"{len(names)} {subject} cùng có nhiều hoạt động nhất, mỗi {subject} {text}"
    each = f"mỗi {subject} " if len(names) > 1 else ""
    return f"{capital(subject)} có nhiều hoạt động nhất: {listed(names)} ({each}{text})"


MOST_NAMED = 3
"""How many that share the first place are still named one by one."""
NO_REPORTS = "Chưa có số liệu: trong kỳ chưa đơn vị nào có báo cáo đọc được."
