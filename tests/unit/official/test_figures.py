"""Figures of an official document: from the ledger, or said to be unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baocao.measures.ledger import Ledger, Row
from baocao.official.figures import Figures, VocabularyError
from baocao.official.items import contents, forms
from baocao.official.label import label_of


def test_a_figure_is_the_ledgers_and_names_its_row(figures, report):
    shown = figures.show("activities", content="ND1")
    row = report.ledger.row("2026-01", "activities", content="ND1")
    assert (str(shown), shown.ref) == (row.value, row.id)


def test_a_figure_that_is_not_known_is_said_to_be_and_names_no_row(bare_report):
    shown = Figures(bare_report, label_of(bare_report)).show("activities")
    assert (shown, shown.ref) == ("chưa có số liệu", "")


def test_a_name_that_the_plan_writes_small_begins_a_line_with_a_capital(report):
    plan = report.config.plan
    area, form = (
        one.model_copy(update={key: "đầu tư"}) for one, key in ((plan.areas[0], "short_title"), (plan.forms[0], "name"))
    )
    small = report.config.model_copy(update={"plan": plan.model_copy(update={"areas": (area,), "forms": (form,)})})
    made = Figures(replace(report, config=small), label_of(report))
    assert [one.ten_ngan for one in (*contents(made), *forms(made))] == ["Đầu tư", "Đầu tư"]


def test_the_first_month_has_nothing_to_be_compared_with(figures):
    assert str(figures.compared("activities")) == "chưa có số liệu tháng 12/2025 để so sánh"
    assert figures.show("activities", span="truoc") == "chưa có số liệu"


@pytest.mark.parametrize(
    ("before", "words"), [(1, "tăng so với tháng 12/2025 (1)"), (99, "giảm so với tháng 12/2025 (99)")]
)
def test_a_comparison_prints_only_figures_of_the_ledger(report, before, words):
    old = Row("2025-12", "*", "activities", value=str(before))
    label = replace(label_of(report), previous="2025-12")
    compared = Figures(replace(report, ledger=Ledger([*report.ledger.rows, old])), label).compared("activities")
    assert str(compared) == words
    assert [part.ref for part in compared.parts if hasattr(part, "ref")] == [old.id]


def test_equal_figures_are_said_to_be_equal(report):
    label = replace(label_of(report), previous="2026-01")
    assert str(Figures(report, label).compared("activities")) == "bằng tháng 12/2025"


def test_zero_is_known_and_not_some(report):
    zero = replace(report, ledger=Ledger([Row("2026-01", "*", "activities", value="0")]))
    figures = Figures(zero, label_of(zero))
    assert figures.is_known("activities")
    assert not figures.some("activities")
    assert not figures.is_known("cost")


def test_a_code_of_the_plan_must_exist(figures):
    with pytest.raises(VocabularyError, match="ND1"):
        figures.show("activities", content="II.1")
