"""A command's interpreter: whatever the locale, names of files are UTF-8, and hashes are those of notebooks."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from baocao import process

CODE = """
from baocao import process
process.settle()
import os, sys, threading
print(os.environ.get('LC_ALL'), sys.getfilesystemencoding(), sys.argv[1:], process.may_be_forked())
threading.Thread(target=sys.stdin.read, daemon=True).start()
print(hash('a'), process.may_be_forked())
"""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")


def said(*options: str, **variables: str) -> list[str]:
    """What a command says, started with these options of Python and these variables."""
    unset = {"PYTHONUTF8", "PYTHONHASHSEED"}
    environment = {name: value for name, value in os.environ.items() if name not in unset} | variables
    command = [sys.executable, *options, "-c", CODE, "kỳ"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdout
        lines = started.stdout.read().decode("utf-8").splitlines()
    assert not started.returncode
    return lines


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there all names are Unicode")
@pytest.mark.parametrize("mode", ["0", "1", None])
def test_a_locale_without_vietnamese_letters_is_replaced_for_all_that_runs(mode: str | None) -> None:
    assert said(LC_ALL="C", **({"PYTHONUTF8": mode} if mode else {}))[0].startswith("C.UTF-8 utf-8 ['kỳ']")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there all names are Unicode")
def test_a_locale_that_has_them_stays() -> None:
    assert said(LC_ALL="C.utf8")[0].startswith("C.utf8 utf-8 ['kỳ']")


@pytest.mark.parametrize("named", [".", "tạm"])
def test_the_folder_for_temporary_files_is_one_wherever_children_work(tmp_path, named: str) -> None:
    (tmp_path / "tạm").mkdir()
    code = "from baocao import process; process.settle(); import os, tempfile; os.chdir('/'); print(tempfile.mkdtemp())"
    environment = os.environ | dict.fromkeys(process.TEMPORARY, named)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert Path(done.stdout.strip()).parent == tmp_path / named


@pytest.mark.parametrize(("time", "stays"), [("", False), ("abc", False), ("9" * 20, False), ("1700000000", True)])
def test_a_time_to_build_at_that_is_none_is_taken_away(time: str, stays: bool) -> None:
    code = "from baocao import process; process.settle(); import os; print('SOURCE_DATE_EPOCH' in os.environ)"
    environment = os.environ | {"SOURCE_DATE_EPOCH": time}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(stays)


@LINUX
@pytest.mark.parametrize(("level", "stays"), [("1", "1"), ("2", "0")])
def test_no_variable_drops_the_docstrings_that_altair_makes_its_classes_from(level: str, stays: str) -> None:
    code = "from baocao import process; process.settle(); import sys; print(sys.flags.optimize)"
    environment = os.environ | {"PYTHONOPTIMIZE": level}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == stays


@LINUX
@pytest.mark.parametrize("seed", ["0", "7", "random"])
def test_hashes_are_those_of_notebooks(seed: str) -> None:
    assert said(PYTHONHASHSEED=seed)[1] == said()[1]


@LINUX
def test_a_command_may_be_forked_while_it_has_one_thread() -> None:
    assert [line.split()[-1] for line in said()] == ["True", "False"]


@pytest.mark.skipif(sys.platform == "win32", reason="no shell")
@pytest.mark.parametrize("closed", ["<&- >&- 2>&-", "2>&-", "<&-"])
def test_standard_streams_that_are_closed_lead_nowhere(tmp_path, closed: str) -> None:
    code = """
import os, sys
from baocao import process
process.settle()
with open(sys.argv[1], "x") as file:
    print(file.fileno() > 2, *(stream is None for stream in (sys.stdin, sys.stdout, sys.stderr)), file=file)
"""
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-c", code, str(tmp_path / "said")]
    environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    subprocess.run(command, env=environment, check=True)
    assert (tmp_path / "said").read_text() == "True False False False\n"


@LINUX
def test_an_interpreter_that_heeds_no_variables_goes_on_as_it_is() -> None:
    path = os.pathsep.join(sys.path)
    code = f"import sys; sys.path[:] = {path!r}.split({os.pathsep!r})\n{CODE}"
    done = subprocess.run([sys.executable, "-E", "-c", code], capture_output=True, text=True, check=True, input="")
    assert done.stdout.splitlines()[0].endswith(" False")


HEED = """
import os, signal
from baocao import process
for one in (1, 15):  # the tests may run where some are ignored, as under nohup
    signal.signal(one, signal.SIG_IGN if {ignored} else signal.SIG_DFL)
process.hold_stopping()
os.kill(os.getpid(), {number})
try:
    process.heed_stopping()
    print("on")
except KeyboardInterrupt:
    os.kill(os.getpid(), signal.SIGTERM)  # tidying up is not disturbed
    print(process.stopped_by())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("ignored", [False, True])
@pytest.mark.parametrize("number", [1, 15])
def test_a_signal_that_asks_to_stop_waits_until_it_is_heeded_unless_it_is_ignored(number: int, ignored: bool) -> None:
    code = HEED.format(number=number, ignored=ignored)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ("on" if ignored else str(number))


@LINUX
def test_a_fork_ends_by_the_signals_that_end_any_interpreter() -> None:
    code = """
import os, signal
from baocao import process
for one in (1, 15):
    signal.signal(one, signal.SIG_DFL)
process.heed_stopping()
if not os.fork():
    process.be_new(2, os.getcwd())
    os.write(1, str([signal.getsignal(one) is signal.SIG_DFL for one in (1, 15)]).encode())
    os._exit(0)
os.wait()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[True, True]"


def test_another_program_that_uses_the_package_is_not_forked() -> None:
    assert not process.may_be_forked()


@pytest.mark.parametrize("enabled", [True, False])
def test_garbage_is_collected_again_after_a_block_without_as_before_it(enabled: bool) -> None:
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with process.uncollected():
            during = gc.isenabled()
        with pytest.raises(KeyError), process.uncollected():
            raise KeyError
        assert (during, gc.isenabled()) == (False, enabled)
    finally:
        (gc.enable if before else gc.disable)()
