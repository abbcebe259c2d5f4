"""Work done in parallel, by children of the warm process, while the command prepares and runs notebooks.

The children make the official report, and check newly read records against their typed contract (only a bug breaks it,
and loading the checker takes a fifth of a second). They put results where the command itself would put them. Whatever a
child has not done, for any reason, the command does itself, and then reports errors.
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
    """The parallel work for a book; without a warm process, each part is done when it is needed."""

    def __init__(self) -> None:
        self._official: Helper | None = None
        self._keeper: Helper | None = None
        self._given: tuple[Path, str, Records] | None = None

    def warm(self) -> None:
        """Start children, which load what they need, unless that was done before."""
        if self._keeper:
            return
        checks = ("pandera.pandas", "pandera.backends.pandas.builtin_checks")
        self._keeper = control.helper("baocao.kept:keep_records", checks)
        modules = ("baocao.official.docx_writer", "baocao.official.pdf", "typst", "pikepdf")
        self._official = control.helper("baocao.official.make:prepare_packed", modules)

    def keep(self, folder: Path, key: str, records: Records) -> None:
        """Let a child check and keep one month's records; those of further months are checked and kept here."""
        if not self._keeper or self._given:
            keep_records(folder, key, records)
            return
        self._given = folder, key, records
        self._keeper.call(*self._given)

    def begin(self, space: Workspace, lot: Lot) -> None:
        """Start making the official report."""
        if self._official:
            told = with_origin(space, lot.report)
            self._official.call(space, lot.packed, told.identity, told.earlier_ledger, label_of(told))

    def check_kept(self) -> None:
        """Wait until the records are checked and kept; if the child failed, do it here, which shows the reason."""
        if self._keeper:
            self._keeper.wait()
        if self._given:
            keep_records(*self._given)

    def wait(self) -> None:
        """Wait until the official report is made, or making it has failed."""
        if self._official:
            self._official.wait()
