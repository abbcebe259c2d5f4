"""Difficulties, proposals and plans, in the units' own words."""

from __future__ import annotations

from baocao.config.models import Unit
from baocao.present.blocks import Prose, bullets
from baocao.present.common import month_name
from baocao.present.figures import shown, whole
from baocao.present.words import NOTE_KINDS, listed, submitted, verbatim
from baocao.report import Report

NOTEBOOK = "notes"
_NONE = {
    "difficulty": "Không đơn vị nào nêu khó khăn trong kỳ.",
    "proposal": "Không đơn vị nào nêu kiến nghị trong kỳ.",
    "plan": "Không đơn vị nào nêu phương hướng trong kỳ.",
}


def summary(report: Report) -> Prose:
    """How many of each kind."""
    if not whole(report, "notes"):
        return Prose(f"Trong {month_name(report)} không đơn vị nào nêu khó khăn, kiến nghị hay phương hướng.")
    parts = [f"{shown(report, 'notes', kind=kind)} {words.lower()}" for kind, words in NOTE_KINDS.items()]
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
    """Notes of a kind, a list a unit, in the register's order."""
    parts = [f"**{verbatim(unit.name)}**\n\n{found}" for unit in report.units if (found := of_unit(report, unit, kind))]
    return Prose("\n\n".join(parts) if parts else _NONE[kind])


def of_unit(report: Report, unit: Unit, kind: str) -> str:
    """A unit's notes of a kind as a list; empty if there are none."""
    notes = report.records.notes
    mine = notes[(notes["unit"] == unit.code) & (notes["kind"] == kind)]
    return bullets(f"[{submitted(text)}]{{.nguyen-van}}" for text in mine["text"])
