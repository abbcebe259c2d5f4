"""What held before something changed while the plan runs: each month may have one answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baocao.config.faults import Fault
from baocao.config.models import Former


def twice(file: str, path: str, known: Sequence[Former]) -> Iterator[Fault]:
    """A fault for each entry that ends with the same month as one before it."""
    months = [one.last_month for one in known]
    for i, month in enumerate(months):
        if month in months[:i]:
            yield Fault(file, f"{path}[{i}].last_month", f"tháng {month} nêu hai lần", "mỗi lần thay đổi một tháng")
