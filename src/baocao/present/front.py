"""The front page: a strip of key figures, and the month in a few sentences."""

from __future__ import annotations

from baocao.present.blocks import Prose, bullets, callout, paragraphs
from baocao.present.chapters import overview
from baocao.present.common import has_figures
from baocao.present.figures import change_short, shown, whole
from baocao.report import Report
from baocao.text import NO_DATA, month_short

_STRIP = {"activities": "hoạt động", "reach": "lượt tiếp cận", "cost": "đồng kinh phí"}


def front_page(report: Report) -> Prose:
    """What a reader meets first."""
    return paragraphs(strip(report), overview.summary(report).markdown, _attention(report))


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
    nil = whole(report, "reports", state="nil")
    words = f"trong {shown(report, 'reports', state='owed')} đơn vị đã nộp báo cáo có hoạt động"
    more = f", {nil} đơn vị báo không phát sinh" if nil else ""
    return f"[{shown(report, 'reports', state='filed')}]{{.so}} {words}{more}"


def _figure(report: Report, measure: str, words: str) -> str:
    change = change_short(report, measure)
    was = f"{change} so với tháng {month_short(report.month.plus(-1))}"
    compared = "chưa có số liệu tháng trước" if change == NO_DATA else was
    return f"[{shown(report, measure)}]{{.so}} {words} ({compared})"
