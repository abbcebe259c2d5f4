"""User errors and exit codes.

A user error is something the reader of the message can fix: it prints one message (where, what is wrong,
what is allowed, which command next) and no traceback. Every other exception is a bug and shows its traceback.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import IntEnum

_OF_THE_DISK = {
    errno.ENOSPC: "đĩa đã đầy",
    errno.EBUSY: "đang là điểm gắn đĩa, hoặc bị chương trình khác giữ",
    errno.EFBIG: "tệp lớn hơn mức được phép",
    errno.EMFILE: "quá nhiều tệp đang mở cùng lúc",
    errno.ENFILE: "quá nhiều tệp đang mở cùng lúc",
    errno.ELOOP: "liên kết trỏ vòng tròn",
    errno.EIO: "đĩa hỏng hoặc đã rút ra",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "nơi này chỉ cho đọc",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "trên đường dẫn có một tệp, không phải thư mục",
    errno.EEXIST: "ở đây đã có tệp hoặc thư mục khác",
} | ({errno.EDQUOT: "đã dùng hết dung lượng được cấp"} if hasattr(errno, "EDQUOT") else {})
"""System errors that are the fault of a path or a disk, not of the program: number → reason in Vietnamese."""


class ExitCode(IntEnum):
    """What a command tells the shell."""

    OK = 0
    FINDINGS = 1
    """The command did its work, but some rows, files or notebooks were refused or failed."""
    USAGE = 2
    """The command line, a parameter or the configuration cannot be used; nothing was done."""
    BUSY = 3
    """Another run holds the lock."""
    OTHER_BYTES = 4
    """Audit: a new run gives the same figures, but some files differ in bytes."""
    OTHER_FIGURES = 5
    """Audit: a new run gives different figures."""
    SEAL_BROKEN = 6
    """Audit: a sealed file or the chain of seals has changed since sealing."""
    NOT_REMADE = 7
    """Audit: the seal holds, but the new run did not finish."""
    INTERRUPTED = 128
    """Stopped by a signal, whose number is added: Ctrl-C gives 130."""


@dataclass
class UserError(Exception):
    """An error that the user can fix.

    Parameters
    ----------
    what
        What is wrong, in Vietnamese, in one or more lines.
    where
        File and key path, file and cell, or command-line option; empty if there is no place to name.
    hint
        What is allowed, or which command to run next.
    exit_code
        Exit code of the command.
    """

    what: str
    where: str = ""
    hint: str = ""
    exit_code: ExitCode = ExitCode.USAGE

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n→ {self.hint}" if self.hint else head

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows instead of a traceback (``InteractiveShell.showtraceback`` of IPython calls this)."""
        return f"Lỗi: {self}".split("\n")


def reason_of(error: OSError) -> str:
    """Why the system refused: in Vietnamese if the reason is a known one, otherwise in the system's own words."""
    return _OF_THE_DISK.get(error.errno or 0, error.strerror or str(error))


def error_of_disk(error: OSError) -> UserError | None:
    """The user error for a fault of a path or a disk; None if the program is at fault."""
    if error.errno not in _OF_THE_DISK:
        return None
    return UserError(
        f"không đọc hoặc ghi được ({reason_of(error)}).",
        where=str(error.filename2 or error.filename or ""),
        hint="Kiểm tra đường dẫn, quyền và dung lượng đĩa rồi chạy lại.",
    )


class ConfigError(UserError):
    """The files under ``params/`` cannot be used as they are."""
