"""The content of an official document, independent of its layout: frozen values, the same for DOCX and PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Run:
    """Text in one style; ``ref`` is the id of the ledger row that it prints, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    ref: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A section's heading of level 1 or 2; its number is part of the text, as in office documents."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Paragraph:
    """A justified paragraph."""

    runs: Runs

    @property
    def leads_in(self) -> bool:
        """Whether it must be on the same page as the next block: ``Các chỉ tiêu chưa đạt:``."""
        return "".join(run.text for run in self.runs).endswith(":")


@dataclass(frozen=True)
class Item:
    """A line of a list: its sign (``-`` or ``+``) and its text."""

    sign: str
    runs: Runs


@dataclass(frozen=True)
class Column:
    """A table's column: heading, share of the width, alignment of its cells."""

    title: str
    width: float
    align: Align = "left"


@dataclass(frozen=True)
class Line:
    """A table's row; ``bold`` for totals and subheadings."""

    cells: tuple[Runs, ...]
    bold: bool = False


@dataclass(frozen=True)
class Table:
    """A numbered table; ``note`` is printed below it."""

    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if any(len(line.cells) != len(self.columns) for line in self.lines):
            raise ValueError(f"{self.caption}: a row has another number of cells than there are columns")


Block = Heading | Paragraph | Item | Table


@dataclass(frozen=True)
class Head:
    """The head of an official document: issuer, type and summary, addressee. Number and date stay blank."""

    superior: str
    issuer: tuple[str, ...]
    country: str
    motto: str
    number_code: str
    place: str
    kind: str
    summary: tuple[str, ...]
    addressee: str


@dataclass(frozen=True)
class Foot:
    """Who signs, and who receives a copy: the lines of the list without their dashes."""

    authority: str
    on_behalf: str
    position: str
    signer: str
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """An annex on separate pages: ``Phụ lục``, its title, and the line that names the document that it belongs to."""

    label: str
    title: str
    belongs_to: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole document.

    Attributes
    ----------
    name
        File name without ending.
    title
        The title in the file's properties.
    author
        The issuing body in the file's properties.
    day
        The last day of the period; it is the date in the file's properties, so that no clock is used.
    notice
        A notice at the foot of every page, for example that figures are a demonstration; empty for none.
    trace
        A small line at the foot of every page: period, revision, hash, commit; empty for none.
    head, foot, annex
        None for an extract.
    """

    name: str
    title: str
    author: str
    day: date
    notice: str
    body: tuple[Block, ...]
    head: Head | None = None
    trace: str = ""
    foot: Foot | None = None
    annex: Annex | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Body and annex."""
        return self.body + (self.annex.blocks if self.annex else ())

    def runs(self) -> Iterator[Run]:
        """Every run of the body and the annex, tables' cells included, in reading order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from (run for line in block.lines for cell in line.cells for run in cell)
            else:
                yield from block.runs


def plain(text: str, *, ref: str = "", bold: bool = False) -> Runs:
    """One run."""
    return (Run(text, bold=bold, ref=ref),)
