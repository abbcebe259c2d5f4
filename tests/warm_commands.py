"""Commands run as forks of a process that has the modules imported, which saves a second and a half for each.

Each command is still a separate process, run as ``python -m baocao`` with its own folder, environment and output. Run
as a program, this file is the process that forks; it never runs a command itself.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import selectors
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from subprocess import PIPE
from types import SimpleNamespace

FORCED = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
"""Variables that a command sets before it starts itself again (:func:`baocao.process.settle`)."""
IMPORTED = (
    "baocao.cli.main", "baocao.pipeline", "baocao.standing", "baocao.many", "baocao.execute.papermill_runner",
    "baocao.archive.audit", "baocao.archive.close", "baocao.overview", "baocao.receive.receive",
)  # fmt: skip
"""What most commands import sooner or later; the rest each imports for itself."""
REMAKING = (["close"], ["audit"])
"""Commands that run others."""
_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "TZ", "MALLOC_", "GLIBC_", "OMP_", "OPENBLAS_")
"""Prefixes of variables that an interpreter or library reads only when it starts."""
_MOST = 1 << 20


class _Warm:
    """The process that forks, as seen from the tests; it ends with them."""

    def __init__(self) -> None:
        self.given = _at_start(os.environ)
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, __file__, str(theirs.fileno())]
            # Pipes from the start, because the interpreter sets up its streams by their kind.
            self._process = subprocess.Popen(
                command, env={**os.environ, **FORCED}, pass_fds=[theirs.fileno()], stdout=PIPE, stderr=PIPE
            )
        atexit.register(self._close)

    def run(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str, str]:
        status, out, err = _ask(self._socket, arguments, folder, environment)
        if not status:
            raise RuntimeError(self._process.communicate()[1].decode("utf-8"))
        return int(status), out, err

    def _close(self) -> None:
        self._socket.close()
        self._process.communicate()


_warm = cache(_Warm)


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str, str] | None:
    """Exit status, output and errors of a command; None if the environment requires a new interpreter."""
    if sys.platform != "linux" or _warm().given != _at_start(environment):
        return None
    return _warm().run(arguments, folder, environment)


def _at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_AT_START)}


def _ask(
    control: socket.socket, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> tuple[bytes, str, str]:
    """Let a process that forks run a command; its exit status is empty if that process has ended."""
    pipes = [os.pipe() for _ in range(2)]
    asked = {"arguments": arguments, "folder": str(folder), "environment": {**environment, **FORCED}}
    socket.send_fds(control, [json.dumps(asked).encode()], [write for _, write in pipes])
    for _, write in pipes:
        os.close(write)
    out, err = _read_all([read for read, _ in pipes])
    return control.recv(_MOST), out, err


def _read_all(files: list[int]) -> list[str]:
    """All that is written to pipes until their writing ends are closed, as texts."""
    said = {file: bytearray() for file in files}
    with selectors.DefaultSelector() as selector:
        for file in files:
            selector.register(file, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                if part := os.read(key.fd, _MOST):
                    said[key.fd] += part
                else:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return [text.decode("utf-8").replace("\r\n", "\n") for text in said.values()]


def _serve(control: socket.socket) -> list[str] | None:
    """Fork for each request and report how the fork ended; in a fork, return the arguments of its command."""
    while True:
        text, files, _, _ = socket.recv_fds(control, _MOST, 2)
        if not text:
            return None
        if not (child := os.fork()):
            control.close()
            return _become(json.loads(text), files)
        for file in files:
            os.close(file)
        control.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _become(asked: dict[str, object], files: list[int]) -> list[str]:
    for number, file in enumerate(files, start=1):
        os.dup2(file, number)
        os.close(file)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    sys.path[0] = asked["folder"]
    return _beside(asked["arguments"]) if asked["arguments"][:1] in REMAKING else asked["arguments"]


def _beside(arguments: list[str]) -> list[str] | None:
    """Fork a process that forks for the commands of this one, which it makes a month again with; it ends with this one.

    Commands of another program are run as outside the tests.
    """
    from baocao.archive import remake  # noqa: PLC0415

    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if not os.fork():
        control.close()
        return _serve(theirs)
    theirs.close()
    lock, known = threading.Lock(), _at_start({**os.environ, "PYTHONPATH": str(remake.PACKAGE.parent)})

    def run(
        line: list[str], *, cwd: Path, env: Mapping[str, str], check: bool, **settings: object
    ) -> subprocess.CompletedProcess[str]:
        if line[:3] != [sys.executable, "-m", "baocao"] or _at_start({**env, **FORCED}) != known:
            return subprocess.run(line, cwd=cwd, env=env, check=check, **settings)
        with lock:
            status, out, err = _ask(control, line[3:], cwd, env)
        return subprocess.CompletedProcess(line, int(status), out, err)

    remake.subprocess = SimpleNamespace(run=run)
    return arguments


def main() -> None:
    from baocao import process  # noqa: PLC0415

    process.settle()
    for name in IMPORTED:
        import_module(name)
    _make_first_calls()
    _warm_kernels_too()
    arguments = _serve(socket.socket(fileno=int(sys.argv[1])))
    if arguments is not None:
        sys.argv[1:] = arguments
        runpy.run_module("baocao", run_name="__main__", alter_sys=True)


def _make_first_calls() -> None:
    """Make calls of which the first takes long and has no effect besides.

    Where Hypothesis is installed, pandera imports it with the first frame that it sees, which takes half a second.
    """
    import nbformat  # noqa: PLC0415

    from baocao.config.default_checks import default_checks  # noqa: PLC0415
    from baocao.intake.schema import frame_of, schemas  # noqa: PLC0415

    schemas()["notes"].validate(frame_of("notes", ()))
    nbformat.validate(nbformat.v4.new_notebook())
    default_checks()


def _warm_kernels_too() -> None:
    """Let the warm process of each command be a fork of it, with the modules for kernels already imported.

    This is what ``report`` does if few notebooks are likely to come; outside the tests, other commands start a new
    interpreter.
    """
    from baocao.execute.warm import forked, preload  # noqa: PLC0415

    added = preload.warm_up_shared() | preload.warm_up() | preload.warm_up_charts()
    preload.warm_up = lambda: added
    forked._start = forked._fork


if __name__ == "__main__":
    main()
