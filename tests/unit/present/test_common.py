"""What several chapters need."""

import pytest

from baocao.present.charts import Bar
from baocao.present.common import Place, finding, lead_gaps


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ([2, 1], "Kênh có nhiều hoạt động nhất: A (2)"),
        ([2, 2, 1], "Kênh có nhiều hoạt động nhất: A và B (mỗi kênh 2)"),
        ([2, 2, 2, 2], "Nhiều kênh cùng có nhiều hoạt động nhất, mỗi kênh 2"),
        ([0, 0], "Không có hoạt động nào"),
        ([None, 1], "Kênh có nhiều hoạt động nhất: B (1)"),
        ([], "Không có hoạt động nào"),
    ],
)
def test_a_title_names_all_that_share_the_first_place(counts, title):
    assert finding("kênh", [Bar("ABCD"[i], count, str(count)) for i, count in enumerate(counts)]) == title


def test_a_table_without_rows_is_a_sentence(report):
    assert Place(report, "budget").table("x", "", (), (), "Không có gì.").markdown == "Không có gì."


def test_a_lead_without_a_report_is_no_gap(report):
    assert [(area.code, unit.code) for area, unit in lead_gaps(report)] == [("ND2", "BanMay"), ("ND3", "BanMay")]
