"""What a process reads beside what it is handed is noted, each thing once it is read and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from baocao import sources, watch

WATCHED = """
import json, os, sys, sysconfig
sys.path.insert(0, {source!r})
from baocao.watch import Watch
noted = set()
libraries = [sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib")]
libraries += [one for one in sys.path if one.endswith(".zip")]
Watch(noted.add, os.getcwd(), (*libraries, {source!r}, "left-out")).begin()
noted.clear()
code = compile({code!r}, "notebook", "exec")
exec(code, {{}})
print(json.dumps(sorted(noted)))
"""


def noted(folder, code: str, **environment: str) -> list[str]:
    """What is noted in a process that works in a folder and runs the code."""
    program = WATCHED.format(source=str(sources.PACKAGE.parent), code=code)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | environment,
    )
    return json.loads(done.stdout)


NO_FILE = ["file:no.csv", "link:no.csv"]
REAL = ["file:b/no", "link:b", "link:b/no", "link:linked", "there:b", "there:linked"]
LOOKED_FOR = """
import importlib.util, sys
sys.path[:] = ["b", *(one for one in sys.path if "python" in one)]
"""
IN_VAIN = f"{LOOKED_FOR}try:\n    importlib.import_module({{!r}})\nexcept ImportError:\n    pass"
LATER = ["file:b/later.py", "there:b/later"]
EARLIER = "import sys\nsys.path[:] = ['', 'b']\nimport helper"
AT_IMPORT = "import sys\nsys.path[:] = ['left-out']\nimport library"
SPAWNED = "from multiprocessing import get_context\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("open('a.txt').read()", ["file:a.txt"]),
        ("import pathlib\npathlib.Path('b/../a.txt').read_bytes()", ["file:a.txt"]),
        ("open('.env').read()", ["file:.env"]),
        ("try:\n    open('no')\nexcept OSError:\n    pass", ["file:no"]),
        ("import os\nos.path.exists('no'), os.path.isfile('a.txt')", ["file:a.txt", "file:no"]),
        ("import pathlib\npathlib.Path('b').is_dir(), pathlib.Path('b/no').exists()", ["file:b/no", "there:b"]),
        ("import glob, os\nglob.glob('no.csv'), os.access('a.txt', os.R_OK)", ["file:a.txt", *NO_FILE]),
        ("import os\nos.path.isfile(os.path.realpath('linked/no'))", REAL),
        ("import os\nos.readlink('linked')", ["link:linked", "there:linked"]),
        ("import os\nos.path.islink('a.txt')", ["file:a.txt", "link:a.txt"]),
        ("import pathlib\npathlib.Path('linked').is_symlink()", ["link:linked", "there:linked"]),
        ("open('linked/helper.py').read()", ["file:b/helper.py", "file:linked/helper.py"]),
        ("import os\nos.path.exists('left-out/no'), os.path.exists('.'), os.path.exists(''), os.path.exists('/')", []),
        ("import os\nos.stat(0), os.path.isdir(os.getcwd())", []),
        ("import importlib.metadata, sys\nsys.path[:] = ['b']\nlen(importlib.metadata.entry_points())", []),
        ("import os\nos.listdir()", ["file:."]),
        ("import glob\nglob.glob('b/*')", ["file:b"]),
        ("import os\n[one.stat().st_size for one in os.scandir('b')]", ["file:b", "file:b/helper.py"]),
        ("open('/etc/hostname-of-nobody', 'a+') if 0 else open('/etc/passwd')", ["file:/etc/passwd"]),
        ("open('new.txt', 'w').write('1')", []),
        ("open('newer.txt', 'x').write('1')", []),
        ("import tempfile\ntempfile.TemporaryFile()", []),
        ("open('/proc/self/stat').read(), open('/dev/null').read()", []),
        ("open('left-out/c.txt').read()", []),
        ("import sqlite3\nsqlite3.connect('d.sqlite')", ["file:d.sqlite", "file:d.sqlite-wal"]),
        ("import sqlite3\nsqlite3.connect('file:d%20e?mode=rwc', uri=True)", ["file:d e", "file:d e-wal"]),
        ("import sqlite3\nsqlite3.connect(':memory:')", []),
        ("import ctypes\ntry:\n    ctypes.CDLL('./a.txt')\nexcept OSError:\n    pass", ["file:a.txt"]),
        ("import sys\nsys.path.insert(0, 'b')\nimport helper", ["file:b/helper.py", "there:b/helper"]),
        ("try:\n    open('b/bare.pyc')\nexcept OSError:\n    pass", ["file:b/bare.pyc"]),
        ("try:\n    open('b/__pycache__/helper.cpython-311.pyc')\nexcept OSError:\n    pass", ["file:b/helper.py"]),
        (EARLIER, ["file:b/helper.py", "file:helper.py", "there:b/helper", "there:helper"]),
        (AT_IMPORT, ["file:.env"]),
        ("import os\nos.environ.get('A'), os.getenv('TMPL')", ["variable:A", "variable:TMPL"]),
        ("import os\n'C' in os.environ", ["variable:C"]),
        ("import os\nb'C' in os.environb", ["variable:C"]),
        ("import os\nlen(list(os.environ))", ["variable"]),
        ("import os\nlen(os.environ)", ["variable"]),
        ("import os\nrepr(os.environ)", ["variable"]),
        ("import os\nos.environ.get('BAOCAO_ROOT'), os.environ.get('TMPDIR')", []),
        ("import os\nos.environ['NEW'] = '1'", []),
        ("import shutil\nshutil.which('no', path='b')", ["file:b/no"]),
        ("import wave, xml.dom.minidom", []),
        (f"{LOOKED_FOR}try:\n    import later.part\nexcept ImportError:\n    pass", LATER),
        ("import sys\nsys.path[:] = ['b']\nimport helper", ["file:b/helper.py", "there:b/helper"]),
        (f"{LOOKED_FOR}importlib.util.find_spec('later')", LATER),
        (IN_VAIN.format("later"), LATER),
        (IN_VAIN.format("xml.later"), []),
        ("import os\nos.system('true')", ["beyond"]),
        ("import subprocess\nsubprocess.run(['true'])", ["beyond"]),
        ("import os\nif not os.fork():\n    os._exit(0)", ["beyond"]),
        (f"{SPAWNED}import time\nget_context('spawn').Process(target=time.time).start()", ["beyond"]),
        (f"{SPAWNED}get_context('spawn').Lock()", []),
        ("import socket\ntry:\n    socket.create_connection(('::1', 1), 1)\nexcept OSError:\n    pass", ["beyond"]),
        ("import socket\ntry:\n    socket.socket(socket.AF_UNIX).connect('no')\nexcept OSError:\n    pass", []),
    ],
)  # fmt: skip
def test_each_way_of_reading_is_noted(tmp_path, code, expected):
    for folder in ("b", "left-out"):
        (tmp_path / folder).mkdir()
    for name in ("a.txt", ".env", "left-out/c.txt", "b/helper.py"):
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "left-out" / "library.py").write_text(
        "import os\nos.path.exists('.env'), os.path.exists('/no')", "utf-8"
    )
    (tmp_path / "linked").symlink_to("b")
    found = noted(tmp_path, code)
    assert [name for name in found if name != "variable:PATH" or "beyond" not in found] == expected


@pytest.mark.parametrize(("by", "expected"), [("left-out/library.py", []), ("notebook", NO_FILE[:1])])
def test_the_script_that_a_kernel_was_forked_from_asks_for_nothing(tmp_path, by, expected):
    # What displays an error looks for the file of each module: seconds, if all of it were noted.
    assert os.path.isfile(watch._KERNEL)
    look = f"inner = compile('import os; os.path.exists(\"no.csv\")', {by!r}, 'exec')"
    assert noted(tmp_path, f"{look}\nexec(compile('exec(inner)', {watch._KERNEL!r}, 'exec'))") == expected


def test_the_environment_is_to_the_eye_that_of_any_process(tmp_path):
    code = "import os\nassert repr(type(os.environ)) == \"<class 'os._Environ'>\"\nassert dict(os.environ)['A'] == '1'"
    assert {"variable", "variable:A"} <= {*noted(tmp_path, code, A="1")}


def test_a_folder_that_was_looked_for_counts_by_being_one_and_not_by_what_is_in_it(tmp_path):
    was = watch.found_hash("there:b", tmp_path, {})
    (tmp_path / "b").mkdir()
    now = watch.found_hash("there:b", tmp_path, {})
    (tmp_path / "b" / "a.txt").write_text("", "utf-8")
    assert was != now == watch.found_hash("there:b", tmp_path, {})


LOOKS = """
import inspect, os, shutil
assert str(inspect.signature(os.stat)) == "(path, *, dir_fd=None, follow_symlinks=True)"
assert os.stat.__name__ == "stat" and os.stat in os.supports_follow_symlinks and os.stat in os.supports_fd
os.mkdir("c")
with open("c/d", "w") as file:
    assert os.stat(file.fileno()).st_size == 0
with os.scandir("c") as inside:
    assert [one.stat().st_size for one in inside] == [0]
shutil.rmtree("c")
"""


def test_who_looks_for_files_finds_what_any_process_finds(tmp_path):
    assert "file:c" in noted(tmp_path, LOOKS)


UNSET = """
import os, traceback
os.environ["SET"] = "1"
assert os.environb[b"SET"] == b"1" and b"C" not in os.environb
try:
    os.environ["NO"]
except KeyError as error:
    assert [frame.name for frame in traceback.extract_tb(error.__traceback__)] == ["<module>", "__getitem__"]
"""


@pytest.mark.skipif(not os.supports_bytes_environ, reason="the environment has no bytes")
def test_a_variable_that_is_not_set_is_an_error_as_in_any_process(tmp_path):
    assert {"variable:C", "variable:NO"} <= {*noted(tmp_path, UNSET)}


@pytest.mark.parametrize("kind", ["file", "there", "link"])
def test_a_name_that_no_file_can_have_is_of_nothing(tmp_path, kind):
    name = f"{kind}:a/\0"
    assert watch.found_hash(name, tmp_path, {}) == watch.found_hash(f"{kind}:a/b", tmp_path, {})
    assert not watch.is_newer(name, tmp_path, time.time_ns() + 10**12)


@pytest.mark.parametrize("key", ["{}", "[]", "{"])
def test_a_key_that_names_no_reads_is_told_apart_from_one_that_read_nothing(tmp_path, key):
    (tmp_path / "a.key.json").write_text('{"reads": {}}', "utf-8")
    assert watch.noted(tmp_path) == {"a": {}}
    (tmp_path / "b.key.json").write_text(key, "utf-8")
    with pytest.raises(KeyError):
        watch.noted(tmp_path)


def test_what_two_units_chapters_read_is_told_apart_where_their_codes_have_dots(tmp_path):
    for unit in ("01", "02"):
        (tmp_path / f"don-vi-kdc.{unit}.key.json").write_text(f'{{"reads": {{"file:{unit}": "x"}}}}', "utf-8")
    assert watch.noted(tmp_path) == {"don-vi-kdc.01": {"file:01": "x"}, "don-vi-kdc.02": {"file:02": "x"}}
