"""Targets: all of the plan's, scored or not, by scope and paragraph, in the plan's own words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from baocao.config.models import Target, TargetParagraph
from baocao.measures.ledger import Row
from baocao.present import charts, spans
from baocao.present.blocks import Column, Figure, Prose, Table, bullets, paragraphs
from baocao.present.common import Place, month_name, unit_name
from baocao.present.figures import NOTHING, shown, versus, whole
from baocao.present.labels import chapter_name
from baocao.present.targets_text import behind, bound_number, measured, reported_row, status, status_words
from baocao.present.words import STATUSES, bound
from baocao.report import Report
from baocao.text import NO_DATA, day_short, markdown, number, signed

NOTEBOOK = "targets"


def _columns(report: Report) -> tuple[Column, ...]:
    return (*_FIRST, Column(versus(report), 10, right=True), Column("Đánh giá", 20))


_FIRST = (
    Column("Mã", 8),
    Column("Chỉ tiêu", 30),
    Column("Mức phải đạt", 18),
    Column("Kết quả", 12, right=True),
    Column("Tử số / mẫu số", 14, right=True),
    Column("Ngày chốt", 10, right=True),
)


def summary(report: Report) -> Prose:
    """How many targets stand how, and what the signs mean."""
    counts = {code: whole(report, "targets_by_status", status=code) for code in STATUSES}
    total = len(report.config.targets.targets)
    parts = [f"{counts[code]} {words.split(' ', 1)[1].lower()}" for code, words in STATUSES.items()]
    return Prose(
        f"Kế hoạch có {total} chỉ tiêu. Đến hết {month_name(report)}: {', '.join(parts)}. "
        "Giá trị là số mới nhất mà đơn vị đã báo cáo đến hết kỳ. "
        "Kế hoạch không cho giá trị gốc, nên sách không vẽ lộ trình đến năm đích nếu chưa nhập giá trị gốc. "
        "Không có số liệu không có nghĩa là bằng 0 hay không đạt."
    )


def status_table(report: Report) -> Table | Prose:
    """Number of targets by status and scope."""
    scopes = report.config.site.scopes
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


def chart(report: Report) -> Figure | Prose:
    """Each value beside its bound; targets without a value are not drawn."""
    pairs = [(target, _bullet(report, target)) for target in report.config.targets.targets]
    items = [item for _, item in pairs if item]
    if not items:
        return Prose("Chưa có chỉ tiêu nào có giá trị so được với mức phải đạt.")
    met = sum(status(report, target) == "met" for target, item in pairs if item)
    title = f"{met} trong {len(items)} chỉ tiêu vẽ ở đây đạt mức đề ra"
    alternative = "Giá trị các chỉ tiêu: " + "; ".join(f"{item.name}: {item.text}" for item in items) + "."
    caption = (
        f"Giá trị mới nhất (thanh đậm) so với mức phải đạt (vạch), {month_name(report)}; "
        "mỗi chỉ tiêu có thang đo riêng. Chỉ tiêu chưa có số liệu không vẽ. Nguồn: báo cáo của các đơn vị."
    )
    columns = (Column("Chỉ tiêu", 40), Column("Kết quả và mức phải đạt", 30))
    rows = [(markdown(item.name), item.text) for item in items]
    drawn = charts.bullet_bars(items, title)
    return Place(report, NOTEBOOK).figure("tien-do", caption, alternative, drawn, columns, rows)


def _bullet(report: Report, target: Target) -> charts.Bullet | None:
    row = report.ledger.row(str(report.month), "target_value", target=target.code)
    limit = bound_number(target)
    if row is None or limit is None or status(report, target) not in {"met", "not_met"}:
        return None
    words = f"{measured(target, row)}; mức: {bound(target)}"
    return charts.Bullet(f"{target.code} {target.name}", float(row.value), float(limit), words)


def by_paragraph(report: Report) -> Prose:
    """All targets: a section a scope, a table a paragraph of the plan under its own words."""
    return paragraphs(*(_scope(report, scope, name) for scope, name in report.config.site.scopes.items()))


def _scope(report: Report, scope: str, name: str) -> str:
    listed = [one for one in report.config.targets.paragraphs if one.scope == scope]
    head = f"## {markdown(f'Chỉ tiêu cấp {name.lower()}')} {{#{_anchor(report, scope)}}}"
    return "\n\n".join([head, *(_paragraph(report, one) for one in listed)])


def _paragraph(report: Report, paragraph: TargetParagraph) -> str:
    anchor = paragraph.code.lower().replace(".", "-")
    head = f"### {markdown(paragraph.code)} (đến năm {paragraph.year}) {{#{_anchor(report, anchor)}}}"
    mine = [target for target in report.config.targets.targets if target.paragraph == paragraph.code]
    scored = [_row(report, target) for target in mine if status(report, target) != "unscored"]
    caption = f"Chỉ tiêu ở đoạn {markdown(paragraph.code)}, {month_name(report)}."
    table = Place(report, NOTEBOOK).table(anchor, caption, _columns(report), scored, "")
    others = bullets(_unscored(report, target) for target in mine if status(report, target) == "unscored")
    parts = [head, f"> {markdown(paragraph.text)}", table.markdown, others]
    return "\n\n".join(part for part in parts if part)


def _unscored(report: Report, target: Target) -> str:
    row = reported_row(report, target)
    value = f"; đơn vị báo {markdown(measured(target, row))}" if row else ""
    return f"{markdown(target.code)} {markdown(target.name)}. {status_words(report, target)}{value}."


def _anchor(report: Report, name: str) -> str:
    return f"sec-{chapter_name(report, NOTEBOOK)}-{name}"


def _row(report: Report, target: Target) -> tuple[str, ...]:
    row = reported_row(report, target)
    return (
        markdown(target.code),
        markdown(target.name),
        markdown(bound(target)) + _star(target),
        _value(report, target, row),
        f"{number(row.numerator)} / {number(row.denominator)}"
        if row and row.numerator and row.denominator
        else NOTHING,
        day_short(date.fromisoformat(row.as_of)) if row and row.as_of else NOTHING,
        _change(report, target),
        status_words(report, target),
    )


def _star(target: Target) -> str:
    return "" if target.comparator_explicit or target.comparator is None else "\\*"


def _value(report: Report, target: Target, row: Row | None) -> str:
    return NO_DATA if row is None else markdown(measured(target, row))


def _change(report: Report, target: Target) -> str:
    row = report.ledger.row(str(report.month), "target_change", target=target.code)
    if row is None or not row.value:
        return NOTHING
    if not Decimal(row.value):
        return "không đổi"
    return signed(Decimal(row.value)) + (" điểm %" if target.unit.startswith("%") else "")


def sources(report: Report) -> Table | Prose:
    """Where each value comes from: unit, month and what the unit named as its source."""
    columns = [Column("Mã", 8), Column("Chỉ tiêu", 34), Column("Đơn vị báo cáo", 26), Column("Nguồn đơn vị nêu", 32)]
    rows = []
    for target in report.config.targets.targets:
        row = reported_row(report, target)
        if row and (found := behind(report, row)):
            unit, source = found
            rows.append((markdown(target.code), markdown(target.name), markdown(unit_name(report, unit)), source))
    caption = f"Nguồn của giá trị các chỉ tiêu, {month_name(report)}."
    return Place(report, NOTEBOOK).table("nguon", caption, columns, rows, "Chưa có giá trị chỉ tiêu nào.")


def months(report: Report) -> Prose:
    """Of a quarter, half-year or year: results and values at the end of each month; the last column is the newest."""
    place = Place(report, NOTEBOOK)
    counts = [spans.Line(words, "targets_by_status", codes={"status": code}) for code, words in STATUSES.items()]
    valued = [one for one in report.config.targets.targets if reported_row(report, one) is not None]
    values = [spans.Line(_named(one), "target_value", codes={"target": one.code}) for one in valued]
    return spans.section(
        f"Chỉ tiêu theo từng tháng {{#{_anchor(report, 'theo-thang')}}}",
        spans.by_month(place, "danh-gia-theo-thang", "Số chỉ tiêu theo kết quả đánh giá đến hết", "Đánh giá", counts),
        spans.by_month(place, "gia-tri-theo-thang", "Giá trị mới nhất của chỉ tiêu đến hết", "Chỉ tiêu", values),
    )


def _named(target: Target) -> str:
    unit = f" ({target.unit})" if target.unit and target.type != "relative" else ""
    return markdown(f"{target.code} {target.name}{unit}")
