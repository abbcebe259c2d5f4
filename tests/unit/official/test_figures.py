"""Figures of an official document: from the ledger, or said to be unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baocao.measures.ledger import Ledger, Row
from baocao.months import parse_term
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


def test_a_part_is_compared_with_the_same_part_and_is_some_only_if_it_has_any(report):
    parts = [Row("2025-12", "*", "activities", f"content={code}", n) for code, n in (("ND1", "9"), ("ND2", "0"))]
    parts += [Row("2025-12", "*", "activities", value="1")]
    now = {f"2026-01|*|activities|content={code}": n for code, n in (("ND1", "2"), ("ND2", "0"))}
    rows = [row._replace(value=now.get(row.id, row.value)) for row in report.ledger.rows]
    label = replace(label_of(report), previous="2025-12")
    figures = Figures(replace(report, ledger=Ledger([*rows, *parts])), label)
    assert str(figures.compared("activities", content="ND1")) == "giảm so với tháng 12/2025 (9)"
    assert str(figures.compared("activities", content="ND2")) == "bằng tháng 12/2025"
    assert [figures.some("activities", content=code) for code in ("ND1", "ND2")] == [True, False]
    assert figures.some("activities", span="truoc")
    assert not Figures(report, label_of(report)).is_known("activities", span="truoc")


def test_equal_figures_are_said_to_be_equal(report):
    label = replace(label_of(report), previous="2026-01")
    assert str(Figures(report, label).compared("activities")) == "bằng tháng 12/2025"


@pytest.mark.parametrize(
    ("now", "before", "lacking"), [("0", "1", "01/2026"), ("1", "0", "12/2025"), ("0", "0", "01/2026")]
)
def test_of_two_months_that_cannot_be_compared_the_one_is_named_of_which_nobody_stated_a_figure(
    report, now, before, lacking
):
    stated = (("2026-01", now), ("2025-12", before))
    rows = [Row(month, "*", name, value=n) for month, n in stated for name in ("attendees", "attendees_stated")]
    figures = Figures(replace(report, ledger=Ledger(rows)), replace(label_of(report), previous="2025-12"))
    assert str(figures.compared("attendees")) == f"chưa có số liệu tháng {lacking} để so sánh"


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("2026-01", "chưa đủ số liệu các tháng để so với quý trước"),
        ("2026-04", "chưa có số liệu quý I/2026 để so sánh"),
    ],
)
def test_a_quarter_of_which_the_one_before_lacks_months_is_not_said_to_follow_one_without_figures(report, first, words):
    quarter = parse_term("2026-Q2")
    config = report.config.model_copy(
        update={"calendar": report.config.calendar.model_copy(update={"first_month": first})}
    )
    ledger = Ledger([Row("2026-Q2", "*", "activities", value="3")])
    made = replace(report, config=config, month=quarter, ledger=ledger, history=quarter.months)
    assert str(Figures(made, label_of(made)).compared("activities")) == words


def test_zero_is_known_and_not_some(report):
    zero = replace(report, ledger=Ledger([Row("2026-01", "*", "activities", value="0")]))
    figures = Figures(zero, label_of(zero))
    assert figures.is_known("activities")
    assert not figures.some("activities")
    assert not figures.is_known("cost")


@pytest.mark.parametrize("asked", ["show", "some", "is_known", "compared"])
@pytest.mark.parametrize(
    ("words", "codes", "said"),
    [
        (("activities",), {"content": "II.1"}, "ND1"),
        (("activities",), {"area": "ND1"}, "content"),
        (("activities", "XX"), {}, "XX"),
        (("activites",), {}, "activities"),
    ],
)
def test_what_a_template_asks_for_must_exist(figures, asked, words, codes, said):
    with pytest.raises(VocabularyError, match=said):
        getattr(figures, asked)(*words, **codes)


@pytest.mark.parametrize("asked", ["show", "some", "is_known"])
def test_a_period_of_a_template_must_exist(figures, asked):
    with pytest.raises(VocabularyError, match="thang_truoc”; các kỳ: nay, truoc"):
        getattr(figures, asked)("activities", span="thang_truoc")
