"""Words for codes, and submitted text."""

from decimal import Decimal

import pytest

from baocao.config.models import Reference, Target
from baocao.present.words import bound, listed, some, state_mark, submitted

LEVELS = tuple(
    Reference(year=year, value=Decimal(level), source="x") for year, level in ((2025, "2.5"), (2026, "2.75"))
)


def target(**fields):
    base = {"code": "T", "scope": "s", "paragraph": "p", "year": 2030, "name": "n", "text": "t", "type": "ratio"}
    return Target(**base | {"unit": "%"} | fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"comparator": ">", "value": Decimal(40)}, "trên 40%"),
        ({"comparator": ">=", "value": Decimal(90)}, "từ 90% trở lên"),
        ({"comparator": "<=", "value": Decimal(2), "unit": "tháng"}, "không quá 2 tháng"),
        ({"comparator": "<", "value": Decimal("0.82"), "unit": ""}, "dưới 0,82"),
        (
            {"comparator": "between", "value_min": Decimal(18), "value_max": Decimal(20), "unit": "%/năm"},
            "từ 18%/năm trở lên (phấn đấu 20%/năm)",
        ),
        ({"type": "boolean", "comparator": "==", "value": True}, "hoàn thành"),
        ({"type": "relative", "comparator": ">="}, "không thấp hơn mức so sánh"),
        (
            {"type": "relative", "comparator": ">=", "references": LEVELS},
            "không thấp hơn mức so sánh (năm 2025: 2,5%; năm 2026: 2,75%)",
        ),
        (
            {"type": "relative", "comparator": ">=", "references": LEVELS, "unit": "như tỉnh"},
            "không thấp hơn mức so sánh (năm 2025: 2,5; năm 2026: 2,75)",
        ),
        ({"comparator": "<", "value": Decimal(5), "unit": "‰"}, "dưới 5‰"),
        ({"type": "relative", "comparator": "in_leading_group"}, "thuộc nhóm dẫn đầu"),
        ({"type": "qualitative"}, "không định lượng"),
    ],
)
def test_a_bound_is_said_in_words(fields, words):
    assert bound(target(**fields)) == words


def test_submitted_text_is_masked_and_prints_as_it_is():
    text = submitted("*Gọi* 0912345678 | {{< x >}} <b>")
    assert text == r"\*Gọi\* \[đã che\: số điện thoại\] \| \{\{\< x \>\}\} \<b\>"


def test_an_invisible_character_does_not_hide_a_number_from_the_mask():
    assert "345678" not in submitted("gọi 0912\u200b345678")


def test_an_empty_text_is_a_dash():
    assert submitted("  ") == "–"


@pytest.mark.parametrize(("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a và b"), ("abc", "a, b và c")])
def test_a_list_is_joined_as_in_a_sentence(items, words):
    assert listed(list(items)) == words


def test_a_state_is_words_with_a_class():
    assert state_mark("missing") == "[chưa nộp]{.trang-thai .chua}"


def test_a_long_list_of_names_is_cut_and_says_so_unless_one_name_would_be_left_over():
    names = [f"Đơn vị {i}" for i in range(5)]
    assert some(names[:4], "đơn vị", 3) == "Đơn vị 0, Đơn vị 1, Đơn vị 2 và Đơn vị 3"
    assert some(names, "đơn vị", 3) == "Đơn vị 0, Đơn vị 1, Đơn vị 2 và các đơn vị khác"
