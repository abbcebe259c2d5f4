"""Numbers of an analyst's frames are shown as everywhere in a book."""

import pandas as pd
import pytest

from baocao.present.frames import show_numbers_in_vietnamese

FRAME = pd.DataFrame({"Số": [12.345, 1234567.5, -0.25, 20.0, 0.1 + 0.2]})


@pytest.fixture
def notebook(monkeypatch):
    monkeypatch.setattr("IPython.get_ipython", object)
    with pd.option_context("display.float_format", None, "styler.format.decimal", ".", "styler.format.thousands", None):
        yield


def test_a_frame_shows_decimals_after_a_comma_and_no_noughts_that_say_nothing(notebook):
    show_numbers_in_vietnamese()
    shown = [cell.partition("<")[0] for cell in FRAME.to_html(index=False).split("<td>")[1:]]
    assert shown == ["12,345", "1.234.567,5", "\u22120,25", "20", "0,3"]
    assert "1.234.567,500000" in FRAME.style.to_html()


def test_what_is_too_large_or_too_small_to_be_written_out_is_shown_as_pandas_would(notebook):
    show_numbers_in_vietnamese()
    text = pd.DataFrame({"Số": [float("inf"), 1e25, 1e-9, 0.0]}).to_html(index=False)
    assert [cell.partition("<")[0] for cell in text.split("<td>")[1:]] == ["inf", "1e+25", "1e-09", "0"]


def test_what_is_counted_or_written_to_a_file_is_the_same(notebook):
    show_numbers_in_vietnamese()
    assert FRAME["Số"].sum() == pytest.approx(1234599.895)
    assert FRAME.to_csv(index=False).split()[1] == "12.345"


def test_outside_of_a_notebook_nothing_changes():
    show_numbers_in_vietnamese()
    assert pd.get_option("display.float_format") is None
