"""Checking parameters before anything runs; papermill itself only warns about unknown ones."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode, ValidationError
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning

from baocao.errors import UserError

TAG = "parameters"
LANGUAGE = "python"
"""Language of every notebook."""
_RESTORE = "Khôi phục tệp từ kho mã nguồn."


for _kind in (MissingIDFieldWarning, DuplicateCellId):  # cells without a proper id get one later (normalise)
    warnings.simplefilter("ignore", _kind)


@lru_cache(maxsize=64)
def declared(notebook: Path) -> dict[str, object]:
    """Name → default value of each parameter of a notebook.

    Raises
    ------
    UserError
        If the notebook is not :func:`sound`, does not have exactly one cell tagged ``parameters``, or that cell
        contains anything but assignments of plain values.
    """
    where = f"notebooks/{notebook.name}"
    tagged = [cell.source for cell in sound(notebook).cells if TAG in cell.metadata.get("tags", ())]
    if len(tagged) != 1:
        raise UserError(
            f"cần đúng một ô mang thẻ “{TAG}”, hiện có {len(tagged)}.",
            where=where,
            hint=f'Trong JupyterLab, mục Cell Tags: gắn thẻ “{TAG}” cho ô đặt tham số (month = ""), bỏ ở ô khác.',
        )
    try:
        return dict(_assignment(node) for node in ast.parse(tagged[0]).body)
    except (SyntaxError, ValueError, TypeError) as error:
        raise UserError(
            f"ô “{TAG}” chỉ được gồm các dòng tên = giá trị.", where=where, hint='Ví dụ: month = "2025-10"'
        ) from error


@lru_cache(maxsize=64)
def sound(notebook: Path) -> NotebookNode:
    """Read a notebook that can be run.

    Raises
    ------
    UserError
        If the file is not a notebook, or one for another language than Python.
    """
    where = f"notebooks/{notebook.name}"
    try:
        read: NotebookNode = nbformat.read(notebook, as_version=4)
    except (OSError, ValueError, LookupError, AttributeError, TypeError, RecursionError, ValidationError) as error:
        raise UserError("không đọc được sổ tay.", where=where, hint=_RESTORE) from error
    if fault := _fault(read):
        raise UserError(fault, where=where, hint=_RESTORE)
    return read


def _fault(notebook: NotebookNode) -> str:
    """A fault in a notebook that would make papermill fail or run it wrongly; empty if there is none."""
    for number, cell in enumerate(notebook.cells, start=1):
        tags = cell.metadata.get("tags", [])
        if not isinstance(cell.get("source"), str):
            return f"ô {number} không có nội dung (source)."
        if not (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)):
            return f"ô {number}: thẻ (tags) phải là danh sách chữ."
    about = notebook.metadata
    language = about.get("kernelspec", {}).get("language") or about.get("language_info", {}).get("name") or LANGUAGE
    return "" if language == LANGUAGE else f"sổ tay viết bằng ngôn ngữ “{language}”, chỉ chạy được sổ tay Python."


def _assignment(node: ast.stmt) -> tuple[str, object]:
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id, ast.literal_eval(node.value)
    raise ValueError("not an assignment of a plain value")


def check_parameters(notebook: Path, given: Mapping[str, object]) -> None:
    """Refuse an unknown, missing or mistyped parameter.

    Raises
    ------
    UserError
        One message with every fault.
    """
    known = declared(notebook)
    strange = [name for name in given if name not in known]
    faults = [f"tham số lạ “{name}”" for name in strange]
    faults += [f"thiếu tham số “{name}”" for name in known if name not in given]
    faults += [
        f"tham số “{name}” phải là kiểu {type(default).__name__}, không phải {type(given[name]).__name__}"
        for name, default in known.items()
        if name in given and type(given[name]) is not type(default)
    ]
    if faults:
        allowed = ", ".join(f"{name} ({type(default).__name__})" for name, default in known.items()) or "không có"
        lines = ", ".join(f'{name} = ""' for name in strange)
        add = f" Sổ tay của chương này cần thêm vào ô “{TAG}”: {lines}." if strange else ""
        raise UserError(
            "; ".join(faults) + ".", where=f"notebooks/{notebook.name}", hint=f"Tham số được nhận: {allowed}.{add}"
        )
