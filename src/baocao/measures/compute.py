"""From records to the month's ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import pandas as pd

from baocao.calendar import months_of_year_to_date, span
from baocao.config.models import Config
from baocao.config.units import leads_of
from baocao.intake.records import Records
from baocao.measures.activities import Figure, Figures, add_up, unit_figures
from baocao.measures.ledger import SITE, Ledger, Row, dims
from baocao.measures.receipts import receipt_rows
from baocao.measures.refs import reference
from baocao.measures.submissions import Submission, submissions
from baocao.measures.targets import Reading, decimal_text, latest, measured, readings, status
from baocao.months import Month


def first_month(config: Config, month: Month) -> Month:
    """The first report month that counts: the plan's, or the month itself if it is earlier."""
    return min(Month.parse(config.calendar.first_month), month)


def history(config: Config, month: Month) -> tuple[Month, ...]:
    """The months whose figures the month's ledger carries, oldest first."""
    return first_month(config, month).upto(month)[-config.thresholds.history_months :]


def spans(config: Config, month: Month) -> dict[str, tuple[Month, ...]]:
    """Year to date and since the plan's start, in this order: ledger period → its report months."""
    start = first_month(config, month)
    of_year = months_of_year_to_date(config.calendar, month)
    return {
        span(of_year[0], month): tuple(m for m in of_year if m >= start),
        span(start, month): start.upto(month),
    }


def compute_ledger(records: Records, config: Config, month: Month) -> Ledger:
    """All figures of a report month.

    Parameters
    ----------
    records
        Records of all months from the plan's first to ``month``; later ones must not be among them.
    config
        The site's configuration.
    month
        The report month.

    Returns
    -------
    Ledger
        Rows by period (oldest month first, then the spans), unit (the site first), measure and dimensions.
    """
    everything = first_month(config, month).upto(month)
    sent = {m: submissions(records, config, m) for m in everything}
    reported = [(s.unit, s.month) for listed in sent.values() for s in listed if s.reported]
    figures = unit_figures(records, config, reported)
    shown = history(config, month)
    rows: list[Row] = []
    for m in shown:
        mine = {unit: part for (unit, of), part in figures.items() if of == str(m)}
        rows += _figure_rows(str(m), mine, detailed=m == month)
        rows += _submission_rows(sent[m])
        rows += _lead_rows(config, str(m), mine)
    for period, months in spans(config, month).items():
        names = {str(m) for m in months}
        by_unit: dict[str, list[Figures]] = {}
        for (unit, of), part in figures.items():
            if of in names:
                by_unit.setdefault(unit, []).append(part)
        rows += _figure_rows(period, {unit: add_up(parts) for unit, parts in by_unit.items()}, detailed=True)
        rows += _span_submission_rows(period, [s for m in months for s in sent[m]])
    rows += _target_rows(config, readings(records.values), shown, month)
    rows += _quality_rows(records, str(month))
    rows += receipt_rows(records, config, month, shown, spans(config, month))
    return Ledger({row.id: row for row in rows}.values())


def _figure_rows(period: str, figures: dict[str, Figures], *, detailed: bool) -> Iterator[Row]:
    """Rows of the site and of each unit; units' rows by dimension only where ``detailed``."""
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
    for state in ("filed", "nil", "refused", "missing"):
        yield Row(period, SITE, "reports", dims(state=state), str(sum(s.state == state for s in listed)))
    for time in ("on_time", "late", "undated"):
        yield Row(period, SITE, "timeliness", dims(state=time), str(sum(s.time == time for s in listed)))


def _lead_rows(config: Config, period: str, figures: dict[str, Figures]) -> Iterator[Row]:
    """Activity of each lead on the areas it leads; a lead without a report has no row."""
    gaps: dict[str, int] = {}
    for area in config.plan.areas:
        for unit in leads_of(config, area, Month.parse(period)):
            if part := figures.get(unit.code):
                figure = part["activities", dims(content=area.code)]
                yield _row(period, unit.code, "lead_activities", dims(content=area.code), figure)
                gaps[unit.code] = gaps.get(unit.code, 0) + (figure.value == 0)
    for unit_code, gap in gaps.items():
        yield Row(period, unit_code, "lead_gaps", value=str(gap))
    if figures:
        yield Row(period, SITE, "lead_gaps", value=str(sum(gaps.values())))


def _target_rows(config: Config, known: list[Reading], shown: tuple[Month, ...], month: Month) -> Iterator[Row]:
    targets = config.targets.targets
    for m in shown:
        found: dict[str, str] = {}
        for target in targets:
            reading = latest(known, target, str(m))
            found[target.code] = status(target, reading)
            codes = dims(target=target.code)
            yield Row(str(m), SITE, "target_status", dims(target=target.code, status=found[target.code]), "1")
            if reading is None:
                continue
            value = measured(target, reading)
            yield _reading_row(str(m), SITE, codes, reading, value)
            before = latest(known, target, str(m.plus(-1)))
            was = measured(target, before) if before else None
            if value is not None and was is not None:
                yield Row(str(m), SITE, "target_change", codes, decimal_text(value - was))
        yield from _status_rows(config, str(m), found)
    for reading in known:
        asked = next((target for target in targets if target.code == reading.target), None)
        if reading.month == str(month) and asked is not None:
            codes = dims(target=asked.code)
            yield _reading_row(str(month), reading.unit, codes, reading, measured(asked, reading))


def _reading_row(period: str, unit: str, codes: str, reading: Reading, value: Fraction | None) -> Row:
    """The computed value; where there is none, the level as it was reported (``target_level``)."""
    behind = reference(reading.unit, reading.month, str(reading.row), "target_values")
    measure, text = ("target_value", decimal_text(value)) if value is not None else ("target_level", reading.value)
    return Row(period, unit, measure, codes, text, reading.numerator, reading.denominator, reading.as_of, behind)


def _status_rows(config: Config, period: str, found: dict[str, str]) -> Iterator[Row]:
    scopes = {target.code: target.scope for target in config.targets.targets}
    for state in ("met", "not_met", "no_data", "undefined", "unscored"):
        codes = [code for code, text in found.items() if text == state]
        yield Row(period, SITE, "targets_by_status", dims(status=state), str(len(codes)))
        for scope in config.site.scopes:
            count = sum(scopes[code] == scope for code in codes)
            yield Row(period, SITE, "targets_by_status", dims(scope=scope, status=state), str(count))


def _quality_rows(records: Records, period: str) -> Iterator[Row]:
    files, findings = (frame[frame["month"] == period] for frame in (records.files, records.findings))
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
