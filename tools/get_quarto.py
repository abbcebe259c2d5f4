"""Try to install the pinned Quarto into this Python's environment; without it the built-in renderer is used.

While it is installed, Quarto's package downloads the program from a code host, which closed networks cannot reach. So
the host is tried first with a short timeout, and the attempt is remembered: ``make report`` tries once, ``make quarto``
(argument ``again``) each time. The exit status is 1 only if Quarto was asked for and could not be installed.
"""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from baocao.book.quarto import find_quarto

HOST = "https://github.com/quarto-dev/quarto-cli"
REACH_SECONDS = 8
INSTALL_SECONDS = 600
TRIED = Path(sys.prefix) / "quarto.tried"
INSTALL = (
    *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
    *("--no-deps", "--no-build-isolation", "--require-hashes", "-r", "requirements-quarto.txt"),
)


def installed() -> str:
    """The version of the Quarto that books are made with; empty if there is none."""
    find_quarto.cache_clear()
    found = find_quarto()
    return found.version if found.usable else ""


def reachable() -> bool:
    """Whether the code host answers (through the environment's proxy, if there is one)."""
    try:
        with urllib.request.urlopen(urllib.request.Request(HOST, method="HEAD"), timeout=REACH_SECONDS):
            return True
    except (OSError, urllib.error.URLError):
        return False


def install() -> str:
    """Install Quarto with pip; returns its version, empty if that failed."""
    print("Đang tải Quarto 1.10 (khoảng 150 MB)…", flush=True)
    try:
        subprocess.run(INSTALL, capture_output=True, timeout=INSTALL_SECONDS, check=True)
    except subprocess.SubprocessError:
        return ""
    return installed()


def main(again: bool) -> int:
    if version := installed():
        if again:
            print(f"Đã có Quarto {version}.")
        return 0
    if TRIED.exists() and not again:
        return 0
    TRIED.touch()
    if reachable() and (version := install()):
        print(f"Đã cài Quarto {version}.")
        return 0
    print("Chưa tải được Quarto ở mạng này: sách vẫn dựng được bằng bộ dựng kèm theo. Chạy “make quarto” để thử lại.")
    return int(again)


if __name__ == "__main__":
    sys.exit(main(again=sys.argv[1:] == ["again"]))
