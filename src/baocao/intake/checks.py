"""The row checks of the three tables: a row becomes a record, or findings say what is wrong with it.

A row is rejected if any of its cells has an error. All faults of a row are reported, not only the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from baocao.intake.check_activities import ask_about_activity
from baocao.intake.check_values import check_value
from baocao.intake.contract import ACTIVITIES, NOTES, VALUES
from baocao.intake.findings import Finding
from baocao.intake.rows import Context, Row, read_code, read_date, read_text, read_whole
from baocao.intake.tables import Located
from baocao.intake.values import order_is_certain, swapped
from baocao.text import day_short, fold

Record = dict[str, Any]


@dataclass(frozen=True)
class Checked:
    """A table after its row checks; always rows in = ``len(records)`` + ``rejected``.

    Attributes
    ----------
    records
        Accepted rows: the record frame's fields except unit, month, row, file and sheet.
    findings
        Those of the table, then those of its rows in their order.
    """

    located: Located
    records: tuple[Record, ...]
    rejected: int
    findings: tuple[Finding, ...]


def check_table(located: Located, context: Context) -> Checked:
    """Check each row of a located table."""
    check = _CHECKS[located.table.name]
    records: list[Record] = []
    findings = list(located.findings)
    seen: dict[tuple[Any, ...], int] = {}
    rejected = located.refused
    for index in located.lines:
        row = Row(located, index, context)
        record = check(row, seen)
        findings += row.findings
        if row.rejected:
            rejected += 1
        else:
            records.append(record | {"line": row.line})
    return Checked(located, tuple(records), rejected, tuple(findings))


def _activity(row: Row, seen: dict[tuple[Any, ...], int]) -> Record:
    limits = row.context.thresholds
    day, content = _activity_day(row), read_code(row, "content")
    area = row.context.area_codes.get(content, "")
    record: Record = {
        "date": day,
        "content": area,
        "bullet": content if content != area else "",
        "form": read_code(row, "form"),
        "channel": read_code(row, "channel"),
        "name": read_text(row, "name"),
        "product": read_text(row, "product"),
        "quantity": read_whole(row, "quantity", 1, limits.max_quantity),
        "attendees": read_whole(row, "attendees", 0, limits.max_people),
        "reach": read_whole(row, "reach", 0, limits.max_people),
        "cost": read_whole(row, "cost", 0, limits.max_cost),
        "funding": read_code(row, "funding"),
        "evidence": read_text(row, "evidence"),
        "note": read_text(row, "note"),
    }
    if not row.rejected:
        ask_about_activity(row, record, seen)
    return record


def _activity_day(row: Row) -> date | None:
    day = read_date(row, "date")
    context = row.context
    if day is None or day in context.taken:
        return day
    other = None if order_is_certain(row.raw("date")) else swapped(day)
    if other and other in context.taken:
        code = "HD-NGAY-DAO"
    elif day > context.period.end:
        code = "HD-NGAY-SAU"
    else:
        code = "HD-NGAY-TRUOC" if day < context.starts else "HD-NGAY-MUON"
    row.report(code, "date", given=day_short(day), window=context.window)
    return day


def _note(row: Row, seen: dict[tuple[Any, ...], int]) -> Record:
    record = {"kind": read_code(row, "kind"), "text": read_text(row, "text")}
    first = row.line if row.rejected else seen.setdefault((record["kind"], fold(record["text"])), row.line)
    if first != row.line:
        row.report("KK-TRUNG", "text", first=first)
    return record


_CHECKS: dict[str, Callable[[Row, dict[tuple[Any, ...], int]], Record]] = {
    ACTIVITIES.name: _activity,
    VALUES.name: check_value,
    NOTES.name: _note,
}
