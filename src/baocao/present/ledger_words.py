"""A ledger row in words: what it measures, for whom, when, and what is behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from baocao.config.models import Config
from baocao.measures.ledger import MEASURES, SITE, Row, undims
from baocao.months import parse_term
from baocao.present.common import area_name
from baocao.present.spans import MONTH_STATES
from baocao.present.words import FINALITIES, NOTE_KINDS, RECORD_TABLES, SEVERITIES, STATES, STATUSES, TIMELINESS
from baocao.text import capital, day_short, number, term_short, within

_SPAN = ".."


@dataclass(frozen=True)
class RowWords:
    """The words for one row; ``value`` includes the unit of measure."""

    definition: str
    period: str
    unit: str
    details: str
    value: str
    ratio: str
    as_of: str


def _unknown(row: Row) -> str:
    return "chỉ có ghi chú" if row.measure == "target_level" and not row.numerator else "chưa tính được"


class LedgerWords:
    """Puts ledger rows of a site into words."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def row(self, row: Row) -> RowWords:
        """The words for a row."""
        definition, unit = MEASURES[row.measure]
        unit = unit or self._target_unit(row)
        return RowWords(
            definition=definition,
            period=period_words(row.period),
            unit="Tất cả đơn vị" if row.unit == SITE else self.unit(row.unit),
            details=self.details(row),
            value=" ".join(filter(None, [exact(row.value), unit])) if row.value else _unknown(row),
            ratio=f"{exact(row.numerator)} / {exact(row.denominator)}" if row.numerator and row.denominator else "",
            as_of=day_words(row.as_of),
        )

    def unit(self, code: str) -> str:
        """A unit's name; its code if it is not on the register."""
        return self._units.get(code, code)

    @cached_property
    def _units(self) -> dict[str, str]:
        return {unit.code: unit.name for unit in self._config.units.units}

    def _target_unit(self, row: Row) -> str:
        code = undims(row.dimensions).get("target", "")
        unit = next((one.unit for one in self._config.targets.targets if one.code == code), "")
        if row.measure == "target_change" and unit.startswith(("%", "‰")):
            return f"điểm {unit[0]}"
        return "" if row.measure == "target_status" else unit

    def details(self, row: Row) -> str:
        """A row's dimensions in words: ``nội dung: II.1 …; hình thức: III.2 …``; empty for a total."""
        return "; ".join(self._details(row))

    def _details(self, row: Row) -> Iterator[str]:
        own = _OWN_NAMES.get(row.measure, {})
        for name, code in undims(row.dimensions).items():
            names = own.get(name) or self._names.get(name, {})
            yield f"{_TITLES.get(name, name)}: {names.get(code, code)}"

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        config, plan = self._config, self._config.plan
        return {
            "content": {area.code: area_name(area) for area in plan.areas},
            "form": {one.code: f"{one.code} {capital(one.name)}" for one in plan.forms},
            "channel": {one.code: f"{one.code} {capital(one.name)}" for one in plan.channels},
            "funding": {one.code: one.name for one in plan.funding},
            "kind": {code: words.lower() for code, words in NOTE_KINDS.items()},
            "state": {"owed": "phải báo cáo"} | STATES | TIMELINESS,
            "status": {code: words.split(" ", 1)[1].lower() for code, words in STATUSES.items()},
            "scope": {code: f"cấp {within(name)}" for code, name in config.site.scopes.items()},
            "target": {one.code: f"{one.code} {one.name}" for one in config.targets.targets},
            "severity": dict(SEVERITIES),
            "table": dict(RECORD_TABLES),
        }


_TITLES = {
    "content": "nội dung",
    "bullet": "nội dung chi tiết",
    "form": "hình thức",
    "channel": "kênh",
    "funding": "nguồn kinh phí",
    "kind": "loại",
    "state": "tình trạng",
    "status": "đánh giá",
    "scope": "phạm vi",
    "target": "chỉ tiêu",
    "severity": "mức",
    "code": "mã kiểm tra",
    "table": "bảng",
    "version": "lần gửi",
    "year": "năm",
}
_OWN_NAMES: dict[str, dict[str, dict[str, str]]] = {
    "finality": {"state": FINALITIES},
    "months": {"state": MONTH_STATES},
    "version_rows": {
        "kind": {
            "rows_in": "dòng nhận được",
            "accepted": "dòng được tính",
            "rejected": "dòng bị trả lại",
            "added": "dòng thêm",
            "changed": "dòng sửa",
            "gone": "dòng mất",
            "cells": "ô sửa",
        }
    },
}
"""Measure → dimension → code → name, for dimensions whose codes have other names in this measure than elsewhere."""


@lru_cache(maxsize=1024)
def period_words(period: str) -> str:
    """``tháng 10/2025``, ``quý IV/2025``, or ``từ tháng 01/2025 đến tháng 10/2025``."""
    first, _, last = period.partition(_SPAN)
    start = term_short(parse_term(first))
    return f"từ {start} đến {term_short(parse_term(last))}" if last else start


def day_words(iso: str) -> str:
    """``05/9/2025``; empty for no day."""
    return day_short(date.fromisoformat(iso)) if iso else ""


def exact(text: str) -> str:
    """A decimal text of the ledger in Vietnamese form, with all its decimals."""
    places = len(text.partition(".")[2])
    return number(text, places) if text else ""
