"""What templates may use is what the analyst's guide says, and means what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from baocao.config.months import Additions
from baocao.measures.ledger import Ledger, Row, dims
from baocao.official.figures import Figures
from baocao.official.vocabulary import vocabulary

GUIDE = (Path(__file__).resolve().parents[3] / "reports" / "chinh-thuc" / "HUONG-DAN.md").read_text("utf-8")


def documented() -> dict[str, frozenset[str]]:
    """Name → what the guide says that it has, of what is looped over and of what a month has within ``ky`` too."""
    lines = GUIDE.split("## Danh mục và tên gọi")[1].split("\n## ")[0].splitlines()
    cells = [line.strip("|").split("|") for line in lines if line.startswith("| `")]
    return {
        name: frozenset(re.findall(r"`\.(\w+)`", has)) for head, has in cells for name in re.findall(r"`(\w+)", head)
    }


@pytest.fixture(scope="module")
def words(figures):
    return vocabulary(figures, Additions())


def test_the_guide_names_all_that_templates_may_use_and_nothing_else(words):
    functions = set(re.findall(r"(\w+)\(", " ".join(re.findall(r"`[^`]+`", GUIDE))))
    assert documented().keys() | functions == words.keys()


def test_each_name_has_what_the_guide_says(words):
    for name, parts in documented().items():
        found = words[name][0] if isinstance(words[name], tuple) and words[name] else words[name]
        if isinstance(found, Mapping):
            months = set(found["cac_thang"][0]) if name == "ky" else set()
            assert set(found) | months == parts, name
        elif found and parts:
            assert all(hasattr(found, part) for part in parts), name


def test_the_period_and_its_deadlines_are_said_in_words(words):
    assert words["ky"] == {
        "ten": "tháng 01 năm 2026",
        "ngan": "tháng 01/2026",
        "loai": "tháng",
        "la_thang": True,
        "tu_den": "từ ngày 01/01/2026 đến ngày 31/01/2026",
        "truoc": "tháng 12/2025",
        "co_ky_truoc": False,
        "sau": "tháng 02 năm 2026",
        "thang_cuoi": "2026-01",
        "cac_thang": ({"ma": "2026-01", "ten": "tháng 01/2026", "tinh_trang": "", "ma_tinh_trang": ""},),
    }
    assert words["han"] == {
        "don_vi": "đến hết ngày 03/02/2026",
        "co_quan": "đến hết ngày 05/02/2026",
        "don_vi_theo_ke_hoach": "đến hết ngày 03 tháng sau",
        "ngay_gui": "ngày 05 tháng 02 năm 2026",
    }


def test_what_is_added_by_hand_stands_under_its_own_name(figures):
    names = ("highlights", "assessment", "difficulties", "proposals", "next_period", "socio_economic")
    added = vocabulary(figures, Additions(**{name: (name,) for name in names}, quote_units=False))["bo_sung"]
    keys = ("noi_bat", "danh_gia", "kho_khan", "kien_nghi", "ky_toi", "kinh_te_xa_hoi")
    assert added == {**{key: (name,) for key, name in zip(keys, names, strict=True)}, "trich_don_vi": False}


def test_opinions_stand_under_their_kind(figures, with_notes):
    kinds = {"kho_khan": "difficulty", "kien_nghi": "proposal", "phuong_huong": "plan"}
    report = with_notes(*(("VP", kind, f"Ý {kind}") for kind in kinds.values()))
    words = vocabulary(replace(figures, report=report), Additions())
    for name, kind in kinds.items():
        assert [str(one.noi_dung) for one in words[name]] == [f"Ý {kind}"]


def test_functions_pass_on_unit_period_and_codes(figures, report):
    rows = [Row("2026-01", "VP", "activities", dims(content="ND1"), "0"), Row("2025-12", "*", "activities", "", "9")]
    rows += [Row("2025-12", "*", "activities", dims(content="ND1"), "1")]
    ledger = Ledger({row.id: row for row in (*report.ledger.rows, *rows)}.values())
    label = replace(figures.label, previous="2025-12")
    words = vocabulary(Figures(replace(report, ledger=ledger), label), Additions())
    of = {"don_vi": "VP", "content": "ND1"}
    assert (words["so"]("activities", **of), words["so"]("activities", ky="truoc")) == ("0", "9")
    assert [words["co"]("activities"), words["co"]("activities", **of)] == [True, False]
    assert [words["biet"]("activities", content=code, ky="truoc") for code in ("ND1", "ND3")] == [True, False]
    assert str(words["so_sanh"]("activities")) == "giảm so với tháng 12/2025 (9)"
    assert str(words["so_sanh"]("activities", content="ND1")) == "bằng tháng 12/2025"
    assert words["bang"]("chi-tieu", pham_vi="commune").caption == "Chỉ tiêu cấp xã, tháng 01 năm 2026"
    assert words["liet_ke"](["a", 2, "c"], "hoặc") == "a, 2 hoặc c"


def test_a_content_has_only_the_forms_that_were_used_for_it(figures, words):
    assert [[form.ma for form in area.theo_hinh_thuc] for area in words["noi_dung"]] == [["HT1"], ["HT1"], ["HT2"]]
    assert [str(form.hoat_dong) for form in words["hinh_thuc"]] == ["2", "1"]
