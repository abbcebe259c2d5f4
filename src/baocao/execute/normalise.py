"""Executed notebooks without what differs from run to run: times, paths, process ids, random cell ids."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

_KERNEL_PATH = re.compile(r"/tmp/ipykernel_\d+/\d+\.py|[A-Za-z]:\\[^\s:]*ipykernel_\d+\\\d+\.py")
_ADDRESS = re.compile(r"(?<= at )0x[0-9a-fA-F]+")
_WIDGET = "application/vnd.jupyter.widget-view+json"
"""Names a widget by a random id; what it would show is taken out with the notebook's ``widgets``."""

_UNNAMED = "cell-without-id"
_KEPT = ("parameters", "exception")


def ids(source: Path) -> frozenset[str]:
    """The ids that a notebook's file gives its cells."""
    cells = json.loads(source.read_text("utf-8")).get("cells", ())
    return frozenset(cell["id"] for cell in cells if "id" in cell)


def normalised(notebook: NotebookNode, known: Collection[str] | None = None) -> NotebookNode:
    """The notebook with volatile parts taken out; the node given is changed and returned.

    Parameters
    ----------
    known
        The ids of the cells that ran; any other one was drawn at random, for a cell without one (notebooks older than
        format 4.5) or with that of another.
    """
    papermill = notebook.metadata.get("papermill", {})
    notebook.metadata["papermill"] = {key: papermill[key] for key in _KEPT if key in papermill}
    notebook.metadata.pop("widgets", None)
    for index, cell in enumerate(notebook.cells):
        if known is not None and cell.get("id") not in known:
            cell["id"] = f"{_UNNAMED}-{index}"
        _clean_cell(cell, index)
    return notebook


def _clean_cell(cell: NotebookNode, index: int) -> None:
    tags = cell.metadata.get("tags", [])
    for name in ("papermill", "execution", "ExecuteTime"):
        cell.metadata.pop(name, None)
    for tag in ("injected-parameters", "papermill-error-cell-tag"):
        if tag in tags:
            cell["id"] = f"{tag}-{index}"
    if cell.cell_type == "code":
        cell["outputs"] = [_clean_output(output) for output in _merged(cell.outputs)]


def _merged(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Neighbouring stream outputs of one name as one: how they are cut depends on timing."""
    merged: list[NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last is not None and output.output_type == "stream" == last.output_type and output.name == last.name:
            last["text"] += output.text
        else:
            merged.append(output)
    return merged


def _clean_output(output: NotebookNode) -> NotebookNode:
    for key in ("text", "traceback", "evalue"):
        if key in output:
            output[key] = _clean_text(output[key])
    if "data" in output:
        output["data"].pop(_WIDGET, None)
    if "data" in output and "text/plain" in output["data"]:
        output["data"]["text/plain"] = _clean_text(output["data"]["text/plain"])
    return output


def _clean_text(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean_text(item) for item in value]
    return _ADDRESS.sub("0x0", _KERNEL_PATH.sub("/tmp/ipykernel/0.py", value))


def to_text(notebook: NotebookNode) -> str:
    """The notebook as JSON text, keys sorted."""
    return str(nbformat.writes(notebook)) + "\n"
