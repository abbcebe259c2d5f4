"""From records to the ledger of a month, or of a quarter, half-year or year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from baocao.config.models import Config
from baocao.config.units import leads_of
from baocao.intake.records import Records
from baocao.measures.activities import Figure, Figures, add_up, unit_figures
from baocao.measures.ledger import SITE, Ledger, Row, dims
from baocao.measures.receipts import receipt_rows
from baocao.measures.refs import reference
from baocao.measures.submissions import STATES, TIMELINESS, Submission, submissions
from baocao.measures.targets import (
    STATUSES,
    Reading,
    decimal_text,
    latest,
    measured,
    newness,
    readings,
    required,
    status,
)
from baocao.measures.terms import (
    compared,
    first_month,
    history,
    months_read,
    neighbours,
    newest_month,
    spans,
    state_of,
    state_rows,
)
from baocao.months import Month, Term


@dataclass(frozen=True)
class _Months:
    """What is known of each month: the figures of each unit that reported, and the state of each unit's report."""

    figures: Mapping[Month, Mapping[str, Figures]]
    sent: Mapping[Month, tuple[Submission, ...]]

    @classmethod
    def of(cls, records: Records, config: Config, months: Sequence[Month]) -> _Months:
        sent = {month: submissions(records, config, month) for month in months}
        reported = [(one.unit, one.month) for listed in sent.values() for one in listed if one.reported]
        figures: dict[Month, dict[str, Figures]] = {month: {} for month in months}
        for (unit, month), part in unit_figures(records, config, reported).items():
            figures[Month.parse(month)][unit] = part
        return cls(figures, sent)

    @property
    def reported(self) -> frozenset[Month]:
        """Months for which any unit reported."""
        return frozenset(month for month, figures in self.figures.items() if figures)

    def known(self, months: Iterable[Month]) -> tuple[Month, ...]:
        return tuple(month for month in months if month in self.sent)


def compute_ledger(
    records: Records, config: Config, term: Term, closed: Collection[Month] = (), newest: Month | None = None
) -> Ledger:
    """All figures of a report month, or of a quarter, half-year or year.

    Figures of several months are sums over the units' months, except those that cannot be added: a target's value is
    the newest one; coverage of areas and gaps of leads are counted anew over the whole time.

    Parameters
    ----------
    records
        Records of all months from the plan's first to the last of ``term``, and of no later ones.
    config
        The site's configuration.
    term
        The month or span that the ledger is about.
    closed
        The months of a span that are sealed; the others are provisional.
    newest
        The newest month with submissions, if later than the records' newest: months of the span up to it have begun,
        so that reports not received for them count as missing.

    Returns
    -------
    Ledger
        Rows by period (oldest month first, then the spans), unit (the site first), measure and dimensions.
    """
    several = _Months.of(records, config, months_read(config, term, newest or newest_month(records)))
    rows: list[Row] = []
    shown = several.known(history(config, term))
    for month in several.known(sorted({*_year_before(term), *shown})):
        rows += _figure_rows(str(month), several.figures[month], detailed=month == term)
        rows += _submission_rows(several.sent[month])
        rows += _lead_rows(config, str(month), {month: several.figures[month]})
    if not isinstance(term, Month):
        rows += _span_rows(records, config, term, several, closed)
    for period, months in spans(config, term).items():
        if period != str(term):
            rows += _sum_rows(period, several.known(months), several)
    rows += _target_rows(config, readings(records.values), shown, term)
    rows += _quality_rows(records, term)
    longer = {period: several.known(months) for period, months in spans(config, term).items()}
    rows += receipt_rows(records, config, term, shown, longer)
    return Ledger({row.id: row for row in rows}.values())


def _year_before(term: Term) -> tuple[Month, ...]:
    """The same month one year earlier, for comparison, even if the site's history is shorter than that."""
    return (term.year_before(),) if isinstance(term, Month) else ()


def _span_rows(
    records: Records, config: Config, term: Term, several: _Months, closed: Collection[Month]
) -> Iterator[Row]:
    """Rows of a quarter, half-year or year, and the totals of the spans that it is compared with."""
    months = several.known(history(config, term))
    states = {month: state_of(config, month, several.reported, closed) for month in term.months}
    yield from state_rows(term, states)
    yield from _sum_rows(str(term), months, several)
    yield from _unit_submission_rows(str(term), [one for month in months for one in several.sent[month]])
    yield from (row for month in months for row in _quality_rows(records, month))
    yield from _lead_rows(config, str(term), {month: several.figures[month] for month in months})
    for other in compared(term, several.reported):
        yield from _sum_rows(str(other), other.months, several, detailed=False)


def _sum_rows(period: str, months: Sequence[Month], several: _Months, *, detailed: bool = True) -> Iterator[Row]:
    """Sums over months, by unit and for the site; no rows if no month is known."""
    if not months:
        return
    by_unit: dict[str, list[Figures]] = {}
    for month in months:
        for unit, part in several.figures[month].items():
            by_unit.setdefault(unit, []).append(part)
    yield from _figure_rows(period, {unit: add_up(parts) for unit, parts in by_unit.items()}, detailed=detailed)
    yield from _span_submission_rows(period, [one for month in months for one in several.sent[month]])


def _figure_rows(period: str, figures: Mapping[str, Figures], *, detailed: bool) -> Iterator[Row]:
    """Rows of the site and of each unit; units' rows by dimension only if ``detailed``."""
    for unit, part in {SITE: add_up(figures.values()), **figures}.items():
        for (measure, dimensions), figure in part.items():
            if detailed or unit == SITE or not dimensions:
                yield _row(period, unit, measure, dimensions, figure)
        if part:
            yield Row(period, unit, "areas_covered", value=str(_covered(part)))


def _row(period: str, unit: str, measure: str, dimensions: str, figure: Figure) -> Row:
    return Row(period, unit, measure, dimensions, str(figure.value), rows=" ".join(figure.rows))


def _covered(part: Figures) -> int:
    return sum(
        1
        for (measure, dimensions), figure in part.items()
        if measure == "activities" and dimensions.startswith("content=") and ";" not in dimensions and figure.value
    )


def _submission_rows(sent: tuple[Submission, ...]) -> Iterator[Row]:
    for one in sent:
        yield Row(one.month, one.unit, "reports", dims(state=one.state), "1")
        if one.time:
            yield Row(one.month, one.unit, "timeliness", dims(state=one.time), "1")
    if sent:
        yield from _span_submission_rows(sent[0].month, sent)


def _span_submission_rows(period: str, sent: Iterable[Submission]) -> Iterator[Row]:
    listed = list(sent)
    yield Row(period, SITE, "reports", dims(state="owed"), str(len(listed)))
    for state in STATES:
        yield Row(period, SITE, "reports", dims(state=state), str(sum(s.state == state for s in listed)))
    for time in TIMELINESS:
        yield Row(period, SITE, "timeliness", dims(state=time), str(sum(s.time == time for s in listed)))


def _unit_submission_rows(period: str, sent: Iterable[Submission]) -> Iterator[Row]:
    """Number of months of a span in which each unit's report was in each state, and in which it was on time."""
    counts: dict[tuple[str, str, str], int] = {}
    for one in sent:
        for measure, state in (("reports", one.state), ("timeliness", one.time)):
            if state:
                counts[one.unit, measure, state] = counts.get((one.unit, measure, state), 0) + 1
    for (unit, measure, state), count in counts.items():
        yield Row(period, unit, measure, dims(state=state), str(count))


def _lead_rows(config: Config, period: str, months: Mapping[Month, Mapping[str, Figures]]) -> Iterator[Row]:
    """Activities of each lead on the areas that it leads; a lead without a report has no row.

    Of several months, only those count in which the unit led the area and reported; an area with no activity of the
    unit in any of these is a gap.
    """
    found: dict[tuple[str, str], Figure] = {}
    for area in config.plan.areas:
        for month, figures in months.items():
            for unit in leads_of(config, area, month):
                if part := figures.get(unit.code):
                    key = (area.code, unit.code)
                    found[key] = found.get(key, Figure(0)) + part["activities", dims(content=area.code)]
    gaps: dict[str, int] = {}
    for (area_code, unit_code), figure in found.items():
        yield _row(period, unit_code, "lead_activities", dims(content=area_code), figure)
        gaps[unit_code] = gaps.get(unit_code, 0) + (figure.value == 0)
    for unit_code, gap in gaps.items():
        yield Row(period, unit_code, "lead_gaps", value=str(gap))
    if any(months.values()):
        yield Row(period, SITE, "lead_gaps", value=str(sum(gaps.values())))


def _target_rows(config: Config, known: list[Reading], shown: Sequence[Month], term: Term) -> Iterator[Row]:
    """Each target at the end of each month, of the term, and of the spans that the term is compared with.

    Values are the newest ones, not sums, so these spans need not have a report for every month.
    """
    before = (other for other in neighbours(term) if other.last >= first_month(config, term))
    for one in dict.fromkeys((*shown, term, *before)):
        yield from _standing(config, known, one)
    months = {str(month) for month in term.months}
    last = {(r.unit, r.target): r for r in sorted(known, key=newness) if r.month in months}
    targets = {target.code: target for target in config.targets.targets}
    for (unit, code), reading in last.items():
        if code in targets:
            yield _reading_row(str(term), unit, dims(target=code), reading, measured(targets[code], reading))


def _standing(config: Config, known: list[Reading], term: Term) -> Iterator[Row]:
    period, found = str(term), {}
    for target in config.targets.targets:
        reading = latest(known, target, str(term.last))
        found[target.code] = status(target, reading)
        codes = dims(target=target.code)
        yield Row(period, SITE, "target_status", dims(target=target.code, status=found[target.code]), "1")
        if reading is None:
            continue
        value = measured(target, reading)
        yield _reading_row(period, SITE, codes, reading, value)
        before = latest(known, target, str(term.plus(-1).last))
        was = measured(target, before) if before else None
        if value is not None and was is not None:
            yield Row(period, SITE, "target_change", codes, decimal_text(value - was))
    yield from _status_rows(config, period, found)
    yield from _path_rows(config, term)


def _path_rows(config: Config, term: Term) -> Iterator[Row]:
    """Required levels of targets with a baseline, at the end of the term and of each year up to the target's."""
    for target in config.targets.targets:
        now = required(target, term.last)
        if now is None or target.baseline is None:
            continue
        yield Row(str(term), SITE, "target_required", dims(target=target.code), decimal_text(now))
        for year in range(target.baseline.year, target.year + 1):
            level = required(target, Month(year, 12))
            if level is not None:
                codes = dims(target=target.code, year=str(year))
                yield Row(str(term), SITE, "target_required", codes, decimal_text(level))


def _reading_row(period: str, unit: str, codes: str, reading: Reading, value: Fraction | None) -> Row:
    """The row of the computed value or, if there is none, of the level as reported (``target_level``)."""
    behind = reference(reading.unit, reading.month, str(reading.row), "target_values")
    measure, text = ("target_value", decimal_text(value)) if value is not None else ("target_level", reading.value)
    return Row(period, unit, measure, codes, text, reading.numerator, reading.denominator, reading.as_of, behind)


def _status_rows(config: Config, period: str, found: dict[str, str]) -> Iterator[Row]:
    scopes = {target.code: target.scope for target in config.targets.targets}
    for state in STATUSES:
        codes = [code for code, text in found.items() if text == state]
        yield Row(period, SITE, "targets_by_status", dims(status=state), str(len(codes)))
        for scope in config.site.scopes:
            count = sum(scopes[code] == scope for code in codes)
            yield Row(period, SITE, "targets_by_status", dims(scope=scope, status=state), str(count))


def _quality_rows(records: Records, term: Term) -> Iterator[Row]:
    period, months = str(term), [str(month) for month in term.months]
    files, findings = (frame[frame["month"].isin(months)] for frame in (records.files, records.findings))
    units = [SITE, *dict.fromkeys(unit for unit in [*files["unit"], *findings["unit"]] if unit)]
    for unit in units:
        mine = files if unit == SITE else files[files["unit"] == unit]
        for name in ("rows_in", "accepted", "rejected"):
            measure = name if name == "rows_in" else f"rows_{name}"
            yield Row(period, unit, measure, value=str(int(mine[name].sum())))
            for table, total in mine[mine["table"] != ""].groupby("table", sort=True)[name].sum().items():
                yield Row(period, unit, measure, dims(table=str(table)), str(int(total)))
        yield from _finding_rows(period, unit, findings if unit == SITE else findings[findings["unit"] == unit])


def _finding_rows(period: str, unit: str, findings: pd.DataFrame) -> Iterator[Row]:
    yield Row(period, unit, "findings", value=str(len(findings)))
    for severity in ("error", "warning"):
        count = int((findings["severity"] == severity).sum())
        yield Row(period, unit, "findings", dims(severity=severity), str(count))
    for code, count in findings.groupby("code", sort=True).size().items():
        yield Row(period, unit, "findings", dims(code=str(code)), str(int(count)))
