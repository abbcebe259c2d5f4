"""The main operations of the product, as the command line and Quarto's hooks call them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import nbformat

from baocao import files
from baocao.beside import Beside
from baocao.book import last, quarto
from baocao.book.builtin.ahead import Press
from baocao.book.builtin.pandoc import FOREIGN
from baocao.book.builtin.partial import convert_changed
from baocao.book.builtin.project import read_project
from baocao.book.builtin.render import render_builtin, warn
from baocao.book.cell_options import check_options
from baocao.book.chapters import Chapter, chapter, placeholder
from baocao.book.made import is_made, note_made, own_digest, render_key
from baocao.book.project import book_name, write_project
from baocao.config.months import load_additions
from baocao.errors import UserError
from baocao.execute import drawings
from baocao.execute.jobs import Job, month_jobs
from baocao.execute.local import Local
from baocao.execute.run import Lot, Outcome, Progress, notebook_path, run_jobs
from baocao.execute.warm import control
from baocao.execute.work import Executor
from baocao.intake.records import Records
from baocao.intake.returns import send_back_books
from baocao.kept import Keep, keep_records
from baocao.lock import project_lock
from baocao.months import Month, Term
from baocao.official.label import label_of
from baocao.official.make import keep_official, make_official, prepare_official
from baocao.origin import with_origin
from baocao.printable import require_fonts
from baocao.receive.store import recover
from baocao.report import Report
from baocao.sources import package_digest
from baocao.text import capital, month_short, term_long
from baocao.workspace import Workspace, check_records, is_prepared, load_report

Say = Callable[[str], None]
Engine = Literal["auto", "quarto", "pandoc"]
Format = Literal["html", "pdf", "all"]


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True)
class RunResult:
    """The outcome of a run, and the report that it was about."""

    report: Report
    outcomes: tuple[Outcome, ...]

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(one for one in self.outcomes if one.state == "failed")

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.outcomes)


@dataclass(frozen=True)
class BookResult:
    """A run, and the book made from it."""

    run: RunResult
    engine: str
    because: str
    outputs: tuple[Path, ...] = field(default=())
    unofficial: UserError | None = None
    """Why the official report could not be made, if it was wanted; the book is made nevertheless."""


def check(space: Workspace, month: Month) -> Records:
    """Read a month's submissions; nothing is written."""
    return check_records(space, month)


def send_back(space: Workspace, month: Month, records: Records, folder: Path | None = None) -> tuple[Path, ...]:
    """Write a workbook for each unit with findings, with faulty cells marked; submitted files are only read.

    Parameters
    ----------
    folder
        Where to write; by default ``build/MONTH/tra-lai/``, whose former content is removed.
    """
    books = send_back_books(space.submissions, month, space.config, records)
    if folder is None:
        folder = space.build(month) / "tra-lai"
        with files.replaced_folder(folder) as fresh:
            for name, data in books.items():
                files.write_bytes(fresh / name, data)
    else:
        for name, data in books.items():
            files.write_bytes(folder / name, data)
    return tuple(folder / name for name in books)


def run(
    space: Workspace,
    month: Term,
    *,
    workers: int | None = None,
    force: bool = False,
    progress: Progress | None = None,
    say: Say = _silent,
) -> RunResult:
    """Run those of the month's notebooks whose inputs changed, and write its chapters.

    If a notebook fails, a placeholder takes the place of its chapter, and the others go on.
    """
    return run_months(space, [month], executor=local(workers), force=force, progress=progress, say=say)[0]


def run_months(
    space: Workspace,
    months: Sequence[Term],
    *,
    executor: Executor,
    force: bool = False,
    progress: Progress | None = None,
    say: Say = _silent,
) -> tuple[RunResult, ...]:
    """The same for several months at once; the chapters written are those of the last month."""
    with project_lock(space.root / "build", notice=say):
        _tell_of_empty(space, months, say)
        return _run(space, months, executor, force, progress)


def _tell_of_empty(space: Workspace, months: Sequence[Term], say: Say) -> None:
    """Tell the user that a month or span has no files, so that its book will be empty: it may have been mistyped.

    The clock is not used: the message is the same for a future month and for an old one.
    """
    sent = space.months()
    for month in months:
        if not set(month.months) & set(sent):
            newest = f"tháng mới nhất có tệp là {month_short(sent[-1])}" if sent else "chưa có tệp của tháng nào"
            say(f"{capital(term_long(month))} chưa có tệp nào trong data/submissions/, nên chưa có số liệu; {newest}.")


def local(workers: int | None, *, keep: bool = False) -> Executor:
    """An executor on this machine for ``workers`` notebooks at once, one for each core by default (:class:`Local`)."""
    return Local(workers or os.cpu_count() or 1, keep=keep)


def _run(
    space: Workspace,
    months: Sequence[Term],
    executor: Executor,
    force: bool,
    progress: Progress | None,
    press: Press | None = None,
    beside: Beside | None = None,
) -> tuple[RunResult, ...]:
    recover(space.submissions)  # finish a receipt that was cut short, so that no half of it is read
    # Unprepared data means that notebooks will run: get ready for them while the submissions are read.
    much = force or not all(is_prepared(space, month) for month in months)
    with executor.warming(space.root, space.config.site.timezone) if much else nullcontext():
        if much and press:
            press.warm()
        if much and beside:
            beside.warm()
        keep = beside.keep if beside else keep_records
        lots = [_lot(space, month, keep) for month in months]
        if beside:
            beside.begin(space, lots[-1])
        outcomes = run_jobs(lots, space.root, executor, force=force, progress=progress)
    results = tuple(RunResult(lot.report, those) for lot, those in zip(lots, outcomes, strict=True))
    for month, done in zip(months, results, strict=True):
        summary = {"month": str(month), "failed": [[one.job.title, one.reason] for one in done.failed]}
        files.write_text(space.build(month) / "run.json", json.dumps(summary, ensure_ascii=False) + "\n")
    if space.has_book:
        _write_chapters(space, months[-1], results[-1], press)
    return results


def _lot(space: Workspace, month: Term, keep: Keep) -> Lot:
    load_additions(space.root, str(month))
    report = load_report(space, month, keep)
    jobs = month_jobs(space.config.book, space.notebooks, month, report.units)
    for notebook in dict.fromkeys(job.notebook for job in jobs):
        check_options(notebook)
    return Lot(jobs, report, space.build(month) / "notebooks")


def _write_chapters(space: Workspace, month: Term, done: RunResult, press: Press | None) -> None:
    """Write the month's chapters, unless they are unchanged since they were written from the same results."""
    folder, stamp = space.build(month) / "notebooks", space.root / "build" / "chapters.json"
    report = with_origin(space, done.report)
    origin = (report.provenance["inputs"], repr(report.identity))
    key = files.digest((str(month), *origin, files.folder_digest(folder, ["*.ipynb"]), own_digest(space.root)))
    if not done.failed and is_made(space.chapters, stamp, key, "all"):
        return
    stamp.unlink(missing_ok=True)
    pictures = drawings.folder(space.root)
    write_project(space, report, tuple(_chapter(folder, one, pictures) for one in done.outcomes), press)
    if not done.failed:
        note_made(space.chapters, stamp, key, "all")


def _chapter(folder: Path, outcome: Outcome, pictures: Path) -> Chapter:
    job: Job = outcome.job
    if outcome.state == "failed":
        return placeholder(job.name, job.title, job.part, outcome.reason.split(":", 1)[0])
    notebook = nbformat.read(notebook_path(folder, job), as_version=4)
    return chapter(notebook, job.name, job.title, job.part, pictures)


def choose_engine(wanted: Engine) -> tuple[str, str]:
    """The renderer to use and, in Vietnamese, why."""
    if wanted == "pandoc":
        return "pandoc", "theo tùy chọn --engine pandoc"
    found = quarto.find_quarto()
    if wanted == "quarto" and not found.usable:
        raise UserError(f"{found.problem}.", hint="Cài Quarto 1.10, hoặc chạy với --engine pandoc.")
    if found.usable:
        return "quarto", f"Quarto {found.version}" + (" theo tùy chọn --engine quarto" if wanted == "quarto" else "")
    return "pandoc", f"{found.problem}; dùng pandoc và Typst cài sẵn trong môi trường Python"


def render(
    space: Workspace,
    month: Term,
    *,
    engine: Engine = "auto",
    to: Format = "all",
    workers: int | None = None,
    force: bool = False,
    progress: Progress | None = None,
    official: bool = False,
    say: Say = _silent,
    warm_press: Press | None = None,
    warm_beside: Beside | None = None,
) -> BookResult:
    """Bring the month's chapters up to date and make the book in ``_book/``.

    With ``official`` the official report is made too; without it, an existing one that is up to date is copied into the
    book's folder, which a renderer replaces as a whole. ``warm_press`` is used if it is for this month, ``warm_beside``
    if the official report is wanted.
    """
    require_fonts(space.root)
    chosen, because = choose_engine(engine)
    paper = chosen == "pandoc" and to in ("pdf", "all")
    with project_lock(space.root / "build", notice=say), Press(space.root.resolve(), str(month)) as own_press:
        fitting = warm_press if warm_press and warm_press.month == own_press.month else own_press
        press, beside = fitting if paper else None, (warm_beside or Beside()) if official else None
        _tell_of_empty(space, [month], say)
        try:
            done = _run(space, [month], local(workers, keep=official), force, progress, press, beside)[0]
            if beside:
                beside.check_kept()
            if press:  # the child may go on beside Typst; Quarto needs its memory
                _make_book(space, month, chosen, because, to, force, say, press)
            if beside:
                beside.wait()
        finally:
            control.stop()
        if not press:
            _make_book(space, month, chosen, because, to, force, say, press)
        report = with_origin(space, done.report)
        problem = _prepare_official(space, report) if official else None
        more = _copy_official(space, report, wanted=official and not problem)
        last.keep(space.root, space.book)
    return BookResult(done, chosen, because, (*_outputs(space, done.report, to), *more), problem)


def _prepare_official(space: Workspace, report: Report) -> UserError | None:
    try:
        prepare_official(space, report, label_of(report))
    except UserError as error:
        return error
    return None


def _copy_official(space: Workspace, report: Report, *, wanted: bool) -> tuple[Path, ...]:
    label = label_of(report)
    if wanted:
        return make_official(space, report, label)
    keep_official(space, report, label)
    return ()


def official(space: Workspace, month: Term, *, say: Say = _silent) -> tuple[Path, ...]:
    """Make the month's official report and the extract, without running notebooks.

    Returns
    -------
    tuple of Path
        The files in ``_book/``.
    """
    require_fonts(space.root)
    with project_lock(space.root / "build", notice=say):
        _tell_of_empty(space, [month], say)
        load_additions(space.root, str(month))
        report = with_origin(space, load_report(space, month))
        return make_official(space, report, label_of(report))


def _make_book(
    space: Workspace, month: Term, engine: str, because: str, to: Format, force: bool, say: Say, press: Press | None
) -> None:
    stamp = space.root / "build" / "book.json"
    code = quarto.find_quarto().version if engine == "quarto" else package_digest()
    key = render_key(space.root, engine, code)
    if not force and is_made(space.book, stamp, key, to):
        say(f"Sách đã dựng bằng {engine} ({because}), không có gì thay đổi.")
        return
    say(f"Dựng sách bằng {engine} ({because})…")
    stamp.unlink(missing_ok=True)
    if engine == "quarto":
        found = convert_changed(read_project(space.root), screen=True).problems  # Quarto's own warnings are not shown
        warn(one for one in found if one.kind != FOREIGN)
        try:
            quarto.render(space.root, to, str(month), say)
        except BaseException:
            last.put_back(space.root, space.book)
            raise
    else:
        render_builtin(space.root, to, space.book, press)
    note_made(space.book, stamp, key, to)


def _outputs(space: Workspace, report: Report, to: Format) -> list[Path]:
    pages = {"html": ["index.html"], "pdf": [f"{book_name(report)}.pdf"]}
    names = pages.get(to) or [*pages["html"], *pages["pdf"]]
    paths = [space.book / name for name in names]
    if lost := [path.name for path in paths if not path.is_file()]:
        raise RuntimeError(f"the renderer ended well but did not write {', '.join(lost)}")
    return paths
