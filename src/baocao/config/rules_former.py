"""Rules on former states of things that changed while the plan runs: a month may have only one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baocao.config.faults import Fault
from baocao.config.models import Former


def twice(file: str, path: str, known: Sequence[Former]) -> Iterator[Fault]:
    """A fault for each entry whose last month is also that of an earlier entry."""
    months = [one.last_month for one in known]
    for i, month in enumerate(months):
        if month in months[:i]:
            yield Fault(file, f"{path}[{i}].last_month", f"tháng {month} nêu hai lần", "mỗi lần thay đổi một tháng")
