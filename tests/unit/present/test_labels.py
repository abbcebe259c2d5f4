"""References to chapters, which lead nowhere if the book has no such chapter."""

from __future__ import annotations

from dataclasses import replace

from baocao.present.labels import see
from baocao.report import Report


def test_a_chapter_is_referred_to_by_its_slug_and_only_if_the_book_has_it(report: Report) -> None:
    assert see(report, "targets") == " (xem @sec-chi-tieu)"
    assert see(report, "unit", report.units[1]) == " (xem @sec-don-vi-banmay)"
    book = report.config.book
    others = tuple(one for one in book.chapters if one.notebook != "targets")
    less = report.config.model_copy(update={"book": book.model_copy(update={"chapters": others})})
    assert see(replace(report, config=less), "targets") == ""
