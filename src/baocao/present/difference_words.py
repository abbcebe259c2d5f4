"""Words for a figure that differs between two ledgers: for the book, the audit's report and the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from baocao.measures.differences import Difference
from baocao.measures.ledger import MEASURES, SITE, Row
from baocao.present.ledger_words import LedgerWords, day_words, exact, period_words
from baocao.text import NO_DATA, signed


@dataclass(frozen=True)
class DifferenceWords:
    """Plain texts; ``then`` and ``now`` include the parts of a ratio, and the day if that differs."""

    what: str
    unit: str
    period: str
    then: str
    now: str
    change: str

    @property
    def line(self) -> str:
        """The whole difference as a line for the terminal."""
        return "; ".join((self.what, self.unit, self.period)) + f": {self.then} → {self.now}"


def difference_words(words: LedgerWords, one: Difference) -> DifferenceWords:
    """The words for a difference. Figures have all their decimals, or two that differ might look equal.

    Parameters
    ----------
    words
        The words of the site; a measure or code that they do not cover is shown unchanged.
    """
    row = one.row
    what = MEASURES[row.measure][0] if row.measure in MEASURES else row.measure
    details = f" ({words.details(row)})" if row.dimensions else ""
    unit = "Toàn địa bàn" if row.unit == SITE else words.unit(row.unit)
    days = {day.as_of for day in (one.then, one.now) if day}
    then, now = (_figure(side, dated=len(days) > 1) for side in (one.then, one.now))
    return DifferenceWords(what + details, unit, period_words(row.period), then, now, _change(one))


def _change(one: Difference) -> str:
    change = one.change
    return "–" if change is None else signed(change, max(0, -int(change.as_tuple().exponent)))


def _figure(row: Row | None, *, dated: bool) -> str:
    if row is None:
        return "không có"
    ratio = f" ({_part(row.numerator)}/{_part(row.denominator)})" if row.numerator or row.denominator else ""
    day = f", {day_words(row.as_of) or 'không ghi ngày'}" if dated else ""
    return _part(row.value) + ratio + day


def _part(text: str) -> str:
    """A number in Vietnamese form; a level that is a text is unchanged."""
    try:
        return exact(text) if text else NO_DATA
    except ArithmeticError:
        return text
