"""How commands end: user errors as a message without traceback, exit codes, signals that ask to stop."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path

import click

from baocao import process
from baocao.cli import show
from baocao.cli.vietnamese import usage_message
from baocao.errors import ExitCode, UserError


def guarded(command: Callable[[], int], *, tell_of_stop: bool = True) -> int:
    """Run a command; a user error prints one message, any other exception is a bug and shows its traceback.

    Parameters
    ----------
    command
        Returns its exit code.
    tell_of_stop
        Whether to print that the command was stopped, if it was.

    Returns
    -------
    int
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        _stand_somewhere()
        process.heed_stopping()
        return command()
    except (UserError, OSError) as error:
        return show.refused(error)
    except click.ClickException as error:
        show.say(usage_message(error))
        return int(ExitCode.USAGE)
    except (KeyboardInterrupt, click.Abort):
        # CPython takes an interrupt within exec of a text, as dataclasses use it, for one that nobody handles, and with
        # python -m it ends the process by a signal at the end; the next exec makes it forget.
        exec("")
        with contextlib.suppress(OSError):  # the terminal may be gone
            if tell_of_stop:
                show.say("Đã dừng theo yêu cầu; những gì đã xong được giữ lại.")
        return int(ExitCode.INTERRUPTED) + process.stopped_by()


def _stand_somewhere() -> None:
    """Refuse to run in a folder that is gone, as after it was moved or replaced while a terminal was open in it."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        hint = "Chuyển (cd) vào thư mục dự án rồi chạy lại."
        raise UserError("thư mục đang đứng không còn nữa.", hint=hint) from error
