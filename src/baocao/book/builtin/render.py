"""Render the whole book into its folder."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Literal

from baocao import files
from baocao.book.builtin.ahead import Press
from baocao.book.builtin.pages import write_site
from baocao.book.builtin.pandoc import FOREIGN, Problem
from baocao.book.builtin.partial import convert_changed
from baocao.book.builtin.project import read_project

Target = Literal["html", "pdf", "all"]
_PROBLEMS = {
    "unresolved": "tham chiếu không có đích",
    "link": "liên kết không có đích",
    "duplicate": "mã trùng nhau",
    "idle": "ô mã không được chạy, chỉ sổ tay trong notebooks/ được chạy",
    FOREIGN: "chỉ Quarto hiểu, nên giữ nguyên như đã viết",
}
"""Kind of problem → words; for pictures the kind is in words already."""
_log = logging.getLogger(__name__)


def render_builtin(root: Path, to: Target, out: Path, press: Press | None = None) -> list[Path]:
    """Render the book project in ``root`` into the folder ``out``.

    ``out`` is replaced as a whole when everything is made; when only one form is rendered, files of the other form are
    kept from the previous render. Equal sources give equal bytes.

    Parameters
    ----------
    root
        The project's folder, with ``_quarto.yml``.
    to
        ``html``, ``pdf`` or ``all``.
    out
        The book's folder, usually ``root / "_book"``.
    press
        The PDF maker, which may have begun already.

    Returns
    -------
    list of Path
        The first page and the PDF, as far as they were made.

    Raises
    ------
    UserError
        If the project cannot be read.
    """
    root = root.resolve()
    project = read_project(root)
    html, pdf = to in ("html", "all"), to in ("pdf", "all")
    press = press or Press(root)
    converted = convert_changed(project, screen=html, paper=pdf, press=press)
    warn(converted.problems)
    made = []
    with files.replaced_folder(out) as folder:
        if to != "all":
            _keep(out, folder, f"{project.output_file}.pdf" if html else "*")
        if html:
            write_site(project, converted, folder)
            made.append(PurePosixPath(project.chapters[0].href))
        if pdf:
            name = f"{project.output_file}.pdf"
            (folder / name).write_bytes(press.pdf(converted.typst))
            made.append(PurePosixPath(name))
    return [out / name for name in made]


def _keep(old: Path, new: Path, pattern: str) -> None:
    """Keep files of the previous render that this one does not make."""
    for path in sorted(old.glob(pattern)):
        if path.is_dir():
            files.copy_folder(path, new / path.name)
        else:
            shutil.copy2(path, new / path.name)


def warn(problems: Iterable[Problem]) -> None:
    """Log problems in the chapters, each with its file."""
    for problem in problems:
        _log.warning("%s: %s: %s", problem.source, _PROBLEMS.get(problem.kind, problem.kind), problem.id)
