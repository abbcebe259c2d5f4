"""Widths of texts in the house's typeface, needed for the lengths of rules that Decree 30 asks for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.late import Late
from baocao.printable import FONTS

if TYPE_CHECKING:
    import typst
else:
    typst = Late("typst")

FACE = "Liberation Serif"
"""The house's typeface, with the letter widths of Times New Roman."""
_SOURCE = b"""
#let asked = json(bytes(sys.inputs.asked))
#set text(font: asked.face, weight: "bold", kerning: false)
#let wide(it) = measure(text(size: it.at(1) * 1pt, it.at(0))).width / 1pt
#context [#metadata(asked.lines.map(wide)) <widths>]
"""


def widths(root: Path, lines: Sequence[tuple[str, float]]) -> list[float]:
    """Widths, in points, of bold lines given with their type sizes in points."""
    asked = json.dumps({"face": FACE, "lines": list(lines)})
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[root / FONTS])
    compiler = typst.Compiler(_SOURCE, font_paths=fonts, sys_inputs={"asked": asked})
    found = json.loads(compiler.query("<widths>", field="value")) if lines else [[]]
    return [float(width) for width in found[0]]
