"""The house's look of charts: the one place for typefaces, colours and sizes.

Colour-blind readers can distinguish the colours (after Okabe and Ito), and in black-and-white print they differ in
lightness. Every meaning of a colour is also given by words, signs or figures. A test computes the contrasts.
"""

from __future__ import annotations

from typing import Any

FONT = "Liberation Sans, Arial, sans-serif"
INK = "#1b2330"
MUTED = "#4d5766"
LINE = "#d5dae1"
PAPER = "#ffffff"
ACCENT = "#1d5b96"
QUIET = "#7fa6cc"
"""Colour of the bars of other months beside the report month."""
PALE = "#dfe8f2"
SHADES = ("#f5f8fb", "#8fb4dc")
"""Shades for few to many; text is readable on both, also on a dark screen, where light and dark are inverted."""

STATE_COLOURS = {
    "filed": ("#a5c8e8", INK),
    "nil": ("#f1f3f6", INK),
    "missing": ("#b34700", "#ffffff"),
    "refused": ("#4a1414", "#ffffff"),
}
"""State of a report → colours of its tile and of the text in it."""
STATE_SIGNS = {"filed": "●", "nil": "○", "missing": "×", "refused": "!"}
"""State of a report → sign, if a word has no room; the book's typefaces have these signs."""
UNKNOWN = "×"
"""Sign in place of a column whose figure is not known."""

WIDTH = 640
"""Total width of a chart in pixels, names included."""
MOST_HEIGHT = 860
"""Greatest height, in pixels, that fits on a page with the caption; taller charts are split."""
TITLE_LETTERS = 48
NOTE_LETTERS = 56
"""Most letters in a line of a title or note: as many as a phone shows of a chart at full size."""
NAME_LETTERS = 32
LETTER = 6.7
"""Width reserved for a letter of a name, in pixels."""
SMALL_LETTER = 6.2
"""The same for small type in grids and panels."""
SMALL = 11
LINE_HEIGHT = 14
TITLE_HEIGHT = 18

CONFIG: dict[str, Any] = {
    # No size may depend on measured text, or pictures would differ with the fonts of the machine.
    "autosize": {"type": "none"},
    # Screen readers get the figure's alternative text; Vega's own descriptions would be in English.
    "aria": False,
    "background": PAPER,
    "font": FONT,
    "title": {
        "anchor": "start",
        "frame": "group",
        "fontSize": 14,
        "fontWeight": "bold",
        "color": INK,
        "lineHeight": TITLE_HEIGHT,
        "subtitleFontSize": 12,
        "subtitleColor": MUTED,
        "subtitleLineHeight": LINE_HEIGHT + 2,
        "subtitlePadding": 4,
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
