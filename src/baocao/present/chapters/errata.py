"""Errata: the plan's known contradictions and typos, beside its own words, and how the book reads them."""

from __future__ import annotations

from baocao.config.models import Erratum
from baocao.present.blocks import Column, Prose, Table
from baocao.present.common import Place
from baocao.present.words import verbatim
from baocao.report import Report
from baocao.text import capital, markdown

NOTEBOOK = "errata"
_NOTHING = "–"


def summary(report: Report) -> Prose:
    """What the register of errata is for."""
    plan = verbatim(report.config.plan.document.short_title)
    if not report.config.plan.errata:
        return Prose(f"Chưa ghi nhận điểm nào cần đính chính trong {plan}.")
    return Prose(
        f"Khi lập báo cáo theo {plan}, có những điểm của văn bản mâu thuẫn, sai sót hoặc chưa quy định rõ. Sách giữ "
        "nguyên văn của kế hoạch; mỗi điểm dưới đây ghi cách hiểu đang dùng, để cơ quan có thẩm quyền quyết định."
    )


def register(report: Report) -> Table | Prose:
    """Every erratum: its place, the plan's words, the corrected reading, the problem, the treatment."""
    columns = [
        Column("Mã", 8),
        Column("Ở đâu", 12),
        Column("Nguyên văn", 26),
        Column("Đọc là", 22),
        Column("Vấn đề", 34),
        Column("Cách xử lý", 34),
    ]
    rows = [tuple(markdown(text) or _NOTHING for text in _texts(one)) for one in report.config.plan.errata]
    caption = "Các điểm mâu thuẫn, sai sót của kế hoạch; nguyên văn được giữ nguyên, cách hiểu đặt bên cạnh."
    return Place(report, NOTEBOOK).table("so-dinh-chinh", caption, columns, rows, "Chưa ghi nhận điểm nào.")


def targets(report: Report) -> Table | Prose:
    """Which errata concern which targets."""
    named = {code: [t for t in report.config.targets.targets if code in t.errata] for code in _codes(report)}
    columns = [Column("Mã", 8), Column("Chỉ tiêu liên quan", 60)]
    rows = [
        (markdown(code), markdown("; ".join(f"{target.code} {target.name}" for target in found)))
        for code, found in named.items()
        if found
    ]
    caption = "Các điểm đính chính liên quan đến chỉ tiêu."
    return Place(report, NOTEBOOK).table("chi-tieu", caption, columns, rows, "Không điểm nào liên quan đến chỉ tiêu.")


def _codes(report: Report) -> list[str]:
    return [one.code for one in report.config.plan.errata]


def _texts(one: Erratum) -> tuple[str, ...]:
    return one.code, one.where, one.quote, one.corrected, capital(one.problem), one.treatment
