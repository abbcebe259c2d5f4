"""A folder for a while goes with its block; what a killed process left goes with the next one that is made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time

import pytest

from baocao import scratch
from baocao.scratch import scratch_folder

HOLDS = """
import subprocess, time
from baocao.scratch import scratch_folder
with scratch_folder("try") as folder:
    (folder / "inside").mkdir()
    subprocess.Popen(["sleep", "600"], close_fds=False)  # back once that program runs
    print(folder, flush=True)
    time.sleep(600)
"""
pytestmark = pytest.mark.skipif(scratch.fcntl is None, reason="this system has no such locks")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The folder for temporary files, of this process and those that it starts."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield tmp_path
    tempfile.tempdir = None


@pytest.fixture
def holder(place):
    """A process that holds a folder which is there for long."""
    process = subprocess.Popen([sys.executable, "-c", HOLDS], stdout=subprocess.PIPE, text=True, process_group=0)
    (folder,) = process.stdout.readline().split()
    os.utime(folder, (1, 1))
    yield process
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def there(place):
    """The folders that are left once another one was made and is gone again, as in a new process."""
    scratch._tidy.cache_clear()
    with scratch_folder("other") as mine:
        assert mine.parent == place
    return [path.name.partition("-")[2][:4] for path in place.iterdir()]


def test_a_folder_goes_with_its_block(place):
    with scratch_folder("try") as folder:
        (folder / "inside").mkdir()
    assert list(place.iterdir()) == []


def test_no_file_stays_open_when_a_folder_is_gone(place):
    def next_file() -> int:
        file = os.open(place, os.O_RDONLY)
        os.close(file)
        return file

    before = next_file()
    with scratch_folder("try"):
        pass
    assert next_file() == before


def test_what_a_killed_process_left_is_removed_and_what_another_one_uses_is_not(place, holder):
    assert there(place) == ["try-"]
    os.kill(holder.pid, signal.SIGKILL)  # what it started lives on, and holds nothing
    holder.wait()
    assert there(place) == []


def test_what_was_made_just_now_or_is_not_its_own_is_left_alone(place):
    left = place / "baocao-slices-abcd1234.tam"
    left.mkdir()
    others = [place / name for name in ("baocao-slices-abcd1234", "baocao-thu", "x-baocao-slices-abcd1234.tam")]
    linked = place / "baocao-slices-abcd5678.tam"
    for other in others:
        other.mkdir()
    linked.symlink_to(others[1])
    for one in others:
        os.utime(one, (1, 1))
    os.utime(linked, (1, 1), follow_symlinks=False)
    assert len(there(place)) == 5
    os.utime(left, (time.time() - 61,) * 2)
    there(place)
    assert sorted(place.iterdir()) == sorted([*others, linked])


def test_where_there_are_no_such_locks_nothing_is_removed(place, monkeypatch):
    monkeypatch.setattr(scratch, "fcntl", None)
    left = place / "baocao-slices-abcd1234.tam"
    left.mkdir()
    os.utime(left, (1, 1))
    assert there(place) == ["slic"]
