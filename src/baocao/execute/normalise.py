"""Removing from executed notebooks what differs from run to run: times, paths, process ids, random ids."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

_KERNEL_PATH = re.compile(r"/tmp/ipykernel_\d+/\d+\.py|[A-Za-z]:\\[^\s:]*ipykernel_\d+\\\d+\.py")
_CONNECTION = re.compile(r"(?<=-f )\S+\.json|(?<='-f', ')[^'\n]+\.json")
"""The connection file in a kernel's command line."""
_ADDRESS = re.compile(r"(?<= at )0x[0-9a-fA-F]+")
_WIDGET = "application/vnd.jupyter.widget-view+json"
"""Output type that refers to a widget by a random id; the widgets themselves are removed from the metadata."""

_SHOWN_ID = re.compile(
    r"""\bid=["'](?:T_([0-9a-f]{5})(?![0-9a-f])|[\w-]*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}))"""
)
"""The random part of an id in a library's HTML: of a pandas style, an Altair chart, any UUID."""

Clean = Callable[[str], str]

_UNNAMED = "cell-without-id"
_KEPT = ("parameters", "exception")


def ids(source: Path) -> frozenset[str]:
    """The ids of the cells in a notebook's file."""
    cells = json.loads(source.read_text("utf-8")).get("cells", ())
    return frozenset(cell["id"] for cell in cells if "id" in cell)


def normalised(
    notebook: NotebookNode, known: Collection[str] | None = None, folder: Path | None = None
) -> NotebookNode:
    """Remove volatile parts from a notebook; the node is changed in place and returned.

    Parameters
    ----------
    known
        The ids of the cells in the notebook's file. Any other id is random: the cell had none (notebooks older than
        format 4.5), or that of another cell.
    folder
        The notebook's working folder; paths of files in it are made relative to it.
    """
    clean = _cleaner(folder)
    papermill = notebook.metadata.get("papermill", {})
    notebook.metadata["papermill"] = {key: papermill[key] for key in _KEPT if key in papermill}
    notebook.metadata.pop("widgets", None)
    shown: dict[str, str] = {}
    for index, cell in enumerate(notebook.cells):
        if known is not None and cell.get("id") not in known:
            cell["id"] = f"{_UNNAMED}-{index}"
        _clean_cell(cell, index, clean)
        for output in cell.get("outputs", ()):
            _count_ids(output, shown)
    return notebook


def _count_ids(output: NotebookNode, shown: dict[str, str]) -> None:
    """Replace random ids in an output's HTML by running numbers of the same length."""
    page = output.get("data", {}).get("text/html")
    if page is None:
        return
    text = "".join(page)
    for one in (styled or other for styled, other in _SHOWN_ID.findall(text)):
        shown.setdefault(one, re.sub("[0-9a-f]+", lambda run: "0" * len(run[0]), one)[:-4] + f"{len(shown) + 1:04}")
    for one, counted in shown.items():
        text = re.sub(rf"(?<![0-9a-f]){one}(?![0-9a-f])", counted, text)
    output["data"]["text/html"] = text


def _clean_cell(cell: NotebookNode, index: int, clean: Clean) -> None:
    tags = cell.metadata.get("tags", [])
    for name in ("papermill", "execution", "ExecuteTime"):
        cell.metadata.pop(name, None)
    for tag in ("injected-parameters", "papermill-error-cell-tag"):
        if tag in tags:
            cell["id"] = f"{tag}-{index}"
    if cell.cell_type == "code":
        cell["outputs"] = [_clean_output(output, clean) for output in _merged(cell.outputs)]


def _merged(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs with each run of printed text as one output a stream, standard output first.

    Their division depends on timing, and so does the order of two streams: a kernel sends each every fifth of a second.
    """
    runs = groupby(outputs, lambda output: bool(output.output_type == "stream"))
    return [output for printed, run in runs for output in (_by_stream(run) if printed else run)]


def _by_stream(printed: Iterable[NotebookNode]) -> list[NotebookNode]:
    streams: dict[str, NotebookNode] = {}
    for output in printed:
        if output.name in streams:
            streams[output.name]["text"] += output.text
        else:
            streams[output.name] = output
    return sorted(streams.values(), key=lambda output: bool(output.name != "stdout"))


def _clean_output(output: NotebookNode, clean: Clean) -> NotebookNode:
    for key in ("text", "traceback", "evalue"):
        if key in output:
            output[key] = _each(output[key], clean)
    if "data" in output:
        output["data"].pop(_WIDGET, None)
    if "data" in output and "text/plain" in output["data"]:
        output["data"]["text/plain"] = _each(output["data"]["text/plain"], clean)
    return output


def _each(value: Any, clean: Clean) -> Any:
    return [_each(item, clean) for item in value] if isinstance(value, list) else clean(value)


def _cleaner(folder: Path | None) -> Clean:
    own = _in_folder(folder) if folder else None

    def clean(text: str) -> str:
        text = _ADDRESS.sub("0x0", _KERNEL_PATH.sub("/tmp/ipykernel/0.py", text))
        text = _CONNECTION.sub("kernel.json", text)
        return own.sub(r"\1", text) if own else text

    return clean


def _in_folder(folder: Path) -> re.Pattern[str]:
    """Matches the folder before a file name, in Python's form or in IPython's: relative to ``~``, in colour."""
    names = {str(folder), str(folder.resolve())}
    home = os.path.join(os.path.expanduser("~"), "")
    names |= {f"~/{name.removeprefix(home)}" for name in names if name.startswith(home)}
    either = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(\x1b\[[\d;]*m|(?<![\w./~:-]))(?:{either})[/\\](?=[^\s/\\])")


def to_text(notebook: NotebookNode) -> str:
    """The notebook as JSON text with sorted keys."""
    return str(nbformat.writes(notebook)) + "\n"
