"""Forked children give what ordinary kernels give, cell by cell, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

import odd_notebooks as odd
from baocao.execute.warm import control

pytestmark = pytest.mark.skipif(bool(control.unsupported()), reason=control.unsupported())


@pytest.fixture(scope="module", autouse=True)
def settled(tmp_path_factory):
    """Kernels without the developer's profile; the zygote ends with the module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        patch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
        patch.setenv("PYTHONHASHSEED", "0")
        control.stop()
        yield
        control.stop()


def both(folder: Path, sources, tags=("raises-exception",), **settings):
    odd.write(folder / "in.ipynb", sources, tags)
    plain = odd.executed(folder / "in.ipynb", folder / "plain.ipynb", warm=False, **settings)
    return plain, odd.executed(folder / "in.ipynb", folder / "warm.ipynb", warm=True, **settings)


def alone(folder: Path, *sources: str) -> list[str]:
    """The printed output of each cell of a notebook in a forked child."""
    odd.write(folder / "in.ipynb", sources, ())
    _, notebook = odd.executed(folder / "in.ipynb", folder / "out.ipynb", warm=True)
    return ["".join(output.get("text", "") for output in cell.outputs) for cell in notebook.cells]


@pytest.mark.slow
def test_odd_cells_give_what_an_ordinary_kernel_gives(tmp_path):
    plain, warm = both(tmp_path, odd.CALM)
    assert warm[0] == plain[0]
    assert [cell.source for cell in warm[1].cells if cell.cell_type == "code"] == list(odd.CALM)
    for mine, other in zip(warm[1].cells, plain[1].cells, strict=True):
        assert mine == other, mine.source
    assert warm[1].metadata == plain[1].metadata


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sources", "settings", "raised"),
    [
        (["print(1)", "1 / 0", "print('never')"], {}, "PapermillExecutionError"),
        (["print('before', flush=True)\nimport os\nos.kill(os.getpid(), 9)", "1"], {}, "DeadKernelError"),
        (["import time\nprint('before', flush=True)\ntime.sleep(60)"], {"execution_timeout": 1}, "CellTimeoutError"),
        (["exit"], {}, ""),
    ],
    ids=["error", "killed", "timeout", "exit"],
)
def test_a_notebook_that_ends_badly_ends_as_in_an_ordinary_kernel(tmp_path, sources, settings, raised):
    plain, warm = both(tmp_path, sources, (), **settings)
    assert (warm[0], plain[0]) == (raised, raised)
    assert warm[1] == plain[1]


def test_nothing_leaks_from_one_notebook_to_the_next(tmp_path):
    alone(
        tmp_path,
        "import builtins, os, random, sys, numpy, pandas\nbuiltins.leak = 1\nos.environ['LEAK'] = '1'\nos.chdir('/')",
        "pandas.DataFrame.leak = 1\nsys.path.append('leak')",
        "sys.modules['leak'] = sys\nf = open('/dev/zero')\nleft = 1",
        "import warnings\nwarnings.simplefilter('error')\nsys.setrecursionlimit(777)",
    )
    printed = alone(
        tmp_path / "second",
        "import os, sys, pandas\nprint('leak' in dir(__builtins__), 'LEAK' in os.environ, os.getcwd())",
        "print(hasattr(pandas.DataFrame, 'leak'), 'leak' in sys.path, 'leak' in sys.modules, 'left' in globals())",
        "opened = [os.path.realpath(f'/proc/self/fd/{i}') for i in range(9, 40)]",
        "print(sys.getrecursionlimit() == 777, '/dev/zero' in opened)",
    )
    assert printed == [f"False False {os.getcwd()}\n", "False False False False\n", "", "False False\n"]


def test_random_numbers_differ_from_notebook_to_notebook(tmp_path):
    source = "import random, numpy\nprint(random.random(), numpy.random.random(), numpy.random.default_rng().random())"
    first, second = (alone(tmp_path / name, source)[0].split() for name in "ab")
    assert len({*first, *second}) == 6


def test_a_child_that_is_killed_is_noticed_though_its_own_child_lives_on(tmp_path):
    began = time.monotonic()
    source = "import os, subprocess\nsubprocess.Popen(['sleep', '600'])\nos.kill(os.getpid(), 9)"
    odd.write(tmp_path / "in.ipynb", [source], ())
    raised, _ = odd.executed(tmp_path / "in.ipynb", tmp_path / "out.ipynb", warm=True)
    assert raised == "DeadKernelError"
    assert time.monotonic() - began < 300


def gone(process: int) -> bool:
    return not Path(f"/proc/{process}").exists()


def test_what_a_notebook_started_ends_with_it_and_no_zombie_stays(tmp_path):
    text = alone(tmp_path, "import os, subprocess\nprint(os.getpid(), subprocess.Popen(['sleep', '600']).pid)")[0]
    zygote = control.start()
    deadline = time.monotonic() + 60
    while not all(gone(int(one)) for one in text.split()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [one for one in text.split() if not gone(int(one))] == []
    control.stop()
    assert gone(zygote.process)


def test_a_notebook_goes_on_in_a_new_zygote_when_the_old_one_was_killed(tmp_path):
    os.kill(control.start().process, signal.SIGKILL)
    assert alone(tmp_path, "print('here')") == ["here\n"]


def test_a_notebook_runs_in_an_ordinary_kernel_where_forking_is_not_safe(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert alone(tmp_path, "print('here')") == ["here\n"]
    assert "kernel thường" in caplog.text
