"""Lists for loops in templates: contents, forms, targets, units, and the units' own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from baocao.config.models import Area, Target
from baocao.config.units import leads_of
from baocao.months import Month
from baocao.official.figures import Figure, Figures
from baocao.present.chapters.submissions import state_of, time_of
from baocao.present.common import areas_of
from baocao.present.figures import known, value
from baocao.present.targets_text import counted, measured, reported_row, status
from baocao.present.words import STATES, STATUSES, TIMELINESS, bound, listed, submitted_plain
from baocao.report import Report
from baocao.text import capital, day_short

MOST_NAMED = 8
"""Up to this many units with the same words, all are named."""


@dataclass(frozen=True)
class Code:
    """A content area, form or funding source: its code, names, activities and cost."""

    ma: str
    ten: str
    ten_ngan: str
    hoat_dong: Figure
    co_hoat_dong: bool
    kinh_phi: Figure
    chu_tri: str = ""
    theo_hinh_thuc: tuple[Code, ...] = ()


@dataclass(frozen=True)
class TargetItem:
    """A target: bound, value, day, and its status (``danh_gia`` in words, ``trang_thai`` as code).

    ``so_cu``: the value's day is before the period, so it is an old value.
    """

    ma: str
    ten: str
    pham_vi: str
    muc: str
    gia_tri: Figure
    tu_mau: Figure
    ngay_chot: str
    so_cu: bool
    danh_gia: str
    trang_thai: str


@dataclass(frozen=True)
class UnitItem:
    """A unit and the state of its report in the month."""

    ma: str
    ten: str
    tinh_trang: str
    ma_tinh_trang: str
    thoi_han: str
    ma_thoi_han: str


@dataclass(frozen=True)
class Words:
    """A difficulty, proposal or plan in the units' own words, and the units that wrote exactly these words."""

    noi_dung: str
    don_vi: str


def contents(figures: Figures) -> tuple[Code, ...]:
    """The plan's content areas that count in this period, each with the forms that were used for it."""
    return tuple(_content(figures, area) for area in areas_of(figures.report))


def _content(figures: Figures, area: Area) -> Code:
    forms = tuple(form for form in _forms(figures, content=area.code) if form.co_hoat_dong)
    leads = listed([unit.name for unit in leads_of(figures.report.config, area, figures.report.month)])
    return Code(
        area.code,
        area.title,
        capital(area.short_title or area.title),
        *_figures(figures, content=area.code),
        chu_tri=leads,
        theo_hinh_thuc=forms,
    )


def forms(figures: Figures) -> tuple[Code, ...]:
    """The plan's forms of communication."""
    return tuple(_forms(figures))


def _forms(figures: Figures, **codes: str) -> Iterator[Code]:
    for form in figures.report.config.plan.forms:
        yield Code(form.code, form.text, capital(form.name), *_figures(figures, form=form.code, **codes))


def funding(figures: Figures) -> tuple[Code, ...]:
    """The funding sources."""
    return tuple(
        Code(one.code, one.text or one.name, one.name, *_figures(figures, funding=one.code))
        for one in figures.report.config.plan.funding
    )


def some_without_source(figures: Figures) -> bool:
    """Whether part of the costs names no source, so that sources do not add up to the total; False if none does."""
    report, period = figures.report, figures.label.period
    sources = [one.code for one in report.config.plan.funding if figures.some("cost_stated", funding=one.code)]
    named = sum(known(report, "cost", period=period, funding=code) or 0 for code in sources)
    return bool(sources) and named < (known(report, "cost", period=period) or 0)


def _figures(figures: Figures, **codes: str) -> tuple[Figure, bool, Figure]:
    return (
        figures.show("activities", **codes),
        figures.some("activities", **codes),
        figures.show("cost", **codes),
    )


def targets(figures: Figures, scope: str = "") -> tuple[TargetItem, ...]:
    """All targets of a scope (of every scope if none is named), in the plan's order."""
    listed_ = figures.report.config.targets.targets
    return tuple(_target(figures, target) for target in listed_ if scope in {"", target.scope})


def _target(figures: Figures, target: Target) -> TargetItem:
    row, state = reported_row(figures.report, target), status(figures.report, target)
    pair, day = counted(row), date.fromisoformat(row.as_of) if row and row.as_of else None
    return TargetItem(
        ma=target.code,
        ten=target.name,
        pham_vi=target.scope,
        muc=bound(target),
        gia_tri=Figure.of(measured(target, row), row.id) if row else Figure.of(""),
        tu_mau=Figure.of(pair, row.id if row else ""),
        ngay_chot=day_short(day) if day else "",
        so_cu=day is not None and day < figures.report.period.start,
        danh_gia=STATUSES[state].split(" ", 1)[1],
        trang_thai=state,
    )


def units(figures: Figures) -> tuple[UnitItem, ...]:
    """The units that owe a report for the (last) month, in the register's order."""
    return tuple(_unit(figures, unit.code, unit.name) for unit in figures.report.units)


def _unit(figures: Figures, code: str, name: str) -> UnitItem:
    state, time = state_of(figures.report, code), time_of(figures.report, code)
    return UnitItem(code, name, STATES[state], state, TIMELINESS.get(time, ""), time)


def words(figures: Figures, kind: str) -> tuple[Words, ...]:
    """The units' notes of a kind (``difficulty``, ``proposal``, ``plan``), personal data masked, in unit order.

    For a span, plans are taken from the last month only: earlier ones were plans for months of the span itself.
    """
    notes = figures.report.records.notes
    if kind == "plan":
        notes = notes[notes["month"] == str(last_reported(figures.report))]
    given: dict[str, dict[str, str]] = {}
    for unit in figures.report.units:
        for text in notes.loc[(notes["unit"] == unit.code) & (notes["kind"] == kind), "text"]:
            given.setdefault(submitted_plain(text).rstrip(" .;"), {})[unit.code] = unit.name
    return tuple(Words(text, _some(list(names.values()))) for text, names in given.items() if text)


def last_reported(report: Report) -> Month:
    """The month; for a span, its newest month with a report, or its last month if there is none."""
    if isinstance(report.month, Month):
        return report.month
    months = (month for month in report.history if value(report, "activities", period=str(month)) is not None)
    return max(months, default=report.month.last)


def _some(names: list[str]) -> str:
    """The names, or only the first ones if there are many."""
    return "; ".join(names if len(names) <= MOST_NAMED else [*names[:3], "các đơn vị khác"])
