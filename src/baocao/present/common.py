"""What several chapters use: tables and figures with the chapter's labels, names, and units by state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from baocao.config.models import Area, Unit
from baocao.config.units import leads_of, resolve
from baocao.measures.ledger import SITE
from baocao.months import Month
from baocao.present.blocks import Column, Figure, Prose, Table
from baocao.present.charts import Bar, Panel, Tile
from baocao.present.figures import NOTHING, counted, known, shown, value, whole
from baocao.present.labels import data_label, figure_label, table_label
from baocao.present.svg import to_svg
from baocao.present.traced import plain
from baocao.present.words import TIMELINESS, listed, setting, verbatim
from baocao.report import Report
from baocao.text import capital, markdown, month_short, term_long

if TYPE_CHECKING:
    import altair as alt

_What = TypeVar("_What")

SOURCE = "Nguồn: báo cáo của các đơn vị."


@dataclass(frozen=True)
class Place:
    """The chapter that blocks are for: the report, the chapter's notebook, and the unit of a unit chapter."""

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
        """A table with the chapter's label; if it has no rows, the sentence ``empty``."""
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
        """A picture with the chapter's label; columns and rows give its figures as a table."""
        label = figure_label(self.report, self.notebook, name, self.unit)
        own = data_label(self.report, self.notebook, name, self.unit)
        data = Table(own, caption, tuple(columns), tuple(rows))
        return Figure(label, caption, _sayable(plain(alternative)), to_svg(chart, label), data)


def own_scope(report: Report) -> tuple[str, str] | None:
    """Code and name of the site's own scope of targets; None if the plan has no scored targets in it."""
    scope, name = next(iter(report.config.site.scopes.items()))
    counted = value(report, "targets_by_status", scope=scope, status="met") is not None
    mine = [target for target in report.config.targets.targets if target.scope == scope]
    scored = len(mine) > whole(report, "targets_by_status", scope=scope, status="unscored")
    return (scope, name) if counted and scored else None


def other_targets(report: Report, scope: str) -> str:
    """The scored targets of a scope that are not met, in words; with the met ones they make up all scored ones."""
    states = {"not_met": "chưa đạt", "no_data": "chưa có số liệu", "undefined": "chưa tính được"}
    if not whole(report, "targets_by_status", scope=scope, status="undefined"):
        del states["undefined"]
    counts = (
        f"{shown(report, 'targets_by_status', scope=scope, status=code)} {words}" for code, words in states.items()
    )
    return ", ".join(counts)


def has_money(report: Report, unit: str = SITE) -> bool:
    """Whether to write about costs: the plan has sources of funding, or somebody stated a cost nevertheless."""
    return bool(report.config.plan.funding) or bool(whole(report, "cost_stated", unit, report.since_start))


def of_the_plan(report: Report, measures: Mapping[str, _What], unit: str = SITE) -> dict[str, _What]:
    """The measures that apply to the plan, by code: without costs or targets if the plan has none."""
    absent = {"cost": not has_money(report, unit), "target_values": not report.config.targets.targets}
    return {code: what for code, what in measures.items() if not absent.get(code)}


def charted_months(report: Report) -> tuple[Month, ...]:
    """The newest months that a chart has room for, oldest first."""
    return report.history[-MOST_MONTHS:]


def month_bar(report: Report, month: Month, measure: str, unit: str = SITE, **codes: str) -> Bar:
    """A month's column in a chart; it has no length if nobody stated the figure."""
    figure = known(report, measure, unit, str(month), **codes)
    text = shown(report, measure, unit, str(month), **codes)
    return Bar(month_short(month), None if figure is None else float(figure), text)


def month_data(subject: str, panels: Sequence[Panel]) -> tuple[tuple[Column, ...], list[tuple[str, ...]]]:
    """Panels of months as a table: columns and rows."""
    heads = [bar.name for bar in panels[0].bars] if panels else []
    columns = (Column(subject, 30), *(Column(head, 12, right=True) for head in heads))
    return columns, [(markdown(panel.name), *(bar.text for bar in panel.bars)) for panel in panels]


def panels_alternative(panels: Sequence[Panel]) -> str:
    """The figures of panels in one sentence, as alternative text."""
    return "; ".join(f"{panel.name}: {', '.join(bar.about for bar in panel.bars)}" for panel in panels) + "."


def grid_alternative(tiles: Iterable[Tile]) -> str:
    """The figures of tiles in one sentence, as alternative text; each row is named once."""
    rows: dict[str, list[str]] = {}
    for tile in tiles:
        rows.setdefault(tile.row, []).append(f"{tile.column}: {tile.text}")
    return "; ".join(f"{row}: {', '.join(cells)}" for row, cells in rows.items()) + "."


def _sayable(text: str) -> str:
    """The text, cut to the longest string that a PDF allows."""
    held = text.encode("utf-16-le")[:MOST_BYTES].decode("utf-16-le", "ignore")
    return text if held == text else f"{held.rpartition('; ')[0] or held}; và các mục khác."


def part_name(name: str, part: int) -> str:
    """The name of a part of a figure; the first part has the figure's own name."""
    return name if part == 1 else f"{name}-{part}"


def part_words(part: int, parts: int) -> str:
    """Words in a caption for one of several parts; empty if there is only one."""
    return f" (phần {part}/{parts})" if parts > 1 else ""


def month_name(report: Report) -> str:
    """``tháng 10 năm 2025``, ``quý IV năm 2025``."""
    return term_long(report.month)


def areas_words(report: Report, of: str = "") -> str:
    """How many content areas had activities, as a clause: all, none, or some of all; ``of`` follows the noun."""
    if not whole(report, "areas_covered"):
        return f"không nội dung nào{of} có hoạt động"
    if _all_areas(report):
        return f"{areas_counted(report)} nội dung{of} đều có hoạt động"
    return f"có {areas_counted(report)} nội dung{of} có hoạt động"


def areas_counted(report: Report) -> str:
    """How many content areas had activities, before the noun: ``cả 10``, ``9 trong số 10``."""
    covered = shown(report, "areas_covered")
    return f"cả {covered}" if _all_areas(report) else f"{covered} trong số {setting(len(areas_of(report)))}"


def _all_areas(report: Report) -> bool:
    return whole(report, "areas_covered") == len(areas_of(report)) > 1


def areas_of(report: Report) -> tuple[Area, ...]:
    """The plan's areas on which activities are expected in this term, and others that have some nevertheless."""
    areas = report.config.plan.areas
    return tuple(a for a in areas if a.counts_in(report.month) or whole(report, "activities", content=a.code))


def area_name(area: Area) -> str:
    """Code and short title, plain text."""
    return f"{area.code} {area.short_title or area.title}"


def unit_name(report: Report, code: str) -> str:
    """A unit's name, plain text; its code if it is not on the register."""
    return next((unit.name for unit in report.config.units.units if unit.code == code), code)


def times_of(report: Report) -> str:
    """Numbers of reports on time, late and without a known time, leaving out zeros; empty if none came."""
    counts = {words: (whole(report, "timeliness", state=code), code) for code, words in TIMELINESS.items()}
    return listed([f"{shown(report, 'timeliness', state=code)} {words}" for words, (n, code) in counts.items() if n])


def left_units(report: Report) -> tuple[Unit, ...]:
    """Units that owed reports since the plan's start but no longer do; its totals include theirs."""
    now, since = {unit.code for unit in report.units}, report.since_start
    units = (unit for unit in report.config.units.units if unit.code not in now)
    return tuple(unit for unit in units if report.ledger.row(since, "report_rate", unit.code))


def left_name(unit: Unit) -> str:
    """The name of such a unit in a table, as Markdown."""
    return f"{markdown(unit.name)} (nay không phải báo cáo)"


def unit_names(units: Iterable[Unit]) -> str:
    """Names of units as Markdown, joined by commas."""
    return ", ".join(verbatim(unit.name) for unit in units)


def lead_names(report: Report, area: Area) -> str:
    """Who leads an area, as Markdown: the units or, if these are many, the groups named in the plan."""
    leads = leads_of(report.config, area, report.month)
    if len(leads) <= MOST_LEADS:
        return unit_names(leads) or NOTHING
    groups = {group.code: group.name for group in report.config.units.groups}
    counts = {code: len(resolve(report.config, code, report.period.end)) for code in area.leads_in(report.month.last)}
    return ", ".join(
        f"{verbatim(groups[code])} ({setting(count)} đơn vị)" if code in groups else verbatim(unit_name(report, code))
        for code, count in counts.items()
    )


def units_in(report: Report, measure: str, state: str) -> tuple[Unit, ...]:
    """The units whose report has a state, for measure ``reports`` or ``timeliness``."""
    return tuple(unit for unit in report.units if value(report, measure, unit.code, state=state))


def without_activity(report: Report) -> str:
    """A remark in brackets that some reports have no accepted activity; empty if all have one."""
    rows = (
        report.ledger.row(str(month), "reports", unit.code, state="filed")
        for month in report.month.months
        for unit in report.config.units.units
        if value(report, "activities", unit.code, str(month)) == 0
    )
    found = [row for row in rows if row]
    return f"(trong đó {counted(found)} chưa có hoạt động nào được tính)" if found else ""


def in_some_month(report: Report, words: str) -> str:
    """Words about a unit's state; for a span they add that it held in some month, perhaps not in all."""
    return capital(words) if isinstance(report.month, Month) else f"Có tháng {words}"


def has_figures(report: Report) -> bool:
    """Whether any unit reported for the term."""
    return value(report, "activities") is not None


def nothing_done(report: Report) -> str:
    """Why there are no activities to write about: no report, or none reported; empty if there are some."""
    if not has_figures(report):
        return NO_REPORTS
    return "" if value(report, "activities") else NO_ACTIVITIES.format(month_name(report))


def lead_gaps(report: Report) -> tuple[tuple[Area, Unit], ...]:
    """Areas and the leads that reported no activity on them; leads with a missing report are not included."""
    return tuple(
        (area, unit)
        for area in report.config.plan.areas
        for unit in report.units
        if value(report, "lead_activities", unit.code, content=area.code) == 0
    )


def lead_name(report: Report, unit: Unit) -> str:
    """The name of a lead without activity, with a remark if needed.

    For a month the remark says that the unit sent a nil report, and so gave what it owes; for a span, that a report of
    the unit is missing, so that its activity in that month is unknown.
    """
    if isinstance(report.month, Month):
        because = " (báo không phát sinh)" if value(report, "reports", unit.code, state="nil") else ""
    else:
        lacks = any(value(report, "reports", unit.code, state=state) for state in ("missing", "refused"))
        because = " (có tháng chưa có số liệu)" if lacks else ""
    return f"{verbatim(unit.name)}{because}"


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


def finding_words(subject: str, counts: Mapping[str, int], write: Callable[[str], str] = str) -> str:
    """The first places in words for a sentence, without figures, which a table gives."""
    names = most(counts)
    if _only_one(counts.values()):
        return f"đó là “{write(names[0])}”"
    if len(names) > MOST_NAMED:
        return f"nhiều {subject} cùng đứng đầu về số hoạt động"
    return f"nhiều nhất ở {listed([f'“{write(name)}”' for name in names])}"


def _only_one(counts: Iterable[float | None]) -> bool:
    """Whether only one count is not zero: then being highest means nothing."""
    return sum(bool(count) for count in counts) == 1


def finding(subject: str, items: Sequence[Bar], write: Callable[[str], str] = str) -> str:
    """A chart's title: the longest bar, or all that share the first place; ``write`` turns names into Markdown."""
    names = most({item.name: item.length or 0 for item in items})
    if not names:
        return "Không có hoạt động nào"
    text = next(item.text for item in items if item.name == names[0])
    if _only_one(item.length for item in items):
        return f"Chỉ ghi nhận hoạt động ở một {subject}: {write(names[0])} ({text})"
    if len(names) > MOST_NAMED:
        return f"Nhiều {subject} cùng có nhiều hoạt động nhất, mỗi {subject} {text}"
    each = f"mỗi {subject} " if len(names) > 1 else ""
    return f"{capital(subject)} có nhiều hoạt động nhất: {listed([write(name) for name in names])} ({each}{text})"


MOST_BYTES = 32_000
"""Longest alternative text, in bytes: PDF/A allows 32,767 in a string, two for a letter (ISO 19005-2, 6.1.13)."""
MOST_MONTHS = 13
"""Most months in a chart: the report month and the twelve before it."""
MOST_NAMED = 3
"""Most names that are listed one by one if several share the first place."""
MOST_LEADS = 8
"""Most units leading an area that are named one by one."""
NO_ACTIVITIES = "Trong {} không có hoạt động nào được ghi nhận."
NO_REPORTS = "Chưa có số liệu: trong kỳ chưa đơn vị nào có báo cáo đọc được."
