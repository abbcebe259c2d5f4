"""Two ledgers held against each other, figure by figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from baocao.measures.ledger import Ledger, Row

FIGURE = ("value", "numerator", "denominator", "as_of")
"""What of a row is the figure; the rest says where it comes from."""


@dataclass(frozen=True)
class Difference:
    """A row that is not the same in both ledgers; ``then`` or ``now`` is none where the ledger has no such row."""

    then: Row | None
    now: Row | None

    @property
    def row(self) -> Row:
        """The row as it is now, or was."""
        found = self.now or self.then
        assert found is not None
        return found

    @property
    def is_figure(self) -> bool:
        """Whether a figure differs, where otherwise only the rows behind it do."""
        return _figure(self.then) != _figure(self.now)

    @property
    def change(self) -> Decimal | None:
        """The figure now less the figure then, where both are numbers."""
        try:
            return Decimal(self.now.value) - Decimal(self.then.value) if self.now and self.then else None
        except InvalidOperation:
            return None


def differences(then: Ledger, now: Ledger) -> tuple[Difference, ...]:
    """The rows that differ, in the order of ``now``; rows that it lacks come last."""
    before = {row.id: row for row in then.rows}
    found = [Difference(before.pop(row.id, None), row) for row in now.rows]
    return tuple(one for one in (*found, *(Difference(row, None) for row in before.values())) if one.then != one.now)


def _figure(row: Row | None) -> tuple[str, ...] | None:
    return tuple(getattr(row, name) for name in FIGURE) if row else None
