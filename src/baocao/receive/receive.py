"""``baocao receive``: a dry run, then files into their month and lines into the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from baocao.config.models import Config, Unit
from baocao.errors import UserError
from baocao.intake.privacy import mask
from baocao.lock import project_lock
from baocao.months import Month
from baocao.receive.moments import clock, parse_moment
from baocao.receive.offered import Offered, Refusal, gather
from baocao.receive.offers import Claims, make_offers
from baocao.receive.reviews import Copies, Review, parts_of, review_all
from baocao.receive.store import Entry, NotStoredError, recover, store
from baocao.scratch import scratch_folder
from baocao.text import one_line
from baocao.workspace import Workspace


@dataclass(frozen=True)
class DryRun:
    """What would happen, determined before anything is written."""

    at: datetime
    reviews: tuple[Review, ...]
    refusals: tuple[Refusal, ...]
    recovered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Received:
    """The outcome of a receipt: the dry run, and the reviews whose files were stored.

    Attributes
    ----------
    wanted
        Whether files were to be stored; False for a mere dry run.
    left
        Reviews not stored because of a failure of the disk.
    failure
        Why storing stopped; None if all was stored.
    unfinished
        Files that count as received and will be put in place by the next command.
    """

    dry_run: DryRun
    stored: tuple[Review, ...]
    wanted: bool
    left: tuple[Review, ...] = ()
    failure: UserError | None = None
    unfinished: Review | None = None

    @property
    def held_back(self) -> tuple[Review, ...]:
        """Reviews whose files were not stored and are not there from earlier."""
        stored = {id(review) for review in self.stored}
        return tuple(r for r in self.dry_run.reviews if id(r) not in stored and r.state != "same")

    @property
    def complete(self) -> bool:
        """Whether everything was stored or, in a dry run, would be."""
        back = self.held_back if self.wanted else tuple(r for r in self.held_back if not r.passes)
        return not back and not self.dry_run.refusals


Show = Callable[[DryRun], None]


def receive(
    space: Workspace,
    paths: Sequence[Path],
    *,
    at: str = "",
    sender: str = "",
    month: str = "",
    accept_rejections: bool = False,
    dry_run: bool = False,
    now: datetime | None = None,
    show: Show = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> Received:
    """Receive files, folders and zips.

    Parameters
    ----------
    at
        Time of receipt; now if empty.
    sender
        The unit that all files come from (code or name); if empty, determined for each file. Likewise ``month``.
    accept_rejections
        Whether to store submissions although some of their rows are rejected.
    dry_run
        Whether to stop before anything is written.
    now
        The present time; taken from the clock if None.
    show
        Called with the dry run before anything is written.

    Raises
    ------
    UserError
        If a path, the time, the unit or the month cannot be used, the register cannot be read, or an earlier, cut-off
        receipt cannot be finished.
    """
    config = space.config
    moment = parse_moment(at, config.site.timezone) if at else clock(config.site.timezone, now)
    claims = Claims(moment, _unit(config, sender) if sender else None, Month.parse(month) if month else None)
    with scratch_folder("receive") as work:
        (work / "in").mkdir()
        offered, refusals = gather(paths, work / "in")
        if dry_run:
            return Received(_look(space, offered, refusals, claims, moment, work, accept_rejections, show), (), False)
        with project_lock(space.root / "build", notice=say):
            recovered = _recovered(space.submissions)
            looked = _look(space, offered, refusals, claims, moment, work, accept_rejections, show, recovered=recovered)
            return _stored(space.submissions, looked, work, moment, accept_rejections)


def _recovered(folder: Path) -> tuple[str, ...]:
    try:
        return recover(folder)
    except OSError as error:
        raise NotStoredError(folder, error) from error


def _stored(folder: Path, looked: DryRun, work: Path, at: datetime, accept_rejections: bool) -> Received:
    """Store the submissions one by one, until all are stored or the disk fails.

    Raises
    ------
    UserError
        If the register cannot be read; nothing has been stored then.
    """
    wanted = tuple(r for r in looked.reviews if r.passes or (accept_rejections and r.state == "rejections"))
    for number, review in enumerate(wanted):
        try:
            store(folder, _entries(review, work, at))
        except NotStoredError as error:
            done = number + error.counts
            return Received(looked, wanted[:done], True, wanted[done:], error, review if error.counts else None)
    return Received(looked, wanted, True)


def _look(
    space: Workspace,
    offered: Sequence[Offered],
    refusals: Sequence[Refusal],
    claims: Claims,
    at: datetime,
    work: Path,
    accept_rejections: bool,
    show: Show,
    recovered: tuple[str, ...] = (),
) -> DryRun:
    with _told_of_vanished(offered):
        offers, more = make_offers(offered, claims, space.config)
        copies = Copies(space, work / "months", at)
        reviews = review_all(offers, copies, accept_rejections=accept_rejections)
    looked = DryRun(at, reviews, (*refusals, *more), recovered)
    show(looked)
    return looked


@contextmanager
def _told_of_vanished(offered: Sequence[Offered]) -> Iterator[None]:
    """Say which of the offered files has gone since the command began, as with a memory stick that is pulled out."""
    try:
        yield
    except FileNotFoundError as error:
        gone = next((one.shown for one in offered if str(one.path) == str(error.filename)), "")
        if not gone:
            raise
        what = "tệp này không còn ở đó nữa, nên chưa nhận tệp nào."
        raise UserError(what, where=gone, hint="Kiểm tra tệp và ổ đĩa rồi nhận lại.") from error


def _entries(review: Review, work: Path, at: datetime) -> list[Entry]:
    """The files to store: the copies that were read, so that stored bytes are exactly the checked ones."""
    copied = work / "months" / str(review.offer.month)
    unit = review.offer.unit.code
    return [
        Entry(
            copied / name if review.state != "register" else None,
            {
                "received_at": at.isoformat(),
                "month": str(review.offer.month),
                "unit": unit,
                "version": str(review.version),
                "file": name,
                "sha256": digest,
                "sender": unit,
                "outcome": _outcome(review),
                "original": _harmless(part.file.name),
            },
        )
        for part, name, digest in parts_of(review)
    ]


def _outcome(review: Review) -> str:
    if review.state == "register":
        return "đã có trong thư mục, nay ghi ngày nhận"
    if review.state == "rejections":
        lacks = f", thiếu bảng {', '.join(review.dropped)}" if review.dropped else ""
        return f"nhận một phần, trả lại {review.rejected} dòng{lacks}"
    return "nhận, không phát sinh" if review.nil else "nhận đủ"


def _harmless(name: str) -> str:
    """A file name for a cell: without personal data or anything that an office program takes for a formula."""
    text = mask(one_line(name))
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _unit(config: Config, text: str) -> Unit:
    found = [unit for unit in config.units.units if unit.answers_to(text)]
    if len(found) != 1:
        known = ", ".join(unit.code for unit in found or config.units.units)
        what = "nhiều đơn vị cùng tên" if found else "không có đơn vị"
        raise UserError(f"{what} “{one_line(text)}”.", where="--from", hint=f"Các mã: {known}.")
    return found[0]
