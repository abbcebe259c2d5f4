"""What the book says of definitions, sources and settings."""

from __future__ import annotations

from dataclasses import replace

from baocao.present.blocks import Table
from baocao.present.chapters.method import parameters, rules
from baocao.present.words import setting
from baocao.report import Report
from baocao.text import number


def test_every_threshold_that_is_a_number_is_in_the_table_of_thresholds(report: Report) -> None:
    thresholds = report.config.thresholds
    names = [name for name in type(thresholds).model_fields if name != "evidence_patterns"]
    told = thresholds.model_copy(update={name: 1000 + i for i, name in enumerate(names)})
    table = parameters(replace(report, config=report.config.model_copy(update={"thresholds": told})))
    assert isinstance(table, Table)
    assert [cells[1] for cells in table.rows] == [setting(number(1000 + i)) for i in range(len(names))]


def test_it_is_told_that_changes_are_of_figures_that_were_not_rounded(report: Report) -> None:
    assert "thay đổi tính trên số chưa làm tròn" in rules(report).markdown
