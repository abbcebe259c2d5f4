"""Letters to units about their reports, as plain text ready to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from baocao.calendar import deadline, period_of
from baocao.config.models import Area, Config, Target, Unit
from baocao.config.owed import owed_areas, owed_targets
from baocao.config.units import owed_units
from baocao.measures.ledger import Ledger
from baocao.months import Month
from baocao.present.due import until
from baocao.present.words import STATES, listed
from baocao.text import month_long, number, period_long


@dataclass(frozen=True)
class Reminder:
    """A letter to one unit.

    Attributes
    ----------
    why
        The reason in a few words, for the list.
    text
        The letter in full sentences; each line is a paragraph.
    """

    unit: Unit
    why: str
    text: str


def reminders(config: Config, ledger: Ledger, month: Month, now: datetime | None = None) -> tuple[Reminder, ...]:
    """A letter to each unit whose report is missing or incomplete, in the register's order.

    Parameters
    ----------
    now
        The present time, if letters are to say how much time is left; None in the book, which uses no clock.
    """
    letters = (_Letter(config, ledger, month, unit, now).reminder() for unit in owed_units(config, month))
    return tuple(letter for letter in letters if letter is not None)


@dataclass(frozen=True)
class _Letter:
    config: Config
    ledger: Ledger
    month: Month
    unit: Unit
    now: datetime | None

    def _count(self, measure: str, **codes: str) -> int:
        return int(self.ledger.value(str(self.month), measure, self.unit.code, **codes) or 0)

    @property
    def _state(self) -> str:
        return next((state for state in STATES if self._count("reports", state=state)), "missing")

    def reminder(self) -> Reminder | None:
        state = self._state
        if state == "missing":
            return self._made(STATES[state], [self._absent("chưa nhận được báo cáo"), self._what(), _NIL])
        if state == "refused":
            text = "tệp đã gửi không dùng được nên chưa có số liệu nào được tính"
            return self._made(STATES[state], [self._absent(text), self._what(), _NIL])
        if state == "filed" and self._is_empty():
            return self._made("báo cáo trống", [self._empty(), self._what(), _NIL])
        whys, texts = self._faults(state)
        return self._made(", ".join(whys), [self._thanks(), *texts]) if texts else None

    def _made(self, why: str, texts: Sequence[str]) -> Reminder:
        head = f"Kính gửi: {self.unit.name}."
        return Reminder(self.unit, why, "\n".join([head, *filter(None, texts), "Trân trọng cảm ơn."]))

    def _period(self) -> str:
        return f"{month_long(self.month)} ({period_long(period_of(self.config.calendar, self.month))})"

    def _coordinator(self) -> str:
        """The sender: the unit that gathers the reports; for a letter to that unit, the site."""
        code = self.config.site.coordinator
        names = {unit.code: unit.name for unit in self.config.units.units}
        return self.config.site.name if code == self.unit.code else names.get(code, self.config.site.name)

    def _absent(self, what: str) -> str:
        due = until(self.config, self.config.calendar.unit_due, self.month)
        if what.startswith("chưa"):
            head = f"{self._coordinator()} {what} {self._period()} của đơn vị."
        else:
            head = f"Báo cáo {self._period()}: {what}."
        return f"{head} Thời hạn gửi: {due}{self._left()}. Đề nghị đơn vị gửi báo cáo."

    def _is_empty(self) -> bool:
        """Whether the report came in but has no row in any table."""
        return self.ledger.value(str(self.month), "rows_in", self.unit.code) == 0

    def _empty(self) -> str:
        due = until(self.config, self.config.calendar.unit_due, self.month)
        return (
            f"{self._coordinator()} đã nhận báo cáo {self._period()} của đơn vị, nhưng báo cáo không có dòng số liệu "
            "nào và cũng không có dấu “Không phát sinh hoạt động”, nên chưa rõ là không phát sinh hay chưa điền. "
            f"Thời hạn gửi: {due}{self._left()}. Đề nghị đơn vị điền rồi gửi lại báo cáo."
        )

    def _left(self) -> str:
        """How much time is left; empty without a clock."""
        if self.now is None:
            return ""
        calendar = self.config.calendar
        due = deadline(calendar, calendar.unit_due, self.month, self.config.site.timezone)
        days = (due.date() - self.now.astimezone(due.tzinfo).date()).days
        if self.now > due:
            return f", đã quá hạn {-days} ngày" if days < 0 else ", đã quá hạn"
        return f", còn {days} ngày" if days else ", là hôm nay"

    def _what(self) -> str:
        """What the report must contain."""
        areas, targets = owed_areas(self.config, self.unit, self.month), owed_targets(self.config, self.unit)
        parts = [
            f"hoạt động ở nội dung được giao chủ trì ({_codes(areas)})" if areas else "hoạt động trong kỳ",
            f"giá trị chỉ tiêu ({_codes(targets)})" if targets else "",
            "khó khăn, kiến nghị (nếu có)",
        ]
        return f"Báo cáo gồm: {'; '.join(filter(None, parts))}."

    def _thanks(self) -> str:
        return f"{self._coordinator()} đã nhận báo cáo {month_long(self.month)} của đơn vị. Đề nghị đơn vị bổ sung:"

    def _faults(self, state: str) -> tuple[list[str], list[str]]:
        whys, texts = [], []
        if rejected := self._count("rows_rejected"):
            whys.append("có dòng bị trả lại")
            texts.append(f"- Sửa {number(rejected)} dòng bị trả lại theo tệp gửi kèm rồi gửi lại cả báo cáo.")
        areas = owed_areas(self.config, self.unit, self.month)
        gaps = [area for area in areas if state == "filed" and not self._count("lead_activities", content=area.code)]
        if gaps:
            whys.append("thiếu hoạt động ở nội dung chủ trì")
            texts.append(
                f"- Hoạt động ở nội dung được giao chủ trì: {_codes(gaps)}; nếu trong kỳ không có, đề nghị xác nhận."
            )
        lacking = [target for target in owed_targets(self.config, self.unit) if not self._reported(target)]
        if lacking:
            whys.append("thiếu giá trị chỉ tiêu")
            texts.append(f"- Giá trị chỉ tiêu trong tháng: {_codes(lacking)}.")
        return whys, texts

    def _reported(self, target: Target) -> bool:
        names = ("target_value", "target_level")
        period, unit = str(self.month), self.unit.code
        return any(self.ledger.row(period, name, unit, target=target.code) for name in names)


_NIL = (
    "Nếu trong kỳ không phát sinh hoạt động, đề nghị đánh dấu “x” vào mục “Không phát sinh hoạt động” của trang Thông "
    "tin và vẫn gửi báo cáo."
)


def _codes(items: Sequence[Area] | Sequence[Target]) -> str:
    return listed([item.code for item in items])
