"""The keys that commands print with ``--json``, as documented in JSON.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).resolve().parents[1] / "JSON.md"
_ROW = re.compile(r"^\| `(?P<key>[^`]+)` \| (?P<type>[^|]+) \|", re.M)
_TYPES = {"text": str, "number": (int, float), "boolean": bool, "list": list, "object": dict, "list of text": list}
_PARTS = {"findings": "A finding", "changes": "A change between two versions"}
"""List → section of JSON.md that describes its objects."""
_ALSO = {"baocao render": "baocao run", "baocao report": "baocao run"}


@cache
def documented() -> dict[str, dict[str, str]]:
    """Section → key → type."""
    _, *sections = re.split(r"^## ", DOCUMENT.read_text("utf-8"), flags=re.M)
    found: dict[str, dict[str, str]] = {}
    for section in sections:
        heading, _, text = section.partition("\n")
        keys = {one["key"]: one["type"].strip() for one in _ROW.finditer(text)}
        for name in heading.replace("`", "").split(", "):
            found[name] = keys
    return found


def faults(arguments: Sequence[str], value: Any) -> list[str]:
    """Differences between a command's output and its documentation: undocumented keys, values of another type."""
    name = f"baocao {arguments[0]}"
    sections = documented()
    keys = sections[name] | sections.get(_ALSO.get(name, ""), {})
    sites = {key.removeprefix("[]."): kind for key, kind in keys.items() if key.startswith("[].")}
    return sorted(set(_faults(keys | sites, value, "")))


def _faults(keys: dict[str, str], value: Any, path: str) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _faults(keys, one, f"{path}[]" if path else "")
    elif isinstance(value, dict):
        for key, one in value.items():
            here = f"{path}.{key}" if path else key
            here = re.sub(r"(?<=figures\[\]\.)(?:then|now)(?=\.)", "*", here)
            if here not in keys:
                yield f"{here}: not in JSON.md"
            elif not _fits(one, keys[here]):
                yield f"{here}: {one!r} is not {keys[here]}"
            if key in _PARTS:
                yield from _faults(documented()[_PARTS[key]], one, "")
            elif path == "" and key == "months" and keys.get("site"):
                yield from _faults(keys, one, "")
            else:
                yield from _faults(keys, one, here)


def _fits(value: Any, kind: str) -> bool:
    kind, *null = kind.split(" or ")
    if value is None:
        return bool(null)
    return isinstance(value, _TYPES[kind]) and (kind != "number" or not isinstance(value, bool))
