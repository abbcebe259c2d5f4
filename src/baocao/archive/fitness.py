"""Whether a month may be closed: errors read, all reports in or declared missing, lock date passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from baocao.archive.seal import Approval
from baocao.calendar import deadline
from baocao.closed import seal_of
from baocao.errors import UserError
from baocao.files import is_left_behind
from baocao.identity import not_as_sealed, sealed_inputs
from baocao.intake.records import Records
from baocao.measures.submissions import submissions
from baocao.months import Month
from baocao.origin import earlier_of
from baocao.sources import SET_UP, project_files
from baocao.text import moment_short, month_long, month_short, number, one_line, some_files
from baocao.watch import FILE, noted
from baocao.workspace import Workspace


def check_fitness(space: Workspace, month: Month, records: Records, approval: Approval) -> None:
    """Refuse to close a month that may not be closed.

    Parameters
    ----------
    records
        The records of this month alone.

    Raises
    ------
    UserError
        One message with every reason, and for each what to do.
    """
    reasons = [
        *_unread(records, approval),
        *_unregistered(records),
        *_not_in(space, month, records, approval),
        *_before_lock(space, month, approval),
        *_earlier_files(space, month),
        *_no_utf8(space),
        *_read_and_not_kept(space, month),
    ]
    if reasons:
        lines = "".join(f"\n  - {reason}" for reason in reasons)
        raise UserError(f"chưa khóa được {month_long(month)}:{lines}", hint=f"Rồi chạy lại: baocao close {month}")


def _unread(records: Records, approval: Approval) -> Iterator[str]:
    errors = records.findings[records.findings["severity"] == "error"]
    if len(errors) and not approval.errors_read:
        named = some_files(list(dict.fromkeys(errors["file"])))
        yield (
            f"có {number(len(errors))} lỗi chưa được đọc ({named}). Xem bằng lệnh baocao check; đã đọc và chấp nhận "
            "thì thêm --errors-read"
        )


def _unregistered(records: Records) -> Iterator[str]:
    for file in records.findings[records.findings["code"] == "SO-KHACTEP"]["file"]:
        yield f"tệp {file} khác tệp đã ghi trong sổ tiếp nhận: nhận lại bằng baocao receive"


def _not_in(space: Workspace, month: Month, records: Records, approval: Approval) -> Iterator[str]:
    sent = submissions(records, space.config, month)
    out = {one.unit for one in sent if not one.reported}
    for unit in sorted(set(approval.missing) - out):
        yield f"--missing {unit}: không phải đơn vị còn thiếu báo cáo của tháng"
    if left := [one.unit for one in sent if one.unit in out - set(approval.missing)]:
        options = " ".join(f"--missing {unit}" for unit in left)
        yield f"chưa có báo cáo dùng được của {', '.join(left)}. Không chờ nữa thì ghi rõ: {options}"


def _before_lock(space: Workspace, month: Month, approval: Approval) -> Iterator[str]:
    calendar = space.config.calendar
    lock = deadline(calendar, calendar.lock, month, space.config.site.timezone)
    if datetime.fromisoformat(approval.at) <= lock and not approval.early:
        yield f"chưa qua hạn khóa số liệu ({moment_short(lock)}). Cần khóa sớm thì thêm --early “lý do”"


def _earlier_files(space: Workspace, month: Month) -> Iterator[str]:
    """Closed months whose files differ from the sealed ones: they would be used for comparison unnoticed."""
    for one in earlier_of(space, month):
        seal = seal_of(space.archive, Month.parse(one.month))
        if seal.closed and not one.revision and sealed_inputs(space.archive, seal.month):
            other = not_as_sealed(space.archive, space.submissions, seal.month) or ()
            named = f" ({some_files(other)})" if other else ""
            yield (
                f"tệp của tháng {month_short(seal.month)} khác bản đã khóa r{seal.revision}{named}: khôi phục tệp, "
                f"hoặc baocao reopen {seal.month} rồi khóa lại tháng đó trước"
            )


def _no_utf8(space: Workspace) -> Iterator[str]:
    """File names that are not UTF-8, including earlier months': a seal lists its files by name."""
    for path in sorted(space.submissions.rglob("*")):
        name = path.relative_to(space.submissions).as_posix()
        if not is_left_behind(name) and name.encode("utf-8", "ignore").decode("utf-8") != name:
            yield f"tên tệp {one_line(name)} không theo mã UTF-8: đổi tên tệp, hoặc đưa tệp ra khỏi thư mục"


def _read_and_not_kept(space: Workspace, month: Month) -> Iterator[str]:
    """Files that notebooks read but a seal would not contain, so that a new run would not find them."""
    try:
        reads = noted(space.build(month) / "notebooks")
    except KeyError:
        return  # an unreadable key: the notebook runs again, and its key is rewritten
    kept = {*project_files(space.root), *project_files(space.root, ("params/**/*", *SET_UP))}
    for notebook, names in reads.items():
        for name in (Path(one.partition(":")[2]) for one in names if one.startswith(f"{FILE}:")):
            if not (name.is_absolute() or name in kept or _is_made_again(name)) and (space.root / name).is_file():
                yield (
                    f"sổ tay {notebook} đọc tệp {one_line(name.as_posix())} mà bản niêm phong không giữ: "
                    "chuyển tệp vào notebooks/ hoặc reports/, sửa sổ tay, rồi chạy lại baocao report"
                )


def _is_made_again(name: Path) -> bool:
    return any(name.is_relative_to(folder) for folder in ("data/submissions", "build"))
