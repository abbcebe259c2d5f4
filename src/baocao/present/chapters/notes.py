"""Difficulties, proposals and plans, in the units' own words."""

from __future__ import annotations

from baocao.config.models import Unit
from baocao.months import Month
from baocao.present import spans
from baocao.present.blocks import Prose, bullets
from baocao.present.common import NO_REPORTS, Place, has_figures, month_name
from baocao.present.figures import shown, whole
from baocao.present.words import NOTE_KINDS, listed, submitted, verbatim
from baocao.report import Report
from baocao.text import month_short

NOTEBOOK = "notes"
_NONE = {
    "difficulty": "Không đơn vị nào nêu khó khăn trong kỳ.",
    "proposal": "Không đơn vị nào nêu kiến nghị trong kỳ.",
    "plan": "Không đơn vị nào nêu phương hướng trong kỳ.",
}


def summary(report: Report) -> Prose:
    """How many of each kind."""
    if not has_figures(report):
        return Prose(NO_REPORTS)
    if not whole(report, "notes"):
        return Prose(f"Trong {month_name(report)} không đơn vị nào nêu khó khăn, kiến nghị hay phương hướng.")
    parts = [
        f"{shown(report, 'notes', kind=kind)} {words.lower()}"
        for kind, words in NOTE_KINDS.items()
        if whole(report, "notes", kind=kind)
    ]
    return Prose(
        f"Trong {month_name(report)}, các đơn vị nêu {listed(parts)}. "
        "Ý kiến được giữ nguyên văn, chỉ che thông tin cá nhân nếu có."
    )


def difficulties(report: Report) -> Prose:
    """Difficulties by unit."""
    return by_unit(report, "difficulty")


def proposals(report: Report) -> Prose:
    """Proposals by unit."""
    return by_unit(report, "proposal")


def plans(report: Report) -> Prose:
    """What the units mean to do next."""
    return by_unit(report, "plan")


def by_unit(report: Report, kind: str) -> Prose:
    """Notes of a kind: a list for each unit, in the register's order."""
    parts = [f"**{verbatim(unit.name)}**\n\n{found}" for unit in report.units if (found := of_unit(report, unit, kind))]
    return Prose("\n\n".join(parts) if parts else _NONE[kind] if has_figures(report) else NO_REPORTS)


def of_unit(report: Report, unit: Unit, kind: str) -> str:
    """A unit's notes of a kind as a list; empty if there are none."""
    notes = report.records.notes
    mine = notes[(notes["unit"] == unit.code) & (notes["kind"] == kind)]
    if isinstance(report.month, Month):
        return bullets(f"[{submitted(text)}]{{.nguyen-van}}" for text in mine["text"])
    pairs = zip(mine["text"], mine["month"], strict=True)
    return bullets(
        f"[{submitted(text)}]{{.nguyen-van}} (tháng {month_short(Month.parse(str(month)))})" for text, month in pairs
    )


def months(report: Report) -> Prose:
    """For a quarter, half-year or year: how many of each kind, month by month."""
    lines = [spans.Line(words, "notes", codes={"kind": kind}) for kind, words in NOTE_KINDS.items()]
    table = spans.by_month(Place(report, NOTEBOOK), "theo-thang", "Số ý kiến đã nêu", "Loại", lines)
    return spans.section("Ý kiến theo từng tháng", table)
