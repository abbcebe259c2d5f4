"""How pandas shows numbers in a notebook: in Vietnamese form as in the book, ``1.234,5`` and not ``1234.5``.

A dot separates thousands in Vietnamese, so ``12.345`` as pandas writes it would be read as twelve thousand.
"""

from __future__ import annotations

from baocao.text import number

_PLACES = 6
"""Number of decimals, the same as pandas' default."""


def show_numbers_in_vietnamese() -> None:
    """Show the frames of this notebook in this form from now on, without changing them; no effect elsewhere."""
    import pandas as pd  # noqa: PLC0415  # only a notebook shows any
    from IPython import get_ipython  # noqa: PLC0415

    if get_ipython():
        pd.set_option("display.float_format", _shown)
        pd.set_option("styler.format.decimal", ",")
        pd.set_option("styler.format.thousands", ".")


def _shown(value: float) -> str:
    if value and not 1e-6 <= abs(value) < 1e15:  # too small or too large to write out, or not a number
        return str(value)
    text = number(value, _PLACES)
    return text.rstrip("0").rstrip(",")
