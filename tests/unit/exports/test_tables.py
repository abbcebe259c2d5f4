"""What number a cell of a table holds."""

from decimal import Decimal

import pytest

from baocao.exports.tables import Cell, figure
from baocao.measures.ledger import Ledger, Row, dims

RATE, TARGET, YES = "2026-02:*:report_rate:", "2026-02:*:target_value:target=SM-1", "2026-02:*:target_value:target=SM-2"
LEDGER = Ledger(
    [
        Row("2026-02", "*", "report_rate", value="66.666667", numerator="2000", denominator="3000"),
        Row("2026-02", "*", "on_time_rate", numerator="0", denominator="0"),
        Row("2026-02", "*", "target_value", dims(target="SM-1"), "89.996", "22499", "25000"),
        Row("2026-02", "*", "target_value", dims(target="SM-2"), "1"),
        Row("2026-02", "*", "target_change", dims(target="SM-1"), "-1.25"),
    ]
)


@pytest.mark.parametrize(
    ("text", "key", "number"),
    [
        ("66,67", RATE, "66.666667"),
        ("2.000", RATE, "2000"),
        ("3.000", RATE, "3000"),
        ("0", "2026-02:*:on_time_rate:", "0"),
        ("89,996%", TARGET, "89.996"),
        ("−1,25 điểm %", "2026-02:*:target_change:target=SM-1", "-1.25"),
        ("22.499 / 25.000", TARGET, None),
        ("22.499\u00a0/\u00a025.000", TARGET, None),
        ("có", YES, None),
        ("5", "2026-02:*:cost:", None),
    ],
)
def test_a_cell_holds_the_number_that_it_prints_or_words(text, key, number):
    assert figure(Cell(text, key), LEDGER) == (None if number is None else Decimal(number))
