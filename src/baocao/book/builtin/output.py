"""Replace a folder as a whole, so that a reader never meets half a book."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def swapped(out: Path, keep: tuple[str, ...] = ()) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well it takes the place of ``out``, else it is removed.

    Parameters
    ----------
    out
        The folder to replace; it need not exist.
    keep
        Patterns of what is carried over from the old folder, if it is there.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    new, old = work / "new", work / "old"
    try:
        new.mkdir()
        _carry_over(out, new, keep)
        yield new
        if out.exists():
            os.replace(out, old)
        os.replace(new, out)
    finally:
        if old.exists() and not out.exists():
            os.replace(old, out)
        shutil.rmtree(work, ignore_errors=True)


def _carry_over(out: Path, new: Path, keep: tuple[str, ...]) -> None:
    for path in sorted({path for pattern in keep for path in out.glob(pattern)}):
        if path.is_dir():
            shutil.copytree(path, new / path.name)
        else:
            shutil.copy2(path, new / path.name)
