"""What is done beside the command while notebooks are prepared and run, by children of the warm process.

They make the official report, and hold the records that were read anew against their typed contract: only a bug breaks
it, and to load what checks it takes a fifth of a second. What a child did is found where the command would have put it;
what it did not, whatever became of it, is done by the command itself, which then tells of faults.
"""

from __future__ import annotations

from pathlib import Path

from baocao.execute.run import Lot
from baocao.execute.warm import control
from baocao.execute.warm.forked import Helper
from baocao.intake.records import Records
from baocao.kept import keep_records
from baocao.official.label import label_of
from baocao.origin import with_origin
from baocao.workspace import Workspace


class Beside:
    """What children of the warm process make of a book; without such a process, whoever needs it makes it."""

    def __init__(self) -> None:
        self._official: Helper | None = None
        self._keeper: Helper | None = None
        self._given: tuple[Path, str, Records] | None = None

    def warm(self) -> None:
        """Let them load what they need, unless they do already."""
        if self._keeper:
            return
        checks = ("pandera.pandas", "pandera.backends.pandas.builtin_checks")
        self._keeper = control.helper("baocao.kept:keep_records", checks)
        modules = ("baocao.official.docx_writer", "baocao.official.pdf", "typst", "pikepdf")
        self._official = control.helper("baocao.official.make:prepare_packed", modules)

    def keep(self, folder: Path, key: str, records: Records) -> None:
        """Give one month's records to a child; others are checked and kept here, at once."""
        if not self._keeper or self._given:
            keep_records(folder, key, records)
            return
        self._given = folder, key, records
        self._keeper.call(*self._given)

    def begin(self, space: Workspace, lot: Lot) -> None:
        """Let the official report be made."""
        if self._official:
            told = with_origin(space, lot.report)
            self._official.call(space, lot.packed, told.identity, told.earlier_ledger, label_of(told))

    def check_kept(self) -> None:
        """Wait until the records are checked and kept; if the child came to grief, do it here, and see why."""
        if self._keeper:
            self._keeper.wait()
        if self._given:
            keep_records(*self._given)

    def wait(self) -> None:
        """Wait until the official report is made, or was tried."""
        if self._official:
            self._official.wait()
