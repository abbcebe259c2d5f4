"""Comparison of two ledgers, figure by figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from baocao.measures.ledger import Ledger, Row

FIGURE = ("value", "numerator", "denominator", "as_of")
"""The columns that make up a row's figure; the others say what it is about and where it comes from."""


@dataclass(frozen=True)
class Difference:
    """A row that differs between two ledgers; ``then`` or ``now`` is None if that ledger lacks the row."""

    then: Row | None
    now: Row | None

    @property
    def row(self) -> Row:
        """The present row or, if there is none, the former one."""
        found = self.now or self.then
        assert found is not None
        return found

    @property
    def is_figure(self) -> bool:
        """Whether the figure itself differs, not only the record rows behind it."""
        return _figure(self.then) != _figure(self.now)

    @property
    def change(self) -> Decimal | None:
        """The present figure minus the former one; None if either is not a number."""
        try:
            return Decimal(self.now.value) - Decimal(self.then.value) if self.now and self.then else None
        except InvalidOperation:
            return None


def differences(then: Ledger, now: Ledger) -> tuple[Difference, ...]:
    """The rows that differ, in the order of ``now``; rows that ``now`` lacks come last."""
    before = {row.id: row for row in then.rows}
    found = [Difference(before.pop(row.id, None), row) for row in now.rows]
    return tuple(one for one in (*found, *(Difference(row, None) for row in before.values())) if one.then != one.now)


def _figure(row: Row | None) -> tuple[str, ...] | None:
    return tuple(getattr(row, name) for name in FIGURE) if row else None
