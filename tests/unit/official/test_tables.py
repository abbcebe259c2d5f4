"""Tables: every figure with the ledger row that it prints, totals that are the ledger's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from baocao.measures.ledger import Row, dims
from baocao.months import parse_term
from baocao.official.content import Table
from baocao.official.figures import Figures, VocabularyError
from baocao.official.label import label_of
from baocao.official.tables import TABLES, table
from baocao.workspace import load_report
from unit.present.chapters.test_figures_in_place import Full

SNAPSHOT = Path(__file__).with_name("figures_in_place.txt")
"""First and last row of the tables of a month, and of those that a quarter has otherwise: heading, ledger row."""


def cell(runs) -> str:
    return "".join(run.text for run in runs)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_rows_with_and_without_figures(figures, bare_report, name):
    assert table(figures, name).lines
    bare = table(Figures(bare_report, label_of(bare_report)), name)
    assert bare.lines
    runs = [run for line in bare.lines for runs in line.cells for run in runs]
    assert not [run for run in runs if run.ref.startswith("2026-02|") and run.text == "0"]


def in_place(made: Table) -> Iterator[str]:
    for line in (made.lines[0], made.lines[-1]):
        yield f"  {cell(line.cells[0])}{' (đậm)' if line.bold else ''}"
        for column, runs in zip(made.columns, line.cells, strict=True):
            refs = dict.fromkeys(run.ref for run in runs if run.ref)
            yield from [f"    {column.title}: {', '.join(refs)}"] if refs else []


def test_each_cell_prints_the_figure_of_its_row_and_heading(space):
    lines = []
    for term, names in (("2026-02", TABLES), ("2026-Q1", ("chi-so", "theo-thang", "don-vi", "kinh-phi"))):
        report = load_report(space, parse_term(term))
        figures = Figures(
            replace(report, ledger=Full(report.ledger.rows), since_start="2025-11..2026-03"), label_of(report)
        )
        for made in (table(figures, name) for name in names):
            lines += [made.caption, *in_place(made)]
    assert lines == SNAPSHOT.read_text("utf-8").splitlines()


def test_a_table_of_a_scope_has_the_targets_of_the_scope_and_names_those_that_are_not_scored(report):
    first, second = report.config.targets.targets
    third = second.model_copy(update={"code": "T-3", "unscored_because": "x"})
    listed = report.config.targets.model_copy(
        update={"targets": (first, second.model_copy(update={"scope": "tinh"}), third)}
    )
    site = report.config.site.model_copy(update={"scopes": {**report.config.site.scopes, "tinh": "Tỉnh"}})
    ledger = Full(
        [*report.ledger.rows, Row("2026-01", "*", "target_status", dims(target="T-3", status="unscored"), "1")]
    )
    made = replace(report, config=report.config.model_copy(update={"targets": listed, "site": site}), ledger=ledger)
    tables = [table(Figures(made, label_of(made)), "chi-tieu", **of) for of in ({}, {"pham_vi": "tinh"})]
    codes = [[cell(line.cells[0]) for line in one.lines] for one in tables]
    assert codes == [["SM-1", "SM-2"], ["SM-2"]]
    assert [one.caption for one in tables] == ["Chỉ tiêu, tháng 01 năm 2026", "Chỉ tiêu cấp tỉnh, tháng 01 năm 2026"]
    assert [one.note.endswith(" Chỉ tiêu không chấm điểm: T-3.") for one in tables] == [True, False]


def test_a_total_is_the_ledgers_and_the_sum_of_the_rows(figures, report):
    lines = table(figures, "noi-dung").lines
    counts = [int(cell(line.cells[1])) for line in lines]
    assert counts[-1] == sum(counts[:-1]) == int(report.ledger.row("2026-01", "activities").value)
    assert lines[-1].bold


def test_a_cell_without_activity_is_a_dash_and_one_without_a_report_is_not_known(figures, bare_report):
    grid = table(figures, "noi-dung-hinh-thuc")
    assert {"–"} <= {cell(runs) for line in grid.lines for runs in line.cells}
    bare = table(Figures(bare_report, label_of(bare_report)), "noi-dung-hinh-thuc")
    assert {cell(runs) for line in bare.lines for runs in line.cells[1:]} == {"chưa có số liệu"}


def test_targets_of_a_scope_show_value_numerator_and_denominator(figures, report):
    (line,) = [one for one in table(figures, "chi-tieu", pham_vi="commune").lines if cell(one.cells[0]) == "SM-1"]
    row = report.ledger.row("2026-01", "target_value", target="SM-1")
    assert f"({row.numerator}\u00a0/\u00a0{row.denominator})" in cell(line.cells[3])
    assert {run.ref for run in line.cells[3] if run.ref} == {row.id}


def test_a_scope_that_does_not_exist_is_refused(figures):
    with pytest.raises(VocabularyError, match="commune"):
        table(figures, "chi-tieu", pham_vi="ward")


def test_a_table_takes_no_option_of_another(figures):
    with pytest.raises(VocabularyError, match="không nhận"):
        table(figures, "noi-dung", pham_vi="commune")
