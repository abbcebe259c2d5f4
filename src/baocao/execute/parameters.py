"""Parameters are checked before anything runs: papermill itself only warns of an unknown one."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import nbformat

from baocao.errors import UserError

TAG = "parameters"


@lru_cache(maxsize=64)
def declared(notebook: Path) -> dict[str, object]:
    """Name → default value of each parameter of a notebook.

    Raises
    ------
    UserError
        If the file is no notebook, has not exactly one cell tagged ``parameters``, or that cell holds anything but
        assignments of plain values.
    """
    where = f"notebooks/{notebook.name}"
    try:
        cells = nbformat.read(notebook, as_version=4).cells
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise UserError("không đọc được sổ tay.", where=where, hint="Khôi phục tệp từ kho mã nguồn.") from error
    tagged = [cell.source for cell in cells if TAG in cell.metadata.get("tags", ())]
    if len(tagged) != 1:
        raise UserError(f"cần đúng một ô mang thẻ “{TAG}”, hiện có {len(tagged)}.", where=where)
    try:
        return dict(_assignment(node) for node in ast.parse(tagged[0]).body)
    except (SyntaxError, ValueError) as error:
        raise UserError(
            f"ô “{TAG}” chỉ được gồm các dòng tên = giá trị.", where=where, hint='Ví dụ: month = "2025-10"'
        ) from error


def _assignment(node: ast.stmt) -> tuple[str, object]:
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id, ast.literal_eval(node.value)
    raise ValueError("not an assignment of a plain value")


def check_parameters(notebook: Path, given: Mapping[str, object]) -> None:
    """Refuse an unknown, missing or mistyped parameter.

    Raises
    ------
    UserError
        One message that names every fault.
    """
    known = declared(notebook)
    faults = [f"tham số lạ “{name}”" for name in given if name not in known]
    faults += [f"thiếu tham số “{name}”" for name in known if name not in given]
    faults += [
        f"tham số “{name}” phải là kiểu {type(default).__name__}, không phải {type(given[name]).__name__}"
        for name, default in known.items()
        if name in given and type(given[name]) is not type(default)
    ]
    if faults:
        allowed = ", ".join(f"{name} ({type(default).__name__})" for name, default in known.items()) or "không có"
        raise UserError(
            "; ".join(faults) + ".", where=f"notebooks/{notebook.name}", hint=f"Tham số được nhận: {allowed}."
        )
