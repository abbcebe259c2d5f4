"""The tables that a template can ask for by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from baocao.official.columns import fitted
from baocao.official.content import Column, Line, Runs, Table, plain
from baocao.official.figures import Figure, Figures, VocabularyError
from baocao.official.items import Code, TargetItem, contents, forms, funding, targets, units
from baocao.present.common import of_the_plan
from baocao.present.figures import NOTHING
from baocao.present.spans import MONTH_STATES
from baocao.text import NO_DATA, capital, term_short, within

_SUMS = {
    "activities": "Hoạt động",
    "quantity": "Sản phẩm",
    "attendees": "Lượt người tham dự",
    "reach": "Lượt tiếp cận",
    "cost": "Kinh phí (đồng)",
}
_AREAS = {"areas_covered": "Nội dung có hoạt động"}
_SUM_WIDTHS = {"activities": 12, "quantity": 12, "attendees": 14, "reach": 14, "cost": 20}
_TARGET_COLUMNS = (
    Column("Mã", 15),
    Column("Chỉ tiêu", 46),
    Column("Mức phải đạt", 28),
    Column("Giá trị (tử số/mẫu số)", 33, "right"),
    Column("Ngày chốt", 21, "right"),
    Column("Đánh giá", 19),
)
_ROOM = 16
"""Most characters of a numerator with denominator that fit on one line of their column."""


def cell(text: str) -> Runs:
    """A cell with a text or a figure."""
    return plain(text, ref=text.ref if isinstance(text, Figure) else "")


def line(cells: Iterable[str], *, bold: bool = False) -> Line:
    """A row with texts and figures."""
    return Line(tuple(cell(one) for one in cells), bold)


def table(figures: Figures, name: str, **options: str) -> Table:
    """The table of this name, with its caption.

    Raises
    ------
    VocabularyError
        If there is no table of this name, or it does not have such an option.
    """
    if name not in TABLES:
        raise VocabularyError(f"không có bảng “{name}”; các bảng: {', '.join(TABLES)}")
    allowed = {"pham_vi"} if name == "chi-tieu" else set()
    if strange := sorted(set(options) - allowed):
        raise VocabularyError(f"bảng “{name}” không nhận “{strange[0]}”")
    return fitted(TABLES[name](figures, **options), figures.report.config.official)


def _key_figures(figures: Figures) -> Table:
    label = figures.label
    spans = {"nay": capital(label.name)}
    if label.previous:
        spans["truoc"] = capital(label.previous_name)
    if label.is_month:
        spans |= {"tu_dau_nam": "Lũy kế từ đầu năm", "tu_dau": "Từ khi thực hiện kế hoạch"}
    seen: dict[str, str] = {figures.period(span): span for span in reversed(spans)}
    kept = [span for span in spans if seen[figures.period(span)] == span]
    columns = [Column("Chỉ số", 34), *(Column(spans[span], 20, "right") for span in kept)]
    measures = _sums_of(figures) | _AREAS
    lines = [line([words, *(figures.show(name, span=span) for span in kept)]) for name, words in measures.items()]
    return Table(f"Các chỉ số chính, {label.name}", tuple(columns), tuple(lines))


def _sums_of(figures: Figures) -> dict[str, str]:
    """Measures that are summed → their headings; costs only if there are any."""
    return of_the_plan(figures.report, _SUMS)


def _total(figures: Figures, sums: Iterable[str]) -> Line:
    return line(["Tổng", *(figures.show(one) for one in sums)], bold=True)


def _by_month(figures: Figures) -> Table:
    """A table of the months of a longer period, with the state of each; for a month, of the months up to it."""
    report, sums = figures.report, _sums_of(figures)
    lines = []
    for month in report.history:
        state = MONTH_STATES.get(report.states.get(month, ""), "")
        name = f"{capital(term_short(month))}{f' ({state})' if state else ''}"
        lines.append(line([name, *(figures.show(one, span=str(month)) for one in sums)]))
    if not figures.label.is_month:
        lines.append(_total(figures, sums))
    columns = [Column("Tháng", 40), *(Column(text, 20, "right") for text in sums.values())]
    note = "Tạm tính: tháng có báo cáo nhưng chưa khóa số liệu." if "open" in report.states.values() else ""
    return Table(f"Kết quả theo tháng, {figures.label.name}", tuple(columns), tuple(lines), note)


def _sums(figures: Figures, caption: str, head: str, codes: Sequence[Code], key: str) -> Table:
    sums = _sums_of(figures)
    columns = [Column(head, 46), *(Column(words, _SUM_WIDTHS[name], "right") for name, words in sums.items())]
    lines = [line([_name(one), *(figures.show(name, **{key: one.ma}) for name in sums)]) for one in codes]
    lines.append(_total(figures, sums))
    note = "“không nêu”: có hoạt động nhưng đơn vị không ghi số liệu ở cột đó; “–”: không có hoạt động."
    return Table(f"{caption}, {figures.label.name}", tuple(columns), tuple(lines), note)


def _name(code: Code) -> str:
    return f"{code.ma}. {capital(code.ten_ngan)}"


def _contents(figures: Figures) -> Table:
    return _sums(figures, "Kết quả theo nội dung", "Nội dung", contents(figures), "content")


def _forms(figures: Figures) -> Table:
    return _sums(figures, "Kết quả theo hình thức", "Hình thức", forms(figures), "form")


def _grid(figures: Figures) -> Table:
    kinds = forms(figures)
    columns = [Column("Nội dung", 60), *(Column(one.ma, 12, "right") for one in kinds), Column("Tổng", 13, "right")]
    lines = [
        line([_name(area), *(_count(figures, area.ma, form.ma) for form in kinds), area.hoat_dong])
        for area in contents(figures)
    ]
    lines.append(line(["Tổng", *(form.hoat_dong for form in kinds), figures.show("activities")], bold=True))
    note = "Hình thức: " + "; ".join(f"{one.ma}: {one.ten_ngan}" for one in kinds) + "."
    return Table(f"Số hoạt động theo nội dung và hình thức, {figures.label.name}", tuple(columns), tuple(lines), note)


def _count(figures: Figures, content: str, form: str) -> str:
    if figures.is_known("activities", content=content, form=form):
        return figures.show("activities", content=content, form=form)
    return NOTHING if figures.is_known("activities") else NO_DATA


def _targets(figures: Figures, pham_vi: str = "") -> Table:
    scopes = figures.report.config.site.scopes
    if pham_vi and pham_vi not in scopes:
        raise VocabularyError(f"không có phạm vi “{pham_vi}”; các phạm vi: {', '.join(scopes)}")
    listed_ = targets(figures, pham_vi)
    scored = [one for one in listed_ if one.trang_thai != "unscored"]
    lines = [_target_line(one) for one in scored or listed_]
    where = f" cấp {within(scopes[pham_vi])}" if pham_vi else ""
    note = "Giá trị là số mới nhất mà đơn vị đã báo cáo đến hết kỳ; chưa có số liệu không có nghĩa là bằng 0."
    if scored and (unscored := [one.ma for one in listed_ if one.trang_thai == "unscored"]):
        note += f" Chỉ tiêu không chấm điểm: {', '.join(unscored)}."
    return Table(f"Chỉ tiêu{where}, {figures.label.name}", _TARGET_COLUMNS, tuple(lines), note)


def _target_line(target: TargetItem) -> Line:
    value = cell(target.gia_tri or NOTHING)
    if target.tu_mau:
        pair: str = target.tu_mau
        if len(pair) > _ROOM:
            pair = Figure.of(pair.replace("\u00a0", " "), target.tu_mau.ref)
        value += (*plain(" ("), *cell(pair), *plain(")"))
    texts = (target.ma, target.ten, target.muc, "", target.ngay_chot or NOTHING, target.danh_gia)
    return Line(tuple(value if place == 3 else cell(text) for place, text in enumerate(texts)))


def _units(figures: Figures) -> Table:
    if not figures.label.is_month:
        names, sums = [(unit.code, unit.name) for unit in figures.report.units], _sums_of(figures)
        columns = [Column("Đơn vị", 50), *(Column(text, 16, "right") for text in sums.values())]
        lines = [line([name, *(figures.show(one, unit=code) for one in sums)]) for code, name in names]
        lines.append(_total(figures, sums))
        title = "Kết quả theo đơn vị"
    else:
        title = "Tình hình gửi báo cáo của các đơn vị"
        columns = [
            Column("Đơn vị", 56),
            Column("Báo cáo", 26),
            Column("Thời hạn", 30),
            Column("Hoạt động", 24, "right"),
        ]
        lines = [
            line([one.ten, one.tinh_trang, one.thoi_han or NOTHING, figures.show("activities", unit=one.ma)])
            for one in units(figures)
        ]
        lines.append(line(["Tổng", "", "", figures.show("activities")], bold=True))
    return Table(f"{title}, {figures.label.name}", tuple(columns), tuple(lines))


def _funding(figures: Figures) -> Table:
    spans = {"nay": capital(figures.label.name)}
    if figures.label.is_month:
        spans |= {"tu_dau_nam": "Lũy kế từ đầu năm"}
    columns = [
        Column("Nguồn kinh phí", 44),
        *(Column(f"{name} (đồng)", 26, "right") for name in spans.values()),
        Column("Hoạt động có ghi kinh phí", 24, "right"),
    ]
    lines = [
        line(
            [
                capital(one.ten_ngan),
                *(figures.show("cost", span=span, funding=one.ma) for span in spans),
                figures.show("cost_stated", funding=one.ma),
            ]
        )
        for one in funding(figures)
    ]
    total = ["Tổng, kể cả không ghi nguồn", *(figures.show("cost", span=span) for span in spans)]
    lines.append(line([*total, figures.show("cost_stated")], bold=True))
    note = "Ô kinh phí để trống trong báo cáo của đơn vị là không nêu, không tính là 0 đồng."
    return Table(f"Kinh phí theo nguồn, {figures.label.name}", tuple(columns), tuple(lines), note)


TABLES: dict[str, Callable[..., Table]] = {
    "chi-so": _key_figures,
    "theo-thang": _by_month,
    "noi-dung": _contents,
    "hinh-thuc": _forms,
    "noi-dung-hinh-thuc": _grid,
    "chi-tieu": _targets,
    "don-vi": _units,
    "kinh-phi": _funding,
}
