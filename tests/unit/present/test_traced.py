"""Spans that lead a figure to its ledger row."""

from baocao.present.traced import key, plain, plain_deep, row_id, rows_named, traced
from baocao.text import markdown

ID = "2026-02|VP|activities|content=ND1;form=HT1"


def test_a_key_can_stand_in_a_table_and_gives_the_id_back():
    assert "|" not in key(ID)
    assert row_id(key(ID)) == ID


def test_a_figure_without_a_row_is_just_its_text():
    assert traced("–") == "–"


def test_plain_text_has_the_figure_and_nothing_of_the_span():
    assert plain(f"có {traced('1.234', ID)} hoạt động ({traced('+3', ID, before=ID)})") == "có 1.234 hoạt động (+3)"
    assert plain_deep({"a": [traced("5", ID), 7], "b": (None,)}) == {"a": ["5", 7], "b": [None]}


def test_all_rows_that_a_text_leads_to_are_named():
    assert rows_named([traced("2", "a|*|x|", "b|*|x|"), traced("+1", "c|*|x|", before="d|*|x|")]) == {
        "a|*|x|", "b|*|x|", "c|*|x|", "d|*|x|",
    }  # fmt: skip


def test_text_that_looks_like_a_span_once_escaped_is_no_span():
    assert rows_named([markdown('[1]{.so-lieu l="x"}')]) == frozenset()
