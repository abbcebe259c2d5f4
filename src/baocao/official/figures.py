"""Figures of the ledger as texts for an official document, each with the row that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from baocao.measures.ledger import MEASURES, SITE
from baocao.measures.submissions import FINALITIES, STATES, TIMELINESS
from baocao.measures.targets import STATUSES
from baocao.official.label import Label
from baocao.present.figures import known, lacks_months, nothing_before, shown, value
from baocao.present.traced import plain
from baocao.present.words import NOTE_KINDS
from baocao.report import Report


class VocabularyError(ValueError):
    """A template asks for something that does not exist; the message is for the analyst."""


class Figure(str):
    """A figure as text, with the id of its ledger row (empty if the figure is not known)."""

    ref: str = ""

    @classmethod
    def of(cls, text: str, ref: str = "") -> Figure:
        figure = cls(text)
        figure.ref = ref
        return figure


@dataclass(frozen=True)
class Phrase:
    """A sequence of words and figures."""

    parts: tuple[str, ...]

    def __str__(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True)
class Figures:
    """Access to the ledger for templates about one period."""

    report: Report
    label: Label

    def show(self, measure: str, unit: str = SITE, span: str = "", **codes: str) -> Figure:
        """A figure in Vietnamese form; ``span`` names another period than the document's."""
        self._check(measure, unit, codes)
        period = self.period(span)
        if not period:
            return Figure.of(plain(shown(self.report, measure, unit, "-", **codes)))
        row = self.report.ledger.row(period, measure, unit, **codes)
        return Figure.of(plain(shown(self.report, measure, unit, period, **codes)), row.id if row else "")

    def some(self, measure: str, unit: str = SITE, span: str = "", **codes: str) -> bool:
        """Whether the figure is known, was stated and is not zero."""
        self._check(measure, unit, codes)
        period = self.period(span)
        return bool(period and known(self.report, measure, unit, period, **codes))

    def is_known(self, measure: str, unit: str = SITE, span: str = "", **codes: str) -> bool:
        """Whether the ledger has the figure, zero included."""
        self._check(measure, unit, codes)
        period = self.period(span)
        return bool(period) and value(self.report, measure, unit, period, **codes) is not None

    def compared(self, measure: str, unit: str = SITE, **codes: str) -> Phrase:
        """How the figure compares with the previous period's, in words; every number printed is one of the ledger."""
        self._check(measure, unit, codes)
        label = self.label
        now = known(self.report, measure, unit, label.period, **codes)
        before = known(self.report, measure, unit, label.previous, **codes) if label.previous else None
        if now is None:
            return Phrase((f"chưa có số liệu {label.short} để so sánh",))
        if not label.previous and lacks_months(self.report, self.report.month.plus(-1)):
            return Phrase((nothing_before(self.report),))
        if before is None:
            return Phrase((f"chưa có số liệu {label.previous_name} để so sánh",))
        if now == before:
            return Phrase((f"bằng {label.previous_name}",))
        words = "tăng" if now > before else "giảm"
        return Phrase((f"{words} so với {label.previous_name} (", self.show(measure, unit, "truoc", **codes), ")"))

    def period(self, span: str) -> str:
        """The ledger period for a name in templates; empty if the ledger lacks that period."""
        if span not in self._spans:
            raise VocabularyError(f"không có kỳ “{span}”; các kỳ: {', '.join(name for name in self._spans if name)}")
        return self._spans[span]

    @cached_property
    def _spans(self) -> dict[str, str]:
        report = self.report
        return {
            "": self.label.period,
            "nay": self.label.period,
            "truoc": self.label.previous,
            "tu_dau_nam": report.year_to_date,
            "tu_dau": report.since_start,
            "thang": str(report.month),
            **{str(month): str(month) for month in report.history},
        }

    def _check(self, measure: str, unit: str, codes: Mapping[str, str]) -> None:
        if measure not in MEASURES:
            raise VocabularyError(f"không có số liệu “{measure}”; các số liệu: {', '.join(MEASURES)}")
        if unit != SITE and unit not in {one.code for one in self.report.config.units.units}:
            raise VocabularyError(f"không có đơn vị mã “{unit}”")
        for key, code in codes.items():
            allowed = self._codes.get(key)
            if allowed is None:
                raise VocabularyError(f"không có cách phân loại “{key}”; các cách: {', '.join(self._codes)}")
            if code not in allowed:
                raise VocabularyError(f"không có mã “{code}” trong “{key}”; các mã: {', '.join(sorted(allowed))}")

    @cached_property
    def _codes(self) -> dict[str, frozenset[str]]:
        config = self.report.config
        plan = config.plan
        listed: dict[str, Iterable[str]] = {
            "content": (area.code for area in plan.areas),
            "bullet": (bullet.code for area in plan.areas for bullet in area.bullets),
            "form": (form.code for form in plan.forms),
            "channel": (channel.code for channel in plan.channels),
            "funding": (source.code for source in plan.funding),
            "kind": NOTE_KINDS,
            "state": ("owed", *STATES, *TIMELINESS, *FINALITIES),
            "status": STATUSES,
            "scope": config.site.scopes,
            "target": (target.code for target in config.targets.targets),
            "severity": ("error", "warning"),
            "table": ("activities", "values", "notes"),
        }
        return {key: frozenset(codes) for key, codes in listed.items()}
