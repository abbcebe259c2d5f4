"""How wide words are when set in the house's face: rules below them are as long as Decree 30 asks for."""

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
"""The house's face: each letter as wide as that of Times New Roman."""
_SOURCE = b"""
#let asked = json(bytes(sys.inputs.asked))
#set text(font: asked.face, weight: "bold", kerning: false)
#let wide(it) = measure(text(size: it.at(1) * 1pt, it.at(0))).width / 1pt
#context [#metadata(asked.lines.map(wide)) <widths>]
"""


def widths(root: Path, lines: Sequence[tuple[str, float]]) -> list[float]:
    """The widths in points of bold lines, each given with its size in points."""
    asked = json.dumps({"face": FACE, "lines": list(lines)})
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[root / FONTS])
    compiler = typst.Compiler(_SOURCE, font_paths=fonts, sys_inputs={"asked": asked})
    found = json.loads(compiler.query("<widths>", field="value")) if lines else [[]]
    return [float(width) for width in found[0]]
