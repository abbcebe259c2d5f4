import pickle
from decimal import Decimal

import pytest

from baocao.measures.ledger import COLUMNS, Ledger, Row, dims, undims

ROWS = (
    Row("2025-10", "*", "activities", value="3"),
    Row("2025-10", "*", "activities", "content=II.4", "3", rows="A@2025-10#1-3"),
    Row("2025-10", "*", "activities", "content=II.4;form=III.1", "2"),
    Row("2025-10", "A", "activities", "content=II.4", "0"),
    Row("2025-10", "*", "reach", value=""),
)


def test_dimensions_are_written_in_the_order_of_their_keys():
    assert dims(form="III.1", content="II.4") == "content=II.4;form=III.1"
    assert undims("content=II.4;form=III.1") == {"content": "II.4", "form": "III.1"}
    assert undims("") == {}


def test_a_figure_is_found_by_period_measure_unit_and_codes():
    ledger = Ledger(ROWS)
    assert ledger.value("2025-10", "activities") == Decimal(3)
    assert ledger.value("2025-10", "activities", content="II.4", form="III.1") == Decimal(2)


def test_zero_and_not_known_are_two_things():
    ledger = Ledger(ROWS)
    assert ledger.value("2025-10", "activities", "A", content="II.4") == 0
    assert ledger.value("2025-10", "reach") is None
    assert ledger.value("2025-10", "activities", "B", content="II.4") is None


def test_a_selection_has_exactly_the_dimensions_asked_for():
    ledger = Ledger(ROWS)
    assert [row.value for row in ledger.select("activities", unit="*", by=["content"])] == ["3"]
    assert [row.value for row in ledger.select("activities", by=["form"], where={"content": "II.4"})] == ["2"]
    assert [row.unit for row in ledger.select("activities", by=["content"], where={"content": "II.4"})] == ["*", "A"]


def test_two_rows_with_one_id_are_refused():
    with pytest.raises(ValueError, match=r"2025-10\|\*\|activities\|"):
        Ledger([*ROWS, ROWS[0]])


def test_a_ledger_survives_its_csv():
    text = Ledger(ROWS).to_csv()
    assert text.splitlines()[0].split(",") == list(COLUMNS)
    assert Ledger.from_csv(text).rows == ROWS
    assert Ledger.from_csv(text).to_csv() == text


@pytest.mark.parametrize("rows", [ROWS, ()])
def test_a_ledger_survives_being_packed(rows):
    ledger = Ledger(rows)
    assert len(ledger.of("activities")) == sum(row.measure == "activities" for row in rows)
    again = pickle.loads(pickle.dumps(ledger))
    assert again.rows == rows
    assert [type(row) for row in again.rows] == [Row] * len(rows)
    assert [again.by_id(row.id) for row in rows] == list(rows)
    assert (again.by_id("2025-11|*|reach|"), again.of("reach")) == (None, ledger.of("reach"))
    assert again.to_csv() == ledger.to_csv()
