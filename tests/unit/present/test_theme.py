"""The house's colours: readable, and told apart by lightness alone, as in black-and-white print and by any eye."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from baocao.present import theme


def luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("fill", "ink"), [*theme.STATE_COLOURS.values(), *((s, theme.INK) for s in theme.SHADES)])
def test_what_is_written_on_a_colour_can_be_read(fill, ink):
    assert contrast(fill, ink) >= 4.5


STYLES = (Path(__file__).parents[3] / "reports/assets/baocao.css").read_text("utf-8")
TURNED = re.findall(r"--hinh-nen: (#\w{6});\s+--hinh-loc: invert\(([\d.]+)\) hue-rotate\(180deg\);", STYLES)
"""Ground of a chart, and how far its colours are turned around, on a screen that is dark by the system or by choice."""
HUE = ((-0.574, 1.43, 0.144), (0.426, 0.43, 0.144), (0.426, 1.43, -0.856))
"""A hue turned by 180 degrees (CSS Filter Effects)."""


def turned(colour, share):
    parts = [255 * share + (1 - 2 * share) * int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    mixed = (sum(by * part for by, part in zip(row, parts, strict=True)) for row in HUE)
    return "#" + "".join(f"{min(255, max(0, round(part))):02x}" for part in mixed)


def test_on_a_dark_screen_charts_are_as_readable():
    assert len(TURNED) == 2
    for ground, share in TURNED:
        dark = {colour: turned(colour, float(share)) for colour in vars(theme).values() if str(colour).startswith("#")}
        assert dark[theme.PAPER] == ground
        assert min(contrast(ground, dark[ink]) for ink in (theme.INK, theme.MUTED)) >= 4.5
        assert min(contrast(ground, dark[bar]) for bar in (theme.ACCENT, theme.QUIET)) >= 3
        written = [*theme.STATE_COLOURS.values(), *((shade, theme.INK) for shade in theme.SHADES)]
        assert min(contrast(turned(fill, float(share)), turned(ink, float(share))) for fill, ink in written) >= 4.5


@pytest.mark.parametrize("ink", [theme.INK, theme.MUTED])
def test_texts_can_be_read_on_the_paper(ink):
    assert contrast(theme.PAPER, ink) >= 4.5


def test_bars_stand_out_from_the_paper_and_from_what_they_stand_on():
    assert contrast(theme.PAPER, theme.ACCENT) >= 3
    assert contrast(theme.PALE, theme.ACCENT) >= 3
    assert contrast(theme.PAPER, theme.INK) >= 3


def test_the_month_that_counts_is_darker_than_the_others_in_print():
    assert contrast(theme.ACCENT, theme.QUIET) >= 2


def test_states_are_told_apart_by_lightness_alone():
    fills = [fill for fill, _ in theme.STATE_COLOURS.values()]
    assert min(contrast(one, other) for one, other in combinations(fills, 2)) >= 1.5


def test_every_state_has_a_sign_of_its_own():
    assert theme.STATE_SIGNS.keys() == theme.STATE_COLOURS.keys()
    assert len(set(theme.STATE_SIGNS.values())) == len(theme.STATE_SIGNS)
