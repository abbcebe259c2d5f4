"""From files to offers; an offer is a workbook or a set of CSVs of one unit and month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baocao.calendar import period_of
from baocao.config.models import Config, Unit
from baocao.intake.contract import ALL_TABLES, INFO, Table, table_of_sheet
from baocao.intake.findings import Place, found, worded
from baocao.intake.grid import Limits, RefusedError
from baocao.intake.info import Stated, stated
from baocao.intake.isolated import CellReader
from baocao.intake.readers import read_csv, read_workbook, too_large
from baocao.intake.submissions import is_macro_book
from baocao.months import Month
from baocao.receive.names import NameTells, folder_month, month_in, read_name
from baocao.receive.offered import Offered, Refusal
from baocao.text import day_short, month_short

BOOKS = ("xlsx", "ods", "xls")
_PATTERN = "Nhận tệp .xlsx, .ods, .xls, hoặc CSV có tên kết thúc bằng " + ", ".join(t.csv_suffix for t in ALL_TABLES)


@dataclass(frozen=True)
class Part:
    """One file of an offer."""

    file: Offered
    table: Table | None
    ending: str


@dataclass(frozen=True)
class Offer:
    """Files offered as one version of a unit's submission; ``version`` is the one in their names, 0 if none."""

    unit: Unit
    month: Month
    parts: tuple[Part, ...]
    version: int = 0

    @property
    def shown(self) -> str:
        return ", ".join(part.file.shown for part in self.parts)


@dataclass(frozen=True)
class Claims:
    """What the receiver states for all files: when they came, and their unit and month, each or both None."""

    at: datetime
    unit: Unit | None = None
    month: Month | None = None


@dataclass(frozen=True)
class _Set:
    files: tuple[tuple[Offered, NameTells], ...]
    said: Stated


class _UnplacedError(Exception):
    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


def make_offers(
    files: Sequence[Offered], claims: Claims, config: Config
) -> tuple[tuple[Offer, ...], tuple[Refusal, ...]]:
    """Find unit and month of each file.

    The sheet of keys and values, a file name that follows the contract, and the receiver's claims must not contradict
    each other, except that a claim takes precedence over a file name.
    """
    offers: list[Offer] = []
    refusals: list[Refusal] = []
    with CellReader() as reader:
        desk = _Desk(config, claims, reader)
        for one in desk.sets(files, refusals):
            try:
                offers.append(desk.offer(one))
            except _UnplacedError as error:
                refusals += [Refusal(file.shown, error.what, error.hint) for file, _ in one.files]
    order = {unit.code: number for number, unit in enumerate(config.units.units)}
    offers.sort(key=lambda offer: (offer.month, order[offer.unit.code], offer.version))
    return _clear(offers, refusals)


def _clear(offers: list[Offer], refusals: list[Refusal]) -> tuple[tuple[Offer, ...], tuple[Refusal, ...]]:
    """The offers, without those of one unit and month of which it is unclear which is newer; these are refused."""
    groups: dict[tuple[str, Month, int], list[Offer]] = {}
    for offer in offers:
        groups.setdefault((offer.unit.code, offer.month, offer.version), []).append(offer)
    clear: list[Offer] = []
    for same in groups.values():
        if len(same) == 1 or _equal(same):
            clear += same
            continue
        names = "; ".join(offer.shown for offer in same)
        what = f"Có nhiều tệp khác nhau của {same[0].unit.code}, tháng {month_short(same[0].month)}: {names}."
        hint = "Không rõ tệp nào mới hơn: nhận từng tệp, tệp cũ trước."
        refusals += [Refusal(offer.shown, what, hint) for offer in same]
    return tuple(clear), tuple(refusals)


def _equal(offers: Sequence[Offer]) -> bool:
    contents = [sorted(part.file.path.read_bytes() for part in offer.parts) for offer in offers]
    return all(content == contents[0] for content in contents)


def _refuse_twice(one: _Set) -> None:
    """Refuse a set with two files of one table: both would be stored under the same name, and one would be lost."""
    by_table: dict[Table | None, list[str]] = {}
    for file, name in one.files:
        by_table.setdefault(name.table, []).append(file.shown)
    for table, shown in by_table.items():
        if table and len(shown) > 1:
            raise _UnplacedError(
                f"Có nhiều tệp của bảng {table.sheet}: {'; '.join(shown)}.",
                "Không rõ lấy tệp nào: để lại mỗi bảng một tệp rồi nhận lại.",
            )


class _Desk:
    def __init__(self, config: Config, claims: Claims, reader: CellReader) -> None:
        self.config, self.claims, self.reader = config, claims, reader
        self.units = config.units.units
        self.limits = Limits(config.thresholds.max_file_mb, config.thresholds.max_rows)

    def sets(self, files: Iterable[Offered], refusals: list[Refusal]) -> list[_Set]:
        """Each workbook as a set of its own; CSVs from one place whose names begin alike as one set."""
        books: list[_Set] = []
        csvs: dict[tuple[str, str, int], list[tuple[Offered, NameTells]]] = {}
        for file in files:
            name = read_name(file.name, self.units)
            if refusal := self._refused(file, name):
                refusals.append(refusal)
            elif name.table:
                csvs.setdefault((file.group, name.stem, name.version), []).append((file, name))
            else:
                books.append(_Set(((file, name),), Stated()))
        made = []
        for one in [*books, *(_Set(tuple(parts), Stated()) for parts in csvs.values())]:
            try:
                made.append(_Set(one.files, self._stated(one)))
            except _UnplacedError as error:
                refusals += [Refusal(file.shown, error.what, error.hint) for file, _ in one.files]
        return made

    def _refused(self, file: Offered, name: NameTells) -> Refusal | None:
        if is_macro_book(file.name):
            what, hint = self._words("TEP-MACRO", file)
            return Refusal(file.shown, what, hint)
        size = file.path.stat().st_size
        if size > self.limits.file_mb * 1024 * 1024:
            refusal = too_large(size, self.limits)
            return Refusal(file.shown, *self._words(refusal.code, file, **refusal.texts))
        if name.ending not in (*BOOKS, "csv") or (name.ending == "csv" and name.table is None):
            return Refusal(file.shown, "Không phải tệp báo cáo theo mẫu nên không được nhận.", f"{_PATTERN}.")
        return None

    def _words(self, code: str, file: Offered, **texts: Any) -> tuple[str, str]:
        """A check's message, and what is allowed and to be done."""
        [row] = worded([found(code, Place(""), **{"given": file.name} | texts)], self.config.checks)
        message, allowed, action = row[-3:]
        return message, " ".join(text if text.endswith(".") else f"{text}." for text in (allowed, action) if text)

    def _stated(self, one: _Set) -> Stated:
        """What the sheet of keys and values states; raises if a file of the set cannot be read or stored."""
        _refuse_twice(one)
        said = Stated()
        for file, name in one.files:
            try:
                data = file.path.read_bytes()
                if name.table is None:
                    grids = read_workbook(data, self.limits, self.reader)
                    info = next((grid for grid in grids if table_of_sheet(grid.sheet) is INFO), None)
                else:
                    grid = read_csv(data, name.table, self.limits)
                    info = grid if name.table is INFO else None
            except RefusedError as refusal:
                raise _UnplacedError(*self._words(refusal.code, file, **refusal.texts)) from refusal
            except OSError as error:  # the file was there before: it has gone since, or its disk fails
                raise _UnplacedError(*self._words("TEP-MO", file)) from error
            if info is not None:
                said = stated(info)
        return said

    def offer(self, one: _Set) -> Offer:
        parts = tuple(Part(file, name.table, name.ending) for file, name in one.files)
        return Offer(self._unit(one), self._begun(self._month(one)), parts, one.files[0][1].version)

    def _unit(self, one: _Set) -> Unit:
        name = one.files[0][1]
        said = [unit for unit in self.units if unit.answers_to(one.said.unit)]
        claimed = self.claims.unit
        named = claimed or name.unit
        if one.said.unit and named and named not in said:
            whom = "lệnh (--from)" if claimed else "tên tệp"
            raise _UnplacedError(
                f"Trang Thông tin ghi đơn vị “{one.said.unit}”, {whom} ghi {named.code}; tệp không được nhận.",
                "Kiểm tra tệp của đơn vị nào rồi sửa Đơn vị trong tệp hoặc tên tệp.",
            )
        if found_ := named or (said[0] if len(said) == 1 else None) or (None if one.said.unit else name.maybe):
            return found_
        known = ", ".join(unit.code for unit in said or self.units)
        why = "tên của nhiều đơn vị" if said else "không có trong danh sách đơn vị"
        what = f"Trang Thông tin ghi đơn vị “{one.said.unit}”, {why}."
        what = what if one.said.unit else "Không rõ tệp của đơn vị nào: trang Thông tin và tên tệp đều không ghi."
        raise _UnplacedError(what, f"Ghi Đơn vị trong tệp, hoặc thêm --from MÃ. Các mã: {known}.")

    def _month(self, one: _Set) -> Month:
        file, name = one.files[0]
        said, claimed, lies_in = one.said.month, self.claims.month, folder_month(file.folder)
        named = claimed or lies_in
        if said and named and said != named:
            whom = "lệnh (--month)" if claimed else "thư mục"
            raise _UnplacedError(
                f"Kỳ báo cáo trong tệp là {month_short(said)}, {whom} ghi {month_short(named)}; tệp không được nhận.",
                "Kiểm tra tệp của tháng nào, sửa Kỳ báo cáo hoặc nhận đúng tháng.",
            )
        if found_ := said or named or name.month or month_in(file.folder, self.units):
            return found_
        if one.said.called:
            what = f"Kỳ báo cáo trong tệp là “{one.said.called}”, không phải một tháng; tệp không được nhận."
            raise _UnplacedError(what, "Sửa Kỳ báo cáo trong tệp, ví dụ 09/2025.")
        what = "Không rõ tệp của tháng nào: trang Thông tin, tên tệp và thư mục đều không ghi."
        raise _UnplacedError(what, "Ghi Kỳ báo cáo trong tệp, hoặc thêm --month NĂM-THÁNG, ví dụ --month 2025-10.")

    def _begun(self, month: Month) -> Month:
        """The month; refused if its period has not begun: a mistyped year would make it the newest month of all."""
        starts = period_of(self.config.calendar, month).start
        if self.claims.month or self.claims.at.date() >= starts:
            return month
        period = f"Kỳ báo cáo {month_short(month)} bắt đầu ngày {day_short(starts)}"
        raise _UnplacedError(
            f"{period}, sau thời điểm nhận; tệp không được nhận.",
            f"Sửa Kỳ báo cáo trong tệp hoặc --at; nếu đúng là kỳ ấy, thêm --month {month}.",
        )
