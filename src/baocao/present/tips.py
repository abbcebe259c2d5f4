"""Tips of a chart for pointer and keyboard: each mark has the words for its data row as ``data-tip``.

The book's own script shows them. A row may have its words in the field ``tip``; without it they are made from the
names and the text that the chart prints.
"""

from __future__ import annotations

import re
from typing import Any

TIP = "tip"
_MARKS = frozenset({"bar", "rect", "point", "circle", "square", "tick", "arc"})
_LABEL = re.compile(r'aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="[^"]*"')
_ROLES = re.compile(r' role="graphics-(?:object|symbol)"| aria-roledescription="[^"]*"| aria-label="[^"]*"')

Spec = dict[str, Any]


def with_tips(spec: Spec) -> Spec:
    """The Vega-Lite specification with tips added to the first layer of marks on each data set."""
    datasets = spec.get("datasets", {})
    seen: set[int] = set()

    def walk(node: Spec, inherited: list[Spec]) -> Spec:
        rows = _rows(node, datasets) or inherited
        changed = dict(node)
        for name in ("layer", "hconcat", "vconcat", "concat"):
            if name in node:
                changed[name] = [walk(part, rows) for part in node[name]]
        if "spec" in node:
            changed["spec"] = walk(node["spec"], rows)
        if rows and id(rows) not in seen and (mark := _speaking(node.get("mark"))):
            seen.add(id(rows))
            for row in rows:
                row.setdefault(TIP, _words(row))
            encoding = node.get("encoding", {})
            changed |= {"mark": mark, "encoding": encoding | {"description": {"field": TIP, "type": "nominal"}}}
        return changed

    return walk(spec, [])


def _rows(node: Spec, datasets: dict[str, list[Spec]]) -> list[Spec]:
    data = node.get("data") or {}
    rows: list[Spec] = datasets.get(data.get("name", ""), data.get("values", []))
    return rows


def _speaking(mark: Any) -> Spec | None:
    """The mark with accessible names switched on, if a pointer can meet it; else None."""
    found = {"type": mark} if isinstance(mark, str) else dict(mark or {})
    if found.get("aria") is False:  # a second mark for the same figures, such as the bound beside a bar
        return None
    if found.get("type") in _MARKS:
        return found | {"aria": True}
    point = found.get("point")
    if found.get("type") == "line" and point:
        return found | {"point": (point if isinstance(point, dict) else {}) | {"aria": True}}
    return None


def _words(row: Spec) -> str:
    names = [str(row[name]).replace("\n", " ") for name in ("name", "row", "column") if row.get(name)]
    return ": ".join(filter(None, [", ".join(names), str(row.get("text", ""))]))


def tips_in(svg: str) -> str:
    """The SVG with accessible names turned into ``data-tip``, and without Vega's English descriptions."""
    return _ROLES.sub("", _LABEL.sub(r'data-tip="\1"', svg))
