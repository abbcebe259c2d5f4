"""Each figure stands under its own heading: which ledger row a cell leads to, and how long a mark is.

The ledger knows a different figure for every row that is asked for, so that no two cells are alike by chance.
``figures_in_place.txt`` has the first row of each table and a row of totals: heading, and the ledger row of its figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest

from baocao.measures.ledger import SITE, Ledger, Row, dims
from baocao.present import charts, common
from baocao.present.blocks import Figure, Table
from baocao.present.traced import plain
from baocao.report import Report
from unit.present.chapters.test_every_chapter import SITE_CHAPTERS, blocks_of

SNAPSHOT = Path(__file__).with_name("figures_in_place.txt")
MARKS = ("bars", "columns", "panels", "strips", "heat_map", "state_grid", "bullet_bars")
_LINK = re.compile(r'\{\.so-lieu l="([^"]*)"(?: b="([^"]*)")?\}')
OF_TARGETS = {"target_value", "target_level", "target_status", "target_required", "target_change"}


class Full(Ledger):
    """A ledger with a figure of its own for every row of counts and sums; those of targets are the ones given."""

    def row(self, period: str, measure: str, unit: str = SITE, **codes: str) -> Row | None:
        if measure in OF_TARGETS or {"state", "kind"} & set(codes):
            return super().row(period, measure, unit, **codes)
        figure = str(crc32(f"{period}|{unit}|{measure}|{dims(**codes)}".encode()) % 90_000 + 10_000)
        return Row(period, unit, measure, dims(**codes), figure, figure, figure)


@pytest.fixture
def full(report: Report, monkeypatch: pytest.MonkeyPatch) -> Report:
    """The report with such a ledger and three different spans; no picture is drawn."""
    monkeypatch.setattr(common, "to_svg", lambda chart, label: "")
    for name in MARKS:
        monkeypatch.setattr(charts, name, lambda *args: None)
    bullets = [
        Row(str(report.month), SITE, "activities", dims(bullet=bullet.code), "1")
        for area in report.config.plan.areas
        for bullet in area.bullets
    ]
    ledger = Full([*report.ledger.rows, *bullets])
    return replace(report, ledger=ledger, year_to_date="2026-01..2026-02", since_start="2025-11..2026-02")


def tables(report: Report) -> Iterator[tuple[str, Table]]:
    """The tables of all chapters, those under pictures too; the unit chapter is the first unit's."""
    for name in [*SITE_CHAPTERS, "unit"]:
        for key, block in blocks_of(name, report):
            table = block.data if isinstance(block, Figure) else block
            if isinstance(table, Table):
                yield f"{name}.{key}", table


def cells(table: Table) -> Iterator[str]:
    kept = [cells for i, cells in enumerate(table.rows) if i == 0 or "Tất cả" in cells[0]]
    for row in kept:
        found = [(column.title, _LINK.findall(cell)) for column, cell in zip(table.columns, row, strict=True)]
        if any(links for _, links in found):
            yield f"  {plain(row[0])}"
            for title, links in found:
                said = ", ".join(f"{now} − {before}" if before else now for now, before in links)
                yield from [f"    {title}: {said}"] if said else []


def test_each_cell_leads_to_the_figure_of_its_row_and_heading(full):
    lines = []
    for name, table in tables(full):
        found = list(cells(table))
        lines += [f"{name} ({table.label})", *found] if found else []
    assert lines == SNAPSHOT.read_text("utf-8").splitlines()


def marks(args: tuple[object, ...]) -> Iterator[tuple[str, float | None]]:
    """Text and length (of a tile: its level) of each mark of a chart."""
    for item in args[0]:
        if isinstance(item, charts.Panel):
            yield from ((bar.text, bar.length) for bar in item.bars)
        elif isinstance(item, charts.Tile):
            yield item.text, None if item.state else item.level
        elif isinstance(item, charts.Bar):
            yield item.text, item.length


def test_each_mark_is_as_long_as_the_figure_beside_it(full, monkeypatch):
    drawn = []
    for name in MARKS:
        monkeypatch.setattr(charts, name, lambda *args: drawn.append(args))
    assert list(tables(full))  # the chapters are made, and draw
    found = [mark for args in drawn for mark in marks(args)]
    figures = [(plain(text).replace(".", ""), length) for text, length in found if length is not None]
    assert len(figures) > 40
    assert [(text, length) for text, length in figures if float(text) != length] == []
