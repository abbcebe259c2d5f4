"""The house's look of charts: one place for faces, colours and sizes.

Colours are told apart by colour-blind readers (after Okabe and Ito) and by their lightness in black-and-white print;
none carries a meaning that words, signs or figures in the chart do not. A test reckons their contrasts.
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
"""Bars of other months beside the one that counts."""
PALE = "#dfe8f2"
SHADES = ("#f5f8fb", "#8fb4dc")
"""From few to many; letters stay readable on either, also on a dark screen, where pages turn light and dark around."""

STATE_COLOURS = {
    "filed": ("#a5c8e8", INK),
    "nil": ("#f1f3f6", INK),
    "missing": ("#b34700", "#ffffff"),
    "refused": ("#4a1414", "#ffffff"),
}
"""State of a report → colours of its tile and of what is written in it."""
STATE_SIGNS = {"filed": "●", "nil": "○", "missing": "×", "refused": "!"}
"""The same as a sign, where a word has no room. The book's faces have these."""
UNKNOWN = "×"
"""Stands where a column is not known."""

WIDTH = 640
"""Width of a chart in pixels, names and all."""
MOST_HEIGHT = 860
"""Height that fits a page with the caption; a taller chart is cut into several."""
TITLE_LETTERS = 48
NOTE_LETTERS = 56
"""Letters of a line of the title, of the note: what a phone shows of a chart at its own size."""
NAME_LETTERS = 32
LETTER = 6.7
"""Room for a letter of a name, in pixels."""
SMALL_LETTER = 6.2
"""The same for the small type in grids and panels."""
SMALL = 11
LINE_HEIGHT = 14
TITLE_HEIGHT = 18

CONFIG: dict[str, Any] = {
    # Nothing may depend on measured text, or the picture would differ with the fonts of the machine.
    "autosize": {"type": "none"},
    # Screen readers get the figure's alternative text; Vega's own descriptions are English.
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
