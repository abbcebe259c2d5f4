"""A command's interpreter: whatever the locale, names of files are UTF-8, and hashes are those of notebooks."""

from __future__ import annotations

import os
import subprocess
import sys

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


@LINUX
@pytest.mark.parametrize("seed", ["0", "7", "random"])
def test_hashes_are_those_of_notebooks(seed: str) -> None:
    assert said(PYTHONHASHSEED=seed)[1] == said()[1]


@LINUX
def test_a_command_may_be_forked_while_it_has_one_thread() -> None:
    assert [line.split()[-1] for line in said()] == ["True", "False"]


@LINUX
def test_an_interpreter_that_heeds_no_variables_goes_on_as_it_is() -> None:
    path = os.pathsep.join(sys.path)
    code = f"import sys; sys.path[:] = {path!r}.split({os.pathsep!r})\n{CODE}"
    done = subprocess.run([sys.executable, "-E", "-c", code], capture_output=True, text=True, check=True, input="")
    assert done.stdout.splitlines()[0].endswith(" False")


def test_another_program_that_uses_the_package_is_not_forked() -> None:
    assert not process.may_be_forked()
