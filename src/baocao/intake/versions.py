"""The versions of a unit's submission: content and time of receipt of each, and what changed with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from baocao.config.models import Unit
from baocao.intake.changes import Change, changes_of
from baocao.intake.contract import ACTIVITIES, TABLES, Table
from baocao.intake.isolated import CellReader
from baocao.intake.reading import FileResult, fingerprint, read_file, refuse_all_if_misplaced
from baocao.intake.register import Receipt, Register
from baocao.intake.rows import Context
from baocao.intake.submissions import Submission, SubmittedFile, overlap

Rows = list[dict[str, Any]]


def activity_rows(results: Sequence[FileResult]) -> int:
    """Number of submitted rows of activities, accepted or not."""
    tables = (table for result in results for table in result.tables)
    return sum(table.located.rows_in for table in tables if table.located.table is ACTIVITIES)


def state_of(results: Sequence[FileResult]) -> str:
    """``nil``, ``filed``, or ``refused`` if nothing could be read."""
    if any(result.info.nil for result in results) and not activity_rows(results):
        return "nil"
    return "filed" if any(result.readable for result in results) else "refused"


def received_at(results: Sequence[FileResult], register: Register) -> str:
    """The latest time of receipt among the files; empty if one of them is not in the register."""
    receipts: list[Receipt | None] = [register.receipts.get(result.file.name) for result in results]
    times = [receipt.received_at for receipt in receipts if receipt]
    return max(times, key=datetime.fromisoformat) if len(times) == len(results) else ""


def read_version(
    files: Sequence[SubmittedFile], unit: Unit, context: Context, reader: CellReader
) -> tuple[FileResult, ...]:
    """Read the files of an earlier version; its findings are not reported again."""
    if overlap(files):
        return tuple(FileResult(file, *fingerprint(file), refused=True) for file in files)
    results = [read_file(file, unit, context, reader) for file in files]
    refuse_all_if_misplaced(results)
    return tuple(results)


def history_rows(
    submission: Submission,
    results: Sequence[FileResult],
    unit: Unit,
    context: Context,
    register: Register,
    reader: CellReader,
) -> tuple[Rows, Rows]:
    """Rows of the frames ``versions`` and ``changes``, oldest version first.

    Parameters
    ----------
    results
        The results of reading the newest version's files.
    """
    read = [(number, read_version(files, unit, context, reader)) for number, files in submission.earlier]
    versions: Rows = []
    changes: Rows = []
    before: Sequence[FileResult] | None = None
    for number, now in [*read, (submission.version, results)]:
        head = {"unit": unit.code, "month": str(context.month), "version": number}
        found = [] if before is None else [*_changes(before, now)]
        changes += [head | vars(change) for change in found]
        versions.append(head | _about(now, register) | _counts(found))
        before = now
    return versions, changes


def _changes(before: Sequence[FileResult], now: Sequence[FileResult]) -> Iterator[Change]:
    for table in TABLES:
        yield from changes_of(table, _records(table, before), _records(table, now))


def _records(table: Table, results: Sequence[FileResult]) -> list[dict[str, Any]]:
    tables = (checked for result in results for checked in result.tables if checked.located.table is table)
    return [dict(record) for checked in tables for record in checked.records]


def _about(results: Sequence[FileResult], register: Register) -> dict[str, Any]:
    tables = [checked for result in results for checked in result.tables]
    senders = [register.receipts[r.file.name].sender for r in results if r.file.name in register.receipts]
    return {
        "state": state_of(results),
        "received_at": received_at(results, register),
        "sender": next(iter(senders), ""),
        "files": len(results),
        "rows_in": sum(checked.located.rows_in for checked in tables),
        "accepted": sum(len(checked.records) for checked in tables),
        "rejected": sum(checked.rejected for checked in tables),
    }


def _counts(changes: Sequence[Change]) -> dict[str, int]:
    rows = {
        kind: len({(c.table, c.record) for c in changes if c.kind == kind}) for kind in ("added", "changed", "gone")
    }
    return {**rows, "cells": sum(change.kind == "changed" for change in changes)}
