"""Storing a submission's files in their month and noting them in the register: all of them, or nothing.

The files are first put into ``data/submissions/.receiving/`` together with a plan, in one step. From then on the
submission counts as received, and the next command finishes what a crash cut short (:func:`recover`). Before that step
nothing of it is visible.
"""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from baocao import files
from baocao.errors import ExitCode, UserError, reason_of
from baocao.intake.register import COLUMNS, REGISTER, REQUIRED, delimiter_of, register_rows

PENDING = ".receiving"
_PLAN = "plan.json"


@dataclass(frozen=True)
class Entry:
    """A file to store, and its line for the register; without a source only the line is written."""

    source: Path | None
    line: Mapping[str, str]


class NotStoredError(UserError):
    """A submission could not be written to disk; ``counts``: it is received nevertheless, to be put in place later."""

    def __init__(self, folder: Path, error: OSError) -> None:
        self.counts = is_pending(folder)
        super().__init__(
            f"{'đã nhận nhưng chưa cất xong' if self.counts else 'không ghi được'} tệp ({reason_of(error)}).",
            where=str(folder),
            hint=f"Kiểm tra dung lượng đĩa và quyền ghi{'; lệnh sau sẽ cất nốt.' if self.counts else ' rồi nhận lại.'}",
            exit_code=ExitCode.FINDINGS,
        )


def is_pending(folder: Path) -> bool:
    """Whether a receipt that counts was cut short and has to be finished."""
    return (folder / PENDING / _PLAN).is_file()


def store(folder: Path, entries: Sequence[Entry]) -> None:
    """Store a submission's files and note them in the register.

    Parameters
    ----------
    folder
        The submissions folder; the caller holds the project's lock.

    Raises
    ------
    UserError
        If the register cannot be read.
    NotStoredError
        If the files cannot be written. If the submission does not count yet, nothing is left behind; if it does, the
        message says that it was received.
    """
    try:
        _appended(folder / REGISTER, [entry.line for entry in entries])
        folder.mkdir(parents=True, exist_ok=True)
        _lay(folder, entries)
        recover(folder)
    except OSError as error:
        raise NotStoredError(folder, error) from error


def _lay(folder: Path, entries: Sequence[Entry]) -> None:
    """Write files and plan into a folder beside the months, then rename it, which makes the submission count."""
    fresh = files.fresh_folder(folder / PENDING)
    try:
        plan: list[dict[str, Any]] = []
        for number, entry in enumerate(entries):
            if entry.source is not None:
                _refuse_taken(folder / entry.line["file"])
                shutil.copyfile(entry.source, fresh / str(number))
                if files.sha256(fresh / str(number)) != entry.line["sha256"]:
                    raise OSError("tệp thay đổi trong lúc nhận")
            plan.append({"line": dict(entry.line)})
        files.write_text(fresh / _PLAN, json.dumps(plan, ensure_ascii=False, indent=1) + "\n")
        fresh.replace(folder / PENDING)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _refuse_taken(target: Path) -> None:
    """Raise an error if somebody has placed a file there since the name was chosen; it would be overwritten."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def _refuse_other(target: Path, sha256: str) -> None:
    """Raise an error if a file other than the received one has this name; it would be overwritten."""
    if os.path.lexists(target) and not (target.is_file() and files.sha256(target) == sha256):
        raise UserError(
            "tệp đặt ở đây có cùng tên với một tệp đã nhận nhưng chưa cất xong.",
            where=str(target),
            hint="Chuyển tệp ấy ra ngoài thư mục này rồi chạy lại: tệp đã nhận sẽ được cất vào chỗ đó.",
            exit_code=ExitCode.FINDINGS,
        )


def recover(folder: Path) -> tuple[str, ...]:
    """Finish a receipt that was cut short, and remove one that never counted.

    Returns
    -------
    tuple of str
        Names of the files whose receipt was finished.

    Raises
    ------
    UserError
        If somebody has meanwhile placed another file where one of them belongs; nothing is moved then.
    """
    for left in folder.glob(f"{PENDING}.*.new") if folder.is_dir() else ():
        shutil.rmtree(left, ignore_errors=True)
    pending = folder / PENDING
    if not is_pending(folder):
        shutil.rmtree(pending, ignore_errors=True)
        return ()
    plan = json.loads((pending / _PLAN).read_text("utf-8"))
    lines = [step["line"] for step in plan]
    waiting = [(source, line) for n, line in enumerate(lines) if (source := pending / str(n)).is_file()]
    for _, line in waiting:
        _refuse_other(folder / line["file"], line["sha256"])
    for source, line in waiting:
        target = folder / line["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
    files.write_bytes(folder / REGISTER, _appended(folder / REGISTER, lines))
    shutil.rmtree(pending)
    return tuple(line["file"] for line in lines)


def _appended(register: Path, lines: Iterable[Mapping[str, str]]) -> bytes:
    """The register's bytes with these lines added, in its own CSV form; lines that it has already are not repeated.

    Raises
    ------
    UserError
        If the file is not a register; it is never overwritten then.
    """
    old = register.read_bytes() if register.is_file() else b""
    if not old.strip():
        old = (",".join(COLUMNS) + "\n").encode()
    try:
        header = old.decode("utf-8-sig").splitlines()[0]
        known = register_rows(old)
    except (UnicodeDecodeError, csv.Error, IndexError) as error:
        raise _unreadable() from error
    names = next(csv.reader([header], delimiter=delimiter_of(header)))
    if not set(REQUIRED) <= set(names):
        raise _unreadable()
    stream = StringIO()
    writer = csv.DictWriter(
        stream, names, extrasaction="ignore", delimiter=delimiter_of(header), lineterminator="\n", restval=""
    )
    keys = {tuple(row.get(name) for name in REQUIRED) for row in known}
    added = [line for line in lines if tuple(line[name] for name in REQUIRED) not in keys]
    writer.writerows(added)
    joint = b"" if old.endswith(b"\n") or not added else b"\n"
    whole = old + joint + stream.getvalue().encode("utf-8")
    # A quotation mark that is never closed would take in the new lines.
    if len(register_rows(whole)) != len(known) + len(added):
        raise _unreadable()
    return whole


def _unreadable() -> UserError:
    return UserError(
        "sổ tiếp nhận không đọc được hoặc thiếu cột, nên chưa nhận tệp nào.",
        where=f"data/submissions/{REGISTER}",
        hint=f"Lưu lại sổ dạng CSV UTF-8 có các cột {', '.join(REQUIRED)}; hoặc lấy lại bản cũ.",
    )
