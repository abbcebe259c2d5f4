"""What a chapter is made of: prose, tables and figures, and how Jupyter shows them.

A block never offers ``text/html`` or a script type: for either, Quarto would add libraries from the web to the page
(design, section 5), and the book must open without a network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tabulate import tabulate

DATA_FOLDER = "/reports/chuong/so-lieu"
"""Folder of a book's files for download, relative to the book's own folder."""
CSV_FOLDER = "bang"
_BLANKS = re.compile(r"(?<=\|) +| +(?=\|)")
"""Blanks that pad a cell to the width of its column."""


@dataclass(frozen=True)
class Prose:
    """Finished Markdown; submitted text in it has been through :func:`baocao.present.words.submitted`."""

    markdown: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/markdown": self.markdown, "text/plain": self.markdown}

    def __add__(self, other: Prose) -> Prose:
        return Prose(f"{self.markdown}\n\n{other.markdown}")


@dataclass(frozen=True)
class Column:
    """A table's column: its heading (Markdown), its share of the width, and whether it is aligned right (figures)."""

    title: str
    width: int = 10
    right: bool = False


@dataclass(frozen=True)
class Table:
    """A numbered table.

    Attributes
    ----------
    label
        ``tbl-<chapter>-<name>``, unique in the book.
    caption
        Markdown, one paragraph.
    columns, rows
        Cells are Markdown without line breaks; each row has one cell for each column.
    """

    label: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.label}: a row has another number of cells than there are columns")

    @property
    def markdown(self) -> str:
        """The table with its label, followed on screens only by a link to the table's file."""
        table = labelled_table(self.label, pipe_table(self.columns, self.rows), self.caption)
        return f"{table}\n\n{download('Tải bảng này (CSV)', f'{CSV_FOLDER}/{self.label}.csv')}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/markdown": self.markdown, "text/plain": self.markdown}


@dataclass(frozen=True)
class Figure:
    """A numbered picture.

    Attributes
    ----------
    label
        ``fig-<chapter>-<name>``, unique in the book.
    caption
        Markdown, one paragraph.
    alt
        What the picture shows, as plain text with the figures.
    svg
        The picture as a complete SVG document.
    data
        The same figures as a table that readers can open under the picture. It has no number of its own; its label is
        ``data-<chapter>-<name>``.
    """

    label: str
    caption: str
    alt: str
    svg: str
    data: Table | None = None

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        about = {"label": self.label, "caption": self.caption, "alt": self.alt}
        if self.data is not None:
            about |= {"data-label": self.data.label, "data": pipe_table(self.data.columns, self.data.rows)}
        return {"image/svg+xml": self.svg, "text/plain": self.alt}, {"baocao": about}


Block = Prose | Table | Figure


@dataclass(frozen=True)
class Several:
    """Blocks that a notebook shows one after the other, for example the parts of a chart too long for one page."""

    blocks: tuple[Block, ...]

    def _ipython_display_(self) -> None:
        from IPython.display import display  # noqa: PLC0415  # only a notebook shows anything

        display(*self.blocks)  # type: ignore[no-untyped-call]


def pipe_table(columns: tuple[Column, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown pipe table whose dashes give the column widths, which pandoc uses for tables with long lines.

    Cells are not padded with blanks: the links of figures make lines long, and longer ones take pandoc more time.
    """
    aligned = ["right" if column.right else "left" for column in columns]
    titles = [column.title for column in columns]
    text = tabulate(rows, titles, tablefmt="pipe", disable_numparse=True, colalign=aligned)
    lines = _BLANKS.sub(" ", text).split("\n")
    dashes = (("-" * column.width + ":") if column.right else (":" + "-" * column.width) for column in columns)
    return "\n".join([lines[0], f"|{'|'.join(dashes)}|", *lines[2:]])


def labelled_table(label: str, table: str, caption: str) -> str:
    """A table with a label in Quarto's form: a div with a pipe table and then the caption."""
    return f"::: {{#{label}}}\n\n{table}\n\n{caption}\n\n:::"


def paragraphs(*texts: str) -> Prose:
    """The non-empty texts as paragraphs."""
    return Prose("\n\n".join(text for text in texts if text))


def bullets(items: Iterable[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"- {item}" for item in items)


def download(text: str, name: str) -> str:
    """A link to a file for download; it is left out on paper."""
    return f"::: {{.tai-ve}}\n[{text}]({DATA_FOLDER}/{name})\n:::"


def callout(kind: str, title: str, body: str) -> str:
    """A boxed remark: ``note``, ``tip``, ``important``, ``warning`` or ``caution``."""
    return f'::: {{.callout-{kind} title="{title}"}}\n{body}\n:::'
