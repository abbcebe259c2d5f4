"""One run at a time in a project folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from baocao.errors import ExitCode, UserError


@contextmanager
def project_lock(build: Path, wait: float = 600.0, notice: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the project's lock; a second run waits and says which process it waits for.

    Parameters
    ----------
    build
        The project's ``build/`` folder.
    wait
        Seconds to wait before giving up.
    notice
        Called once, with a message in Vietnamese, if another run holds the lock.

    Raises
    ------
    UserError
        If the lock is still held after ``wait`` seconds.
    """
    build.mkdir(parents=True, exist_ok=True)
    lock = FileLock(build / ".lock")
    holder = build / ".lock-holder"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        text = f"một lệnh baocao khác đang chạy trong thư mục này ({_read(holder)})"
        if notice:
            notice(f"Đang chờ: {text}…")
        try:
            lock.acquire(timeout=wait)
        except Timeout as error:
            raise UserError(f"{text}.", hint="Chờ lệnh đó xong rồi chạy lại.", exit_code=ExitCode.BUSY) from error
    try:
        holder.write_text(f"tiến trình {os.getpid()}", "utf-8")
        yield
    finally:
        lock.release()


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip() or "không rõ tiến trình"
    except OSError:
        return "không rõ tiến trình"
