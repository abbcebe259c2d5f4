"""The audit as the command asks for it: which seals, how, and where to put the report."""

from __future__ import annotations

import os
from pathlib import Path

from baocao.archive.audit import Audit, Options, Say, Wanted, With, audit, every_closed_month
from baocao.archive.close import sealed_revision
from baocao.archive.integrity import in_words
from baocao.archive.report import write_reports
from baocao.archive.standalone import chain_faults
from baocao.errors import ExitCode, UserError, error_of_disk
from baocao.months import Month
from baocao.workspace import Workspace


def audit_months(
    space: Workspace,
    month: str | None,
    *,
    everything: bool = False,
    revision: int | None = None,
    way: With = "current",
    head: str = "",
    wheels: Path | None = None,
    workers: int | None = None,
    say: Say = print,
) -> tuple[tuple[Audit, ...], tuple[Path, ...]]:
    """Audit a month's sealed revision, or all closed months, and write the report of it.

    Returns
    -------
    tuple
        The results, and the report's files under ``build/audit/``. If these cannot be written, the user is told and
        there are none, so that hours of work are not lost.
    """
    if everything and (month or revision):
        raise UserError("--all kiểm tra mọi tháng đã khóa, không đi cùng tên tháng hay --revision.")
    if not (everything or month):  # no default: the newest month, which other commands take, is rarely closed
        raise UserError("thiếu THÁNG.", hint="Ghi một tháng đã khóa, ví dụ baocao audit 2025-10, hoặc --all.")
    _refuse_wheels(way, wheels)
    wanted = _everything(space.archive) if everything else _one(space, Month.parse(month or ""), revision)
    options = Options(way, head, wheels, workers or os.cpu_count() or 1)
    found = audit(space, wanted, options, say)
    name = "tat-ca" if everything else f"{wanted[0].month}-r{wanted[0].revision}"
    try:
        return found, write_reports(found, space.config.site, space.root / "build" / "audit" / name, space.root)
    except OSError as error:
        told = error_of_disk(error)
        if told is None:
            raise
        say(f"Chưa ghi được báo cáo kiểm tra, kết quả in ở đây: {told}")
        return found, ()


def _refuse_wheels(way: With, wheels: Path | None) -> None:
    """Refuse a wheels folder that would be ignored or does not exist: a mistake in the command, not in the month."""
    if wheels and way == "current":
        hint = "Thêm --with recorded, hoặc bỏ --wheels."
        raise UserError("mã nguồn hiện nay chạy bằng thư viện đang cài.", where="--wheels", hint=hint)
    if wheels and not wheels.is_dir():
        hint = "Ghi thư mục wheels trong tệp xuất bằng baocao export --with-environment."
        raise UserError(f"không có thư mục {wheels}.", where="--wheels", hint=hint)


def _one(space: Workspace, month: Month, revision: int | None) -> tuple[Wanted]:
    return (Wanted(month, sealed_revision(space, month, revision)),)


def _everything(archive: Path) -> tuple[Wanted, ...]:
    if wanted := every_closed_month(archive):
        return wanted
    faults = chain_faults(archive) if archive.is_dir() else []
    if faults:
        what = f"chuỗi niêm phong không còn nguyên: {in_words(faults)}."
        raise UserError(what, "data/archive", exit_code=ExitCode.SEAL_BROKEN)
    raise UserError("chưa khóa tháng nào.", where="data/archive", hint="Khóa một tháng: baocao close THÁNG")
