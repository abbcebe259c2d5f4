"""Names of chapters, tables and figures, as cross-references use them."""

from __future__ import annotations

from baocao.config.models import Unit
from baocao.report import Report


def unit_of(report: Report) -> Unit:
    """The unit of a unit chapter; without one, as when the notebook runs with its defaults, the register's first."""
    return report.unit or report.units[0]


def chapter_name(report: Report, notebook: str, unit: Unit | None = None) -> str:
    """The slug of a notebook's chapter in this book; a unit chapter's ends with the unit's code."""
    chapter = next((one for one in report.config.book.chapters if one.notebook == notebook), None)
    slug = chapter.slug if chapter else notebook
    return f"{slug}-{unit.code.lower()}" if unit else slug


def table_label(report: Report, notebook: str, name: str, unit: Unit | None = None) -> str:
    return f"tbl-{chapter_name(report, notebook, unit)}-{name}"


def figure_label(report: Report, notebook: str, name: str, unit: Unit | None = None) -> str:
    return f"fig-{chapter_name(report, notebook, unit)}-{name}"


def data_label(report: Report, notebook: str, name: str, unit: Unit | None = None) -> str:
    """The label of a figure's data table; Quarto would take one that starts with ``fig-`` for a figure."""
    return f"data-{chapter_name(report, notebook, unit)}-{name}"


def see(report: Report, notebook: str, unit: Unit | None = None) -> str:
    """A cross-reference to a chapter, in parentheses, with a blank before it; empty if the book leaves it out."""
    wanted = any(one.notebook == notebook for one in report.config.book.chapters)
    return f" (xem @sec-{chapter_name(report, notebook, unit)})" if wanted else ""
