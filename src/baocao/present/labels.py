"""Names of chapters, tables and figures, as used in cross-references."""

from __future__ import annotations

from baocao.config.models import Unit
from baocao.report import Report


def unit_of(report: Report) -> Unit:
    """The unit of a unit chapter; the register's first if none is set, as when the notebook runs with its defaults."""
    return report.unit or report.units[0]


def chapter_name(report: Report, notebook: str, unit: Unit | None = None) -> str:
    """The slug of a notebook's chapter in this book; that of a unit chapter ends with the unit's code."""
    chapter = next((one for one in report.config.book.chapters if one.notebook == notebook), None)
    slug = chapter.slug if chapter else notebook
    return f"{slug}-{unit.code.lower()}" if unit else slug


def table_label(report: Report, notebook: str, name: str, unit: Unit | None = None) -> str:
    return f"tbl-{chapter_name(report, notebook, unit)}-{name}"


def figure_label(report: Report, notebook: str, name: str, unit: Unit | None = None) -> str:
    return f"fig-{chapter_name(report, notebook, unit)}-{name}"


def data_label(report: Report, notebook: str, name: str, unit: Unit | None = None) -> str:
    """The label of a figure's data table; it must not start with ``fig-``, or Quarto would take it for a figure."""
    return f"data-{chapter_name(report, notebook, unit)}-{name}"


def see(report: Report, notebook: str, unit: Unit | None = None) -> str:
    """A cross-reference to a chapter, in parentheses after a blank; empty if the chapter is not in the book."""
    wanted = any(one.notebook == notebook for one in report.config.book.chapters)
    return f" (xem @sec-{chapter_name(report, notebook, unit)})" if wanted else ""
