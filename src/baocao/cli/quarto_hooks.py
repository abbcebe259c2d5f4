"""What Quarto calls before and after it renders the project."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from baocao import files
from baocao.book import last
from baocao.book.disk import make_readable_from_disk
from baocao.book.quarto import BOOK_FILE, PRERENDERED
from baocao.cli import show
from baocao.errors import ExitCode, UserError
from baocao.pdf import make_compact
from baocao.printable import require_fonts

MONTH_VARIABLE, PERIOD_VARIABLE = "REPORT_MONTH", "REPORT_PERIOD"
"""Which book a plain ``quarto render`` makes: a month, or a quarter, half-year or year; either takes all four."""

OUTPUT_VARIABLE = "QUARTO_PROJECT_OUTPUT_DIR"
"""Where Quarto has put the book: another folder than ``_book/`` after ``--output-dir``."""

_RENDERED = Path("build/quarto.txt")
"""A hash over the chapters that Quarto was given: it takes its time, in which another command may write others."""


def pre_render(root: Path) -> int:
    """Run the month's notebooks and write its chapters; nothing to do where baocao itself called Quarto."""
    if os.environ.get(PRERENDERED):
        return 0
    from baocao import pipeline  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    try:
        space = Workspace.find(root)
        require_fonts(space.root)
        done = pipeline.run(
            space,
            space.term(os.environ.get(MONTH_VARIABLE), os.environ.get(PERIOD_VARIABLE)),
            progress=show.progress,
            say=show.say,
        )
        files.write_text(root / _RENDERED, _chapters(root))
    except (UserError, OSError) as error:
        _put_back(root)
        return show.refused(error)
    show.run_summary(done)
    # A failed notebook costs its own chapter: the book is rendered, and the step after rendering ends with an error.
    return 0


def _put_back(root: Path) -> None:
    """Quarto has emptied the folder of the book already; what stood there was not what is wrong."""
    book = _output(root)
    with suppress(OSError):  # then it is that which is told
        if not (_is_elsewhere(root) or book.exists()) and last.put_back(root, book):
            show.say("Sách dựng lần trước vẫn còn trong _book/.")


def post_render(root: Path) -> int:
    """Make the pages readable from disk and the official report; name what failed, and end with an error then."""
    try:
        _finish(root)
        if os.environ.get(PRERENDERED):
            return 0
        status = _end(root)
        if not _is_elsewhere(root):
            last.keep(root, _output(root))
        return status
    except OSError as error:
        return show.refused(error)


def _end(root: Path) -> int:
    """What a plain ``quarto render`` ends with: the official report, and an error where anything could not be made."""
    failed = _failed(root)
    for title, reason in failed:
        show.say(f"Chương “{title}” chưa lập được: {reason}")
    mixed = _written_meanwhile(root)
    if mixed:
        show.say("Lỗi: lệnh khác đã ghi lại các chương trong khi Quarto dựng sách.\n→ Chạy lại quarto render.")
    return int(ExitCode.FINDINGS) if not _official(root) or failed or mixed else 0


def _chapters(root: Path) -> str:
    return files.folder_digest(root, ("reports/chuong/*.qmd", f"reports/chuong/{BOOK_FILE}"))


def _written_meanwhile(root: Path) -> bool:
    """Whether the chapters are other ones than Quarto was given: pages of two months may stand in one book."""
    given = root / _RENDERED
    return given.is_file() and given.read_text("utf-8") != _chapters(root)


def _finish(root: Path) -> None:
    """What Quarto leaves to do: pages that open from disk, a PDF packed as the built-in renderer packs it."""
    book = _output(root)
    make_readable_from_disk(book)
    printed = book / f"{_settings(root)['book']['output-file']}.pdf"
    if printed.is_file():
        make_compact(printed)


def _output(root: Path) -> Path:
    return root / (os.environ.get(OUTPUT_VARIABLE) or "_book")


def _is_elsewhere(root: Path) -> bool:
    """Whether Quarto has put the book into another folder than ``_book/``."""
    return _output(root).resolve() != (root / "_book").resolve()


def _official(root: Path) -> bool:
    """Make the official report of the book's month, also beside a book elsewhere; Quarto has emptied the folder."""
    from baocao import pipeline  # noqa: PLC0415
    from baocao.workspace import Workspace  # noqa: PLC0415

    space = Workspace.find(root)
    try:
        made = pipeline.official(space, space.term(_book(root)["month"]), say=show.say)
        if _is_elsewhere(root):
            for path in made:
                files.write_bytes(_output(root) / path.name, path.read_bytes())
    except UserError as error:
        show.say(f"Lỗi: báo cáo chính thức chưa lập được. {error}")
        return False
    return True


def _failed(root: Path) -> list[list[str]]:
    summary = json.loads((root / "build" / _book(root)["month"] / "run.json").read_text("utf-8"))
    return list(summary["failed"])


def _book(root: Path) -> dict[str, str]:
    return dict(_settings(root)["baocao"])


def _settings(root: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((root / "reports" / "chuong" / BOOK_FILE).read_text("utf-8")))
