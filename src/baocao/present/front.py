"""The front page: a strip of key figures, the month in a few sentences, what needs a decision, and the map of the book.

Chapters are linked by file, not by cross-reference: on a book's first page Quarto words references to chapters
differently from other pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from baocao.months import Month, Term
from baocao.present import spans
from baocao.present.attention import Matter, matters
from baocao.present.blocks import Prose, bullets, callout, paragraphs
from baocao.present.book_map import book_map, chapter_link
from baocao.present.chapters import overview
from baocao.present.common import has_figures, of_the_plan, other_targets, own_scope, without_activity
from baocao.present.figures import change_from, known, shown, whole
from baocao.present.front_words import sentences
from baocao.report import Report
from baocao.text import markdown, term_short, within

_STRIP = {
    "activities": "hoạt động",
    "attendees": "lượt người tham dự",
    "reach": "lượt tiếp cận",
    "cost": "đồng kinh phí",
}
_MOST_MATTERS = 3
"""Most matters of one kind on the front page; the overview chapter has them all."""


def front_page(report: Report) -> Prose:
    """The whole front page."""
    if spans.nothing_sent(report):
        return paragraphs(spans.notice(report), overview.summary(report).markdown, book_map(report))
    return paragraphs(
        spans.notice(report), strip(report), " ".join(sentences(report)), decisions(report), book_map(report)
    )


def decisions(report: Report) -> str:
    """What needs a decision, the most serious first, each matter with a link to its chapter."""
    found = matters(report)
    if not found:
        return callout("tip", "Việc cần quyết định", overview.NOTHING_TO_DECIDE)
    items = [line for notebook in dict.fromkeys(one.notebook for one in found) for line in _of(report, notebook, found)]
    return callout("warning", "Việc cần quyết định", bullets(items))


def _of(report: Report, notebook: str, found: tuple[Matter, ...]) -> Iterator[str]:
    """The first matters of a chapter; if there are more, a last line says so."""
    mine = [one.text for one in found if one.notebook == notebook]
    yield from (f"{text}{_see(report, notebook)}." for text in mine[:_MOST_MATTERS])
    if len(mine) > _MOST_MATTERS:
        yield f"Còn các việc khác cùng loại{_see(report, 'overview')}."


def _see(report: Report, notebook: str) -> str:
    link = chapter_link(report, notebook)
    return f" (xem {link})" if link else ""


def strip(report: Report) -> str:
    """Key figures with their changes from the previous month and from the same month of the previous year."""
    measures = of_the_plan(report, _STRIP) if has_figures(report) else {}
    items = [_item(report, measure, words) for measure, words in measures.items()]
    return f"::: {{.so-chinh}}\n{bullets([*items, _reports(report), *_targets(report)])}\n:::"


def _item(report: Report, measure: str, words: str) -> str:
    if known(report, measure) is None:
        words = words.removeprefix("đồng ")
    return _cell(shown(report, measure), words, _changes(report, measure))


def _reports(report: Report) -> str:
    if not isinstance(report.month, Month):
        some = without_activity(report)
        words = f"trong {shown(report, 'reports', state='owed')} lượt báo cáo của các tháng "
        words += f"đã nộp {some}" if some else "có hoạt động"
        return _cell(shown(report, "reports", state="filed"), words, iter(()))
    nil = whole(report, "reports", state="nil")
    more = f", {shown(report, 'reports', state='nil')} báo không phát sinh" if nil else ""
    words = f"trong {shown(report, 'reports', state='owed')} đơn vị {overview.filed_words(report)}{more}"
    return _cell(shown(report, "reports", state="filed"), words, _changes(report, "reports", state="filed"))


def _targets(report: Report) -> Iterator[str]:
    own = own_scope(report)
    if own is None:
        return
    scope, name = own
    words = f"chỉ tiêu cấp {markdown(within(name))} đạt, {other_targets(report, scope)}"
    changes = _changes(report, "targets_by_status", scope=scope, status="met")
    yield _cell(shown(report, "targets_by_status", scope=scope, status="met"), words, changes)


def _cell(figure: str, words: str, changes: Iterator[str]) -> str:
    lines = [f"[{figure}]{{.so}} {words}", *(f"[{change}]{{.so-sanh}}" for change in changes)]
    return "\\\n  ".join(lines)


def _changes(report: Report, measure: str, **codes: str) -> Iterator[str]:
    for then in compared(report):
        yield f"So với {term_short(then)}: {change_from(report, then, measure, **codes)}"


def compared(report: Report) -> tuple[Term, ...]:
    """The terms that a figure is compared with: the previous one and the same one last year (for a year, one term).

    Terms before the plan are left out, because obviously there are no figures for them.
    """
    first = Month.parse(report.config.calendar.first_month)
    return tuple(
        then for then in dict.fromkeys((report.month.plus(-1), report.month.year_before())) if then.last >= first
    )
