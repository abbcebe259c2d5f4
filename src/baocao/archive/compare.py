"""Comparison of a new run's outputs with the sealed ones: bytes, then figures, then sentences and tables."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from baocao.measures.differences import Difference, differences
from baocao.measures.ledger import Ledger
from baocao.months import Month

CHANGED, GONE, ADDED = "khác nội dung", "lần này không có", "trước đây không có"


@dataclass(frozen=True)
class TextDifference:
    """Lines of a chapter that differ: sentences, rows of tables."""

    file: str
    then: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """All differences between the sealed and the new outputs.

    Attributes
    ----------
    same
        Number of files that are equal, byte for byte.
    files
        Name and kind of difference of each other file.
    figures
        Ledger rows that differ, including those with equal figures but different record rows behind them.
    texts
        Differences in the text of chapters.
    """

    same: int = 0
    files: tuple[tuple[str, str], ...] = ()
    figures: tuple[Difference, ...] = ()
    texts: tuple[TextDifference, ...] = ()

    @property
    def other_figures(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.figures if one.is_figure)


def compare(then: Path, now: Path, names: list[str], month: Month) -> Comparison:
    """Compare two folders of outputs.

    Parameters
    ----------
    names
        The files of ``now`` to compare; of ``then``, all files are compared.
    """
    sealed = {path.relative_to(then).as_posix() for path in then.rglob("*") if path.is_file()}
    kinds = dict.fromkeys(sealed - set(names), GONE) | dict.fromkeys(set(names) - sealed, ADDED)
    both = sealed & set(names)
    kinds |= {name: CHANGED for name in both if (then / name).read_bytes() != (now / name).read_bytes()}
    ledger = f"build/{month}/data/ledger.csv"
    figures = differences(_ledger(then / ledger), _ledger(now / ledger)) if ledger in kinds else ()
    chapters = sorted(name for name, kind in kinds.items() if kind == CHANGED and name.endswith((".qmd", ".md")))
    texts = tuple(one for name in chapters for one in text_differences(name, _lines(then / name), _lines(now / name)))
    return Comparison(len(sealed | set(names)) - len(kinds), tuple(sorted(kinds.items())), figures, texts)


def text_differences(name: str, then: list[str], now: list[str]) -> list[TextDifference]:
    """The passages in which two texts differ, ignoring blank lines."""
    found = SequenceMatcher(None, then, now, autojunk=False).get_opcodes()
    return [TextDifference(name, tuple(then[a:b]), tuple(now[c:d])) for kind, a, b, c, d in found if kind != "equal"]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8", errors="replace").split("\n") if line.strip()]


def _ledger(path: Path) -> Ledger:
    return Ledger.from_csv(path.read_text("utf-8")) if path.is_file() else Ledger(())
