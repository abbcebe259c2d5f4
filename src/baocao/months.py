"""Report months, spans of several months, and periods of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from baocao.errors import UserError

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_SPAN = re.compile(r"([0-9]{4})(?:-([QHqh])([1-4]))?")
_KINDS = {"Q": 3, "H": 6, "": 12}
"""Letter of a kind of span (none for a year) → its number of months."""
ALLOWED_TERMS = (
    "Viết tháng theo mẫu NĂM-THÁNG, ví dụ 2025-10; quý: 2025-Q4; sáu tháng đầu, cuối năm: 2026-H1, 2026-H2; năm: 2026."
)


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
            If the text has another form, or is not a month of the years 2000 to 2999.
        """
        match = _MONTH.fullmatch(text.strip()) if isinstance(text, str) else None
        if match and 1 <= int(match[2]) <= 12 and _is_year(match[1]):
            return cls(int(match[1]), int(match[2]))
        longer = "Ở đây chỉ nhận một tháng. " if isinstance(text, str) and _SPAN.fullmatch(text.strip()) else ""
        raise UserError(
            f"“{text}” không phải là một tháng báo cáo.", hint=f"{longer}Viết tháng theo mẫu NĂM-THÁNG, ví dụ 2025-10."
        )

    @property
    def first(self) -> Month:
        """The month itself, so that months and spans can be used alike."""
        return self

    @property
    def last(self) -> Month:
        return self

    @property
    def months(self) -> tuple[Month, ...]:
        return (self,)

    def plus(self, months: int) -> Month:
        """The month this many months later (earlier if negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def year_before(self) -> Month:
        """The same month one year earlier."""
        return self.plus(-12)

    def upto(self, last: Month) -> tuple[Month, ...]:
        """All months from this one to ``last``, both included; empty if ``last`` is earlier."""
        count = (last.year - self.year) * 12 + last.number - self.number + 1
        return tuple(self.plus(i) for i in range(count))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, order=True)
class Span:
    """Several report months taken together: a quarter ``2025-Q4``, a half-year ``2026-H1``, a year ``2026``.

    Attributes
    ----------
    first
        Its first report month.
    count
        How many months it has: 3, 6 or 12.
    """

    first: Month
    count: int

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def number(self) -> int:
        """Its number among the spans of its kind in the year, from 1."""
        return (self.first.number - 1) // self.count + 1

    @property
    def last(self) -> Month:
        return self.first.plus(self.count - 1)

    @property
    def months(self) -> tuple[Month, ...]:
        return self.first.upto(self.last)

    def plus(self, spans: int) -> Span:
        """The span of the same kind this many spans later (earlier if negative)."""
        return Span(self.first.plus(spans * self.count), self.count)

    def year_before(self) -> Span:
        """The same span one year earlier."""
        return Span(self.first.plus(-12), self.count)

    def __str__(self) -> str:
        letter = next(letter for letter, count in _KINDS.items() if count == self.count)
        return f"{self.year:04d}" + (f"-{letter}{self.number}" if letter else "")


Term = Month | Span
"""What a book reports on: a month or a span."""


def parse_term(text: str) -> Term:
    """Read a month, a quarter, a half-year or a year.

    Raises
    ------
    UserError
        If the text is none of them; its hint shows the four forms.
    """
    written = text.strip() if isinstance(text, str) else ""
    if (match := _SPAN.fullmatch(written)) and _is_year(match[1]):
        count = _KINDS[(match[2] or "").upper()]
        first = (int(match[3] or 1) - 1) * count + 1
        if first <= 12:
            return Span(Month(int(match[1]), first), count)
    try:
        return Month.parse(text)
    except UserError as error:
        # In a notebook 2025-10 without quotes is 2015, and papermill makes a number of "-p month 2026".
        quotes = "" if isinstance(text, str) else ' Đặt trong dấu nháy: "2026"; với papermill: -r month 2026.'
        raise UserError(
            f"“{text}” không phải là một tháng báo cáo, quý, sáu tháng hay năm.", hint=f"{ALLOWED_TERMS}{quotes}"
        ) from error


def _is_year(text: str) -> bool:
    return 2000 <= int(text) <= 2999


@dataclass(frozen=True, order=True)
class Period:
    """A span of days, both ends included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end
