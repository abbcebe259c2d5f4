"""The dry run: what would be stored or refused, and how it differs from the unit's previous version.

An offer is put into a copy of its month's folder and read there, exactly as it would be read once stored.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from baocao.calendar import deadline, period_of
from baocao.closed import closed_text, reopen_hint, seal_of
from baocao.files import sha256
from baocao.intake.history import MonthsBefore
from baocao.intake.intake import read_month
from baocao.intake.records import Records
from baocao.intake.register import REGISTER, Register, read_register
from baocao.intake.submissions import Submission, list_month, name_of, parse_name, unreadable
from baocao.months import Month
from baocao.present.words import FINALITIES
from baocao.receive.offers import Offer, Part
from baocao.workspace import Workspace

State = Literal["new", "register", "same", "rejections", "refused", "closed"]
"""``new``: would be stored; ``register``: is there already, its time would be noted; ``same``: is there and noted;
``rejections``: has rows that would be rejected; ``refused``: is not usable; ``closed``: the month is closed."""


@dataclass(frozen=True)
class Review:
    """The result of the dry run for one offer.

    Attributes
    ----------
    version
        The version number that it would get, or that of the version with the same bytes.
    names
        Name under which each part would be stored, relative to the submissions folder.
    previous, previous_at
        The version that it is compared with, 0 if there is none, and when that was received.
    dropped
        Tables of the previous version that this one lacks.
    notices
        Further remarks for the receiver.
    """

    offer: Offer
    state: State
    version: int
    names: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    nil: bool = False
    rows_in: int = 0
    accepted: int = 0
    rejected: int = 0
    findings: tuple[dict[str, Any], ...] = ()
    changes: tuple[dict[str, Any], ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    previous: int = 0
    previous_at: str = ""
    dropped: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    what: str = ""
    hint: str = ""

    @property
    def passes(self) -> bool:
        """Whether it is stored without further consent."""
        return self.state in {"new", "register"}


@dataclass
class Copies:
    """Copies of months' folders, into which offers are put to be read."""

    space: Workspace
    work: Path
    at: datetime
    coming: set[str] = field(default_factory=set)
    """Names of the files put into the copies that would be stored."""
    _made: set[Month] = field(default_factory=set)
    _earlier: dict[Month, MonthsBefore] = field(default_factory=dict)

    def folder(self, month: Month) -> Path:
        """The copied submissions folder of a month, with the register."""
        root, source = self.work / str(month), self.space.submissions
        if month not in self._made:
            (root / str(month)).mkdir(parents=True)
            for path in sorted((source / str(month)).iterdir()) if (source / str(month)).is_dir() else ():
                if not unreadable(path, source):
                    _copy(path, root / str(month) / path.name)
            if (source / REGISTER).is_file():
                shutil.copy2(source / REGISTER, root / REGISTER)
            self._made.add(month)
        return root

    def taken(self, offer: Offer) -> int:
        """The highest version in any name of the unit in its month, folders and links included; 0 if there is none."""
        folder, unit = self.space.submissions / str(offer.month), offer.unit.code.casefold()
        said = [parse_name(path.name) for path in folder.iterdir()] if folder.is_dir() else []
        return max((one.version for one in said if one and one.unit.casefold() == unit), default=0)

    def earlier(self, month: Month) -> MonthsBefore:
        if month not in self._earlier:
            self._earlier[month] = MonthsBefore(self.space.records(month.plus(-1)))
        return self._earlier[month]

    def read(self, month: Month) -> Records:
        return read_month(self.folder(month), month, self.space.config, self.earlier(month))


def _copy(source: Path, target: Path) -> None:
    """Copy a file; an unreadable one is copied as a name only, so that its version stays taken."""
    try:
        data = source.read_bytes()
    except OSError:
        data = b""
    target.write_bytes(data)


def review_all(offers: Sequence[Offer], copies: Copies, *, accept_rejections: bool) -> tuple[Review, ...]:
    """The dry run for all offers; each is compared with earlier ones of its unit and month that would be stored."""
    reviews: list[Review] = []
    waiting = list(offers)
    while waiting:
        turn: list[Offer] = []
        for offer in waiting:
            if all((one.unit, one.month) != (offer.unit, offer.month) for one in turn):
                turn.append(offer)
        waiting = [offer for offer in waiting if all(offer is not one for one in turn)]
        for month in dict.fromkeys(offer.month for offer in turn):
            mine = [offer for offer in turn if offer.month == month]
            reviews += _review_month(month, mine, copies, accept_rejections=accept_rejections)
    order = [id(offer) for offer in offers]
    return tuple(sorted(reviews, key=lambda review: order.index(id(review.offer))))


def _review_month(month: Month, offers: Sequence[Offer], copies: Copies, *, accept_rejections: bool) -> list[Review]:
    """The dry run of one offer for each unit: all are put into the copy and read; those not stored are removed."""
    folder = copies.folder(month)
    register = read_register(folder, str(month))
    listed = {s.unit.casefold(): s for s in list_month(folder, month).submissions}
    reviews, laid = [], []
    for offer in offers:
        if known := _known(offer, listed.get(offer.unit.code.casefold()), register, copies.coming):
            reviews.append(known)
        elif (seal := seal_of(copies.space.archive, month)).closed:
            what = closed_text(seal) + "."
            reviews.append(Review(offer, "closed", 0, what=what[0].upper() + what[1:], hint=reopen_hint(month)))
        else:
            laid.append(_lay(offer, listed.get(offer.unit.code.casefold()), folder, register, copies.taken(offer)))
    if laid:
        records, now = copies.read(month), {s.unit.casefold(): s for s in list_month(folder, month).submissions}
        for one in laid:
            review = _judge(one, records, now.get(one.offer.unit.code.casefold()), copies)
            reviews.append(review)
            if review.passes or (accept_rejections and review.state == "rejections"):
                copies.coming.update(one.names)
            else:
                for name in one.names:
                    (folder / name).unlink()
    return reviews


def _hashes(offer: Offer) -> tuple[str, ...]:
    return tuple(sha256(part.file.path) for part in offer.parts)


def _known(offer: Offer, submission: Submission | None, register: Register, coming: set[str]) -> Review | None:
    """The review of an offer whose bytes are stored already; None for others."""
    hashes = _hashes(offer)
    versions = [*submission.earlier, (submission.version, submission.files)] if submission else []
    for version, files in versions:
        if sorted(sha256(file.path) for file in files) == sorted(hashes):
            by_hash = {sha256(file.path): file.name for file in files}
            names = tuple(by_hash[one] for one in hashes)
            noted = {name: _noted(register, name, one) for name, one in zip(names, hashes, strict=True)}
            state: State = "same" if all(at or name in coming for name, at in noted.items()) else "register"
            return Review(offer, state, version, names, hashes, previous_at=max(noted.values()))
    return _superseded(offer, submission, register, hashes) if submission else None


def _superseded(offer: Offer, newer: Submission, register: Register, hashes: tuple[str, ...]) -> Review | None:
    """The refusal of an older version that is gone or changed since: as the newest one, its old figures would count."""
    versions: dict[int, dict[str, str]] = {}
    for name, receipt in register.receipts.items():
        if receipt.unit == offer.unit.code and 0 < receipt.version < newer.version:
            versions.setdefault(receipt.version, {})[receipt.sha256] = name
    for version, names in versions.items():
        if names.keys() == set(hashes):
            what = f"Đúng từng byte như lần gửi {version}, nay đã mất hoặc bị sửa trong thư mục; đã có lần gửi mới hơn."
            kept = ", ".join(f"data/submissions/{names[one]}" for one in hashes)
            return Review(offer, "refused", 0, what=what, hint=f"Chép lại bản này vào {kept}.")
    return None


def _noted(register: Register, name: str, digest: str) -> str:
    """When a file was received with these bytes, by the register; empty if it was not, as it was changed since."""
    receipt = register.receipts.get(name)
    return receipt.received_at if receipt and receipt.sha256 in ("", digest) else ""


def _lay(offer: Offer, submission: Submission | None, folder: Path, register: Register, taken: int) -> Review:
    """Put an offer's files into the month's copy, under the names of the next version."""
    month, unit = str(offer.month), offer.unit.code
    registered = max((receipt.version for receipt in register.receipts.values() if receipt.unit == unit), default=0)
    version = max(submission.version if submission else 0, registered, taken) + 1
    names = tuple(f"{month}/{name_of(unit, version, part.table, part.ending)}" for part in offer.parts)
    for part, name in zip(offer.parts, names, strict=True):
        shutil.copyfile(part.file.path, folder / name)
    hashes = tuple(sha256(folder / name) for name in names)
    return Review(offer, "new", version, names, hashes)


def _judge(laid: Review, records: Records, submission: Submission | None, copies: Copies) -> Review:
    """The review of an offer from the reading of the month's copy."""
    offer = laid.offer
    findings = _findings(records, laid)
    files = records.files[records.files["file"].isin(laid.names)]
    mine = records.submissions[records.submissions["unit"] == offer.unit.code]
    state = str(mine["state"].iloc[0]) if len(mine) else "refused"
    changes = records.changes[
        (records.changes["unit"] == offer.unit.code) & (records.changes["version"] == laid.version)
    ]
    versions = records.versions[records.versions["unit"] == offer.unit.code]
    before = versions[versions["version"] < laid.version].tail(1).to_dict("records")
    now = versions[versions["version"] == laid.version].to_dict("records")
    refused = any(one["severity"] == "error" for one in findings)
    dropped = tuple(table.sheet for table in submission.dropped) if submission else ()
    return Review(
        offer,
        "refused" if state == "refused" else "rejections" if refused or dropped else "new",
        laid.version,
        laid.names,
        laid.hashes,
        nil=state == "nil",
        rows_in=int(files["rows_in"].sum()),
        accepted=int(files["accepted"].sum()),
        rejected=int(files["rejected"].sum()),
        findings=tuple(findings),
        changes=tuple({str(k): v for k, v in row.items()} for row in changes.to_dict("records")),
        counts={name: int(now[0][name]) for name in ("added", "changed", "gone", "cells")} if now else {},
        previous=int(before[0]["version"]) if before else 0,
        previous_at=str(before[0]["received_at"]) if before else "",
        dropped=dropped,
        notices=tuple(_notices(offer, copies, before[0] if before else {})),
        what="Không đọc được tệp này, nên không nhận." if state == "refused" else "",
    )


def _findings(records: Records, laid: Review) -> list[dict[str, Any]]:
    """The findings about an offer's files, under the names with which the files came."""
    shown = dict(zip(laid.names, (part.file.shown for part in laid.offer.parts), strict=True))
    rows = records.findings[records.findings["file"].isin(laid.names)].to_dict("records")
    return [{str(key): value for key, value in row.items()} | {"file": shown[row["file"]]} for row in rows]


def _notices(offer: Offer, copies: Copies, previous: Mapping[Any, Any]) -> Iterable[str]:
    config, at = copies.space.config, copies.at
    previous_at = str(previous.get("received_at", ""))
    calendar, zone = config.calendar, config.site.timezone
    if previous_at and at < datetime.fromisoformat(previous_at):
        yield "Thời điểm nhận sớm hơn lần gửi trước; lần gửi này vẫn là lần mới nhất."
    if at.date() < period_of(calendar, offer.month).start:
        yield "Thời điểm nhận trước khi kỳ báo cáo bắt đầu; kiểm tra Kỳ báo cáo và --at."
    if str(offer.month) < calendar.first_month:
        yield f"Tháng này trước tháng báo cáo đầu tiên của kế hoạch ({calendar.first_month})."
    if at > deadline(calendar, calendar.lock, offer.month, zone):
        what = "revised" if previous else "final"
        yield f"Đã quá ngày khóa số liệu của tháng; tệp được ghi là {FINALITIES[what]}."


def parts_of(review: Review) -> Iterable[tuple[Part, str, str]]:
    """Each part with the name under which it is stored and its hash."""
    return zip(review.offer.parts, review.names, review.hashes, strict=True)
