"""What several chapters need."""

from dataclasses import replace

import pytest

from baocao.present.charts import Bar, Tile, bars
from baocao.present.common import MOST_BYTES, Place, finding, finding_words, grid_alternative, lead_gaps, lead_names
from baocao.present.traced import plain


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ([2, 1], "Kênh có nhiều hoạt động nhất: A (2)"),
        ([2, 2, 1], "Kênh có nhiều hoạt động nhất: A và B (mỗi kênh 2)"),
        ([2, 2, 2, 2], "Nhiều kênh cùng có nhiều hoạt động nhất, mỗi kênh 2"),
        ([0, 0], "Không có hoạt động nào"),
        ([None, 1], "Chỉ ghi nhận hoạt động ở một kênh: B (1)"),
        ([None, 3, 0], "Chỉ ghi nhận hoạt động ở một kênh: B (3)"),
        ([], "Không có hoạt động nào"),
    ],
)
def test_a_title_names_all_that_share_the_first_place(counts, title):
    assert finding("kênh", [Bar("ABCD"[i], count, str(count)) for i, count in enumerate(counts)]) == title


@pytest.mark.parametrize(("counts", "words"), [((3, 1), "nhiều nhất ở “A”"), ((0, 1), "đó là “B”")])
def test_of_the_only_one_that_has_any_it_is_not_said_that_it_has_most(counts, words):
    assert finding_words("nội dung", dict(zip("AB", counts, strict=True))) == words


def test_a_table_without_rows_is_a_sentence(report):
    assert Place(report, "budget").table("x", "", (), (), "Không có gì.").markdown == "Không có gì."


def test_a_lead_without_a_report_is_no_gap(report):
    assert [(area.code, unit.code) for area, unit in lead_gaps(report)] == [("ND2", "BanMay"), ("ND3", "BanMay")]


def test_a_grid_names_each_row_once():
    tiles = [Tile("A", "8/2025", "đã nộp"), Tile("B", "8/2025", "3"), Tile("A", "9/2025", "chưa nộp")]
    assert grid_alternative(tiles) == "A: 8/2025: đã nộp, 9/2025: chưa nộp; B: 8/2025: 3."


def test_a_picture_has_no_more_words_than_a_pdf_takes(report):
    drawn, words = bars([Bar("A", 1, "1")], "T", "U"), "; ".join(["đơn vị: đã nộp"] * 2000)
    said = Place(report, "budget").figure("x", "", words, drawn, (), ()).alt
    assert len(said.encode("utf-16-le")) <= MOST_BYTES + 100
    assert said.startswith(words[:1000])
    assert said.endswith("; đơn vị: đã nộp; và các mục khác.")
    assert Place(report, "budget").figure("x", "", words[:1000], drawn, (), ()).alt == words[:1000]


def test_an_area_that_nobody_leads_has_a_dash(report):
    area = report.config.plan.areas[2].model_copy(update={"lead_units": ()})
    assert lead_names(report, area) == "–"


def test_many_leads_are_named_by_the_groups_that_the_plan_names(report, tiny_config):
    area = tiny_config.plan.areas[2].model_copy(update={"lead_units": ("VP", "CACTHON")})
    assert plain(lead_names(report, area)) == "Văn phòng xã, Thôn Bản Mây, Thôn Bản Gió"
    hamlet = tiny_config.units.units[2]
    more = tuple(hamlet.model_copy(update={"code": f"T{i}", "name": f"Thôn {i}"}) for i in range(10))
    units = tiny_config.units.model_copy(update={"units": tiny_config.units.units + more})
    large = replace(report, config=tiny_config.model_copy(update={"units": units}))
    assert plain(lead_names(large, area)) == "Văn phòng xã, các thôn (12 đơn vị)"
