"""The project's folders, and the month's data between intake and notebooks (``build/YYYY-MM/data/``).

The data of a month is prepared once and read by each of its notebooks. It is prepared again when anything that it
rests on has changed: submissions of the month or of one before it, ``params/``, the package's own code.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from baocao import __version__, files
from baocao.calendar import period_of
from baocao.config.load import load_config
from baocao.config.models import Config, Unit
from baocao.config.units import owed_units
from baocao.errors import UserError
from baocao.identity import INPUTS, Identity, from_inputs
from baocao.intake import schema
from baocao.intake.intake import read_month
from baocao.intake.records import Records
from baocao.intake.register import REGISTER
from baocao.intake.submissions import submission_months
from baocao.measures.compute import compute_ledger, first_month, history, spans
from baocao.measures.ledger import Ledger
from baocao.months import Month
from baocao.report import Report
from baocao.slices import open_slice

MARKER = "_quarto.yml"
ROOT_VARIABLE = "BAOCAO_ROOT"
SHOWN_VERSIONS = (
    "pandas",
    "altair",
    "vl-convert-python",
    "papermill",
    "nbformat",
    "python-calamine",
    "typst",
    "holidays",
)


@dataclass(frozen=True)
class Workspace:
    """A project folder: ``params/``, ``data/``, ``notebooks/``, ``reports/``, and what is generated from them.

    ``lender`` is the project whose notebooks serve a folder that has none of its own (one of many sites).
    """

    root: Path
    lender: Path | None = None

    @classmethod
    def find(cls, start: Path | None = None) -> Workspace:
        """The project in the folder ``start``, or else the one around the current folder.

        Without ``start`` the environment variable ``BAOCAO_ROOT`` names the folder, if set; otherwise the nearest
        folder upwards from the current one that has ``_quarto.yml`` and ``params/`` is taken.
        """
        named = start or os.environ.get(ROOT_VARIABLE)
        here = Path(named or Path.cwd()).resolve()
        for folder in (here, *([] if named else here.parents)):
            if (folder / MARKER).is_file() and (folder / "params").is_dir():
                return cls(folder)
        raise UserError(
            "không tìm thấy thư mục dự án (thư mục có tệp _quarto.yml và thư mục params/).",
            where=str(here),
            hint="Chuyển vào thư mục dự án rồi chạy lại, hoặc thêm tùy chọn --root THƯ_MỤC.",
        )

    @property
    def submissions(self) -> Path:
        return self.root / "data" / "submissions"

    @property
    def archive(self) -> Path:
        """Sealed months; only the package's archive writes here."""
        return self.root / "data" / "archive"

    @property
    def notebooks(self) -> Path:
        own = self.root / "notebooks"
        return self.lender / "notebooks" if self.lender and not own.is_dir() else own

    @property
    def has_book(self) -> bool:
        """Whether the folder is a book project, or only has data and configuration."""
        return (self.root / MARKER).is_file()

    @property
    def chapters(self) -> Path:
        """Generated chapters, what both renderers read."""
        return self.root / "reports" / "chuong"

    @property
    def book(self) -> Path:
        return self.root / "_book"

    def build(self, month: Month) -> Path:
        """What is generated for a month and not a chapter: data, executed notebooks, stamps."""
        return self.root / "build" / str(month)

    @cached_property
    def config(self) -> Config:
        return load_config(self.root)

    def months(self) -> tuple[Month, ...]:
        """Months with submissions, oldest first."""
        return submission_months(self.submissions)

    def month(self, text: str | None = None) -> Month:
        """The month named, or the newest one with submissions."""
        if text:
            return Month.parse(text)
        months = self.months()
        if months:
            return months[-1]
        raise UserError(
            "chưa có tháng nào có báo cáo của đơn vị.",
            where="data/submissions/",
            hint="Đặt tệp của đơn vị vào data/submissions/NĂM-THÁNG/, hoặc ghi rõ tháng, ví dụ: baocao report 2025-10.",
        )

    def inputs_digest(self, month: Month) -> str:
        """What the month's data rests on, as one hash."""
        first = first_month(self.config, month)
        months = [str(m) for m in first.upto(month)]
        return files.digest(
            (
                str(month),
                files.folder_digest(self.root, ["params/*.yml"]),
                *(files.folder_digest(self.submissions, [f"{name}/**/*"]) for name in months),
                *self.register_lines(months),
                package_digest(),
                *environment(),
            )
        )

    def register_lines(self, months: Iterable[str]) -> list[bytes]:
        """The register's lines on these months: what comes in for a later month changes nothing of an earlier one."""
        register, named = self.submissions / REGISTER, [month.encode() for month in months]
        lines = register.read_bytes().splitlines() if register.is_file() else []
        return [line for line in lines if any(month in line for month in named)]


@lru_cache(maxsize=1)
def package_digest() -> str:
    """One hash over the package's own source."""
    return files.folder_digest(
        Path(__file__).parent, ["**/*.py", "**/*.yml", "**/*.lua", "**/*.html", "**/*.j2", "**/*.typ"]
    )


def environment() -> tuple[str, ...]:
    """Versions of what computes and draws: ``name version`` each."""
    python = f"python {platform.python_version()}"
    return (f"baocao {__version__}", python, *(f"{name} {version(name)}" for name in SHOWN_VERSIONS))


def read_records(space: Workspace, month: Month) -> Iterator[Records]:
    """The records of each month from the plan's first to this one."""
    earlier: list[Records] = []
    for one in first_month(space.config, month).upto(month):
        records = read_month(space.submissions, one, space.config, earlier)
        earlier.append(records)
        yield records


def check_records(space: Workspace, month: Month) -> Records:
    """The records of a month, held against the months before it."""
    several = list(read_records(space, month))
    return several[-1] if several else read_month(space.submissions, month, space.config)


def prepare(space: Workspace, month: Month) -> bool:
    """Bring ``build/MONTH/data/`` up to date with its inputs.

    Returns
    -------
    bool
        Whether anything had to be done.
    """
    folder = space.build(month) / "data"
    key = space.inputs_digest(month)
    if _stamp(folder) == key:
        return False
    parts = list(read_records(space, month))
    ledger = compute_ledger(schema.concat(parts), space.config, month)
    with files.replaced_folder(folder) as fresh:
        for field in fields(Records):
            files.write_text(fresh / f"{field.name}.csv", schema.to_csv(field.name, getattr(parts[-1], field.name)))
        files.write_text(fresh / "ledger.csv", ledger.to_csv())
        files.write_text(fresh / "stamp.json", json.dumps({"inputs": key}) + "\n")
    return True


def _stamp(folder: Path) -> str:
    try:
        return str(json.loads((folder / "stamp.json").read_text("utf-8"))["inputs"])
    except (OSError, ValueError, KeyError):
        return ""


def load_report(space: Workspace, month: Month) -> Report:
    """The month's report from ``build/MONTH/data/``, prepared first if it is stale."""
    prepare(space, month)
    folder = space.build(month) / "data"
    tables = {f.name: schema.from_csv(f.name, (folder / f"{f.name}.csv").read_text("utf-8")) for f in fields(Records)}
    config = space.config
    year_to_date, since_start = _span_codes(config, month)
    return Report(
        config=config,
        month=month,
        period=period_of(config.calendar, month),
        ledger=Ledger.from_csv((folder / "ledger.csv").read_text("utf-8")),
        records=Records(**tables),
        units=owed_units(config, month),
        history=history(config, month),
        year_to_date=year_to_date,
        since_start=since_start,
        provenance=provenance(space, month),
    )


def _span_codes(config: Config, month: Month) -> tuple[str, str]:
    codes = list(spans(config, month))
    return codes[0], codes[-1]


def provenance(space: Workspace, month: Month) -> dict[str, str]:
    """Name → text of what the month's figures rest on; where a sealed month is made again, as it was sealed."""
    if pinned := pinned_identity(space, month):
        return pinned.provenance
    named = dict(entry.split(" ", 1) for entry in environment())
    return {
        "month": str(month),
        "inputs": space.inputs_digest(month),
        "params": files.folder_digest(space.root, ["params/*.yml"]),
        "code": package_digest(),
        **named,
    }


def pinned_identity(space: Workspace, month: Month) -> Identity | None:
    """What a sealed month's pages say of their origin, in a folder where it is made again."""
    path = space.build(month) / INPUTS
    return from_inputs(path.read_bytes()) if path.is_file() else None


def open_report(month: str = "", unit: str = "") -> Report:
    """What a notebook opens: the report of a month, for a unit chapter narrowed to that unit.

    Parameters
    ----------
    month
        ``YYYY-MM``; empty for the newest month with submissions.
    unit
        A unit's code; empty for the site.

    Raises
    ------
    UserError
        If the month or the unit is unknown.
    """
    if prepared := open_slice(month, unit):
        return prepared
    space = Workspace.find()
    report = load_report(space, space.month(month))
    return narrowed(report, unit) if unit else report


def open_unit_report(month: str = "", unit: str = "") -> Report:
    """What a unit chapter's notebook opens: as :func:`open_report`, with the register's first unit if none is named."""
    if unit:
        return open_report(month, unit)
    report = open_report(month)
    if not report.units:
        raise UserError(f"không có đơn vị nào phải báo cáo tháng {report.month}.", where="params/units.yml")
    return narrowed(report, report.units[0].code)


def narrowed(report: Report, code: str) -> Report:
    """The report as one unit's chapter sees it: its own rows, records and findings, and no hash of the whole month."""
    unit = find_unit(report, code)
    records = Records(
        *(frame[frame["unit"] == code].reset_index(drop=True) for frame in _frames(report.records)),
    )
    return replace(report, unit=unit, ledger=report.ledger.only([code]), records=records, provenance={})


def _frames(records: Records) -> list[pd.DataFrame]:
    return [getattr(records, field.name) for field in fields(Records)]


def find_unit(report: Report, code: str) -> Unit:
    """The unit that owes a report for the month under this code."""
    found = next((unit for unit in report.units if unit.code == code), None)
    if found is None:
        allowed = ", ".join(unit.code for unit in report.units)
        raise UserError(f"không có đơn vị mã “{code}” phải báo cáo tháng {report.month}.", hint=f"Các mã: {allowed}.")
    return found
