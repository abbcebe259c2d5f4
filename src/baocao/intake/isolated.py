"""Reading workbooks in another process, with limits of time and memory."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, cast

from baocao.intake import cell_worker
from baocao.intake.grid import Grid, Limits, RefusedError
from baocao.process import search_path

_SOURCE = Path(__file__).resolve().parents[2]
_SECONDS = 60
_MEMORY = 1024 * 1024 * 1024
"""Memory, in bytes, for a workbook and everything made from it."""


class CellReader:
    """A worker process for many workbooks, started with the first one; as a context manager it ends the process.

    A workbook that makes the worker crash or hang affects only itself: the next one gets a new worker.
    """

    def __init__(self, seconds: float = _SECONDS, memory: int = _MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> CellReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, data: bytes, limits: Limits) -> tuple[Grid, ...]:
        """The sheets of a workbook (:func:`baocao.intake.workbook.read`).

        Raises
        ------
        RefusedError
            If it is protected by a password, damaged, too large, or takes too long.
        """
        answer = self._ask((data, limits))
        if isinstance(answer, RefusedError):
            raise answer
        return answer

    def _ask(self, request: tuple[bytes, Limits]) -> cell_worker.Answer:
        process = self._start()
        watch = threading.Timer(self._seconds, process.kill)
        watch.start()
        try:
            source, target = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
            cell_worker.send(source, request)
            return cast(cell_worker.Answer, cell_worker.receive(target))
        except (OSError, EOFError, pickle.UnpicklingError):
            self._end()
            return RefusedError("TEP-HONG")
        finally:
            watch.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is not None:  # ended by the system, e.g. for lack of memory
            self._end()
        if self._process is None:
            command = [sys.executable, "-P", "-m", cell_worker.__name__, str(self._memory)]
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": search_path(_SOURCE)},
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()
