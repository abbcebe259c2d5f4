"""Validation errors of the models, as faults in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from baocao.config.faults import Fault, join
from baocao.config.yaml_words import as_written

# Pattern of a model's field → what it allows, in words.
_PATTERNS = {
    r"\S": "chữ, không chỉ có khoảng trắng",
    r"^[A-Za-zĐđ0-9][A-Za-zĐđ0-9._-]*$": "chữ không dấu, chữ số, “.”, “_”, “-”; bắt đầu bằng chữ hoặc chữ số",
    r"^\d{4}-\d{2}$": 'NĂM-THÁNG trong dấu nháy, ví dụ "2025-08"',
    r"^\d{4}-(0[1-9]|1[0-2])$": 'NĂM-THÁNG trong dấu nháy, ví dụ "2025-08"',
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "chữ thường không dấu và chữ số, nối bằng “-”",
}
# Kind of error → (what is wrong, what is allowed); {name} is filled from the error's context.
_KINDS = {
    "missing": ("thiếu khóa bắt buộc", ""),
    "string_too_short": ("để trống", "chữ, ít nhất {min_length} ký tự"),
    "too_short": ("để trống", "ít nhất {min_length} mục"),
    "string_too_long": ("quá dài", "nhiều nhất {max_length} ký tự"),
    "string_type": ("không phải là chữ", "chữ; số và ngày thì đặt trong dấu nháy"),
    "greater_than_equal": ("quá nhỏ", "từ {ge} trở lên"),
    "greater_than": ("quá nhỏ", "lớn hơn {gt}"),
    "less_than_equal": ("quá lớn", "đến {le}"),
    "finite_number": ("không phải là số hữu hạn", "số"),
    "tuple_type": ("không phải là danh sách", "danh sách, mỗi mục một dòng bắt đầu bằng “- ”"),
    "dict_type": ("không phải là nhóm khóa", "các cặp khóa: giá trị"),
    "model_type": ("không phải là nhóm khóa", "các cặp khóa: giá trị"),
}
_PREFIXES = {
    "int": ("không phải là số nguyên", "số nguyên"),
    "decimal": ("không phải là số", "số, dấu chấm thập phân, không có dấu phân cách hàng nghìn"),
    "bool": ("không phải là true hoặc false", "true, false"),
    "date": ("không phải là ngày", "NĂM-THÁNG-NGÀY, ví dụ 2025-07-10"),
    "time": ("không phải là giờ", 'GIỜ:PHÚT:GIÂY trong dấu nháy, ví dụ "17:00:00"'),
}

_SHAPES = {dict: "là nhóm khóa", list: "là danh sách", type(None): "để trống"}
"""How a message describes a value of the wrong kind that cannot be shown as text."""


def faults_of(error: ValidationError, model: type[BaseModel], data: Any, file: str) -> Iterator[Fault]:
    """The faults of a file whose data do not fit its model, in the model's order.

    Each place has one fault. If no branch of a union fits, the fault is that of the last branch, and what is allowed is
    taken from all branches.
    """
    faults: dict[str, Fault] = {}
    for item in error.errors(include_url=False):
        loc = _inside(item["loc"], data, item["type"] == "missing")
        path = ""
        for part in loc:
            path = join(path, part)
        what, allowed = _words(item["type"], item.get("ctx", {}), model, loc)
        if path in faults:
            allowed = f"{allowed}; hoặc {faults[path].allowed}"
        faults[path] = Fault(file, path, what + _given(item), allowed)
    yield from faults.values()


def _inside(loc: tuple[int | str, ...], data: Any, missing: bool) -> tuple[int | str, ...]:
    """The part of a pydantic location that is a key path, without the names of union branches that pydantic adds."""
    path: list[int | str] = []
    for part in loc:
        if (isinstance(data, dict) and part in data) or (isinstance(data, list) and isinstance(part, int)):
            data = data[part]  # type: ignore[index]
            path.append(part)
        elif missing and isinstance(data, dict):
            return (*path, part)
        else:
            break
    return tuple(path)


def _words(kind: str, context: dict[str, Any], model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, str]:
    if kind == "extra_forbidden":
        return "khóa không được biết đến", ", ".join(_model_at(model, loc[:-1]).model_fields)
    if kind == "string_pattern_mismatch":
        return "viết không đúng mẫu", _PATTERNS.get(context["pattern"], context["pattern"])
    if kind == "literal_error":
        return "giá trị không có trong danh mục", str(context["expected"]).replace(" or ", ", ")
    if kind in _KINDS:
        what, allowed = _KINDS[kind]
        return what, allowed.format(**context)
    return _PREFIXES.get(kind.split("_", maxsplit=1)[0], ("giá trị không hợp lệ", ""))


def _given(item: Any) -> str:
    value = item["input"]
    if item["type"] in {"missing", "extra_forbidden", "string_too_short"}:
        return ""
    if isinstance(value, dict | list | None):
        return f": {_SHAPES[type(value)]}" if item["type"].endswith(("_type", "literal_error")) else ""
    text = as_written(value)
    return f": “{text[:40]}…”" if len(text) > 40 else f": “{text}”"


def _model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel]:
    """The model whose fields stand at a key path."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_models(model.model_fields[part].annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
