"""The house's look of charts: one place for faces, colours and sizes.

Colours are told apart by colour-blind readers (after Okabe and Ito) and by their lightness in black-and-white print;
none carries a meaning that words in the chart do not.
"""

from __future__ import annotations

from typing import Any

FONT = "Liberation Sans, Arial, sans-serif"
INK = "#1b2330"
MUTED = "#4d5766"
LINE = "#d5dae1"
ACCENT = "#1d5b96"
PALE = "#c6d8ea"
MARK = "#b34700"
SHADES = ("#f5f8fb", "#6f9dcc")
"""From few to many; dark letters stay readable on either (contrast over 5)."""

STATE_COLOURS = {
    "filed": ("#c6d8ea", INK),
    "nil": ("#eef0f3", INK),
    "missing": ("#b34700", "#ffffff"),
    "refused": ("#5c1a1a", "#ffffff"),
}
"""State of a report → colours of its tile and of the words in it."""

WIDTH = 720
"""Width of a chart in pixels, names and all."""
TITLE_LETTERS = 82
NAME_LETTERS = 36
LETTER = 6.7
"""Room for a letter of a name, in pixels."""
LINE_HEIGHT = 14
TITLE_HEIGHT = 18

CONFIG: dict[str, Any] = {
    # Nothing may depend on measured text, or the picture would differ with the fonts of the machine.
    "autosize": {"type": "none"},
    # Screen readers get the figure's alternative text; Vega's own descriptions are English.
    "aria": False,
    "background": "#ffffff",
    "font": FONT,
    "title": {
        "anchor": "start",
        "frame": "group",
        "fontSize": 14,
        "fontWeight": "bold",
        "color": INK,
        "lineHeight": TITLE_HEIGHT,
        "offset": 12,
    },
    "axis": {
        "labelColor": INK,
        "labelFontSize": 12,
        "labelLimit": 0,
        "labelOverlap": False,
        "labelFlush": False,
        "labelBound": False,
        "titleColor": MUTED,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "grid": False,
        "domainColor": MUTED,
        "tickColor": LINE,
    },
    "axisQuantitative": {"grid": True, "gridColor": LINE, "domain": False, "tickCount": 5},
    "view": {"stroke": None},
    "text": {"color": INK, "fontSize": 12},
}
