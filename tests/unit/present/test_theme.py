"""The house's colours: readable, and told apart by lightness alone, as in black-and-white print and by any eye."""

from itertools import combinations

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
