"""Blocks and what Jupyter gets of them."""

import pytest

from baocao.present.blocks import Column, Figure, Prose, Table

COLUMNS = (Column("Tên", 8), Column("Số", 4, right=True))


def test_a_table_is_a_labelled_div_with_a_pipe_table_and_a_caption():
    table = Table("tbl-a-b", "Chú thích.", COLUMNS, (("Một", "1.234"), ("Hai", "007")))
    assert table.markdown == (
        "::: {#tbl-a-b}\n\n"
        "| Tên | Số |\n|:--------|----:|\n| Một | 1.234 |\n| Hai | 007 |\n\n"
        "Chú thích.\n\n:::\n\n"
        "::: {.tai-ve}\n[Tải bảng này (CSV)](/reports/chuong/so-lieu/bang/tbl-a-b.csv)\n:::"
    )


def test_a_row_with_another_number_of_cells_is_refused():
    with pytest.raises(ValueError, match="tbl-a-b"):
        Table("tbl-a-b", "", COLUMNS, (("Một",),))


def test_tables_and_prose_offer_markdown_and_plain_text_only():
    for block in (Table("tbl-a-b", "", COLUMNS, ()), Prose("Chữ")):
        assert set(block._repr_mimebundle_()) == {"text/markdown", "text/plain"}


def test_a_figure_offers_its_picture_and_says_label_caption_and_alternative_apart():
    data, about = Figure("fig-a", "Chú thích", "Lời tả", "<svg/>")._repr_mimebundle_()
    assert data == {"image/svg+xml": "<svg/>", "text/plain": "Lời tả"}
    assert about == {"baocao": {"label": "fig-a", "caption": "Chú thích", "alt": "Lời tả"}}


def test_a_figures_data_come_with_it_as_a_table_without_a_number():
    data = Table("data-a", "", COLUMNS, (("Một", "1.234"),))
    about = Figure("fig-a", "Chú thích", "Lời tả", "<svg/>", data)._repr_mimebundle_()[1]["baocao"]
    assert about["data-label"] == "data-a"
    assert about["data"] == "| Tên | Số |\n|:--------|----:|\n| Một | 1.234 |"
