"""The names that templates may use; ``reports/chinh-thuc/HUONG-DAN.md`` describes them to the analyst."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from baocao.calendar import deadline
from baocao.config.models import Config
from baocao.config.months import Additions
from baocao.measures.ledger import SITE
from baocao.months import Month
from baocao.official import items
from baocao.official.content import Table
from baocao.official.figures import Figure, Figures, Phrase
from baocao.official.tables import table
from baocao.present.due import until
from baocao.present.spans import MONTH_STATES
from baocao.present.words import listed
from baocao.report import Report
from baocao.text import day_long, period_long, term_short, within

_KINDS = {"kho_khan": "difficulty", "kien_nghi": "proposal", "phuong_huong": "plan"}


def vocabulary(figures: Figures, additions: Additions) -> dict[str, Any]:
    """The names that a template can use, with their values."""
    report = figures.report
    return {
        **_functions(figures),
        "ky": _period(figures),
        "co_quan": _site(report.config),
        "ke_hoach": _plan(report.config),
        "han": _deadlines(report),
        "noi_dung": items.contents(figures),
        "hinh_thuc": items.forms(figures),
        "nguon_kinh_phi": items.funding(figures),
        "kinh_phi_con_lai": items.some_without_source(figures),
        "chi_tieu": items.targets(figures),
        "pham_vi": tuple({"ma": code, "ten": name} for code, name in report.config.target_scopes.items()),
        "don_vi": items.units(figures),
        **{name: items.words(figures, kind) for name, kind in _KINDS.items()},
        "bo_sung": _additions(additions),
    }


def _functions(figures: Figures) -> dict[str, Any]:
    def so(so_lieu: str, *, don_vi: str = SITE, ky: str = "", **ma: str) -> Figure:
        return figures.show(so_lieu, don_vi, ky, **ma)

    def co(so_lieu: str, *, don_vi: str = SITE, ky: str = "", **ma: str) -> bool:
        return figures.some(so_lieu, don_vi, ky, **ma)

    def biet(so_lieu: str, *, don_vi: str = SITE, ky: str = "", **ma: str) -> bool:
        return figures.is_known(so_lieu, don_vi, ky, **ma)

    def so_sanh(so_lieu: str, *, don_vi: str = SITE, **ma: str) -> Phrase:
        return figures.compared(so_lieu, don_vi, **ma)

    def bang(ten: str, **tuy_chon: str) -> Table:
        return table(figures, ten, **tuy_chon)

    def liet_ke(cac_muc: Any, cuoi: str = "và") -> str:
        return listed([str(one) for one in cac_muc], cuoi)

    return {"so": so, "co": co, "biet": biet, "so_sanh": so_sanh, "bang": bang, "liet_ke": liet_ke, "giua_cau": within}


def _period(figures: Figures) -> Mapping[str, Any]:
    label = figures.label
    return {
        "ten": label.name,
        "ngan": label.short,
        "loai": label.kind,
        "la_thang": label.is_month,
        "tu_den": period_long(label.days),
        "truoc": label.previous_name,
        "co_ky_truoc": bool(label.previous),
        "sau": label.following,
        "thang_cuoi": str(items.last_reported(figures.report)),
        "cac_thang": tuple(_month(figures, month) for month in figures.report.history),
    }


def _month(figures: Figures, month: Month) -> Mapping[str, str]:
    state = figures.report.states.get(month, "")
    return {
        "ma": str(month),
        "ten": term_short(month),
        "tinh_trang": MONTH_STATES.get(state, ""),
        "ma_tinh_trang": state,
    }


def _site(config: Config) -> Mapping[str, Any]:
    site = config.site
    return {"ten": site.name, "dia_ban": site.short_name, "nhan_bao_cao": site.report_to}


def _plan(config: Config) -> Mapping[str, Any]:
    document = config.plan.document
    return {"ten_ngan": document.short_title, "ten": document.title, "ngay": day_long(document.date)}


def _deadlines(report: Report) -> Mapping[str, Any]:
    """The month's deadlines in words; those of the last month, for a longer period."""
    config = report.config
    due = deadline(config.calendar, config.calendar.site_due, report.month, config.site.timezone)
    return {
        "don_vi": until(config, config.calendar.unit_due, report.month),
        "co_quan": until(config, config.calendar.site_due, report.month),
        "don_vi_theo_ke_hoach": config.calendar.unit_due.of(report.month.last).text,
        "ngay_gui": day_long(due.date()),
    }


def _additions(additions: Additions) -> Mapping[str, Any]:
    return {
        "noi_bat": additions.highlights,
        "danh_gia": additions.assessment,
        "kho_khan": additions.difficulties,
        "kien_nghi": additions.proposals,
        "ky_toi": additions.next_period,
        "kinh_te_xa_hoi": additions.socio_economic,
        "trich_don_vi": additions.quote_units,
    }
