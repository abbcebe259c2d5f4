"""Many months or many sites in one run, such as a ward's year or a province's wards."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from baocao.calendar import refuse_before_plan
from baocao.errors import UserError, reason_of
from baocao.execute.local import Local
from baocao.execute.run import Progress
from baocao.execute.work import Executor
from baocao.months import Month, Term
from baocao.pipeline import RunResult, local, run_months
from baocao.sources import is_hidden
from baocao.text import number, one_line
from baocao.workspace import Workspace

Say = Callable[[str], None]
MOST_MONTHS = 120
"""Most months in a range: ten years, longer than any plan. More is a mistyped year, and would run for days."""


@dataclass(frozen=True)
class Wanted:
    """The months to run: one (by default the newest), a range ``2025-08..2025-10``, or all with submissions.

    ``period`` names a quarter, half-year or year instead.
    """

    month: str = ""
    span: str = ""
    everything: bool = False
    period: str = ""

    def __post_init__(self) -> None:
        if sum(map(bool, (self.month, self.span, self.everything, self.period))) > 1:
            raise UserError(
                "chỉ chọn một trong bốn: một THÁNG, --period, --months hoặc --all-months.", hint="Bỏ bớt, rồi chạy lại."
            )

    def of(self, space: Workspace) -> tuple[Term, ...]:
        """The chosen months of a project, oldest first, or its period."""
        if self.everything:
            first = Month.parse(space.config.calendar.first_month)
            return tuple(month for month in space.months() if month >= first) or (space.month(),)
        if not self.span:
            return (space.term(self.month, self.period),)
        months = _range(self.span)
        refuse_before_plan(space.config.calendar, months[0])
        return months


_EXAMPLE = "Ví dụ: 2025-08..2025-10."


def _range(text: str) -> tuple[Month, ...]:
    first, dots, last = text.partition("..")
    if not dots:
        raise UserError(f"“{text}” không phải là một khoảng tháng.", where="--months", hint=_EXAMPLE)
    for end, name in ((first, "đầu"), (last, "cuối")):
        if not end.strip():
            raise UserError(f"khoảng “{text}” thiếu tháng {name}.", where="--months", hint=_EXAMPLE)
    try:
        months = Month.parse(first).upto(Month.parse(last))
    except UserError as error:
        raise replace(error, where="--months", hint=_EXAMPLE) from error
    if not months:
        raise UserError(f"tháng cuối của “{text}” đứng trước tháng đầu.", where="--months")
    if len(months) > MOST_MONTHS:
        raise UserError(
            f"khoảng “{text}” có {number(len(months))} tháng; nhiều nhất {MOST_MONTHS} tháng một lần.",
            where="--months",
            hint="Xem lại năm, hoặc chạy từng khoảng.",
        )
    return months


@dataclass(frozen=True)
class SiteRun:
    """The outcome for one site: its months' results, or the error that stopped it."""

    name: str
    months: tuple[RunResult, ...] = ()
    error: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.error) or any(month.failed for month in self.months)


def executor_of(kind: str, scheduler: str, workers: int | None) -> Executor:
    """The executor of this kind, ``local`` or ``dask``."""
    if kind == "local":
        if scheduler:
            raise UserError("chỉ dùng với --executor dask.", where="--scheduler")
        return local(workers)
    if not scheduler:
        raise UserError(
            "thiếu địa chỉ bộ điều phối.", where="--executor dask", hint="Ví dụ: --scheduler tcp://10.0.0.5:8786."
        )
    from baocao.execute.cluster import Dask  # noqa: PLC0415 - an extra

    return Dask(scheduler)


def sites(folder: Path) -> tuple[Path, ...]:
    """The project folders in a folder of many sites: those with ``params/site.yml``, sorted by name.

    Paths are absolute, because the process may work in another folder by the time a site's turn comes.
    """
    found = [path for path in _inside(folder) if _is_site(path)]
    if not found:
        raise UserError(
            "không có thư mục con nào là một đơn vị báo cáo (có tệp params/site.yml).", where=f"--sites {folder}"
        )
    return tuple(found)


def passed_over(folder: Path) -> tuple[str, ...]:
    """Names of folders among the sites that are not sites; one of them may have lost its ``params/site.yml``.

    Broken links are included: they may lead to a drive that is not connected.
    """
    return tuple(one_line(path.name) for path in _inside(folder) if _is_folder(path) and not _is_site(path))


def _inside(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.resolve().iterdir()) if not is_hidden(Path(path.name))]


def _is_folder(path: Path) -> bool:
    """Whether a listed path is a folder, or a link that leads nowhere."""
    return path.is_dir() or not path.exists()


def _is_site(folder: Path) -> bool:
    """Whether a folder is a site; one without read permission counts, and is reported when its turn comes."""
    try:
        return (folder / "params" / "site.yml").is_file()
    except PermissionError:
        return True


def run_sites(
    folder: Path,
    lender: Workspace,
    wanted: Wanted,
    *,
    executor: Executor,
    force: bool = False,
    progress: Progress | None = None,
    say: Say = lambda _: None,
) -> tuple[SiteRun, ...]:
    """Run the months of every site in a folder; a site that fails, for whatever reason, does not stop the others.

    Parameters
    ----------
    folder
        Contains a folder for each site, with ``params/`` and ``data/``.
    lender
        The project whose notebooks are used for sites without their own.
    """
    if isinstance(executor, Local):
        executor = Local(executor.workers, keep=True)
    listed = sites(folder)
    done = []
    for count, path in enumerate(listed, start=1):
        say(f"[{count}/{len(listed)}] {path.name}")
        space = Workspace(path.resolve(), lender.root)
        try:
            (space.root / "params" / "site.yml").read_bytes()  # raises: unreadable, it would seem empty
            months = run_months(space, wanted.of(space), executor=executor, force=force, progress=progress, say=say)
            done.append(SiteRun(path.name, months))
        except UserError as error:
            if error.where.startswith("--"):  # a slip in the command, or a cluster that is gone: no site can be run
                raise
            done.append(SiteRun(path.name, error=str(error)))
        except Exception as error:  # an unwritable folder, or a bug: only this site fails
            if not isinstance(error, OSError):
                say(traceback.format_exc())
            done.append(SiteRun(path.name, error=_unforeseen(error)))
    if left := passed_over(folder):
        say(f"Bỏ qua thư mục con không có tệp params/site.yml: {', '.join(left)}")
    return tuple(done)


def _unforeseen(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"không đọc hoặc ghi được {error.filename or 'tệp'} ({reason_of(error)})."
    return f"lỗi ngoài dự kiến ({type(error).__name__}: {error})."
