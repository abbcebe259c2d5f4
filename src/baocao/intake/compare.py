"""Checks across files: activities or files sent twice, figures far from the unit's own earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any

from baocao.config.models import Unit
from baocao.intake.check_activities import identity
from baocao.intake.checks import Checked
from baocao.intake.contract import ACTIVITIES, VALUES
from baocao.intake.findings import Finding, Place, found
from baocao.intake.grid import reference
from baocao.intake.history import FIGURES, ROWS, TARGET_FIGURES, History, Sighting
from baocao.intake.jumps import Jump, jump
from baocao.intake.reading import FileResult, fingerprint
from baocao.intake.rows import Context
from baocao.intake.submissions import Submission
from baocao.months import Month
from baocao.text import capital, month_short, number

_TOTALS = {"quantity": "tổng số lượng", "attendees": "tổng số người tham dự", "reach": "tổng lượt tiếp cận",
           "cost": "tổng kinh phí"}  # fmt: skip


def compare(
    results: Sequence[FileResult], unit: Unit, submission: Submission, context: Context, history: History
) -> None:
    """Add the findings to ``results``, and the rows of ``results`` to ``history``."""
    for result in results:
        result.findings += [*_same_file(result, unit, history, context)]
        for checked in result.tables:
            if checked.located.table is ACTIVITIES:
                result.findings += [*_activities(checked, context, history)]
            elif checked.located.table is VALUES:
                result.findings += [*_values(checked, context, history)]
    if results and _same_as_before(results, submission):
        before = ", ".join(file.path.name for file in submission.before)
        place = Place(str(context.month), unit.code, results[0].file.name)
        results[0].findings.append(found("TEP-GIONG", place, given=before))


def _same_file(result: FileResult, unit: Unit, history: History, context: Context) -> Iterator[Finding]:
    if result.refused or not any(table.located.rows_in for table in result.tables):
        return
    here = Sighting(str(context.month), unit.code, result.file.name)
    first = history.files.setdefault(result.sha256, here)
    if first is not here:
        yield found("TEP-GIONG", Place(here.month, here.unit, here.file), given=first.file)


def _same_as_before(results: Sequence[FileResult], submission: Submission) -> bool:
    now = sorted(result.sha256 for result in results)
    return bool(submission.before) and now == sorted(fingerprint(file)[0] for file in submission.before)


def _cell(checked: Checked, record: Mapping[str, Any], name: str) -> str:
    at = checked.located.columns.get(name)
    return str(record["line"]) if at is None else reference(record["line"] - 1, at)


def _found(checked: Checked, code: str, record: Mapping[str, Any], name: str, given: object, **words: Any) -> Finding:
    heading = checked.located.table.column(name).heading
    cell = _cell(checked, record, name)
    return found(code, checked.located.place, cell=cell, column=heading, given=given, **words)


def _activities(checked: Checked, context: Context, history: History) -> Iterator[Finding]:
    place = checked.located.place
    for record in checked.records:
        here = Sighting(place.month, place.unit, place.file, record["line"])
        first = history.activities.setdefault(identity(record), here)
        if first.month != here.month:
            period = month_short(Month.parse(first.month))
            yield _found(checked, "HD-TRUNGKY", record, "name", record["name"], first=_place(first), period=period)
        elif first.unit != here.unit:
            yield _found(
                checked, "HD-TRUNGDONVI", record, "name", record["name"], other=first.unit, first=_place(first)
            )
    yield from _foreign_areas(checked, context)
    yield from _without_evidence(checked)
    yield from _jumping_totals(checked, context, history)


def _place(first: Sighting) -> str:
    return f"tệp {first.file}, dòng {first.line}"


def _together(checked: Checked, code: str, records: Sequence[Mapping[str, Any]], name: str, **words: Any) -> Finding:
    """One finding about a column's cell in several rows."""
    cells = ", ".join(_cell(checked, record, name) for record in records)
    heading = checked.located.table.column(name).heading
    return found(code, checked.located.place, cell=cells, column=heading, rows=len(records), **words)


def _foreign_areas(checked: Checked, context: Context) -> Iterator[Finding]:
    """One finding for each area in which the plan gives the unit no part."""
    unit = checked.located.place.unit
    mine = ", ".join(area for area, units in context.involved.items() if unit in units) or "không có"
    for area, units in context.involved.items():
        records = [record for record in checked.records if record["content"] == area]
        if records and unit not in units:
            yield _together(checked, "HD-DONVI", records, "content", given=area, needed=mine)


def _without_evidence(checked: Checked) -> Iterator[Finding]:
    """One finding for a whole table, because many activities rightly have no evidence."""
    lacking = [record for record in checked.records if not record["evidence"]]
    if lacking and "evidence" in checked.located.columns:
        yield _together(checked, "HD-THIEUMINHCHUNG", lacking, "evidence")


def _jumping_totals(checked: Checked, context: Context, history: History) -> Iterator[Finding]:
    unit = checked.located.place.unit
    if not checked.records:
        return
    if far := jump(Decimal(len(checked.records)), history.series.get((unit, ROWS), ()), context.thresholds):
        words = _words(far, "Số hoạt động") | {"given": number(len(checked.records))}
        yield _together(checked, "HD-DOTBIEN", checked.records, "name", **words)
    for name in FIGURES:
        filled = [record for record in checked.records if record[name] is not None]
        total = Decimal(sum(record[name] for record in filled))
        if filled and (far := jump(total, history.series.get((unit, name), ()), context.thresholds)):
            largest = max(filled, key=itemgetter(name))
            words = _words(far, capital(_TOTALS[name]))
            yield _found(checked, "HD-DOTBIEN", largest, name, number(total), **words)


def _words(far: Jump, what: str) -> dict[str, str]:
    score = "rất lớn" if far.score is None else number(far.score, 1)
    return {"what": what, "first": number(far.median), "score": score}


def _values(checked: Checked, context: Context, history: History) -> Iterator[Finding]:
    place = checked.located.place
    for record in checked.records:
        figures = tuple(record[name] for name in TARGET_FIGURES)
        here = Sighting(place.month, place.unit, place.file, record["line"], figures)
        first = history.values.setdefault((record["target"], record["as_of"]), here)
        if first.unit != here.unit and first.figures != figures:
            words = {"other": first.unit, "first": _place(first)}
            yield _found(checked, "CT-TRUNGDONVI", record, "target", record["target"], **words)
        for name, figure in zip(TARGET_FIGURES, figures, strict=True):
            earlier = history.series.get((place.unit, f"{record['target']} {name}"), ())
            if figure and (far := jump(Decimal(figure), earlier, context.thresholds)):
                words = _words(far, VALUES.column(name).heading.lower()) | {"needed": record["target"]}
                yield _found(checked, "CT-DOTBIEN", record, name, number(figure), **words)
