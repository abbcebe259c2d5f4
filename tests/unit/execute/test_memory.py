"""What is kept back of a process's memory is lent in shares by whoever watches, and whole by itself."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest

from baocao.execute.memory import MEMORY, MEMORY_VARIABLE, RESERVE, lend_share, memory_bound

BOUNDED = """
import resource, sys
last = 4 << 30
resource.setrlimit(resource.RLIMIT_DATA, (last - int(sys.argv[1]), last))
print("bounded", flush=True)
for line in sys.stdin:
    if line.strip() == "lend":
        from baocao.execute.memory import lend_reserve
        lend_reserve()
    print(last - resource.getrlimit(resource.RLIMIT_DATA)[0], flush=True)
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds of memory hold on Linux")


@pytest.fixture
def bounded():
    """Starts processes that keep so many bytes back; each answers a line with how many it still keeps back."""
    started = []

    def start(kept_back):
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", BOUNDED, str(kept_back)]
        started.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, bufsize=1))
        assert started[-1].stdout.readline() == "bounded\n"
        return started[-1]

    yield start
    for process in started:
        process.communicate()


def kept_back(process, line="\n"):
    process.stdin.write(line)
    return int(process.stdout.readline())


def test_a_process_is_lent_share_by_share_until_nothing_is_kept_back(bounded):
    process = bounded(RESERVE)
    left = [kept_back(process)]
    while left[-1]:
        lend_share(process.pid)
        left.append(kept_back(process))
    assert len(left) > 2
    assert len({before - after for before, after in pairwise(left)}) == 1
    lend_share(process.pid)
    assert kept_back(process) == 0


def test_a_process_takes_at_once_what_others_have_not_lent_it_yet(bounded):
    process = bounded(RESERVE)
    lend_share(process.pid)
    assert 0 < kept_back(process) < RESERVE
    assert kept_back(process, "lend\n") == 0


@pytest.mark.parametrize("own", [0, 1 << 20, RESERVE - 1, RESERVE * 2])
def test_a_process_that_has_bounded_itself_keeps_its_bound(bounded, own):
    process = bounded(own)
    lend_share(process.pid)
    assert kept_back(process, "lend\n") == own


def test_a_process_that_has_ended_is_lent_nothing():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    lend_share(process.pid)


@pytest.mark.parametrize(("text", "bound"), [("", MEMORY), ("512", 512), ("0", 0), ("-1", MEMORY), ("2 GB", MEMORY)])
def test_a_bound_that_is_no_whole_number_is_the_usual_one(monkeypatch, text, bound):
    monkeypatch.setenv(MEMORY_VARIABLE, text)
    assert memory_bound() == bound
