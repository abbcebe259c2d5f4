import pytest

from baocao.measures.refs import ranges, reference


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([5], "5"), ([2, 1], "1-2"), ([4, 1, 2, 3, 7], "1-4,7"), ([1, 3, 5], "1,3,5"), ([1, 1, 2], "1-2")],
)
def test_rows_are_written_as_ranges(numbers, text):
    assert ranges(numbers) == text


def test_a_reference_names_unit_month_and_rows():
    assert reference("A", "2025-10", "1-4") == "A@2025-10#1-4"


def test_a_reference_to_another_table_names_it():
    assert reference("A", "2025-10", "2", "notes") == "A@2025-10/notes#2"
