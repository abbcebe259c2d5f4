"""Tables: every figure with the ledger row that it prints, totals that are the ledger's."""

from __future__ import annotations

import pytest

from baocao.official.figures import Figures, VocabularyError
from baocao.official.label import label_of
from baocao.official.tables import TABLES, table


def cell(runs) -> str:
    return "".join(run.text for run in runs)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_rows_with_and_without_figures(figures, bare_report, name):
    assert table(figures, name).lines
    bare = table(Figures(bare_report, label_of(bare_report)), name)
    assert bare.lines
    runs = [run for line in bare.lines for runs in line.cells for run in runs]
    assert not [run for run in runs if run.ref.startswith("2026-02|") and run.text == "0"]


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
