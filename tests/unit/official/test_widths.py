"""How wide words are."""

from __future__ import annotations

import pytest

from baocao.official.widths import widths


def test_a_line_is_as_wide_as_its_letters_and_grows_with_its_size(space):
    small, large, none = widths(space.root, [("AAAA", 10.0), ("AAAA", 20.0), ("", 10.0)])
    assert small == pytest.approx(4 * 7.22, abs=0.01)  # 722 thousandths of the size: Times Bold's A
    assert (large, none) == (pytest.approx(2 * small), 0)
