"""The month in five to seven sentences: what was done and what not, who is late, what changes, and what is noise."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.config.models import Target
from baocao.months import Month, Term
from baocao.present.chapters.overview import activities_words, reports_sentence, reservation, scored_words
from baocao.present.common import (
    MOST_NAMED,
    area_name,
    areas_of,
    areas_words,
    finding_words,
    has_figures,
    has_money,
    own_scope,
    times_of,
)
from baocao.present.figures import NOT_ENOUGH, change, known, lacks_months, not_known, shown, value, whole
from baocao.present.targets_text import advances, falls_back
from baocao.present.words import ZERO, listed, some, verbatim
from baocao.report import Report
from baocao.text import capital, period_long, term_before, term_long, term_short

_ENOUGH_MONTHS = 3
"""Number of earlier months from which their range counts as the usual one."""
_PEOPLE = {"attendees": "lượt người tham dự", "reach": "lượt tiếp cận"}


def sentences(report: Report) -> list[str]:
    """Five to seven sentences as Markdown; every figure in them comes from a ledger row."""
    found = _with_figures(report) if has_figures(report) else _without_figures(report)
    return [sentence for sentence in found if sentence]


def _with_figures(report: Report) -> Iterator[str]:
    yield f"{_head(report)}: {activities_words(report)}, {change(report, 'activities')}{_last_year(report)}."
    yield _areas(report)
    yield _people(report)
    yield usual(report)
    yield reports_sentence(report).removesuffix(".") + _times(report) + "."
    yield _targets(report)
    yield reservation(report)


def _without_figures(report: Report) -> Iterator[str]:
    yield f"{_head(report)}: chưa có số liệu vì chưa đơn vị nào có báo cáo đọc được."
    yield reports_sentence(report)
    yield f"Chưa có báo cáo thì chưa biết kết quả, không có nghĩa là bằng {ZERO}."
    before = report.month.plus(-1)
    was = f"{shown(report, 'activities', period=str(before))} hoạt động"
    if value(report, "activities", period=str(before)) is None:
        was = f"cũng {not_known(report, before)}"
    yield f"{capital(term_before(report.month))} ({term_short(before)}): {was}{_last_year(report)}."
    yield _targets(report)


def _head(report: Report) -> str:
    return f"{capital(term_long(report.month))} (kỳ báo cáo {period_long(report.period)})"


def _last_year(report: Report) -> str:
    """The comparison with the same term last year, after a semicolon; for a year, with the previous year."""
    then = report.month.year_before()
    return "" if then == report.month.plus(-1) else f"; {_against(report, then)}"


def _against(report: Report, then: Term) -> str:
    before, now = known(report, "activities", period=str(then)), known(report, "activities")
    if before is None and lacks_months(report, then):
        return f"{NOT_ENOUGH} để so với cùng kỳ năm trước ({term_short(then)})"
    if before is None:
        return f"chưa có số liệu {term_short(then)} để so sánh với cùng kỳ năm trước"
    was = f"cùng kỳ năm trước ({shown(report, 'activities', period=str(then))})"
    if now is None:
        return f"{was} có số liệu"
    if now == before:
        return f"bằng {was}"
    return f"{'nhiều' if now > before else 'ít'} hơn {was}"


def _areas(report: Report) -> str:
    areas = areas_of(report)
    if len(areas) == 1:
        return ""  # it has all activities
    counts = {area_name(area): whole(report, "activities", content=area.code) for area in areas}
    none = [f"“{verbatim(name)}”" for name, count in counts.items() if not count]
    covered = capital(areas_words(report, " của kế hoạch"))
    if not any(counts.values()):
        return f"{covered}."
    parts = [covered, finding_words("nội dung", counts, verbatim)]
    if none:
        parts.append(f"chưa có hoạt động ở {some(none, 'nội dung', MOST_NAMED)}")
    return f"{'; '.join(parts)}."


def _people(report: Report) -> str:
    parts = [f"{shown(report, code)} {words}" for code, words in _PEOPLE.items() if known(report, code) is not None]
    people = f"Có {listed(parts)}" if parts else "Không đơn vị nào ghi số người tham dự hay lượt tiếp cận"
    if not has_money(report):
        return f"{people}."
    cost = shown(report, "cost")
    money = f"kinh phí đã ghi là {cost} đồng" if known(report, "cost") is not None else "không đơn vị nào ghi kinh phí"
    return f"{people}; {money}."


def usual(report: Report) -> str:
    """Whether the month's number of activities is within the range of the earlier months, so that it may be noise."""
    if not isinstance(report.month, Month):
        return ""
    now = known(report, "activities")
    months = [m for m in report.history[:-1] if known(report, "activities", period=str(m)) is not None]
    if now is None or len(months) < _ENOUGH_MONTHS:
        return "Chưa đủ tháng có số liệu để phân biệt thay đổi thật với dao động thông thường giữa các tháng."
    counts = {month: whole(report, "activities", period=str(month)) for month in months}
    low, high = min(months, key=lambda m: counts[m]), max(months, key=lambda m: counts[m])
    span = f"từ {shown(report, 'activities', period=str(low))} đến {shown(report, 'activities', period=str(high))}"
    if counts[low] == now == counts[high]:
        return f"Số hoạt động bằng mọi tháng trước có số liệu ({shown(report, 'activities', period=str(low))})."
    if counts[low] <= now <= counts[high]:
        so = ", nên thay đổi này có thể chỉ là dao động" if counts.get(report.month.plus(-1), now) != now else ""
        return f"Số hoạt động nằm trong khoảng của các tháng trước ({span}){so}."
    side = "thấp hơn" if now < counts[low] else "cao hơn"
    return f"Số hoạt động {side} mọi tháng trước có số liệu ({span})."


def _times(report: Report) -> str:
    times = times_of(report)
    return f"; về thời hạn có {times}" if times else ""


def _targets(report: Report) -> str:
    own = own_scope(report)
    if own is None:
        return ""
    scope, _ = own
    moves = _moves(report, [target for target in report.config.targets.targets if target.scope == scope])
    return f"{scored_words(report, *own)}{moves}."


def _moves(report: Report, targets: list[Target]) -> str:
    parts = []
    for verb, found in (
        ("tốt hơn", [target for target in targets if advances(report, target)]),
        ("kém hơn", [target for target in targets if falls_back(report, target)]),
    ):
        if found:
            parts.append(f"{verb}: {some([verbatim(target.code) for target in found], 'chỉ tiêu', MOST_NAMED)}")
    return f"; so với {term_before(report.month)}, {'; '.join(parts)}" if parts else ""
