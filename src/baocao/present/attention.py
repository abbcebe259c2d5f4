"""What needs a decision: missing reports, leads without activity, targets that fall back, rejected rows.

Each matter is a sentence and the chapter with the details. A long list of names is shortened, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from baocao.config.models import Area, Unit
from baocao.config.units import resolve
from baocao.present.common import area_name, in_some_month, lead_gaps, lead_name, units_in
from baocao.present.figures import shown, whole
from baocao.present.targets_text import change_traced, falls_back, is_lost, measured, reported_row, status
from baocao.present.traced import traced
from baocao.present.words import ZERO, some, verbatim
from baocao.report import Report
from baocao.text import capital, markdown, term_before

_MOST = 5
"""Units named in a matter; the chapter lists them all."""


@dataclass(frozen=True)
class Matter:
    """A matter to decide: a Markdown sentence without full stop, and the notebook of the chapter with the details."""

    text: str
    notebook: str


def matters(report: Report) -> tuple[Matter, ...]:
    """All that needs a decision, the most serious first."""
    return (
        *_reports(report),
        *_leads(report),
        *_unled(report),
        *_targets(report),
        *_unreported(report),
        *_rows(report),
    )


def _reports(report: Report) -> Iterator[Matter]:
    for measure, state, words in (
        ("reports", "missing", f"chưa nộp báo cáo (không có nghĩa là bằng {ZERO})"),
        ("reports", "refused", "báo cáo bị trả lại, chưa tính được"),
        ("timeliness", "late", "nộp trễ hạn"),
    ):
        if units := units_in(report, measure, state):
            names = some([verbatim(unit.name) for unit in units], "đơn vị", _MOST)
            yield Matter(f"{in_some_month(report, words)}: {names}", "submissions")


def _leads(report: Report) -> Iterator[Matter]:
    found: dict[Area, list[Unit]] = {}
    for area, unit in lead_gaps(report):
        found.setdefault(area, []).append(unit)
    for area, (first, *others) in found.items():
        units = (first.model_copy(update={"name": capital(first.name)}), *others)
        names = some([lead_name(report, unit) for unit in units], "đơn vị", _MOST)
        yield Matter(f"{names} chủ trì nội dung {verbatim(area_name(area))} nhưng không có hoạt động nào", "contents")


def _unled(report: Report) -> Iterator[Matter]:
    """Areas whose leads no longer exist, as after a merger, or do not exist yet: nobody owes anything on them."""
    for area in report.config.plan.areas:
        if gone := _nobody(report, area.leads_in(report.month.last)):
            yield Matter(f"Nội dung {verbatim(area_name(area))} không có đơn vị nào chủ trì: {gone}", "contents")


def _unreported(report: Report) -> Iterator[Matter]:
    """Scored targets whose reporters no longer exist, or do not exist yet."""
    for target in report.config.targets.targets:
        if status(report, target) != "unscored" and (gone := _nobody(report, target.reporters)):
            name = verbatim(f"{target.code} {target.name}")
            yield Matter(f"Chỉ tiêu {name} không có đơn vị nào phải báo: {gone}", "targets")


def _nobody(report: Report, codes: Sequence[str]) -> str:
    """Names of these units and groups if none of them is on the register at the end of the term; else empty."""
    config, end = report.config, report.period.end
    if not codes or any(resolve(config, code, end) for code in codes):
        return ""
    names = {unit.code: unit.name for unit in config.units.units}
    names |= {group.code: group.name for group in config.units.groups}
    return (
        f"{some([verbatim(names[code]) for code in codes], 'đơn vị', _MOST)} không thuộc danh sách đơn vị lúc cuối kỳ"
    )


def _targets(report: Report) -> Iterator[Matter]:
    scopes = list(report.config.site.scopes)
    for target in sorted(report.config.targets.targets, key=lambda target: scopes.index(target.scope)):
        row = reported_row(report, target)
        if row is not None and falls_back(report, target):
            change = change_traced(report, target)
            since = f" ({change} so với {term_before(report.month)})" if change else ""
            if target.type == "boolean":
                since = f" ({term_before(report.month)} đã có)"
            name = verbatim(f"{target.code} {target.name}")
            missed = "không còn đạt" if is_lost(report, target) else "lùi xa"
            how = "kém hơn nhưng vẫn đạt" if status(report, target) == "met" else f"{missed} mức phải đạt"
            yield Matter(f"Chỉ tiêu {name} {how}: {traced(markdown(measured(target, row)), row.id)}{since}", "targets")


def _rows(report: Report) -> Iterator[Matter]:
    if whole(report, "rows_rejected"):
        yield Matter(f"{shown(report, 'rows_rejected')} dòng số liệu bị trả lại, chưa được tính", "quality")
