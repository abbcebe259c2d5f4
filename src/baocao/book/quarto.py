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
"""The oldest release that makes books through Typst."""
BOOK_FILE = "_book.yml"
"""Title, month and chapters of the book among its chapters; ``_quarto.yml`` names it as a metadata file."""
PRERENDERED = "BAOCAO_PRERENDERED"
"""Set while baocao itself calls Quarto: the pre-render step then has nothing to do."""
PAUSE = 5
"""Seconds between two words on how far Quarto is."""
KEPT = 15
"""How many of its last lines are shown if it fails."""
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_TRACE = re.compile(r"Stack trace:|at (?:async )?\S+ \(?(?:file|ext):.*|at (?:file|ext|async file):.*")
"""Where in its own code Quarto failed: nothing that a reader could mend."""
_PAGE = re.compile(r"\[ *(\d+)/(\d+)\] ")
_KEEPS = {"XDG_CACHE_HOME": ".cache", "XDG_DATA_HOME": ".local/share"}
"""Variables that name where Quarto keeps what it may need again, and which folder of the user's home it is without."""
_PAPER = "to: typst"
"""How Quarto begins to tell of a PDF, which is one document of all chapters."""


@dataclass(frozen=True)
class Found:
    """A Quarto on this machine, or why there is none to use."""

    path: str = ""
    version: str = ""
    problem: str = ""

    @property
    def usable(self) -> bool:
        return not self.problem


@lru_cache(maxsize=1)
def find_quarto() -> Found:
    """Look for ``quarto`` beside this Python first, then on PATH, and ask its version."""
    # which, as its name there is quarto.exe on Windows.
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
    """Run ``quarto render`` on the project, whose chapters are already written.

    Parameters
    ----------
    root
        The project folder.
    to
        ``html``, ``pdf`` or ``all``.
    month
        The report month, for the pre-render step.
    say
        Told from time to time how far it is.

    Raises
    ------
    UserError
        If there is no usable Quarto, or it fails; the end of its messages is shown.
    """
    found = find_quarto()
    if not found.usable:
        raise UserError(f"{found.problem}.", hint="Cài Quarto 1.10, hoặc chạy với --engine pandoc.")
    # Asked for one form only, Quarto would clear the other away.
    forms = {"html": ["--to", "html", "--no-clean"], "pdf": ["--to", "baocao-typst", "--no-clean"]}
    command = [found.path, "render", *forms.get(to, [])]
    environment = {"QUARTO_PYTHON": sys.executable, "REPORT_MONTH": month, PRERENDERED: "1"}
    with scratch_folder("quarto") as scratch:
        code, last = _run(command, root, os.environ | environment | homeless(os.environ, scratch), say)
    if code:
        raise UserError("\n".join(["quarto render dừng với lỗi:", *last]), exit_code=ExitCode.FINDINGS)


def homeless(environment: Mapping[str, str], scratch: Path) -> dict[str, str]:
    """What Quarto is told where the user has no home that it can write in, as who runs a service.

    It would fail, or without ``HOME`` take the project's folder for it.
    """
    folders = {name: environment.get(name) or _below_home(environment, below) for name, below in _KEEPS.items()}
    return {name: str(scratch / name) for name, folder in folders.items() if os.name != "nt" and not _is_open(folder)}


def _below_home(environment: Mapping[str, str], folder: str) -> str:
    home = environment.get("HOME")
    return str(Path(home, folder)) if home else ""


def _is_open(folder: str) -> bool:
    """Whether a folder may be written or made."""
    path = Path(folder)
    nearest = next((one for one in (path, *path.parents) if one.exists()), path)
    return path.is_absolute() and nearest.is_dir() and os.access(nearest, os.W_OK)


def _run(
    command: Sequence[str], root: Path, environment: Mapping[str, str], say: Callable[[str], None]
) -> tuple[int, list[str]]:
    """Its exit status and the last lines that it printed."""
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
    """Tell from what Quarto prints how far it is, at most every :data:`PAUSE` seconds.

    Returns
    -------
    list of str
        The last :data:`KEPT` lines, without colours, empty ones and traces.
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
