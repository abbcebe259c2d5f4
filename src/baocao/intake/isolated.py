"""Reading workbooks' cells in another process, with bounds of time and memory."""

from __future__ import annotations

import pickle
import struct
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, cast

from baocao.intake import cell_worker
from baocao.intake.grid import RefusedError
from baocao.intake.values import Raw

Sheets = list[tuple[str, bool, list[list[Raw]]]]
"""Name, visibility and rows of each worksheet."""

_SECONDS = 60
_REFUSALS = {cell_worker.PASSWORD: "TEP-MATKHAU", cell_worker.DAMAGED: "TEP-HONG"}


class CellReader:
    """One worker process for many workbooks, started with the first; a context manager that ends it.

    A workbook that makes the worker abort, or not end, costs only itself: the next one gets a new worker.
    """

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> CellReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, data: bytes) -> Sheets:
        """The cells of a workbook's sheets.

        Raises
        ------
        RefusedError
            If it is behind a password, damaged, or too large.
        """
        status, sheets = self._ask(data)
        if status == cell_worker.TOO_LARGE:
            raise RefusedError("TEP-DONG", given="(không rõ)", limit="")
        if status != cell_worker.OK:
            raise RefusedError(_REFUSALS[status])
        return sheets

    def _ask(self, data: bytes) -> tuple[str, Sheets]:
        process = self._start()
        watch = threading.Timer(self._seconds, process.kill)
        watch.start()
        try:
            request, answer = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
            request.write(cell_worker.LENGTH.pack(len(data)) + data)
            request.flush()
            (length,) = cell_worker.LENGTH.unpack(answer.read(cell_worker.LENGTH.size))
            return cast(tuple[str, Sheets], pickle.loads(answer.read(length)))
        except (OSError, EOFError, pickle.UnpicklingError, struct.error):
            self._end()
            return cell_worker.DAMAGED, []
        finally:
            watch.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is not None:  # the system ended it, e.g. for want of memory
            self._end()
        if self._process is None:
            command = [sys.executable, "-I", str(Path(cell_worker.__file__))]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()
