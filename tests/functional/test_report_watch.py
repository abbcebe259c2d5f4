"""``--watch``: each change makes the book that a command by itself would make."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import psutil
import pytest

from projects import Project

DATA = "data/submissions/2026-01/VP.hoat-dong.csv"
WAITS = "Đang chờ thay đổi"
_LONG = 300.0


class Running:
    """A command that watches; what it says, line by line."""

    def __init__(self, root: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "baocao", *arguments, "--watch"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, cwd=root, stdout=subprocess.DEVNULL, stderr=pipe, encoding="utf-8", start_new_session=True
        )
        self._lines: Queue[str] = Queue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self._lines.put(line)
        self._lines.put("")

    def until(self, text: str) -> str:
        """What is said up to a line with this text."""
        said = ""
        while text not in (line := self._lines.get(timeout=_LONG)):
            assert line, said
            said += line
        return said + line

    def stop(self, number: int) -> tuple[int, str]:
        """Send a signal to all that the command started, as a terminal does; its exit code and what it said."""
        os.killpg(self.process.pid, number)
        code = self.process.wait(_LONG)
        said = ""
        while line := self._lines.get(timeout=_LONG):
            said += line
        self._thread.join()
        return code, said


@contextmanager
def running(root: Path, *arguments: str) -> Iterator[Running]:
    one = Running(root, *arguments)
    try:
        yield one
    finally:
        for child in psutil.Process(one.process.pid).children(recursive=True) if one.process.poll() is None else []:
            child.kill()
        one.process.kill()
        one.process.communicate()


def correct(root: Path, old: str, new: str, name: str = DATA) -> None:
    text = (root / name).read_text("utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), "utf-8")


def made(root: Path) -> dict[str, bytes]:
    folders = ("_book", "reports/chuong", "build/2026-01/data")
    paths = [path for name in folders for path in (root / name).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals there are others")
@pytest.mark.usefixtures("heeded")
def test_a_watched_book_is_what_a_command_by_itself_makes(own: Project, tmp_path: Path):
    with running(own.root, "report", "--engine", "pandoc") as one:
        assert "không có gì thay đổi" in one.until(WAITS)
        standing_by = psutil.Process(one.process.pid).children(recursive=True)
        correct(own.root, "1.500.000", "2.500.000")
        said = one.until(WAITS)
        assert f"Có thay đổi: {DATA}." in said
        assert "Kinh phí" in said
        correct(own.root, "name: UBND", "nam: UBND", "params/site.yml")
        said = one.until(WAITS)
        assert "Có thay đổi: params/site.yml." in said
        assert "params/site.yml: name: thiếu khóa bắt buộc" in said
        correct(own.root, "nam: UBND", "name: UBND", "params/site.yml")
        correct(own.root, "Họp vận động tặng sách", "Họp vận động góp sách")
        assert f"Có thay đổi: {DATA}, params/site.yml." in one.until(WAITS)
        standing_by += psutil.Process(one.process.pid).children(recursive=True)
        code, said = one.stop(signal.SIGINT)
    assert (code, said.strip()) == (130, "Đã dừng theo yêu cầu; những gì đã xong được giữ lại.")
    assert not psutil.wait_procs(standing_by, timeout=_LONG)[1]

    alone = shutil.copytree(own.root, tmp_path / "alone", ignore=shutil.ignore_patterns("build", "_book", "chuong"))
    assert Project(alone).baocao("report", "--engine", "pandoc").code in (0, 1)
    assert made(own.root) == made(alone)
    again = own.baocao("report", "--engine", "pandoc", "--json")
    assert {one["state"] for one in json.loads(again.out)["notebooks"]} == {"unchanged"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals there are others")
@pytest.mark.usefixtures("heeded")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_what_stands_by_goes_with_the_command(own: Project, number: int):
    with running(own.root, "report", "--engine", "pandoc") as one:
        one.until(WAITS)
        standing_by = psutil.Process(one.process.pid).children(recursive=True)
        assert standing_by
        one.process.send_signal(number)
        assert one.process.wait(_LONG) == {signal.SIGTERM: 143, signal.SIGKILL: -9}[number]
        assert not psutil.wait_procs(standing_by, timeout=_LONG)[1]


def test_watching_is_for_people_and_needs_a_book_that_can_begin(own: Project):
    done = own.baocao("report", "--watch", "--json")
    assert (done.code, done.out) == (2, "")
    assert "--json" in done.err
    assert own.baocao("render", "2025-13", "--watch").code == 2
