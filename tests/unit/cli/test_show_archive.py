"""What the commands tell of closed months."""

from __future__ import annotations

import pytest

from baocao.archive import drift
from baocao.cli import show, show_archive
from baocao.cli.commands import book


@pytest.mark.parametrize(
    ("asked", "states", "told"),
    [
        ({"period": "2026-Q1"}, ("unchanged", "succeeded"), True),
        ({"month": "2026"}, ("succeeded",), True),
        ({"month": "2026"}, ("unchanged",), False),  # the book stands: it was told when that was made
        ({"month": "2026-03"}, ("succeeded",), False),
        ({}, ("succeeded",), False),
    ],
)
def test_a_book_of_several_months_tells_what_it_gives_otherwise_than_their_seals(
    monkeypatch, capsys, asked, states, told
):
    made = {"month": next(iter(asked.values()), "2026-03"), "notebooks": [{"state": state} for state in states]}
    monkeypatch.setattr("baocao.standing.book", lambda *_, **__: made)
    monkeypatch.setattr(show, "book", lambda *_, **__: 0)
    monkeypatch.setattr("baocao.workspace.Workspace.find", lambda root: root)
    monkeypatch.setattr(drift, "drifts", lambda _, term: [f"Lưu ý: {term}"])
    assert book._book(None, {"month": None, "period": None, **asked}, watch=False, as_json=False) == 0
    assert capsys.readouterr().err == ("".join(f"Lưu ý: {term}\n" for term in asked.values()) if told else "")


def test_of_a_month_nothing_is_loaded(monkeypatch):
    monkeypatch.delattr("baocao.workspace.Workspace.find")
    show_archive.tell_of_drifts(None, "2026-03")
