"""Output of ``baocao status``: a line for each month, or one month unit by unit with reminder letters."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table

from baocao.archive.integrity import UNFINISHED, in_words
from baocao.archive.standalone import STRAY
from baocao.cli.console import cells, print_json, print_table
from baocao.closed import former_text
from baocao.errors import ExitCode
from baocao.present.due import seconds_tell
from baocao.present.words import FINALITIES, STATES, TIMELINESS
from baocao.text import capital, day_short, moment_short, month_long, number, some_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from baocao.archive.integrity import Standing
    from baocao.measures.submissions import Submission
    from baocao.overview import Deadlines, MonthDetail, MonthStatus, Overview, UnitDetail, UnitRate

_NOTHING = "–"


def overview(seen: Overview, archive: Standing, *, as_json: bool) -> int:
    """All months."""
    if as_json:
        print_json([_month_json(one, archive) for one in (*seen.before_plan, *seen.months)])
        return ExitCode.OK
    if seen.pending:
        click.echo("Có lần nhận tệp bị ngắt giữa chừng; lần chạy baocao receive tới sẽ ghi nốt.")
    _archive(archive)
    for one in (*seen.before_plan, *seen.months):
        _misplaced(one, seen.now)
    if seen.months:
        print_table(_reports_table(seen))
        print_table(_deadlines_table(seen))
        for one in seen.months:
            if lacking := [s.unit for s in one.submissions if not s.reported]:
                click.echo(f"{one.month} chưa có báo cáo dùng được của: {', '.join(lacking)}")
            _altered(one)
        _former(seen.months)
        _unsent(seen)
        print_table(_rates_table(seen.rates))
    else:
        click.echo("Chưa có tháng nào có báo cáo của đơn vị trong data/submissions/.")
    click.echo(f"Kỳ sắp đến hạn: {month_long(seen.next_due)}; {_deadlines(seen.next_deadlines, seen.now)}.")
    return ExitCode.OK


def _archive(archive: Standing) -> None:
    if archive.faults:
        named = in_words(archive.faults)
        strays = all(problem == STRAY for _, problem in archive.faults)
        what = "có thứ không ai niêm phong" if strays else "không còn như đã khóa"
        do = "Chuyển ra ngoài" if strays else "Khôi phục từ kho mã nguồn hoặc bản sao lưu"
        click.echo(f"data/archive/ {what} ({named}). {do}, rồi kiểm tra: baocao audit --all")
    if archive.unfinished:
        click.echo(UNFINISHED)


def _unsent(seen: Overview) -> None:
    """Months past their deadline without any submission, which are in none of the tables."""
    if seen.unsent:
        first, last = month_long(seen.unsent[0]), month_long(seen.unsent[-1])
        which = capital(first) if first == last else f"Từ {first} đến {last}"
        click.echo(f"{which}: đã quá hạn của đơn vị mà chưa có tệp nào.")


def _misplaced(one: MonthStatus, now: datetime) -> None:
    """A warning about files in a month that should have none: they do not count, or the folder has a wrong name."""
    folder = f"data/submissions/{one.month}/"
    if one.received and one.before_plan:
        click.echo(
            f"{one.month} trước tháng đầu tiên của kế hoạch: tệp trong {folder} không được tính. Kiểm tra tên thư mục, "
            "hoặc first_month trong params/calendar.yml"
        )
    elif one.received and one.period.start > now.date():
        click.echo(
            f"{one.month} đến ngày {day_short(one.period.start)} mới bắt đầu mà đã có tệp; lệnh không ghi tháng sẽ "
            f"lấy tháng mới nhất. Kiểm tra tên thư mục {folder}"
        )


def _reports_table(seen: Overview) -> Table:
    """A table of received reports; with :func:`_deadlines_table` it shows a month completely, in 80 columns each."""
    table = Table(title="Tình hình báo cáo các tháng", title_justify="left")
    for heading in ("Tháng", "Phải nộp", "Đã nộp", "Không phát sinh", "Bị trả lại", "Chưa nộp", "Gửi lại"):
        table.add_column(heading, no_wrap=heading == "Tháng")
    for one in seen.months:
        counts = [one.count(state) for state in ("filed", "nil", "refused", "missing")]
        table.add_row(*cells(one.month, len(one.submissions), *counts, one.resubmitted))
    return table


def _deadlines_table(seen: Overview) -> Table:
    table = Table(title="Thời hạn, sách và khóa sổ các tháng", title_justify="left")
    for heading in ("Tháng", "Hạn của đơn vị", "Đúng hạn", "Trễ hạn", "Chưa ghi ngày", "Sách PDF", "Khóa"):
        table.add_column(heading, no_wrap=heading == "Tháng")
    for one in seen.months:
        counts = [one.count(state) for state in ("on_time", "late", "undated")]
        due, made = moment_short(one.deadlines.unit_due), "có" if one.book else "chưa"
        table.add_row(*cells(one.month, due, *counts, made, _seal(one)))
    return table


def _seal(one: MonthStatus) -> str:
    if not one.seal.revision:
        return "chưa"
    return "mở lại" if one.seal.reopened else f"bản {one.seal.revision}"


def _rates_table(rates: tuple[UnitRate, ...]) -> Table:
    table = Table(title="Tỷ lệ nộp và đúng hạn qua các tháng", title_justify="left")
    for heading in ("Đơn vị", "Phải nộp", "Đã nộp", "Tỷ lệ nộp", "Đúng hạn", "Tỷ lệ đúng hạn"):
        table.add_column(heading)
    for one in rates:
        counts = (one.owed, one.reported, _percent(one.reported, one.owed), one.on_time)
        table.add_row(*cells(one.unit, *counts, _percent(one.on_time, one.dated)))
    return table


def _percent(part: int, whole: int) -> str:
    return f"{number(Decimal(part) * 100 / whole)}%" if whole else _NOTHING


def _received(iso: str, due: datetime) -> str:
    if not iso:
        return _NOTHING
    at = datetime.fromisoformat(iso)
    return moment_short(at, seconds=seconds_tell(at, due))


def _deadlines(of: Deadlines, now: datetime) -> str:
    named = (
        ("đơn vị gửi", of.unit_due),
        ("chốt số liệu", of.cut_off),
        ("gửi cấp trên", of.site_due),
        ("khóa", of.lock),
    )
    return ", ".join(f"{name} đến {moment_short(at)}{_left(at, now)}" for name, at in named)


def _left(at: datetime, now: datetime) -> str:
    days = (at.date() - now.astimezone(at.tzinfo).date()).days
    if at < now:
        return " (đã qua)"
    return f" (còn {days} ngày)" if days else " (hôm nay)"


def detail(seen: MonthDetail, archive: Standing, *, as_json: bool) -> int:
    """One month, unit by unit."""
    if as_json:
        print_json(_detail_json(seen, archive))
        return ExitCode.OK
    status = seen.status
    _archive(archive)
    _misplaced(status, seen.now)
    click.echo(
        f"{capital(month_long(status.month))}: {_deadlines(status.deadlines, seen.now)}; khóa sổ: {_seal(status)}."
    )
    _altered(status)
    _former((status,))
    print_table(_units_table(seen))
    if status.resubmitted:
        click.echo("Thời hạn tính theo lần gửi đầu đọc được; “Nhận lúc” và “Số liệu” là của lần gửi mới nhất.")
    print_table(_owed_table(seen))
    letters = [unit.reminder for unit in seen.units if unit.reminder]
    click.echo(f"Cần nhắc {len(letters)} đơn vị." if letters else "Không phải nhắc đơn vị nào.")
    for letter in letters:
        click.echo(f"\n── {letter.unit.code} ({letter.why}) ──\n{letter.text}")
    return ExitCode.OK


def _altered(one: MonthStatus) -> None:
    if one.altered:
        click.echo(
            f"{one.month} đã khóa, nhưng tệp trong data/submissions/ khác bản niêm phong r{one.seal.revision} "
            f"({some_files(one.altered)}): khôi phục tệp, hoặc mở lại tháng: baocao reopen {one.month} --reason “LÝ DO”"
        )


def _former(months: Sequence[MonthStatus]) -> None:
    """Closed months whose totals are from before an earlier month was revised: a line for each such revision."""
    for seal in sorted({seal for one in months for seal in one.revised}, key=lambda seal: seal.month):
        click.echo(former_text(seal, [one.month for one in months if seal in one.revised]))


def _units_table(seen: MonthDetail) -> Table:
    table = Table(title="Tình trạng từng đơn vị", title_justify="left")
    for heading in ("Mã", "Đơn vị", "Tình trạng", "Thời hạn", "Nhận lúc", "Lần gửi", "Số liệu", "Dòng trả lại"):
        table.add_column(heading, no_wrap=heading == "Mã")
    for one in seen.units:
        sent = one.submission
        table.add_row(
            *cells(
                one.unit.code,
                one.unit.name,
                STATES[sent.state],
                TIMELINESS.get(sent.time, _NOTHING),
                _received(sent.received_at, seen.status.deadlines.unit_due),
                sent.version or _NOTHING,
                FINALITIES.get(sent.finality, _NOTHING),
                one.rejected_rows if sent.version else _NOTHING,
            )
        )
    return table


def _owed_table(seen: MonthDetail) -> Table:
    table = Table(title="Phải báo cáo gì", title_justify="left")
    headings = ("Mã", "Nội dung chủ trì", "Chưa có hoạt động", "Chỉ tiêu phải báo", "Chỉ tiêu còn thiếu")
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading == "Mã")
    for one in seen.units:
        codes = (one.areas, one.areas_without, one.targets, one.targets_without)
        table.add_row(*cells(one.unit.code, *(", ".join(part) or _NOTHING for part in codes)))
    return table


def _month_json(one: MonthStatus, archive: Standing) -> dict[str, Any]:
    return {
        "month": str(one.month),
        **{name: at.isoformat() for name, at in asdict(one.deadlines).items()},
        "rejected_rows": one.rejected_rows,
        "book": one.book,
        "closed": one.seal.closed,
        "revision": one.seal.revision,
        "altered": bool(one.altered),
        "altered_files": list(one.altered),
        "revised_since": [{"month": str(seal.month), "revision": seal.revision} for seal in one.revised],
        "seal_faults": [f"{file}: {problem}" for file, problem in archive.of(one.month)] if one.seal.revision else [],
        "before_plan": one.before_plan,
        "reports": [_submission_json(submission) for submission in one.submissions],
    }


def _submission_json(sent: Submission) -> dict[str, Any]:
    return {
        "unit": sent.unit,
        "state": sent.state,
        "label": STATES[sent.state],
        "time": sent.time,
        "figures": sent.finality,
        "version": sent.version,
        "received_at": sent.received_at,
        "first_received_at": sent.first_at,
    }


def _detail_json(seen: MonthDetail, archive: Standing) -> dict[str, Any]:
    return _month_json(seen.status, archive) | {
        "now": seen.now.isoformat(),
        "reports": [_unit_json(one) for one in seen.units],
        "reminders": [
            {"unit": one.unit.code, "why": one.reminder.why, "text": one.reminder.text}
            for one in seen.units
            if one.reminder
        ],
    }


def _unit_json(one: UnitDetail) -> dict[str, Any]:
    return _submission_json(one.submission) | {
        "name": one.unit.name,
        "owes": {"areas": list(one.areas), "targets": list(one.targets)},
        "lacks": {"areas": list(one.areas_without), "targets": list(one.targets_without)},
        "rejected_rows": one.rejected_rows,
        "versions": list(one.versions),
        "changes": list(one.changes),
    }
