"""The one module that calls Quarto."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from baocao.errors import ExitCode, UserError
from baocao.scratch import scratch_folder
from baocao.text import so_far, times

OLDEST = (1, 9)
"""The oldest supported release: the first that makes books through Typst."""
BOOK_FILE = "_book.yml"
"""File beside the chapters with the book's title, month and chapter list; ``_quarto.yml`` names it."""
PRERENDERED = "BAOCAO_PRERENDERED"
"""Variable set while baocao itself calls Quarto; the pre-render step then has nothing to do."""
PAUSE = 5
"""Seconds between two messages about Quarto's progress."""
KEPT = 15
"""Number of Quarto's last lines that are shown if it fails."""
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_TRACE = re.compile(r"Stack trace:|at (?:async )?\S+ \(?(?:file|ext):.*|at (?:file|ext|async file):.*")
"""Lines of Quarto's stack traces, which do not help the user."""
_PAGE = re.compile(r"\[ *(\d+)/(\d+)\] ")
_KEEPS = {"XDG_CACHE_HOME": ".cache", "XDG_DATA_HOME": ".local/share"}
"""Variables that name Quarto's cache and data folders → the default folder in the user's home."""
_PAPER = "to: typst"
"""Beginning of Quarto's output about the PDF, which is one document of all chapters."""


@dataclass(frozen=True)
class Found:
    """The Quarto of this machine, or why there is none that can be used."""

    path: str = ""
    version: str = ""
    problem: str = ""

    @property
    def usable(self) -> bool:
        return not self.problem


@lru_cache(maxsize=1)
def find_quarto() -> Found:
    """Look for ``quarto`` beside this Python, then on PATH, and ask for its version."""
    # shutil.which, because the file is quarto.exe on Windows.
    path = shutil.which("quarto", path=str(Path(sys.executable).parent)) or shutil.which("quarto")
    if not path:
        return Found(problem="máy này chưa cài Quarto")
    try:
        answer = subprocess.run(
            [path, "--version"], capture_output=True, encoding="utf-8", errors="replace", timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()[-1:]
        return Found(path, problem=f"có Quarto nhưng không chạy được ({''.join(said)})")
    match = re.search(r"(\d+)\.(\d+)\.(\d+)", answer.stdout)
    if not match:
        return Found(path, problem="không đọc được phiên bản Quarto")
    if (int(match[1]), int(match[2])) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        return Found(path, match[0], f"Quarto {match[0]} cũ hơn {oldest}")
    return Found(path, match[0])


def render(root: Path, to: str, month: str, say: Callable[[str], None]) -> None:
    """Run ``quarto render`` on a project whose chapters are already written.

    Parameters
    ----------
    root
        The project folder.
    to
        ``html``, ``pdf`` or ``all``.
    month
        The report month, for the pre-render step.
    say
        Called from time to time with a progress message.

    Raises
    ------
    UserError
        If there is no usable Quarto, or it fails; the error has its last messages.
    """
    found = find_quarto()
    if not found.usable:
        raise UserError(f"{found.problem}.", hint="Cài Quarto 1.10, hoặc chạy với --engine pandoc.")
    # --no-clean: asked for one form only, Quarto would remove the other.
    forms = {"html": ["--to", "html", "--no-clean"], "pdf": ["--to", "baocao-typst", "--no-clean"]}
    command = [found.path, "render", *forms.get(to, [])]
    environment = {"QUARTO_PYTHON": sys.executable, "REPORT_MONTH": month, PRERENDERED: "1"}
    with scratch_folder("quarto") as scratch:
        code, last = _run(command, root, os.environ | environment | homeless(os.environ, scratch), say)
    if code:
        raise UserError("\n".join(["quarto render dừng với lỗi:", *last]), exit_code=ExitCode.FINDINGS)


def homeless(environment: Mapping[str, str], scratch: Path) -> dict[str, str]:
    """Environment variables for Quarto if the user has no writable home, as for a service.

    Without them Quarto would fail or, without ``HOME``, write into the project's folder.
    """
    folders = {name: environment.get(name) or _below_home(environment, below) for name, below in _KEEPS.items()}
    return {name: str(scratch / name) for name, folder in folders.items() if os.name != "nt" and not _is_open(folder)}


def _below_home(environment: Mapping[str, str], folder: str) -> str:
    home = environment.get("HOME")
    return str(Path(home, folder)) if home else ""


def _is_open(folder: str) -> bool:
    """Whether a folder can be written to or created."""
    path = Path(folder)
    nearest = next((one for one in (path, *path.parents) if one.exists()), path)
    return path.is_absolute() and nearest.is_dir() and os.access(nearest, os.W_OK)


def _run(
    command: Sequence[str], root: Path, environment: Mapping[str, str], say: Callable[[str], None]
) -> tuple[int, list[str]]:
    """Run a command; returns its exit status and the last lines that it printed."""
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            last = follow(process.stdout or (), say)
        except BaseException:
            process.kill()
            raise
    return process.returncode, last


def follow(lines: Iterable[str], say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> list[str]:
    """Report Quarto's progress, seen from what it prints, at most every :data:`PAUSE` seconds.

    Returns
    -------
    list of str
        The last :data:`KEPT` lines, without colours, empty lines and stack traces.
    """
    began = first = told = clock()
    last = deque[str](maxlen=KEPT)
    for line in lines:
        text = _COLOUR.sub("", line).strip()
        if not text or _TRACE.fullmatch(text):
            continue
        last.append(text)
        if page := _PAGE.match(text):
            now, done, total = clock(), int(page[1]) - 1, int(page[2])
            first = first if done else now
            if now - told < PAUSE:
                continue
            told = now
            left = (now - first) / done * (total - done) if done else 0
            say(f"{so_far(done, total)} trang  {times(now - began, left)}")
        elif text == _PAPER:
            say("Các trang đã xong; Quarto dàn trang bản PDF…")
    return list(last)
