"""Targets: all of the plan's, scored or not, by scope and paragraph, in the plan's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from baocao.config.models import Target, TargetParagraph
from baocao.measures.ledger import Row
from baocao.months import Month
from baocao.present import charts, spans
from baocao.present.blocks import Column, Figure, Prose, Several, Table, bullets, paragraphs
from baocao.present.common import SOURCE, Place, month_name, other_targets, part_name, part_words, unit_name
from baocao.present.figures import NOTHING, shown
from baocao.present.frame import pages_of
from baocao.present.labels import chapter_name, see
from baocao.present.targets_text import (
    behind,
    bound_number,
    change_traced,
    counted_traced,
    earlier,
    has_figure,
    measured,
    measured_bare,
    note_alone,
    reported_row,
    required_row,
    status,
    status_words,
)
from baocao.present.traced import traced
from baocao.present.words import STATUSES, ZERO, bound, setting, target_suffix, unit_suffix, verbatim
from baocao.report import Report
from baocao.text import NO_DATA, day_short, markdown, month_short, number, term_before, term_short, within

NOTEBOOK = "targets"
NO_TARGETS = "Kế hoạch không có chỉ tiêu."

_COLUMNS = (
    Column("Mã", 8),
    Column("Chỉ tiêu", 26),
    Column("Đánh giá", 16),
    Column("Kết quả (tử số / mẫu số)", 14, right=True),
    Column("Mức phải đạt", 18),
    Column("Thay đổi và các giá trị trước", 20),
    Column("Ngày chốt, nguồn", 24),
)


def summary(report: Report) -> Prose:
    """Number of targets in each status, and the meaning of the signs."""
    total = len(report.config.targets.targets)
    if not total:
        return Prose(NO_TARGETS)
    counts = {code: shown(report, "targets_by_status", status=code) for code in STATUSES}
    parts = [f"{counts[code]} {words.split(' ', 1)[1].lower()}" for code, words in STATUSES.items()]
    return Prose(
        f"Kế hoạch có {setting(total)} chỉ tiêu. Đến hết {month_name(report)}: {', '.join(parts)}. "
        "Giá trị là số mới nhất mà đơn vị đã báo cáo đến hết kỳ. "
        "Sách chỉ nêu lộ trình đến năm đích của chỉ tiêu đã nhập giá trị gốc. "
        f"Không có số liệu không có nghĩa là bằng {ZERO} hay không đạt. Mã trong ngoặc sau tên chỉ tiêu là điểm "
        f"đính chính của kế hoạch{see(report, 'errata')}."
    )


def status_table(report: Report) -> Table | Prose:
    """Number of targets by status and scope."""
    scopes = report.config.target_scopes
    if not scopes:
        return Prose("")
    columns = [Column("Đánh giá", 24), *(Column(markdown(n), 10, right=True) for n in scopes.values())]
    columns.append(Column("Tất cả", 10, right=True))
    rows = [
        (
            words,
            *(shown(report, "targets_by_status", scope=scope, status=code) for scope in scopes),
            shown(report, "targets_by_status", status=code),
        )
        for code, words in STATUSES.items()
    ]
    caption = f"Số chỉ tiêu theo kết quả đánh giá, {month_name(report)}."
    return Place(report, NOTEBOOK).table("danh-gia", caption, columns, rows)


def chart(report: Report) -> Several | Prose:
    """Each value beside its bound, one picture for each scope; targets without a value are not drawn."""
    figures: list[Figure] = []
    for scope, name in report.config.site.scopes.items():
        mine = [target for target in report.config.targets.targets if target.scope == scope]
        drawn = [(target, bullet) for target in mine if (bullet := _bullet(report, target))]
        parts = pages_of(drawn, charts.bullet_height([bullet for _, bullet in drawn]))
        figures += [_figure(report, scope, name, part, i, len(parts)) for i, part in enumerate(parts, start=1)]
    if not figures:
        return Prose(_not_drawn(report))
    return Several(tuple(figures))


def _not_drawn(report: Report) -> str:
    """Why there is no picture: nothing is scored yet, or the scored values are not numbers."""
    targets = report.config.targets.targets
    kinds = {target.type for target in targets if status(report, target) in {"met", "not_met"}}
    if kinds == {"boolean"}:
        return "Chỉ tiêu đã đánh giá được đều là chỉ tiêu có/chưa: xem bảng dưới đây, không vẽ biểu đồ."
    if kinds:
        return "Chỉ tiêu đã đánh giá được đều không có mức cố định bằng số: xem bảng dưới đây, không vẽ biểu đồ."
    return "Chưa có chỉ tiêu nào có giá trị so được với mức phải đạt." if targets else NO_TARGETS


def _figure(
    report: Report, scope: str, name: str, drawn: Sequence[tuple[Target, charts.Bullet]], part: int, parts: int
) -> Figure:
    met = shown(report, "targets_by_status", scope=scope, status="met")
    title = f"Cấp {within(name)}: {met} chỉ tiêu đạt, {other_targets(report, scope)}"
    items = [bullet for _, bullet in drawn]
    alternative = "Giá trị các chỉ tiêu: " + "; ".join(item.about for item in items) + "."
    caption = (
        f"Chỉ tiêu cấp {markdown(within(name))} có số liệu so với mức phải đạt, {month_name(report)}"
        f"{part_words(part, parts)}; mỗi chỉ tiêu có thang đo riêng. "
        f"Chỉ vẽ chỉ tiêu đã đánh giá được theo một mức bằng số. {SOURCE}"
    )
    note = "Thanh đậm: giá trị mới nhất; vạch đứng: mức phải đạt"
    if any(item.before for item in items):
        note += "; vòng tròn: các giá trị trước"
    if any(item.path is not None for item in items):
        note += "; tam giác: mức cần đạt đến nay theo lộ trình từ giá trị gốc"
    columns = [
        Column("Chỉ tiêu", 34),
        Column("Kết quả", 14, right=True),
        Column("Mức phải đạt", 20),
        Column("Thay đổi và các giá trị trước", 24),
        Column("Đánh giá", 16),
    ]
    rows = [_data_row(report, target) for target, _ in drawn]
    label = part_name(f"tien-do-{scope.lower()}", part)
    return Place(report, NOTEBOOK).figure(
        label, caption, alternative, charts.bullet_bars(items, title, note), columns, rows
    )


def _data_row(report: Report, target: Target) -> tuple[str, ...]:
    return (
        markdown(f"{target.code} {target.name}"),
        _value(target, reported_row(report, target)),
        markdown(_bound_words(report, target)),
        _history(report, target) or NOTHING,
        status_words(report, target),
    )


def _bullet(report: Report, target: Target) -> charts.Bullet | None:
    row = report.ledger.row(str(report.month), "target_value", target=target.code)
    limit, path = bound_number(target), _path(report, target)
    if row is None or limit is None or status(report, target) not in {"met", "not_met"}:
        return None
    return charts.Bullet(
        name=f"{target.code} {target.name}",
        value=float(row.value),
        bound=float(limit),
        text=f"{measured(target, row)}; mức: {_bound_words(report, target)}",
        more=f"trước: {words}" if (words := _earlier(report, target)) else "",
        before=tuple(float(found.value) for _, found in reversed(earlier(report, target))),
        path=None if path is None else float(path.value),
        full=100.0 if target.type == "ratio" and target.unit == "%" else 0.0,
    )


def _earlier(report: Report, target: Target) -> str:
    return "; ".join(f"{month_short(month)}: {measured(target, row)}" for month, row in earlier(report, target))


def _bound_words(report: Report, target: Target) -> str:
    """The bound, and the level required by now if there is a path from a baseline."""
    path = _path(report, target)
    if path is None:
        return bound(target)
    level = f"{number(path.value)}{unit_suffix(target.unit)}"
    most = "không quá " if target.comparator in {"<", "<="} else ""
    return f"{bound(target)} (đến {term_short(report.month)} cần {most}{level})"


def _path(report: Report, target: Target) -> Row | None:
    """The row of the level required by now; None after the target's year, when that is the bound, shown already."""
    return required_row(report, target) if report.month.last.year <= target.year else None


def paths(report: Report) -> Table | Prose:
    """Levels that targets with a baseline require by the end of each year; empty if the site entered no baseline."""
    found = [target for target in report.config.targets.targets if required_row(report, target)]
    if not found:
        words = "Chưa nhập giá trị gốc cho chỉ tiêu nào, nên sách không nêu lộ trình đến năm đích."
        return Prose(words if any(bound_number(target) is not None for target in report.config.targets.targets) else "")
    years = range(min(t.baseline.year for t in found if t.baseline), max(t.year for t in found) + 1)
    columns = [Column("Chỉ tiêu", 30), *(Column(str(year), 9, right=True) for year in years)]
    rows = [
        (markdown(f"{target.code} {target.name}"), *(_path_cell(report, target, year) for year in years))
        for target in found
    ]
    caption = (
        "Mức cần đạt vào cuối mỗi năm: đường thẳng từ giá trị gốc do cơ quan báo cáo nhập đến mức của kế hoạch. "
        "Đường này do sách tính, không thay cho mức mà kế hoạch quy định."
    )
    return Place(report, NOTEBOOK).table("lo-trinh", caption, columns, rows)


def _path_cell(report: Report, target: Target, year: int) -> str:
    row = report.ledger.row(str(report.month), "target_required", target=target.code, year=str(year))
    if row is None:
        return NOTHING
    return traced(markdown(f"{number(row.value)}{unit_suffix(target.unit)}"), row.id)


def by_paragraph(report: Report) -> Prose:
    """All targets: a section a scope, a table a paragraph of the plan under its own words."""
    stated = {paragraph.scope for paragraph in report.config.targets.paragraphs}
    scopes = {code: name for code, name in report.config.site.scopes.items() if code in stated}
    return paragraphs(*(_scope(report, scope, name) for scope, name in scopes.items()))


def _scope(report: Report, scope: str, name: str) -> str:
    listed = [one for one in report.config.targets.paragraphs if one.scope == scope]
    head = f"## {markdown(f'Chỉ tiêu cấp {within(name)}')} {{#{_anchor(report, scope)}}}"
    return "\n\n".join([head, *(_paragraph(report, one) for one in listed)])


def _paragraph(report: Report, paragraph: TargetParagraph) -> str:
    anchor = paragraph.code.lower().replace(".", "-")
    head = f"### {markdown(paragraph.code)} (đến năm {paragraph.year}) {{#{_anchor(report, anchor)}}}"
    mine = [target for target in report.config.targets.targets if target.paragraph == paragraph.code]
    scored = [_row(report, target) for target in mine if status(report, target) != "unscored"]
    caption = f"Chỉ tiêu ở đoạn {verbatim(paragraph.code)}, {month_name(report)}."
    table = Place(report, NOTEBOOK).table(anchor, caption, _COLUMNS, scored, "")
    others = bullets(_unscored(report, target) for target in mine if status(report, target) == "unscored")
    parts = [head, f"> {markdown(paragraph.text)}", table.markdown, others]
    return "\n\n".join(part for part in parts if part)


def _told(report: Report, target: Target, row: Row) -> str:
    if has_figure(row):
        return f"đơn vị báo {traced(markdown(measured(target, row)), row.id)}"
    note = note_alone(report, row)
    return traced("đơn vị ghi chú", row.id) + (f": [{note}]{{.nguyen-van}}" if note else "")


def _unscored(report: Report, target: Target) -> str:
    row = reported_row(report, target)
    value = f"; {_told(report, target, row)}" if row else ""
    words = status_words(report, target).replace(" ", "\u00a0", 1)  # no line break after the sign
    return f"{verbatim(target.code)} {verbatim(target.name)}. {words}{value}."


def _anchor(report: Report, name: str) -> str:
    return f"sec-{chapter_name(report, NOTEBOOK)}-{name}"


def _row(report: Report, target: Target) -> tuple[str, ...]:
    row = reported_row(report, target)
    return (
        markdown(target.code),
        markdown(target.name) + _errata(target),
        status_words(report, target),
        _value(target, row) + _pair(row),
        markdown(_bound_words(report, target)) + _star(target),
        _history(report, target) or NOTHING,
        _source(report, row),
    )


def _errata(target: Target) -> str:
    return f" ({markdown(', '.join(target.errata))})" if target.errata else ""


def _star(target: Target) -> str:
    return "" if target.comparator_explicit or target.comparator is None else "\\*"


def _value(target: Target, row: Row | None) -> str:
    return NO_DATA if row is None else traced(markdown(measured(target, row)), row.id)


def _pair(row: Row | None) -> str:
    return f" ({pair})" if (pair := counted_traced(row)) else ""


def _history(report: Report, target: Target) -> str:
    """The change from the previous term, and the earlier values, each with a link to its ledger row.

    For a span, the earlier values are of its own months, so the words say with what it is compared.
    """
    since = "" if isinstance(report.month, Month) else f" so với {term_before(report.month)}"
    words = [change + since] if (change := change_traced(report, target)) else []
    before = earlier(report, target)
    words += [f"{month_short(month)}: {traced(markdown(measured(target, row)), row.id)}" for month, row in before]
    return "; ".join(words)


def _source(report: Report, row: Row | None) -> str:
    """The day of the value, the unit that reported it, and the source that it named."""
    found = behind(report, row) if row else None
    if row is None or found is None:
        return NOTHING
    day = [day_short(date.fromisoformat(row.as_of))] if row.as_of else []
    return "; ".join([*day, markdown(unit_name(report, found[0])), found[1]])


def months(report: Report) -> Prose:
    """For a quarter, half-year or year: results and values at the end of each month; the last column is the newest."""
    place = Place(report, NOTEBOOK)
    if not report.config.targets.targets:
        return Prose("")
    counts = [spans.Line(words, "targets_by_status", codes={"status": code}) for code, words in STATUSES.items()]
    terms = [str(term) for term in (*report.history, report.month)]
    valued = [
        one
        for one in report.config.targets.targets
        if any(report.ledger.row(term, "target_value", target=one.code) for term in terms)
    ]
    values = [
        spans.Line(_named(one), "target_value", codes={"target": one.code}, words=partial(measured_bare, one))
        for one in valued
    ]
    return spans.section(
        f"Chỉ tiêu theo từng tháng {{#{_anchor(report, 'theo-thang')}}}",
        spans.by_month(place, "danh-gia-theo-thang", "Số chỉ tiêu theo kết quả đánh giá đến hết", "Đánh giá", counts),
        spans.by_month(place, "gia-tri-theo-thang", "Giá trị mới nhất của chỉ tiêu đến hết", "Chỉ tiêu", values),
    )


def _named(target: Target) -> str:
    unit = f" ({target.unit})" if target_suffix(target) else ""
    return markdown(f"{target.code} {target.name}{unit}")
