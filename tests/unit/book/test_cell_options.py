import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from baocao.book.cell_options import CellOptions, check_options, options_of
from baocao.errors import UserError


def of(*lines: str, code: str = "df") -> CellOptions:
    return options_of("\n".join([*(f"#| {line}" for line in lines), code]), "kinh-phi", "ô 7")


def test_a_cell_without_options_is_shown_and_says_nothing():
    assert options_of("# a\n#| fig-cap: x\ndf", "kinh-phi", "") == CellOptions()


def test_a_figure_and_a_table_get_what_is_said_of_them_once():
    options = of("label: tbl-nguon", "tbl-cap: Theo  nguồn", "fig-cap: Hình", "fig-alt: Lời")
    assert options.label == "tbl-nguon"
    assert options.take("fig") == {"caption": "Hình", "alt": "Lời"}
    assert options.take("tbl") == {"caption": "Theo nguồn", "label": "tbl-kinh-phi-nguon"}
    assert (options.take("fig"), options.take("tbl")) == ({}, {})


@pytest.mark.parametrize(
    "lines", [["label: fig-a"], ["label: tbl-a", "fig-cap: x"], ["label: setup", "fig-cap: x"], ["fig-cap: x"]]
)
def test_a_label_counts_with_the_caption_of_its_kind(lines):
    assert of(*lines).label == ""
    assert "label" not in of(*lines).take("fig")


def test_a_caption_may_go_over_lines_and_of_several_the_first_counts():
    assert of("fig-cap: >", "  Kinh phí", "  theo nguồn").take("fig") == {"caption": "Kinh phí theo nguồn"}
    assert of("fig-cap: [Một, Hai]").take("fig") == {"caption": "Một"}
    assert of("fig-cap:").take("fig") == {}


@pytest.mark.parametrize(
    ("line", "shown"), [("output: false", False), ("include: false", False), ("echo: false", True)]
)
def test_outputs_may_be_kept_out_of_the_book(line, shown):
    assert of(line).shown is shown


@pytest.mark.parametrize("line", ["fig-cap: a: b", "fig-cap", "- a", "fig-cap: [a"])
def test_options_that_are_no_yaml_name_their_cell(line):
    with pytest.raises(UserError) as raised:
        of(line)
    assert raised.value.where == "ô 7"
    assert "#|" in raised.value.what
    assert "fig-cap: Kinh phí" in raised.value.hint


def test_a_notebooks_options_are_checked_where_they_were_written(tmp_path):
    cells = [new_markdown_cell("#| a: b: c"), new_code_cell("#| label: fig-a\nx"), new_code_cell("#| fig-cap: a: b\nx")]
    for name, those in (("good", cells[:2]), ("bad", cells)):
        nbformat.write(new_notebook(cells=those), tmp_path / f"{name}.ipynb")
    check_options(tmp_path / "good.ipynb")
    with pytest.raises(UserError) as raised:
        check_options(tmp_path / "bad.ipynb")
    assert raised.value.where == "notebooks/bad.ipynb, ô 3"
