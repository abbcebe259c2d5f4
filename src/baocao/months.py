"""Report months and the periods that they cover."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from baocao.errors import UserError

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True)
class Month:
    """A report month, written ``YYYY-MM``."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``YYYY-MM``.

        Raises
        ------
        UserError
            If the text is of another form or names no month of the years 2000 to 2999.
        """
        match = _MONTH.fullmatch(text.strip()) if isinstance(text, str) else None
        if match and 1 <= int(match[2]) <= 12 and 2000 <= int(match[1]) <= 2999:
            return cls(int(match[1]), int(match[2]))
        raise UserError(
            f"“{text}” không phải là một tháng báo cáo.", hint="Viết tháng theo mẫu NĂM-THÁNG, ví dụ 2025-10."
        )

    def plus(self, months: int) -> Month:
        """The month that many months later (earlier if negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def upto(self, last: Month) -> tuple[Month, ...]:
        """All months from this one to ``last``, both included; empty if ``last`` is earlier."""
        count = (last.year - self.year) * 12 + last.number - self.number + 1
        return tuple(self.plus(i) for i in range(count))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, order=True)
class Period:
    """A span of days, both ends included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end
