"""Whatever the locale, names of files are UTF-8 to Python and to the programs that it starts."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

CODE = (
    "from baocao.cli.utf8 import use_utf8; use_utf8(); import os, sys; "
    "print(os.environ.get('LC_ALL'), sys.getfilesystemencoding(), sys.argv[1:])"
)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there all names are Unicode")
@pytest.mark.parametrize("mode", ["0", "1", None])
def test_a_locale_without_vietnamese_letters_is_replaced_for_all_that_runs(mode: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUTF8"}
    environment |= {"LC_ALL": "C"} | ({"PYTHONUTF8": mode} if mode else {})
    done = subprocess.run([sys.executable, "-c", CODE, "kỳ"], env=environment, capture_output=True, check=True)
    assert done.stdout.decode("utf-8") == "C.UTF-8 utf-8 ['kỳ']\n"


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there all names are Unicode")
def test_a_locale_that_has_them_stays() -> None:
    environment = {**os.environ, "LC_ALL": "C.utf8"}
    done = subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, check=True)
    assert done.stdout.decode("utf-8") == "C.utf8 utf-8 []\n"
