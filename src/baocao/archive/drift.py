"""Earlier months whose files are as sealed, but whose figures now differ from the sealed ones.

A month's book contains figures of earlier months, and that of a quarter or a year those of its own months, all computed
with the present ``params/`` and code. A difference is not a fault, but whoever closes the next month, or sends the
year's report, should know that two published books disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from baocao.closed import Seal, seal_of
from baocao.measures.ledger import MEASURES, Ledger, Row, undims
from baocao.months import Month, Term
from baocao.origin import earlier_of
from baocao.text import month_long, number
from baocao.workspace import Workspace, load_report

_MOST_NAMED = 3
_NOUGHT = ("0", "", "")
_STATUS = "target_status"


def drifts(space: Workspace, term: Term) -> Iterator[str]:
    """A sentence for each closed month whose figures in the term's ledger differ from its seal."""
    earlier = [(one, seal_of(space.archive, Month.parse(one.month))) for one in earlier_of(space, term)]
    # A month whose files differ, too, is not among them: it prevents closing anyway.
    stand = [seal for one, seal in earlier if seal.closed and one.revision == seal.revision]
    if stand:
        now = load_report(space, term).ledger
        carried = {row.period for row in now.rows}  # in a plan of several years only the newest months
        for seal in stand:
            if str(seal.month) in carried:
                yield from _drift(space.archive, seal, now)


def _drift(archive: Path, seal: Seal, now: Ledger) -> Iterator[str]:
    sealed = archive / str(seal.month) / f"r{seal.revision}"
    path = sealed / "outputs" / "build" / str(seal.month) / "data" / "ledger.csv"
    try:
        other = other_figures(Ledger.from_csv(path.read_text("utf-8")), now, str(seal.month))
    except (OSError, ValueError):
        yield f"Lưu ý: không đọc được số liệu đã khóa của {month_long(seal.month)}: baocao audit {seal.month}"
        return
    if other:
        named = list(dict.fromkeys(MEASURES[row.measure][0] for row in other))
        more = ", …" if len(named) > _MOST_NAMED else ""
        yield (
            f"Lưu ý: {number(len(other))} số liệu của {month_long(seal.month)} nay tính ra khác bản đã khóa "
            f"r{seal.revision} ({'; '.join(named[:_MOST_NAMED])}{more}). Thường do params/ đã đổi: xem mục “Khi "
            "kế hoạch thay đổi giữa chừng” trong README.vi.md"
        )


def other_figures(sealed: Ledger, now: Ledger, period: str) -> list[Row]:
    """The figures of a month in a later ledger that its own sealed ledger lacks or has with other values.

    A later ledger has fewer rows for a month than its own. Figures that the sealed ledger could not have are left out:
    measures added later; zeros of a content area, form or channel added later; the status of a target added later.
    """
    known = {row.measure for row in sealed.rows}
    then = {row.id: _figure(row) for row in sealed.rows}
    mine = [row for row in now.rows if row.period == period and row.measure in known]
    were, are = _targets(sealed.rows, period), _targets(mine, period)
    if were < are:  # counts by status follow from the targets' statuses, which are compared
        mine = [row for row in mine if row.measure != "targets_by_status" and not _only_stands(row, are - were)]
    return [row for row in mine if then.get(row.id, _NOUGHT) != _figure(row)]


def _targets(rows: Iterable[Row], period: str) -> set[str]:
    """The targets in a ledger."""
    return {undims(row.dimensions)["target"] for row in rows if (row.period, row.measure) == (period, _STATUS)}


def _only_stands(row: Row, targets: set[str]) -> bool:
    """Whether a row is about the status or the required level of one of these targets, not about its value."""
    return row.measure in (_STATUS, "target_required") and undims(row.dimensions)["target"] in targets


def _figure(row: Row) -> tuple[str, str, str]:
    return row.value, row.numerator, row.denominator
