"""``--watch``: a book made again whenever something that it rests on has changed.

Each round is a process of its own that knows nothing of the one before: none can go by what is no more. While nothing
changes the next one stands by. It has imported what it needs, its warm process is there, the last book is laid out; a
correction then takes what is left to do once it is known.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from baocao import process, standing
from baocao.cli import show
from baocao.cli.guard import guarded
from baocao.errors import ExitCode
from baocao.glance import Watched, changes, program_state
from baocao.sources import find_root
from baocao.text import some_files

Asked = Mapping[str, Any]
"""What :func:`baocao.standing.book` is asked for, as JSON; ``start`` is the project's folder."""
_ENDS = 10.0
"""Seconds that a round has to stop."""


class _Round:
    """A process that makes the book once.

    Parameters
    ----------
    asked
        Which.
    ahead
        Whether it stands by, until it is told to begin.
    """

    def __init__(self, asked: Asked, *, ahead: bool) -> None:
        self._program = program_state()
        command = [sys.executable, "-m", "baocao.cli.rebuild", json.dumps({**asked, "ahead": ahead})]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE if ahead else subprocess.DEVNULL)

    def holds(self) -> bool:
        """Whether it is there, and runs the program and the libraries that there are now."""
        return self._process.poll() is None and self._program == program_state()

    def run(self) -> int:
        """Let it begin, and wait for its end; its exit code."""
        if self._process.stdin:
            with suppress(OSError):
                self._process.stdin.write(b"\n")
                self._process.stdin.flush()
        return self._process.wait()

    def end(self) -> None:
        """Stop it wherever it is."""
        if sys.platform != "win32":
            self._process.terminate()
        elif self._process.stdin:  # nothing asks a process to stop there; while it runs, Ctrl-C reaches it by itself
            self._process.stdin.close()
        try:
            self._process.wait(_ENDS)
        except subprocess.TimeoutExpired:
            self._process.kill()


def watch(start: Path | None, asked: Asked) -> int:
    """Make the book, and again after each change, until somebody stops it.

    Parameters
    ----------
    start
        As for :func:`baocao.sources.find_root`.
    asked
        What is asked for beside the project's folder; what is forced is so in the first round.

    Returns
    -------
    int
        The exit code of a first round that could not begin: a command or settings that cannot be used.
    """
    root = find_root(start)
    asked = {**asked, "start": str(root)}
    watched = Watched(root)
    seen, hurried = watched.glance(), False
    following = _Round(asked, ahead=False)
    try:
        if (code := following.run()) == ExitCode.USAGE:
            return code
        asked = {**asked, "force": False}
        while True:
            _tell_of_accident(code)
            # In this order nothing that changes meanwhile is missed.
            before, watched = watched, Watched(root)
            rest, now = watched.glance(), before.glance()
            changed = changes(seen, now)
            # A round that changes by itself what it rests on would be followed by another one for ever.
            hurried = bool(changed) and not hurried
            following = _Round(asked, ahead=not hurried and code in (ExitCode.OK, ExitCode.FINDINGS))
            if not hurried:
                show.say("\nĐang chờ thay đổi của tệp báo cáo, cấu hình, sổ tay… (dừng: Ctrl-C)")
                now = watched.wait_for_change(rest)
                changed = changes(rest, now)
                if not following.holds():
                    following.end()
                    following = _Round(asked, ahead=False)
            seen = now
            _tell_of_change(root, changed)
            code = following.run()
    finally:
        following.end()


def _tell_of_accident(code: int) -> None:
    if code not in (ExitCode.OK, ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.BUSY):
        show.say(f"Lần dựng này dừng bất thường (mã {code}).")


def _tell_of_change(root: Path, paths: Sequence[str]) -> None:
    inside = [Path(path) for path in paths]
    names = [(path.relative_to(root) if path.is_relative_to(root) else path).as_posix() for path in inside]
    show.say(f"{time.strftime('%H:%M:%S')} Có thay đổi: {some_files(names)}.")


def _round(asked: dict[str, Any]) -> int:
    ahead = asked.pop("ahead")
    start = Path(asked.pop("start"))
    told = standing.book(start, **asked, progress=show.progress, say=show.say, wait=_wait if ahead else None)
    return show.book(told, as_json=False)


def _wait() -> None:
    """Wait for the word to begin; whoever would give it may be gone."""
    if not sys.stdin.buffer.readline():
        raise KeyboardInterrupt


def main() -> None:
    """One round, in a process of its own; who started it tells that it was stopped."""
    process.hold_stopping()
    process.settle()
    process.collect_seldom()
    sys.exit(guarded(lambda: _round(json.loads(sys.argv[1])), tell_of_stop=False))


if __name__ == "__main__":
    main()
