"""The front page: a strip of key figures, and the month in a few sentences."""

from __future__ import annotations

import re

from baocao.months import Month
from baocao.present.blocks import Prose, bullets, callout, paragraphs
from baocao.present.chapters import overview
from baocao.present.common import has_figures
from baocao.present.figures import change_short, nothing_before, shown, whole
from baocao.present.spans import nothing_sent, notice
from baocao.report import Report
from baocao.text import NO_DATA, term_short

_STRIP = {"activities": "hoạt động", "reach": "lượt tiếp cận", "cost": "đồng kinh phí"}


# On the first page of its books Quarto prints a reference to a chapter as the chapter's number and title, and not as
# “Chương 5” like everywhere else; the contents beside the page lead to the chapters in any case.
_REFERENCE = re.compile(r" \(xem @[^)\s]+\)")


def front_page(report: Report) -> Prose:
    """What a reader meets first: the overview's words, without references."""
    if nothing_sent(report):
        return paragraphs(notice(report), overview.summary(report).markdown)
    words = paragraphs(notice(report), strip(report), overview.summary(report).markdown, _attention(report))
    return Prose(_REFERENCE.sub("", words.markdown))


def _attention(report: Report) -> str:
    items = overview.attention_items(report)
    return callout("warning", "Việc cần xử lý", bullets(items)) if items else overview.attention(report).markdown


def strip(report: Report) -> str:
    """Key figures with their change on the month before."""
    items = [_reports(report)]
    if has_figures(report):
        items = [*(_figure(report, measure, words) for measure, words in _STRIP.items()), *items]
    return f"::: {{.so-chinh}}\n{bullets(items)}\n:::"


def _reports(report: Report) -> str:
    if not isinstance(report.month, Month):
        words = f"trong {shown(report, 'reports', state='owed')} lượt báo cáo của các tháng có hoạt động"
        return f"[{shown(report, 'reports', state='filed')}]{{.so}} {words}"
    nil = whole(report, "reports", state="nil")
    words = f"trong {shown(report, 'reports', state='owed')} đơn vị đã nộp báo cáo có hoạt động"
    more = f", {nil} đơn vị báo không phát sinh" if nil else ""
    return f"[{shown(report, 'reports', state='filed')}]{{.so}} {words}{more}"


def _figure(report: Report, measure: str, words: str) -> str:
    change = change_short(report, measure)
    was = f"{change} so với {term_short(report.month.plus(-1))}"
    compared = nothing_before(report) if change == NO_DATA else was
    return f"[{shown(report, measure)}]{{.so}} {words} ({compared})"
