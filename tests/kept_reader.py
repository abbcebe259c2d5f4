"""One process that reads the workbooks of all tests, instead of one for each month or file that a test reads.

A command reads all workbooks of a month in one such process; tests read one or two, so that most of their time would
be the start of an interpreter. What is said of the process itself is tested with one of its own
(``tests/unit/intake/test_isolated.py``).
"""

from __future__ import annotations

import subprocess
from types import TracebackType

import pytest

from baocao.intake import intake, returns
from baocao.intake.isolated import CellReader
from baocao.receive import offers

USERS = (intake, returns, offers)
"""Modules that start a reader for what they read."""


class KeptReader(CellReader):
    """A reader that takes the process of an earlier one, and leaves its own to a later one if all went well."""

    _kept: subprocess.Popen[bytes] | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._process and KeptReader._kept is None:
            KeptReader._kept, self._process = self._process, None
        super().__exit__(kind, error, trace)

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process, KeptReader._kept = KeptReader._kept, None
        return super()._start()

    @classmethod
    def end(cls) -> None:
        """End the process that was kept last."""
        with CellReader() as last:
            last._process, cls._kept = cls._kept, None


def keep_reader(patch: pytest.MonkeyPatch) -> None:
    """Let all that read workbooks in this process use such readers."""
    for module in USERS:
        patch.setattr(module, "CellReader", KeptReader)
