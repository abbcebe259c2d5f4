"""``--watch``: making the book again whenever something that it depends on changes.

Each round is a new process that knows nothing of earlier rounds, so that none can use outdated state. While nothing
changes, the next one stands by: modules are imported, the warm process is ready, the last book is laid out, and what
has been submitted is read. After a correction only the remaining work has to be done; it begins as soon as a change is
noticed, although files may still be on their way.
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
"""Arguments of :func:`baocao.standing.book` as JSON; ``start`` is the project's folder."""
_CHANGING, _CHANGED = b"changing\n", b"changed\n"
"""What a round that stands by is told."""
_ENDS = 10.0
"""Seconds for a round to stop before it is killed."""


class _Round:
    """A process that makes the book once.

    Parameters
    ----------
    asked
        The arguments for the book.
    ahead
        Whether it stands by until it is told to begin.
    """

    def __init__(self, asked: Asked, *, ahead: bool) -> None:
        self._program = program_state()
        command = [sys.executable, "-m", "baocao.cli.rebuild", json.dumps({**asked, "ahead": ahead})]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE if ahead else subprocess.DEVNULL)

    def holds(self) -> bool:
        """Whether the process is alive and runs the present version of program and libraries."""
        return self._process.poll() is None and self._program == program_state()

    def prepare(self) -> None:
        """Let the round read what has changed so far, if it stands by."""
        if sys.platform != "win32":  # there, a file that is being read cannot be replaced: a save would fail
            self._tell(_CHANGING)

    def run(self) -> int:
        """Let the round begin and wait for its end; returns its exit code."""
        self._tell(_CHANGED)
        return self._process.wait()

    def _tell(self, word: bytes) -> None:
        if self._process.stdin:
            with suppress(OSError):
                self._process.stdin.write(word)
                self._process.stdin.flush()

    def end(self) -> None:
        """Stop the process, whatever it is doing."""
        if sys.platform != "win32":
            self._process.terminate()
        elif self._process.stdin:  # Windows has no signal for this; Ctrl-C reaches a running round directly
            self._process.stdin.close()
        try:
            self._process.wait(_ENDS)
        except subprocess.TimeoutExpired:
            self._process.kill()


def watch(start: Path | None, asked: Asked) -> int:
    """Make the book, and make it again after each change, until stopped.

    Parameters
    ----------
    start
        As for :func:`baocao.sources.find_root`.
    asked
        The other arguments; ``force`` applies to the first round only.

    Returns
    -------
    int
        The exit code of the first round, if it could not begin because of wrong arguments or configuration.
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
            # This order ensures that no change made meanwhile is missed.
            before, watched = watched, Watched(root)
            rest, now = watched.glance(), before.glance()
            changed = changes(seen, now)
            # Otherwise a round that changes files that it depends on would be followed by further ones for ever.
            hurried = bool(changed) and not hurried
            following = _Round(asked, ahead=not hurried and code in (ExitCode.OK, ExitCode.FINDINGS))
            if not hurried:
                show.say("\nĐang chờ thay đổi của tệp báo cáo, cấu hình, sổ tay… (dừng: Ctrl-C)")
                now = watched.wait_for_change(rest, following.prepare)
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


def _wait() -> bool:
    """Wait for changes; returns whether they are complete. Ends this process if the one that would tell is gone."""
    told = sys.stdin.buffer.readline()
    if not told:
        raise KeyboardInterrupt
    return told == _CHANGED


def main() -> None:
    """One round in a separate process; the process that started it reports if it was stopped."""
    process.hold_stopping()
    process.settle()
    process.collect_seldom()
    sys.exit(guarded(lambda: _round(json.loads(sys.argv[1])), tell_of_stop=False))


if __name__ == "__main__":
    main()
