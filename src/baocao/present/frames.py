"""How pandas shows what an analyst counts: numbers as everywhere in a book, ``1.234,5`` and not ``1234.5``.

There a dot between digits stands before thousands: ``12.345`` of pandas would be read as twelve thousand.
"""

from __future__ import annotations

from baocao.text import number

_PLACES = 6
"""As many decimals as pandas shows by itself."""


def show_numbers_in_vietnamese() -> None:
    """From here on frames of this notebook are shown so, and hold what they held; elsewhere nothing happens."""
    import pandas as pd  # noqa: PLC0415  # only a notebook shows any
    from IPython import get_ipython  # noqa: PLC0415

    if get_ipython():
        pd.set_option("display.float_format", _shown)
        pd.set_option("styler.format.decimal", ",")
        pd.set_option("styler.format.thousands", ".")


def _shown(value: float) -> str:
    if value and not 1e-6 <= abs(value) < 1e15:  # too small or too large to be written out, or no number
        return str(value)
    text = number(value, _PLACES)
    return text.rstrip("0").rstrip(",")
