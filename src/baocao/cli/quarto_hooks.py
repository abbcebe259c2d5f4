"""The scripts that Quarto calls before and after it renders the project."""

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
"""Variables for the book of a plain ``quarto render``; each accepts a month, quarter, half-year or year."""

OUTPUT_VARIABLE = "QUARTO_PROJECT_OUTPUT_DIR"
"""Variable in which Quarto names the book's folder, which is not ``_book/`` if ``--output-dir`` is given."""

_RENDERED = Path("build/quarto.txt")
"""File with a hash of the chapters given to Quarto, to detect that another command changes them meanwhile."""


def pre_render(root: Path) -> int:
    """Run the month's notebooks and write its chapters; does nothing if baocao itself called Quarto."""
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
    # If a notebook failed, the book is rendered with a placeholder, and the post-render step ends with an error.
    return 0


def _put_back(root: Path) -> None:
    """Put the last book back: Quarto has emptied its folder already, and it was not at fault."""
    book = _output(root)
    with suppress(OSError):  # the original error is the one to report
        if not (_is_elsewhere(root) or book.exists()) and last.put_back(root, book):
            show.say("Sách dựng lần trước vẫn còn trong _book/.")


def post_render(root: Path) -> int:
    """Make pages work from disk, make the official report; report failures and then end with an error."""
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
    """The end of a plain ``quarto render``: make the official report; exit with an error if anything failed."""
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
    """Whether the chapters have changed since Quarto started, so that the book may mix pages of two months."""
    given = root / _RENDERED
    return given.is_file() and given.read_text("utf-8") != _chapters(root)


def _finish(root: Path) -> None:
    """Finish Quarto's book: make pages work from disk, pack the PDF as the built-in renderer does."""
    book = _output(root)
    make_readable_from_disk(book)
    printed = book / f"{_settings(root)['book']['output-file']}.pdf"
    if printed.is_file():
        make_compact(printed)


def _output(root: Path) -> Path:
    return root / (os.environ.get(OUTPUT_VARIABLE) or "_book")


def _is_elsewhere(root: Path) -> bool:
    """Whether Quarto put the book into another folder than ``_book/``."""
    return _output(root).resolve() != (root / "_book").resolve()


def _official(root: Path) -> bool:
    """Make the official report for the book's month, with a copy in another output folder; whether that succeeded."""
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
