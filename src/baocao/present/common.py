"""What several chapters need: tables and figures under the chapter's labels, and who is in which state."""

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
        return Figure(label, caption, _sayable(plain(alternative)), to_svg(chart, label), data)


def own_scope(report: Report) -> tuple[str, str] | None:
    """Code and name of the targets' scope that is the site's own; none where the plan has no such targets to score."""
    scope, name = next(iter(report.config.site.scopes.items()))
    counted = value(report, "targets_by_status", scope=scope, status="met") is not None
    mine = [target for target in report.config.targets.targets if target.scope == scope]
    scored = len(mine) > whole(report, "targets_by_status", scope=scope, status="unscored")
    return (scope, name) if counted and scored else None


def other_targets(report: Report, scope: str) -> str:
    """How many scored targets of a scope are not met: with those that are, they add up to all that are scored."""
    states = {"not_met": "chưa đạt", "no_data": "chưa có số liệu", "undefined": "chưa tính được"}
    if not whole(report, "targets_by_status", scope=scope, status="undefined"):
        del states["undefined"]
    counts = (
        f"{shown(report, 'targets_by_status', scope=scope, status=code)} {words}" for code, words in states.items()
    )
    return ", ".join(counts)


def has_money(report: Report, unit: str = SITE) -> bool:
    """Whether costs are worth a word: the plan knows sources of funding, or somebody stated a cost all the same."""
    return bool(report.config.plan.funding) or bool(whole(report, "cost_stated", unit, report.since_start))


def of_the_plan(report: Report, measures: Mapping[str, _What], unit: str = SITE) -> dict[str, _What]:
    """The measures by their codes, without those of what the plan does not have: money, targets."""
    absent = {"cost": not has_money(report, unit), "target_values": not report.config.targets.targets}
    return {code: what for code, what in measures.items() if not absent.get(code)}


def charted_months(report: Report) -> tuple[Month, ...]:
    """The months that a chart has room for, oldest first."""
    return report.history[-MOST_MONTHS:]


def month_bar(report: Report, month: Month, measure: str, unit: str = SITE, **codes: str) -> Bar:
    """A column of a month; without a length where nobody stated the figure."""
    figure = known(report, measure, unit, str(month), **codes)
    text = shown(report, measure, unit, str(month), **codes)
    return Bar(month_short(month), None if figure is None else float(figure), text)


def month_data(subject: str, panels: Sequence[Panel]) -> tuple[tuple[Column, ...], list[tuple[str, ...]]]:
    """Panels of months as a table: columns and rows."""
    heads = [bar.name for bar in panels[0].bars] if panels else []
    columns = (Column(subject, 30), *(Column(head, 12, right=True) for head in heads))
    return columns, [(markdown(panel.name), *(bar.text for bar in panel.bars)) for panel in panels]


def panels_alternative(panels: Sequence[Panel]) -> str:
    """The figures of panels as one sentence."""
    return "; ".join(f"{panel.name}: {', '.join(bar.about for bar in panel.bars)}" for panel in panels) + "."


def grid_alternative(tiles: Iterable[Tile]) -> str:
    """The figures of tiles as one sentence, each row named once."""
    rows: dict[str, list[str]] = {}
    for tile in tiles:
        rows.setdefault(tile.row, []).append(f"{tile.column}: {tile.text}")
    return "; ".join(f"{row}: {', '.join(cells)}" for row, cells in rows.items()) + "."


def _sayable(text: str) -> str:
    """The text as far as a string of a PDF holds it."""
    held = text.encode("utf-16-le")[:MOST_BYTES].decode("utf-16-le", "ignore")
    return text if held == text else f"{held.rpartition('; ')[0] or held}; và các mục khác."


def part_name(name: str, part: int) -> str:
    """The name of a figure's part: the first one's is the figure's own."""
    return name if part == 1 else f"{name}-{part}"


def part_words(part: int, parts: int) -> str:
    """What a caption says of a part of several."""
    return f" (phần {part}/{parts})" if parts > 1 else ""


def month_name(report: Report) -> str:
    """``tháng 10 năm 2025``, ``quý IV năm 2025``."""
    return term_long(report.month)


def areas_words(report: Report, of: str = "") -> str:
    """How many content areas had activities, as a clause: all, none, or so many of so many; ``of`` follows the noun."""
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
    """The plan's areas of which activity is expected in this time, and those that have some all the same."""
    areas = report.config.plan.areas
    return tuple(a for a in areas if a.counts_in(report.month) or whole(report, "activities", content=a.code))


def area_name(area: Area) -> str:
    """Code and short title, plain text."""
    return f"{area.code} {area.short_title or area.title}"


def unit_name(report: Report, code: str) -> str:
    """A unit's name, plain text; its code if the register does not have it."""
    return next((unit.name for unit in report.config.units.units if unit.code == code), code)


def times_of(report: Report) -> str:
    """How many reports came in time, late or at no known time, as far as any did; empty if none came."""
    counts = {words: (whole(report, "timeliness", state=code), code) for code, words in TIMELINESS.items()}
    return listed([f"{shown(report, 'timeliness', state=code)} {words}" for words, (n, code) in counts.items() if n])


def left_units(report: Report) -> tuple[Unit, ...]:
    """Units that owe no report any more and did since the plan's start: its totals hold theirs too."""
    now, since = {unit.code for unit in report.units}, report.since_start
    units = (unit for unit in report.config.units.units if unit.code not in now)
    return tuple(unit for unit in units if report.ledger.row(since, "report_rate", unit.code))


def left_name(unit: Unit) -> str:
    """How a table names such a unit, as Markdown."""
    return f"{markdown(unit.name)} (nay không phải báo cáo)"


def unit_names(units: Iterable[Unit]) -> str:
    """Names of units as Markdown, joined by commas."""
    return ", ".join(verbatim(unit.name) for unit in units)


def lead_names(report: Report, area: Area) -> str:
    """Who leads an area, as Markdown: the units, or where they are many the groups as the plan names them."""
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
    """The units whose report is in a state (``reports``) or came at a time (``timeliness``)."""
    return tuple(unit for unit in report.units if value(report, measure, unit.code, state=state))


def without_activity(report: Report) -> str:
    """That some of the reports that came hold no activity, or none that counts, in brackets; empty if all have one."""
    rows = (
        report.ledger.row(str(month), "reports", unit.code, state="filed")
        for month in report.month.months
        for unit in report.config.units.units
        if value(report, "activities", unit.code, str(month)) == 0
    )
    found = [row for row in rows if row]
    return f"(trong đó {counted(found)} chưa có hoạt động nào được tính)" if found else ""


def in_some_month(report: Report, words: str) -> str:
    """What is said of units that are in a state: over a span they were so in one of its months, perhaps not in all."""
    return capital(words) if isinstance(report.month, Month) else f"Có tháng {words}"


def has_figures(report: Report) -> bool:
    """Whether any unit reported for the month."""
    return value(report, "activities") is not None


def nothing_done(report: Report) -> str:
    """Why there are no activities to write about: no report, or none reported; empty if there are some."""
    if not has_figures(report):
        return NO_REPORTS
    return "" if value(report, "activities") else NO_ACTIVITIES.format(month_name(report))


def lead_gaps(report: Report) -> tuple[tuple[Area, Unit], ...]:
    """Areas on which a unit that leads them reported no activity; a missing report is not among them."""
    return tuple(
        (area, unit)
        for area in report.config.plan.areas
        for unit in report.units
        if value(report, "lead_activities", unit.code, content=area.code) == 0
    )


def lead_name(report: Report, unit: Unit) -> str:
    """A lead without activity; of a month it is said if it reported that there was nothing: it gave what it owes.

    Of a span it is said if a report of it lacks: what it did in that month is not known.
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
    """The same for a sentence: no figures, which a table gives."""
    names = most(counts)
    if _only_one(counts.values()):
        return f"đó là “{write(names[0])}”"
    if len(names) > MOST_NAMED:
        return f"nhiều {subject} cùng đứng đầu về số hoạt động"
    return f"nhiều nhất ở {listed([f'“{write(name)}”' for name in names])}"


def _only_one(counts: Iterable[float | None]) -> bool:
    """Whether only one has anything: that it has most is no finding."""
    return sum(bool(count) for count in counts) == 1


def finding(subject: str, items: Sequence[Bar], write: Callable[[str], str] = str) -> str:
    """A chart's title: which bars are longest, all of them if several are; ``write`` makes Markdown of names."""
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
"""Of a picture's words: PDF/A takes 32,767 in a string, two a letter of Vietnamese (ISO 19005-2, 6.1.13)."""
MOST_MONTHS = 13
"""The month, and the twelve before it."""
MOST_NAMED = 3
"""How many that share the first place are still named one by one."""
MOST_LEADS = 8
"""How many units that lead an area are named one by one."""
NO_ACTIVITIES = "Trong {} không có hoạt động nào được ghi nhận."
NO_REPORTS = "Chưa có số liệu: trong kỳ chưa đơn vị nào có báo cáo đọc được."
