"""The project's folders, and the month's data between intake and notebooks (``build/YYYY-MM/data/``).

Likewise for a quarter, a half-year or a year (``build/2025-Q4/data/``). The data is prepared once and read by every
notebook. It is prepared again when anything that it depends on has changed: submissions of its months or of earlier
ones, ``params/``, the package's code, which months of a span are sealed; or when its own files were changed.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from baocao import __version__, files
from baocao.calendar import period_of, refuse_before_plan
from baocao.closed import seal_of
from baocao.config.load import load_config
from baocao.config.models import Config, Unit
from baocao.config.units import owed_units
from baocao.errors import UserError
from baocao.identity import INPUTS, Identity, from_inputs
from baocao.intake import schema
from baocao.intake.intake import read_month
from baocao.intake.records import Records
from baocao.intake.submissions import submission_months
from baocao.kept import (
    Keep,
    Months,
    keep_records,
    load_records,
    register_texts,
    stamp,
    stamp_of,
    submitted_digest,
    write_records,
)
from baocao.measures.compute import compute_ledger
from baocao.measures.ledger import Ledger
from baocao.measures.terms import STATES, history, months_read, neighbours, spans
from baocao.months import Month, Term, parse_term
from baocao.present.frames import show_numbers_in_vietnamese
from baocao.report import Report
from baocao.slices import in_run, note_around, open_slice
from baocao.sources import MARKER, find_root, package_digest
from baocao.text import term_short

SHOWN_VERSIONS = (
    "pandas",
    "altair",
    "vl-convert-python",
    "papermill",
    "nbformat",
    "python-calamine",
    "pypandoc-binary",
    "typst",
    "pikepdf",
    "python-docx",
    "jinja2",
    "xlsxwriter",
    "holidays",
)
"""Libraries that read, compute, draw and write; with another version of one, a whole book is made again."""


@dataclass
class Memory:
    """What a process that stands by has read and computed, by the hash of all that it depends on.

    Attributes
    ----------
    records
        Those of each month (:class:`baocao.kept.Months`).
    ledgers
        The last one (:meth:`Workspace.inputs_digest`).
    """

    records: dict[str, Records] = field(default_factory=dict)
    ledgers: dict[str, Ledger] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        return Memory, ()  # a child that is given the workspace has no use for it


@dataclass(frozen=True)
class Workspace:
    """A project folder: ``params/``, ``data/``, ``notebooks/``, ``reports/``, and what is generated from them.

    ``lender`` is the project whose notebooks are used if the folder has none of its own (one of many sites).
    """

    root: Path
    lender: Path | None = None
    memory: Memory | None = None

    @classmethod
    def find(cls, start: Path | None = None) -> Workspace:
        """The project in the folder ``start``, or around the current folder (:func:`baocao.sources.find_root`)."""
        return cls(find_root(start))

    @property
    def submissions(self) -> Path:
        return self.root / "data" / "submissions"

    @property
    def archive(self) -> Path:
        """Folder of the sealed months; only :mod:`baocao.archive` writes here."""
        return self.root / "data" / "archive"

    @property
    def notebooks(self) -> Path:
        own = self.root / "notebooks"
        return self.lender / "notebooks" if self.lender and not own.is_dir() else own

    @property
    def has_book(self) -> bool:
        """Whether the folder is a book project, not only one of data and configuration."""
        return (self.root / MARKER).is_file()

    @property
    def chapters(self) -> Path:
        """Folder of the generated chapters, which both renderers read."""
        return self.root / "reports" / "chuong"

    @property
    def book(self) -> Path:
        return self.root / "_book"

    def build(self, term: Term) -> Path:
        """Folder of what is generated for a month or span, except chapters: data, executed notebooks, stamps."""
        return self.root / "build" / str(term)

    @cached_property
    def config(self) -> Config:
        _ = self.params_digest  # never that of a later state than is read here
        return load_config(self.root)

    @cached_property
    def params_digest(self) -> str:
        """One hash over the files of :attr:`config`, taken before they are read."""
        return files.folder_digest(self.root, ("params/*.yml",))

    def additions_digest(self, term: Term) -> str:
        """One hash over the month's or span's own file in ``params/months/``."""
        return files.folder_digest(self.root, (f"params/months/{term}.yml",))

    def months(self) -> tuple[Month, ...]:
        """Months with submissions, oldest first."""
        return submission_months(self.submissions)

    def month(self, text: str | None = None) -> Month:
        """The named month, or the newest one with submissions.

        Raises
        ------
        UserError
            If the text is not a month or a month before the plan, or if there is neither a text nor any submission.
        """
        if text:
            named = Month.parse(text)
            refuse_before_plan(self.config.calendar, named)
            return named
        months = self.months()
        if months:
            refuse_before_plan(self.config.calendar, months[-1])
            return months[-1]
        raise UserError(
            "chưa có tháng nào có báo cáo của đơn vị.",
            where="data/submissions/",
            hint="Ghi tệp mẫu cho đơn vị: baocao template; nhận tệp đơn vị gửi về: baocao receive TỆP.",
        )

    def term(self, month: str | None = None, period: str | None = None) -> Term:
        """The named month, quarter, half-year or year, or the newest month with submissions.

        Raises
        ------
        UserError
            If both are named and differ, or the text is not a term or one before the plan.
        """
        if month and period and month != period:
            raise UserError(f"vừa có tháng {month}, vừa có kỳ {period}.", hint="Chỉ ghi một trong hai.")
        if not (month or period):
            return self.month()
        term = parse_term(period or month or "")
        refuse_before_plan(self.config.calendar, term)
        return term

    def months_read(self, term: Term) -> tuple[Month, ...]:
        """The months whose submissions the figures are computed from."""
        return months_read(self.config, term, self.newest())

    def newest(self) -> Month | None:
        """The newest month with submissions; None if there are none."""
        return max(self.months(), default=None)

    def closed(self, term: Term) -> tuple[Month, ...]:
        """The sealed months of a span; empty for a month, whose figures do not depend on this."""
        return () if isinstance(term, Month) else tuple(m for m in term.months if seal_of(self.archive, m).closed)

    def inputs_digest(self, term: Term) -> str:
        """One hash over all that the data of a month or span depends on."""
        months = self.months_read(term)
        return files.digest(
            (
                str(term),
                *(f"closed {month}" for month in self.closed(term)),
                self.params_digest,
                self.additions_digest(term),
                *(submitted_digest(self.submissions, month) for month in months),
                *register_texts(self.submissions, months),
                package_digest(),
                *tool_versions(),
            )
        )

    def records(self, term: Term, *, keep: Keep | None = None) -> Iterator[Records]:
        """The records of each month from the plan's first to this one or, for a span, to its last month that has begun.

        ``keep`` is called to keep the records of months that had to be read.
        """
        rests_on = files.digest((self.params_digest, package_digest(), *tool_versions()))
        known = self.memory.records if self.memory else {}
        months = Months(self.submissions, self.root / "build", self.config, rests_on, known)
        return months.read(self.months_read(term), keep=keep)


@cache
def tool_versions() -> tuple[str, ...]:
    """``name version`` of each library that computes, draws or writes."""
    python = f"python {platform.python_version()}"
    return (f"baocao {__version__}", python, *(f"{name} {version(name)}" for name in SHOWN_VERSIONS))


def check_records(space: Workspace, month: Month) -> Records:
    """The records of a month, checked against the earlier months."""
    several = list(space.records(month))
    return several[-1] if several else read_month(space.submissions, month, space.config)


def _prepared(space: Workspace, term: Term, keep: Keep) -> tuple[str, Ledger | None]:
    """Bring ``build/TERM/data/`` up to date with its inputs; returns their hash, and the ledger if it was computed."""
    folder = space.build(term) / "data"
    key = space.inputs_digest(term)
    if stamp_of(folder) == key:
        return key, None
    ledger, own = _computed(space, term, key, keep)
    with files.replaced_folder(folder) as fresh:
        write_records(fresh, own)
        files.write_text(fresh / "ledger.csv", ledger.to_csv())
        stamp(fresh, key)
    return key, ledger


def _computed(space: Workspace, term: Term, key: str, keep: Keep) -> tuple[Ledger, Records]:
    """The ledger of a term, for inputs with this hash, and the records of the term itself."""
    records = schema.concat(list(space.records(term, keep=keep)))
    ledger = space.memory.ledgers.get(key) if space.memory else None
    if ledger is None:
        ledger = compute_ledger(records, space.config, term, space.closed(term), space.newest())
    return ledger, _records_of(records, term)


def _records_of(records: Records, term: Term) -> Records:
    """The records of the months of a term."""
    months = [str(month) for month in term.months]
    return Records(*(frame[frame["month"].isin(months)].reset_index(drop=True) for frame in _frames(records)))


def is_prepared(space: Workspace, term: Term) -> bool:
    """Whether the data of a month or span is up to date with its inputs."""
    return stamp_of(space.build(term) / "data") == space.inputs_digest(term)


def load_report(space: Workspace, term: Term, keep: Keep = keep_records) -> Report:
    """The report of a month or span from ``build/TERM/data/``, prepared first if it is stale.

    Parameters
    ----------
    keep
        Checks and keeps the records of each month that had to be read.
    """
    note_around(str(term))
    inputs, ledger = _prepared(space, term, keep)
    folder = space.build(term) / "data"
    if ledger is None:
        ledger = Ledger.from_csv((folder / "ledger.csv").read_text("utf-8"))
    return _report(space, term, inputs, ledger, load_records(folder))


def compute_ahead(space: Workspace, term: Term) -> None:
    """Compute what :func:`load_report` will need, into the workspace's memory; nothing is written.

    It is of no use if the inputs change meanwhile. Errors raised here are raised again by that, if they still apply.
    """
    key = space.inputs_digest(term)
    ledger, _ = _computed(space, term, key, lambda *_: None)
    if space.memory and space.inputs_digest(term) == key:
        space.memory.ledgers = {key: ledger}


def _report(space: Workspace, term: Term, inputs: str, ledger: Ledger, records: Records) -> Report:
    config = space.config
    year_to_date, since_start = _span_codes(config, term)
    return Report(
        config=config,
        month=term,
        period=period_of(config.calendar, term),
        ledger=ledger,
        records=records,
        units=owed_units(config, term),
        history=history(config, term),
        year_to_date=year_to_date,
        since_start=since_start,
        states=_month_states(ledger, term),
        compared=tuple(one for one in neighbours(term) if ledger.row(str(one), "activities")),
        provenance=provenance(space, term, inputs),
    )


def _span_codes(config: Config, term: Term) -> tuple[str, str]:
    codes = list(spans(config, term))
    return codes[0], codes[-1]


def _month_states(ledger: Ledger, term: Term) -> dict[Month, str]:
    states = {month: [s for s in STATES if ledger.row(str(month), "months", state=s)] for month in term.months}
    return {month: found[0] for month, found in states.items() if found}


def provenance(space: Workspace, term: Term, inputs: str) -> dict[str, str]:
    """Name → text: what the figures depend on; if a sealed month is made again, the sealed texts.

    ``inputs`` is the value of :meth:`Workspace.inputs_digest` before the figures were computed.
    """
    if pinned := pinned_identity(space, term):
        return pinned.provenance
    named = dict(entry.split(" ", 1) for entry in tool_versions())
    return {
        "month": str(term),
        "inputs": inputs,
        "params": files.digest((space.params_digest, space.additions_digest(term))),
        "code": package_digest(),
        **named,
    }


def pinned_identity(space: Workspace, term: Term) -> Identity | None:
    """The sealed identity for a month's pages, in a folder where a sealed month is made again; else None."""
    path = space.build(term) / INPUTS
    return from_inputs(path.read_bytes()) if path.is_file() else None


def open_report(month: str = "", unit: str = "") -> Report:
    """Open the report of a month or span in a notebook; for a unit chapter, narrowed to that unit.

    Parameters
    ----------
    month
        ``YYYY-MM``, or ``2025-Q4``, ``2026-H1``, ``2026``; empty for the newest month with submissions.
    unit
        A unit's code; empty for the site.

    Raises
    ------
    UserError
        If the month or the unit is unknown.
    """
    show_numbers_in_vietnamese()
    if prepared := open_slice(month, unit):
        return prepared
    space = Workspace.find()
    report = load_report(space, space.term(month))
    if not in_run():
        _show_by_hand(report)
    return narrowed(report, unit) if unit else report


def _show_by_hand(report: Report) -> None:
    from baocao.by_hand import show_readable  # noqa: PLC0415  # a notebook of a run has no need of it

    show_readable({chapter.slug: chapter.title for chapter in report.config.book.chapters})


def open_unit_report(month: str = "", unit: str = "") -> Report:
    """Open the report of a unit chapter, like :func:`open_report`; by default for the register's first unit."""
    if unit:
        return open_report(month, unit)
    report = open_report(month)
    if not report.units:
        raise UserError(f"không có đơn vị nào phải báo cáo {term_short(report.month)}.", where="params/units.yml")
    return narrowed(report, report.units[0].code)


def narrowed(report: Report, code: str) -> Report:
    """The report for one unit's chapter: only its own rows, records and findings, and no hash of the whole month."""
    unit = find_unit(report, code)
    records = Records(
        *(frame[frame["unit"] == code].reset_index(drop=True) for frame in _frames(report.records)),
    )
    return replace(report, unit=unit, ledger=report.ledger.only([code]), records=records, provenance={})


def _frames(records: Records) -> list[pd.DataFrame]:
    return [getattr(records, field.name) for field in fields(Records)]


def find_unit(report: Report, code: str) -> Unit:
    """The unit with this code, if it owes a report for the term."""
    found = next((unit for unit in report.units if unit.code == code), None)
    if found is None:
        allowed = ", ".join(unit.code for unit in report.units)
        when = term_short(report.month)
        raise UserError(f"không có đơn vị mã “{code}” phải báo cáo {when}.", hint=f"Các mã: {allowed}.")
    return found
