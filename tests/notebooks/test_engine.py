"""Warm children, forked or spawned, give what ordinary kernels give, cell by cell, and leave nothing behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pandera.pandas  # noqa: F401 - sets variables, which must not come between two runs that are compared
import papermill
import psutil
import pytest
from filelock import FileLock
from jupyter_client.kernelspec import NoSuchKernel

import odd_notebooks as odd
from baocao import reads, slices
from baocao.execute import papermill_runner
from baocao.execute.jobs import Job
from baocao.execute.memory import MEMORY_VARIABLE, memory_at_bound
from baocao.execute.warm import children, control, engine, forked
from baocao.execute.warm.children import Expected
from projects import REPOSITORY

FORKS = control.way()[0] == "fork"
WAYS = ["fork", "spawn"] if FORKS else ["spawn"]
pytestmark = pytest.mark.skipif(not control.way()[0], reason=control.way()[1])


@pytest.fixture(scope="module", autouse=True)
def settled(tmp_path_factory):
    """Kernels without the developer's profile; what they came from ends with the module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        patch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
        patch.setenv("PYTHONHASHSEED", "0")
        control.stop()
        yield
        control.stop()


@pytest.fixture
def spawning(monkeypatch):
    """Children as on a system that cannot fork."""
    control.stop()
    monkeypatch.setenv(control.ENGINE_VARIABLE, "spawn")
    control.start(1, Expected(1, 0))
    yield
    control.stop()


@pytest.fixture(scope="module", params=WAYS)
def kind(request):
    """Of the module, so that tests of one way run after each other: those that fork then share a warm process."""
    return request.param


@pytest.fixture
def way(request, kind):
    """Each way of making children."""
    if kind == "spawn":
        request.getfixturevalue("spawning")
    return kind


@pytest.fixture
def ordinary(shared_folder):
    """Calls with a name and cells: their notebook, what papermill raised and what it kept, run once for all ways."""

    def run(name, sources, tags, **settings):
        folder = shared_folder / "ordinary" / name
        folder.mkdir(parents=True, exist_ok=True)
        source, output, told = folder / "in.ipynb", folder / "plain.ipynb", folder / "raised"
        with FileLock(folder / "lock"):
            if not told.exists():
                odd.write(source, sources, tags)
                told.write_text(odd.executed(source, output, warm=False, **settings)[0], "utf-8")
        return source, (told.read_text("utf-8"), odd.kept(output))

    return run


@pytest.fixture
def calm(ordinary, shared_folder, monkeypatch):
    """The odd cells in an ordinary kernel; whatever else runs them in this folder and environment is held against it.

    Requested before other fixtures: these start what takes its environment from here.
    """
    (shared_folder / "calm").mkdir(exist_ok=True)
    monkeypatch.chdir(shared_folder / "calm")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY / "tests")]))
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.setenv(control.ENGINE_VARIABLE, "fork")
    control.stop()
    yield ordinary("calm", odd.CALM, ("raises-exception",))
    control.stop()


def alone(folder: Path, *sources: str) -> list[str]:
    """The printed output of each cell of a notebook in a forked child."""
    odd.write(folder / "in.ipynb", sources, ())
    _, notebook = odd.executed(folder / "in.ipynb", folder / "out.ipynb", warm=True)
    return ["".join(output.get("text", "") for output in cell.outputs) for cell in notebook.cells]


@pytest.mark.slow
def test_odd_cells_give_what_an_ordinary_kernel_gives(tmp_path, calm, way):
    source, plain = calm
    assert "ModuleNotFoundError" not in str(plain[1]), "a library that the odd cells use is not installed"
    warm = odd.executed(source, tmp_path / "warm.ipynb", warm=True)
    assert warm[0] == plain[0]
    assert [cell.source for cell in warm[1].cells if cell.cell_type == "code"] == list(odd.CALM)
    for mine, other in zip(warm[1].cells, plain[1].cells, strict=True):
        assert mine == other, mine.source
    assert warm[1].metadata == plain[1].metadata


SHARED = """
from baocao import process
process.settle()
import os, sys
from pathlib import Path
import psutil
from baocao.execute.warm import control
from baocao.execute.warm.children import Expected
from projects import REPOSITORY

zygote = control.start(1, Expected(1, 0), share=True)
import odd_notebooks
print(*odd_notebooks.executed(Path(sys.argv[1]), Path(sys.argv[2]), warm=True)[:1])
print(psutil.Process(zygote.process).cmdline() == psutil.Process().cmdline())
for number in (0, 1, 2):
    sys.stdout.write("once ")
"""


@pytest.mark.slow
def test_a_warm_process_that_is_a_fork_of_the_command_gives_the_same(tmp_path, calm):
    if not FORKS:
        pytest.skip("this system cannot fork safely")
    control.stop()
    source, plain = calm
    # Named, or variables come along that a library in C has set behind Python's back.
    known = dict(os.environ)
    command = [sys.executable, "-c", SHARED, str(source), str(tmp_path / "shared.ipynb")]
    done = subprocess.run(command, env=known, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["PapermillExecutionError", "True", "once once once "], done.stderr
    assert plain[0] == "PapermillExecutionError"
    for mine, other in zip(odd.kept(tmp_path / "shared.ipynb").cells, plain[1].cells, strict=True):
        assert mine == other, mine.source


# ipykernel does not wait for a flush while any thread of it imports something: the text gets the time to leave.
SAID = "import os, time\nprint('before', flush=True)\ntime.sleep(1)\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sources", "settings", "raised"),
    [
        (["print(1)", "1 / 0", "print('never')"], {}, "PapermillExecutionError"),
        ([f"{SAID}os.kill(os.getpid(), 9)", "1"], {}, "DeadKernelError"),
        (["import time\nprint('before', flush=True)\ntime.sleep(60)"], {"execution_timeout": 1}, "CellTimeoutError"),
        ([f"{SAID}os.abort()"], {}, "DeadKernelError"),
        # On a machine under load nbclient may find the kernel gone before it reads that its cell is done.
        (["exit"], {"by_chance": "DeadKernelError"}, ""),
    ],
    ids=["error", "killed", "timeout", "abort", "exit"],
)
def test_a_notebook_that_ends_badly_ends_as_in_an_ordinary_kernel(
    request, tmp_path, ordinary, way, sources, settings, raised
):
    name = request.node.callspec.id.replace(way, "").strip("-")
    source, plain = ordinary(name, sources, (), **settings)
    warm = odd.executed(source, tmp_path / "warm.ipynb", warm=True, **settings)
    assert (warm[0], plain[0]) == (raised, raised)
    assert warm[1] == plain[1]


# A thread that never rests: whoever waits for his turn waits long, and turns come in any order.
BUSY = """
import os, threading
def busy():
    while True:
        sum(range(10_000))
threading.Thread(target=busy, daemon=True).start()
"""
MIXED = "os.write(1, b'one\\n')\nprint('two')\nos.system('echo three')\nprint('four')\n_ = os.write(1, b'five\\n')"


def test_what_is_written_to_a_file_descriptor_stands_in_its_cell_at_its_place(tmp_path, way, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # under pytest ipykernel leaves the descriptors alone
    assert alone(tmp_path, BUSY, *[MIXED] * 20)[1:] == ["one\ntwo\nthree\nfour\nfive\n"] * 20


def test_a_character_of_which_the_bytes_come_apart_is_whole(tmp_path, way, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    apart = "import os, time\nfor one in 'Xã Đông Hòa, ấp Tiền Giang\\n'.encode():\n    os.write(1, bytes([one]))\n"
    text = "Tuyên truyền, phổ biến pháp luật. " * 200
    long = f"import subprocess\n_ = subprocess.run(['printf', '%s', {text!r}])"
    odd_bytes = "_ = os.write(1, b'\\xff\\n')"
    printed = alone(tmp_path, apart + "    time.sleep(0.01)", long, odd_bytes)
    assert printed == ["Xã Đông Hòa, ấp Tiền Giang\n", text, "\ufffd\n"]


def test_a_notebook_that_closes_its_descriptors_prints_on(tmp_path, way, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    close = """
import fcntl, os
pipe = os.readlink('/proc/self/fd/1')
for one in map(int, os.listdir('/proc/self/fd')):
    path = f'/proc/self/fd/{one}'
    if os.path.exists(path) and os.readlink(path) == pipe:
        if fcntl.fcntl(one, fcntl.F_GETFL) & os.O_ACCMODE == os.O_WRONLY:
            os.close(one)
"""
    assert alone(tmp_path, close, "print('here')", "print('there')") == ["", "here\n", "there\n"]


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


def test_a_notebook_may_fork_processes_of_its_own(tmp_path):
    # Not held against an ordinary kernel: processes forked from one share its ports, and a message may be lost.
    source = "from multiprocessing import get_context\nwith get_context('fork').Pool(2) as pool:\n    "
    assert alone(tmp_path, source + "print(pool.map(abs, [-1]))", "print('on')") == ["[1]\n", "on\n"]


def test_a_cell_that_reads_something_is_as_where_nobody_notes_it(tmp_path, monkeypatch):
    looking, *cells = (
        "import os\nfrom IPython.display import clear_output, display\nlook = os.path.exists",
        "display(look('first'))\nclear_output(wait=True)",
        "display(1)\nget_ipython().run_cell(\"look('second')\")\nlook('third')",
        "%%capture said\nprint(look('fourth'))",
        "look(os.fsdecode(b'sixth \\xff'))",
        "os.stat('fifth')",
    )
    odd.write(tmp_path / "in.ipynb", [looking, *cells])
    plain = odd.executed(tmp_path / "in.ipynb", tmp_path / "plain.ipynb", warm=True)[1]
    monkeypatch.setenv(slices.FOLDER_VARIABLE, str(tmp_path))
    told = reads.Told()
    noting = odd.executed(tmp_path / "in.ipynb", tmp_path / "noting.ipynb", warm=True, on_cell_executed=told)[1]
    assert {f"file:{name}" for name in ("first", "second", "third", "fourth", "fifth")} <= set(told.reads)
    assert "beyond" in told.reads
    assert not any("sixth" in name for name in told.reads)
    assert noting.cells == plain.cells
    shown = next(cell.outputs for cell in noting.cells if cell.source == cells[0])
    assert [output.data for output in shown] == [{"text/plain": "False"}]


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


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_what_a_notebook_started_ends_with_it_and_no_zombie_stays(tmp_path, way):
    text = alone(tmp_path, "import os, subprocess\nprint(os.getpid(), subprocess.Popen(['sleep', '600']).pid)")[0]
    deadline = time.monotonic() + 60
    while not all(gone(int(one)) for one in text.split()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [one for one in text.split() if not gone(int(one))] == []


KILLED = """
import os, sys
from pathlib import Path
import odd_notebooks as odd
odd.write(Path("in.ipynb"), [
    "import subprocess, time, os",
    "open('started', 'w').write(str(subprocess.Popen(['sleep', '600']).pid))",
    f"os.kill({os.getpid()}, 9)\\ntime.sleep(600)",
], ())
odd.executed(Path("in.ipynb"), Path("out.ipynb"), warm=True)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
@pytest.mark.parametrize("engine", WAYS)
def test_what_a_notebook_started_ends_with_a_command_that_is_killed(tmp_path, engine):
    paths = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY / "tests")])
    known = {**os.environ, "PYTHONPATH": paths, control.ENGINE_VARIABLE: engine}
    subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, env=known, check=False)
    process, deadline = int((tmp_path / "started").read_text("utf-8")), time.monotonic() + 60
    while not over(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert over(process)


def test_a_notebook_goes_on_in_a_new_zygote_when_the_old_one_was_killed(tmp_path):
    if not FORKS:
        pytest.skip("this system cannot fork safely")
    os.kill(control.start().process, signal.SIGKILL)
    assert alone(tmp_path, "print('here')") == ["here\n"]
    process = control.start().process
    control.stop()
    assert gone(process)


def over(process: int) -> bool:
    """Whether it has ended, also where nobody has buried it yet."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    return True


def test_a_warm_process_that_imports_yet_is_ended_without_waiting_for_it(tmp_path, monkeypatch):
    if not FORKS:
        pytest.skip("this system cannot fork safely")
    (tmp_path / "tabulate.py").write_text("import subprocess\nsubprocess.run(['sleep', '3600'])", "utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(REPOSITORY / "src")]))
    monkeypatch.setattr(forked, "BRIEF", 3600)
    zygote = forked.Zygote(1, Expected(1, 1))
    found = [psutil.Process(zygote.process)]
    deadline = time.monotonic() + 60
    while "sleep" not in [one.name() for one in found] and time.monotonic() < deadline:
        time.sleep(0.05)
        found = psutil.Process(zygote.process).children(recursive=True)
    assert len(found) == 2  # the other one renders charts
    zygote.close()
    assert gone(zygote.process)
    while not all(over(one.pid) for one in found) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [one for one in found if not over(one.pid)] == []


@pytest.fixture
def expecting():
    """A zygote from which three children are expected."""
    if not FORKS:
        pytest.skip("this system cannot fork safely")
    control.stop()
    yield control.start(1, Expected(3, 3))
    control.stop()


def kernels_of(zygote, count: int) -> set[int]:
    """Processes that a zygote forked, once there are so many."""
    process, deadline = psutil.Process(zygote.process), time.monotonic() + 60
    found = forks_of(process)
    while len(found) < count and time.monotonic() < deadline:
        found = forks_of(process)
    return found


def forks_of(process: psutil.Process) -> set[int]:
    """Its children but for those that run another program: a library asks ``uname`` while it is imported.

    Until such a one runs its program it looks like the others, so they are looked at twice.
    """
    found = copies_of(process)
    time.sleep(0.2)
    return found & copies_of(process)


def copies_of(process: psutil.Process) -> set[int]:
    found = set()
    for one in process.children():
        with contextlib.suppress(psutil.NoSuchProcess):
            if one.cmdline() == process.cmdline():
                found.add(one.pid)
    return found


def test_the_next_child_is_forked_ahead_as_long_as_more_are_expected(expecting):
    first = expecting.child()
    early = kernels_of(expecting, 3)  # one renders charts
    second = expecting.child()
    assert {first.process, second.process} < early
    kernels_of(expecting, 4)
    third = expecting.child()
    assert kernels_of(expecting, 4) == early | {third.process}
    for child in (first, second, third):
        child.close()


def test_a_child_that_was_forked_ahead_is_taken_only_for_what_it_was_asked_for(tmp_path, expecting, monkeypatch):
    assert alone(tmp_path / "a", "print('here')") == ["here\n"]
    early = kernels_of(expecting, 2)
    monkeypatch.setenv("LATER", "1")
    assert alone(tmp_path / "b", "import os\nprint(os.environ['LATER'])") == ["1\n"]
    control.stop()
    assert all(gone(one) for one in early)


def test_a_warm_process_that_does_not_end_is_killed_with_its_children(expecting):
    child = expecting.child()
    found = kernels_of(expecting, 3)
    os.kill(expecting.process, signal.SIGSTOP)
    expecting.close()
    assert gone(expecting.process)
    deadline = time.monotonic() + 60
    while not all(map(over, found)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [one for one in found if not over(one)] == []
    child.close()


def test_a_child_that_was_forked_ahead_and_killed_is_not_taken(tmp_path, expecting):
    first = expecting.child()
    killed = kernels_of(expecting, 3)  # with the one that renders charts
    for one in killed:
        os.kill(one, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while not all(gone(one) for one in killed) and time.monotonic() < deadline:
        time.sleep(0.05)
    first.close()
    assert alone(tmp_path, "print('here')") == ["here\n"]


def test_children_for_a_folder_that_is_known_are_forked_before_they_are_wanted(expecting, tmp_path):
    control.start(1, Expected(2, 0), str(tmp_path.resolve()))
    early = kernels_of(expecting, 2)
    with contextlib.closing(expecting.child(str(tmp_path.resolve()))) as child:
        assert child.process in early


def test_the_first_chart_starts_a_renderer_where_none_was_expected(tmp_path):
    if not FORKS:
        pytest.skip("this system cannot fork safely")
    control.stop()
    zygote = control.start(1, Expected(1, 0))
    chart = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}}
    drawn = f"import vl_convert\nprint(vl_convert.vegalite_to_svg({chart!r})[:4])"
    assert alone(tmp_path / "a", "print('none')") == ["none\n"]
    assert len(kernels_of(zygote, 0)) == 0
    assert alone(tmp_path / "b", drawn) == ["<svg\n"]
    assert len(kernels_of(zygote, 1)) == 1
    control.stop()


def test_a_helper_calls_a_function_while_children_come_and_go(expecting, tmp_path):
    (tmp_path / "a").write_text("x", "utf-8")
    helper = control.helper("shutil:copyfile", ["docx"])
    helper.call(tmp_path / "a", tmp_path / "b")
    assert alone(tmp_path / "n", "print('here')") == ["here\n"]
    helper.wait()
    assert (tmp_path / "b").read_text("utf-8") == "x"


@pytest.mark.parametrize(
    ("function", "arguments"), [("shutil:copyfile", ("/no", "/where")), ("no:thing", ()), ("os:abort", ())]
)
def test_a_helper_that_fails_costs_nothing_else(expecting, tmp_path, function, arguments):
    helper = control.helper(function)
    helper.call(*arguments)
    helper.wait()
    assert alone(tmp_path, "print('here')") == ["here\n"]


def test_without_a_warm_process_there_is_no_helper(spawning):
    assert control.helper("os:getpid") is None
    control.stop()
    assert control.helper("os:getpid") is None


def test_a_helper_whose_warm_process_is_lost_is_not_waited_for(expecting):
    helper = control.helper("time:sleep")
    helper.call(600)
    kernels_of(expecting, 2)
    os.kill(expecting.process, signal.SIGKILL)
    helper.wait()


def test_memory_is_bounded_and_the_cell_that_asks_for_more_says_so(tmp_path, way, monkeypatch):
    monkeypatch.setenv(MEMORY_VARIABLE, "700")
    odd.write(tmp_path / "in.ipynb", ["print('before')", "x = bytearray(1 << 30)", "print('never')"], ())
    raised, notebook = odd.executed(tmp_path / "in.ipynb", tmp_path / "out.ipynb", warm=True)
    assert raised == "PapermillExecutionError"
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output.get("ename", output.get("text")) for output in outputs][-2:] == ["before\n", "MemoryError"]


@pytest.mark.skipif(sys.platform != "linux", reason="bounds of memory hold on Linux")
@pytest.mark.parametrize("step", ["[1, 2, 3]", "[0] * 300"])
def test_a_notebook_that_runs_out_of_memory_in_small_steps_fails(tmp_path, way, monkeypatch, step):
    # In CPython 3.11 the first one turns in a circle where it has no 32 bytes to enter an exception's handler.
    monkeypatch.setenv(MEMORY_VARIABLE, "600")
    # On a busy machine a process may seem to stand still where it only waits: it gets what it will need later.
    seen = iter([1, 1])
    monkeypatch.setattr(engine, "memory_at_bound", lambda process: next(seen, 0) or memory_at_bound(process))
    odd.write(tmp_path / "in.ipynb", ["print('before')", f"x = []\nwhile True:\n    x.append({step})"], ())
    done = papermill_runner.execute(Job("n", tmp_path / "in.ipynb", ""), tmp_path / "out.ipynb", tmp_path)
    assert done.failure.error in ("MemoryError", "DeadKernelError")
    assert done.failure.message
    assert "before" in (tmp_path / "out.ipynb").read_text("utf-8")


def test_the_most_memory_of_a_notebook_is_noted(tmp_path, way):
    odd.write(tmp_path / "in.ipynb", ["x = b'x' * (300 << 20)", "del x"], ())
    odd.executed(tmp_path / "in.ipynb", tmp_path / "out.ipynb", warm=True)
    held = nbformat.read(tmp_path / "out.ipynb", as_version=4).metadata.papermill[engine.PEAK]
    assert 300 < held < 1000


@pytest.mark.parametrize(
    ("platform", "wanted", "how"),
    [("linux", "", "fork"), ("linux", "spawn", "spawn"), ("darwin", "", "spawn"), ("win32", "", "")],
)
def test_what_a_system_stands_is_chosen_without_being_asked(monkeypatch, platform, wanted, how):
    monkeypatch.setenv(control.ENGINE_VARIABLE, wanted)
    if platform == "linux" and not FORKS:
        pytest.skip("this system cannot fork safely")
    chosen, reason = control.way(platform)
    assert (chosen, bool(reason)) == (how, how != "fork")


def test_a_notebook_runs_in_an_ordinary_kernel_where_no_warm_child_can_be_had_and_says_so_once(
    tmp_path, monkeypatch, caplog
):
    control.stop()
    monkeypatch.setattr(engine, "_said", set())
    monkeypatch.setattr(control, "way", lambda: ("", "không tách được"))
    for name in "ab":
        assert alone(tmp_path / name, "print('here')") == ["here\n"]
    assert caplog.text.count("Chạy sổ tay bằng kernel thường: không tách được.") == 1


@pytest.fixture
def kernels(tmp_path, monkeypatch):
    """Calls with a name and the beginning of a command line: a kernel of that name is there."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    def write(name, *command, **about):
        (tmp_path / "kernels" / name).mkdir(parents=True)
        about |= {"argv": [*command, "-f", "{connection_file}"], "display_name": name, "language": "python"}
        (tmp_path / "kernels" / name / "kernel.json").write_text(json.dumps(about), "utf-8")

    engine.is_own_kernel.cache_clear()
    yield write
    engine.is_own_kernel.cache_clear()


def test_a_child_stands_in_for_no_other_kernel_than_this_pythons(kernels):
    kernels("mine", sys.executable, "-m", "ipykernel_launcher")
    kernels("set-up", sys.executable, "-m", "ipykernel_launcher", env={"A": "1"})
    kernels("another", "/opt/python/bin/python", "-m", "ipykernel_launcher")
    kernels("r", "R", "--slave", "-e", "IRkernel::main()")
    names = ("python3", "mine", "set-up", "another", "r", "no-such")
    assert [name for name in names if engine.is_own_kernel(name)] == ["python3", "mine"]


def test_a_notebook_of_a_kernel_that_is_not_there_is_refused_as_by_papermill(tmp_path, kernels, monkeypatch):
    monkeypatch.setattr(engine, "born", lambda folder: pytest.fail("a child was asked for"))
    odd.write(tmp_path / "in.ipynb", ["1"], ())
    settings = {"engine_name": engine.register(), "kernel_name": "no-such", "progress_bar": False}
    with pytest.raises(NoSuchKernel):
        papermill.execute_notebook(str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb"), **settings)


def test_after_the_end_no_interpreter_is_started_for_a_thread_that_asks_yet(spawning):
    source = control.start()
    source.close()
    before = psutil.Process().children()
    with pytest.raises(children.WarmUnavailableError):
        source.child()
    assert psutil.Process().children() == before


def test_an_interpreter_that_does_not_come_up_is_noticed(tmp_path, spawning, monkeypatch):
    # The one that the fixture started ahead came up in a sound environment.
    control.stop()
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    with pytest.raises(children.WarmUnavailableError):
        control.child()
