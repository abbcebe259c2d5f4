"""What reaches the terminal."""

from __future__ import annotations

import pytest

from baocao.cli.console import cells


@pytest.mark.parametrize("hidden", ["\033", "\007", "\u202e", "\u009b"])
def test_a_cell_cannot_steer_the_terminal(hidden):
    (cell,) = cells(f"a{hidden}[31mb")
    assert cell.plain == "a[31mb"


def test_a_cell_keeps_its_text_and_its_lines():
    assert [cell.plain for cell in cells("a [b]\nĐội", 7)] == ["a [b]\nĐội", "7"]
