"""Ledger rows about receipt: versions and their changes, what units owe, and how well they keep deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from baocao.config.models import Config
from baocao.config.owed import owed_areas, owed_targets
from baocao.config.units import owed_units
from baocao.intake.records import Records
from baocao.measures.ledger import SITE, Row, dims
from baocao.measures.submissions import FINALITIES, Submission, submissions
from baocao.measures.targets import decimal_text
from baocao.months import Month, Term

VERSION_KINDS = ("rows_in", "accepted", "rejected", "added", "changed", "gone", "cells")
"""Counts of a version's rows, and of rows and cells that differ from the previous version (not for a first one)."""


def receipt_rows(
    records: Records,
    config: Config,
    term: Term,
    shown: Sequence[Month],
    spans: Mapping[str, Sequence[Month]],
) -> Iterator[Row]:
    """All rows about receipt.

    Parameters
    ----------
    term
        The report month or span that the rows on versions and on what is owed are about; a span has no rows on single
        versions.
    shown
        The months that the ledger carries.
    spans
        Ledger period → its report months, for the rates.
    """
    sent = {one: submissions(records, config, one) for one in {*shown, *(m for part in spans.values() for m in part)}}

    def sent_in(months: Sequence[Month]) -> list[Submission]:
        return [submission for one in months for submission in sent[one]]

    for one in shown:
        yield from _state_rows(str(one), sent[one])
    if isinstance(term, Month):
        yield from _version_rows(records, term)
    elif shown:
        yield from _site_states(str(term), sent_in(shown))
    if shown:
        yield from _owed_rows(records, config, term)
    for period, months in spans.items():
        yield from _rate_rows(period, sent_in(months))
    # A period shown may be a span, too: its rows are then equal, and the ledger keeps one of each.
    for one in shown:
        yield from _rates(str(one), SITE, sent[one])
    if not isinstance(term, Month) and shown:
        yield from _rates(str(term), SITE, sent_in(shown))


def _state_rows(period: str, sent: Sequence[Submission]) -> Iterator[Row]:
    """Whether each unit's figures are provisional, revised or final, and how many versions it sent."""
    for one in sent:
        if one.finality:
            yield Row(period, one.unit, "finality", dims(state=one.finality), "1")
        if one.version:
            yield Row(period, one.unit, "versions", value=str(one.version))
    yield from _site_states(period, sent)


def _site_states(period: str, sent: Sequence[Submission]) -> Iterator[Row]:
    for state in FINALITIES:
        yield Row(period, SITE, "finality", dims(state=state), str(sum(one.finality == state for one in sent)))
    yield Row(period, SITE, "versions", value=str(sum(one.version for one in sent)))
    yield Row(period, SITE, "resubmitted", value=str(sum(one.version > 1 for one in sent)))


def _version_rows(records: Records, month: Month) -> Iterator[Row]:
    """Rows about each version of the report month: its counts, and what changed with it."""
    frame = records.versions[records.versions["month"] == str(month)]
    totals: dict[str, int] = dict.fromkeys(VERSION_KINDS, 0)
    seen: set[str] = set()
    for row in frame.to_dict("records"):
        first = row["unit"] not in seen
        seen.add(row["unit"])
        for kind in VERSION_KINDS[: 3 if first else None]:
            codes = dims(kind=kind, version=str(row["version"]))
            yield Row(str(month), str(row["unit"]), "version_rows", codes, str(row[kind]))
            totals[kind] += int(row[kind])
    for kind in VERSION_KINDS[3:]:
        yield Row(str(month), SITE, "version_rows", dims(kind=kind), str(totals[kind]))


def _owed_rows(records: Records, config: Config, term: Term) -> Iterator[Row]:
    """Numbers of areas led and targets owed, and of owed targets reported during the term."""
    values = records.values[records.values["month"].isin([str(month) for month in term.months])]
    reported = set(zip(values["unit"], values["target"], strict=True))
    sums = {"owed_areas": 0, "owed_targets": 0, "owed_targets_reported": 0}
    for unit in owed_units(config, term):
        targets = owed_targets(config, unit)
        counts = {
            "owed_areas": len(owed_areas(config, unit, term)),
            "owed_targets": len(targets),
            "owed_targets_reported": sum((unit.code, target.code) in reported for target in targets),
        }
        for measure, count in counts.items():
            sums[measure] += count
            yield Row(str(term), unit.code, measure, value=str(count))
    for measure, count in sums.items():
        yield Row(str(term), SITE, measure, value=str(count))


def _rate_rows(period: str, sent: Sequence[Submission]) -> Iterator[Row]:
    """Rates over several months: how many of the owed reports came, and how many on time."""
    units: dict[str, list[Submission]] = {}
    for one in sent:
        units.setdefault(one.unit, []).append(one)
    for unit, mine in units.items():
        yield from _rates(period, unit, mine)
    yield from _rates(period, SITE, sent)


def _rates(period: str, unit: str, sent: Sequence[Submission]) -> Iterator[Row]:
    """``report_rate`` over all owed reports; ``on_time_rate`` over those missing or with a known time of receipt."""
    dated = [one for one in sent if one.time != "undated"]
    counts: dict[str, tuple[int, int]] = {
        "report_rate": (sum(one.reported for one in sent), len(sent)),
        "on_time_rate": (sum(one.time == "on_time" for one in dated), len(dated)),
    }
    for measure, (numerator, denominator) in counts.items():
        value = decimal_text(Fraction(numerator * 100, denominator)) if denominator else ""
        yield Row(period, unit, measure, value=value, numerator=str(numerator), denominator=str(denominator))
