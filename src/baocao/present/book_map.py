"""The map of the book: its chapters in order, and the question that each answers."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.config.models import Chapter
from baocao.present.labels import chapter_name
from baocao.present.words import verbatim
from baocao.report import Report
from baocao.text import markdown

FOLDER = "reports/chuong"
_MOST_UNITS = 12
"""Most unit chapters that are listed one by one; beyond that the sidebar's contents must do."""


def chapter_link(report: Report, notebook: str) -> str:
    """A link from the front page to a chapter; empty if the chapter is not in the book."""
    chapter = next((one for one in report.config.book.chapters if one.notebook == notebook), None)
    return _link(chapter.title, chapter_name(report, notebook)) if chapter else ""


def book_map(report: Report) -> str:
    """A heading and a list of chapters with what they answer, those of a part below its title."""
    return "## Sách có những gì {.unnumbered}\n\n" + "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    part = ""
    for chapter in report.config.book.chapters:
        if chapter.part and chapter.part != part:
            yield f"- **{markdown(chapter.part)}**"
        part = chapter.part
        yield f"{'    ' if part else ''}- {_entry(report, chapter)}"


def _entry(report: Report, chapter: Chapter) -> str:
    about = f": {markdown(chapter.about)}" if chapter.about else ""
    if chapter.per == "month":
        return f"{_link(chapter.title, chapter_name(report, chapter.notebook))}{about}."
    links = [_link(unit.name, chapter_name(report, chapter.notebook, unit)) for unit in report.units]
    if not links:
        return f"{markdown(chapter.title)}{about}."
    if len(links) > _MOST_UNITS:
        return f"{markdown(chapter.title)}{about}; từ {links[0]} đến {links[-1]}."
    return f"{markdown(chapter.title)}{about}; {', '.join(links)}."


def _link(title: str, name: str) -> str:
    return f"[{verbatim(title)}]({FOLDER}/{name}.qmd)"
