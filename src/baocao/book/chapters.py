"""Turning an executed notebook into a Markdown chapter and its figures, which both renderers read."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from baocao.book.cell_options import CellOptions, label_in, options_of
from baocao.book.outputs import chart_in, html_as_markdown, lines_as_markdown
from baocao.execute.drawings import drawn
from baocao.present.blocks import CSV_FOLDER, download, labelled_table
from baocao.text import apart, markdown

FIGURES = "hinh"
"""Folder of the figures, beside the chapters."""
_PICTURES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
"""Type of an output → ending of its file, in order of preference."""
_PIPE_TABLE = re.compile(r"^ {0,3}(?=[ :|-]*\|)(?=[ :|-]*-)[ :|-]+$", re.MULTILINE)
"""The line under a table's headings (pandoc's manual, extension ``pipe_tables``)."""
_MEANS = re.compile(r'[\\"&]')
"""Characters with a meaning in an attribute's value: of escapes, of its end, of character references."""


@dataclass(frozen=True)
class Chapter:
    """A chapter's Markdown, and its figures by file name in the folder of figures."""

    name: str
    title: str
    part: str
    text: str
    figures: dict[str, bytes] = field(default_factory=dict)


def heading(title: str, name: str) -> str:
    """The chapter's first line.

    Angle brackets are character references, because Quarto's sidebar would turn an escaped tag into a real one.
    """
    text = apart(markdown(title)).replace("\\<", "&lt;").replace("\\>", "&gt;")
    return f"# {text} {{#sec-{name}}}"


def chapter(notebook: NotebookNode, name: str, title: str, part: str = "", pictures: Path | None = None) -> Chapter:
    """The chapter made from a notebook that ran to its end.

    Markdown cells are copied. Code cells are replaced by their outputs: Markdown, figures (SVG, PNG, JPEG, Altair
    charts) named after their label or the chapter, pandas tables, or printed text. Code and stderr output are not
    shown. A cell may give its figure or table a caption and a label in Quarto's form (``#| fig-cap: …``).

    Parameters
    ----------
    pictures
        Folder of kept drawings (:mod:`baocao.execute.drawings`).
    """
    figures = _Figures(name, pictures)
    blocks = [heading(title, name)]
    said = [
        options_of(cell.source, name, f"sổ tay của chương “{name}”") if cell.cell_type == "code" else CellOptions()
        for cell in notebook.cells
    ]
    labels = [one.label for one in said if one.label]
    for cell, options in zip(notebook.cells, said, strict=True):
        if cell.cell_type == "markdown":
            blocks.append(_referring(cell.source, name, labels))
        elif cell.cell_type == "code" and options.shown:
            blocks += [text for output in cell.outputs if (text := _output(output, figures, options))]
    return Chapter(name, title, part, "\n\n".join(block.strip("\n") for block in blocks) + "\n", figures.files)


def _referring(text: str, name: str, labels: Iterable[str]) -> str:
    """A Markdown cell with references to the notebook's labels changed to the labels in the book."""
    for label in labels:
        text = re.sub(rf"@{re.escape(label)}(?![\w-])", f"@{label_in(name, label)}", text)
    return text


def placeholder(name: str, title: str, part: str, cell: str) -> Chapter:
    """The chapter in place of a failed notebook's: it says so, and what to do."""
    text = (
        f'::: {{.callout-important title="Chương này chưa lập được"}}\n'
        f"Sổ tay tính toán của chương dừng giữa chừng ({markdown(cell)}), nên chương không có số liệu. "
        "Các chương khác không bị ảnh hưởng. Sổ tay lỗi được giữ lại trong thư mục build để người phụ trách kiểm tra.\n"
        ":::"
    )
    return Chapter(name, title, part, f"{heading(title, name)}\n\n{text}\n")


def _output(output: NotebookNode, figures: _Figures, options: CellOptions) -> str:
    if output.output_type == "stream":
        return lines_as_markdown(output.text) if output.name == "stdout" else ""
    data = output.get("data", {})
    if "text/markdown" in data:
        return _captioned(str(data["text/markdown"]), options)
    for kind, ending in _PICTURES.items():
        if kind in data:
            about = output.get("metadata", {}).get("baocao") or options.take("fig")
            return figures.add(_content(str(data[kind]), ending), ending, about)
    if chart := chart_in(data):
        return figures.draw(chart, options.take("fig"))
    if "text/html" in data:
        return _captioned(html_as_markdown(str(data["text/html"])), options)
    return lines_as_markdown(str(data.get("text/latex", data.get("text/plain", ""))))


def _captioned(text: str, options: CellOptions) -> str:
    """A table with the caption and label from its cell's options."""
    said = options.take("tbl") if _PIPE_TABLE.search(text) else {}
    if "label" in said:
        return labelled_table(said["label"], text, said["caption"])
    return f"{said['caption']}\n\n{text}" if said else text


def _content(data: str, ending: str) -> bytes:
    if ending == "svg":
        return (data if data.endswith("\n") else data + "\n").encode("utf-8")
    return base64.b64decode(data)


@dataclass
class _Figures:
    """Collects the figures of a chapter; ``pictures`` is the folder of kept drawings."""

    chapter: str
    pictures: Path | None
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, data: bytes, ending: str, about: dict[str, str]) -> str:
        """Add a figure; returns its Markdown. ``about`` may have its label, caption, alternative text and data."""
        label = about.get("label", "")
        file = self._file(label.removeprefix("fig-") or self._next, ending, data)
        self.files[file] = data
        attributes = [f"#{label}"] if label else []
        if alt := about.get("alt", ""):
            attributes.append(f'fig-alt="{_attribute(alt)}"')
        picture = f"![{about.get('caption', '')}]({FIGURES}/{file}){{{' '.join(attributes)}}}"
        return f"{picture}\n\n{_data(about)}" if about.get("data") else picture

    def draw(self, specification: dict[str, Any], said: dict[str, str]) -> str:
        """Draw an analyst's own chart in the house's look; returns its Markdown."""
        # Imported only for such a chart, because most books have none.
        import vl_convert  # noqa: PLC0415

        from baocao.present.svg import NotDrawnError, any_svg, words_of  # noqa: PLC0415

        def convert(*args: Any, **kwargs: Any) -> str:
            question = json.dumps([args, kwargs], sort_keys=True).encode()
            return drawn(
                ("vegalite_to_svg", question), lambda: vl_convert.vegalite_to_svg(*args, **kwargs), self.pictures
            )

        try:
            svg = any_svg(specification, self._next, convert)
        except NotDrawnError as problem:
            return f"[{markdown(f'[Không có hình: {problem}]')}]{{.khong-hinh}}"
        return self.add(_content(svg, "svg"), "svg", {"alt": words_of(specification)} | said)

    def _file(self, name: str, ending: str, data: bytes) -> str:
        """A file name that no other picture has: the label ``fig-1`` gives the name of the first unlabelled one."""
        names = (f"{one}.{ending}" for one in chain([name], (f"{name}-{number}" for number in count(2))))
        return next(one for one in names if self.files.get(one, data) == data)

    @property
    def _next(self) -> str:
        return f"{self.chapter}-{len(self.files) + 1}"


def _data(about: dict[str, str]) -> str:
    """The picture's figures as a table, in a div that is collapsed on pages and left out on paper."""
    file = download("Tải bảng này (CSV)", f"{CSV_FOLDER}/{about['data-label']}.csv")
    return f"::: {{#{about['data-label']} .so-lieu-hinh}}\n\n{about['data']}\n\n{file}\n\n:::"


def _attribute(text: str) -> str:
    return apart(_MEANS.sub(r"\\\g<0>", " ".join(text.split())))
