"""Options for a cell's outputs in Quarto's form: ``#|`` lines before its code (Quarto, "Cell options").

Only options about outputs have an effect: ``label``, ``fig-cap``, ``fig-alt``, ``tbl-cap``, ``output`` and ``include``.
Code is never shown, and a notebook always runs, whatever other options say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from baocao.errors import UserError
from baocao.execute.parameters import sound

_MARK = "#|"
_LABEL = re.compile(r"(fig|tbl)-([\w-]+)")


@dataclass
class CellOptions:
    """The options of a cell of a chapter.

    Attributes
    ----------
    shown
        Whether the cell's outputs are put into the book.
    said
        ``fig`` and ``tbl`` → ``caption`` (Markdown), ``alt`` and ``label`` of the first figure or table of the cell.
        A label includes the chapter's name, because one notebook may be used for many chapters. It needs a caption:
        without one nothing can refer to it.
    label
        The label as written in the cell; ``""`` if it has none with an effect.
    """

    shown: bool = True
    said: dict[str, dict[str, str]] = field(default_factory=dict)
    label: str = ""

    def take(self, kind: str) -> dict[str, str]:
        """The options for the next picture (``fig``) or table (``tbl``); they apply only to the first one."""
        return self.said.pop(kind, {})


def label_in(chapter: str, label: str) -> str:
    """A cell's label in the book: ``tbl-nguon`` in the chapter ``kinh-phi`` becomes ``tbl-kinh-phi-nguon``."""
    kind, _, rest = label.partition("-")
    return f"{kind}-{chapter}-{rest}"


def check_options(notebook: Path) -> None:
    """Refuse a notebook with unreadable cell options, before it runs rather than after.

    Raises
    ------
    UserError
        For the first such cell, or if the notebook is not :func:`~baocao.execute.parameters.sound`.
    """
    for place, cell in enumerate(sound(notebook).cells, start=1):
        if cell.cell_type == "code":
            options_of(cell.source, notebook.stem, f"notebooks/{notebook.name}, ô {place}")


def options_of(source: str, chapter: str, where: str) -> CellOptions:
    """The options before a cell's code.

    Parameters
    ----------
    source
        The cell's code.
    chapter
        The name of its chapter.
    where
        The cell's name in messages.

    Raises
    ------
    UserError
        If they are not YAML in the form that Quarto requires.
    """
    lines = list(takewhile(lambda line: line.startswith(_MARK), source.split("\n")))
    if not lines:
        return CellOptions()
    said = _parsed("\n".join(line.removeprefix(_MARK) for line in lines), where)
    label = str(said.get("label", ""))
    kind = found[1] if (found := _LABEL.fullmatch(label)) else ""
    about = {
        "fig": {"caption": _line(said.get("fig-cap")), "alt": _line(said.get("fig-alt"))},
        "tbl": {"caption": _line(said.get("tbl-cap"))},
    }
    counts = bool(kind and about[kind]["caption"])
    if counts:
        about[kind]["label"] = label_in(chapter, label)
    shown = said.get("output", True) is not False and said.get("include", True) is not False
    kept = {name: {key: text for key, text in one.items() if text} for name, one in about.items()}
    return CellOptions(shown, kept, label if counts else "")


def _parsed(text: str, where: str) -> dict[str, Any]:
    hint = 'Mỗi dòng là “#| tên: giá trị”, như “#| fig-cap: Kinh phí”; giá trị có dấu hai chấm thì đặt trong "…".'
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UserError("các dòng “#|” ở đầu ô không đọc được.", where, hint) from error
    if not isinstance(said, dict):
        raise UserError("các dòng “#|” ở đầu ô không phải là “tên: giá trị”.", where, hint)
    return said


def _line(said: Any) -> str:
    """A caption on one line; of several captions (Quarto's subcaptions) the first."""
    first = said[0] if isinstance(said, list) and said else said
    return "" if first is None or isinstance(first, (list, dict)) else " ".join(str(first).split())
