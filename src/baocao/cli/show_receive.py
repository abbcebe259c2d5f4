"""Output of ``baocao receive``: the dry run, then what was stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from baocao.cli.console import print_json
from baocao.cli.show import say
from baocao.cli.show_findings import print_findings
from baocao.errors import ExitCode
from baocao.intake.contract import ACTIVITIES, TABLES
from baocao.text import moment_long, month_long, number, one_line

if TYPE_CHECKING:
    from baocao.config.models import Plan
    from baocao.receive.receive import DryRun, Received
    from baocao.receive.reviews import Review

_SHEETS = {table.name: table.sheet for table in TABLES}
_FUNDING = ACTIVITIES.column("funding").heading
_MOST_ROWS = 30
_SIGNS = {"added": "+", "changed": "~", "gone": "−"}
_BLANK = "(trống)"


def dry_run(looked: DryRun, plan: Plan) -> None:
    """What would be stored, what would be refused, and the differences from the previous version."""
    for name in looked.recovered:
        say(f"Đã ghi nốt lần nhận bị ngắt trước đó: {name}")
    click.echo(f"Chạy thử (thời điểm nhận: {moment_long(looked.at)})")
    for review in looked.reviews:
        click.echo("")
        _review(review, {source.code: source.name for source in plan.funding})
    for refusal in looked.refusals:
        click.echo(f"\n{one_line(refusal.shown)}\n  KHÔNG NHẬN: {refusal.what}\n  → {refusal.hint}")
    if not looked.reviews and not looked.refusals:
        click.echo("\nKhông có tệp nào để nhận.")


def _review(review: Review, sources: Mapping[str, str]) -> None:
    offer = review.offer
    click.echo(one_line(offer.shown))
    click.echo(f"  {offer.unit.name} ({offer.unit.code}), {month_long(offer.month)}{_version(review)}")
    if review.state in {"same", "register"}:
        when = f" lúc {moment_long(datetime.fromisoformat(review.previous_at))}" if review.previous_at else ""
        text = "ĐÃ CÓ: đúng từng byte như lần gửi"
        more = "không lưu lần nữa" if review.state == "same" else "không lưu lần nữa, chỉ ghi ngày nhận vào sổ"
        click.echo(f"  {text} {review.version}, đã nhận{when}; {more}.")
        return
    if review.what:
        click.echo(f"  KHÔNG NHẬN: {review.what}" + (f"\n  → {review.hint}" if review.hint else ""))
    else:
        nil = "; không phát sinh hoạt động" if review.nil else ""
        click.echo(
            f"  Nhận {number(review.rows_in)} dòng: tính {number(review.accepted)}, trả lại {number(review.rejected)}"
            f"; {number(len(review.findings))} phát hiện{nil}."
        )
    for notice in review.notices:
        click.echo(f"  Lưu ý: {notice}")
    if review.dropped:
        click.echo(
            f"  THIẾU BẢNG so với lần gửi trước: {', '.join(review.dropped)}. Nếu gửi bổ sung, nhận cả bộ cùng lúc."
        )
    if review.findings:
        several = len(offer.parts) > 1 or len({one["file"] for one in review.findings}) > 1
        print_findings(review.findings, files=several, rest="Xem đủ bằng --json.")
    for line in _differences(review, sources):
        click.echo(f"  {line}")


def _version(review: Review) -> str:
    return f", lần gửi {review.version}" if review.version else ""


def _differences(review: Review, sources: Mapping[str, str]) -> Iterator[str]:
    """The changes, one line for each value."""
    if not review.previous or review.state == "refused":
        return
    when = f" (nhận lúc {moment_long(datetime.fromisoformat(review.previous_at))})" if review.previous_at else ""
    head = f"So với lần gửi {review.previous}{when}"
    if not review.changes:
        yield f"{head}: số liệu được tính không thay đổi."
        return
    counts = review.counts
    yield (
        f"{head}: thêm {number(counts['added'])} dòng, sửa {number(counts['changed'])} dòng "
        f"({number(counts['cells'])} ô), mất {number(counts['gone'])} dòng (kể cả dòng nay bị trả lại)."
    )
    lines = [*_lines(review.changes, sources)]
    yield from lines[:_MOST_ROWS]
    if len(lines) > _MOST_ROWS:
        yield f"… và {number(len(lines) - _MOST_ROWS)} thay đổi khác (xem đủ bằng --json)."


def _lines(changes: Iterable[dict[str, Any]], sources: Mapping[str, str]) -> Iterator[str]:
    """Lines for changes; funding sources are shown by name, as units write them, not by code."""
    for table, rows in groupby(changes, key=lambda change: change["table"]):
        for row in rows:
            where = f"{_SIGNS[row['kind']]} {_SHEETS[table]}, dòng {row['line']}: {row['label']}"
            names = sources if row["column"] == _FUNDING else {}
            before, after = (names.get(row[key], row[key]) or _BLANK for key in ("before", "after"))
            value = f" · {row['column']}: {before} → {after}" if row["column"] else ""
            yield where + value


def received(done: Received, *, as_json: bool) -> int:
    """What was stored; exit code 1 if something was not."""
    if as_json:
        print_json(_json(done))
    else:
        _summary(done)
    if done.failure:
        say(f"Lỗi: {done.failure}")
    return ExitCode.OK if done.complete else ExitCode.FINDINGS


def _summary(done: Received) -> None:
    click.echo("")
    if not done.wanted:
        click.echo("Chạy thử xong, chưa ghi gì (--dry-run).")
    for review in done.stored:
        for name in review.names:
            click.echo(_kept(review, name, finished=review is not done.unfinished))
    if done.failure:
        unwritten = "; ".join(one_line(review.offer.shown) for review in done.left)
        click.echo(f"Chưa nhận vì không ghi được: {unwritten or 'không có'}")
    left = {id(review) for review in done.left}
    back = [r for r in done.held_back if id(r) not in left and (done.wanted or not r.passes)]
    if back or done.dry_run.refusals:
        names = [one_line(r.offer.shown) for r in back] + [one_line(r.shown) for r in done.dry_run.refusals]
        click.echo(f"Chưa nhận: {'; '.join(names)}")
    if any(review.state == "rejections" for review in back):
        click.echo("→ Gửi đơn vị sửa rồi nhận lại; hoặc nhận phần dùng được bằng cách thêm --accept-rejections,")
        click.echo("  khi đó baocao check --send-back ghi sổ tính tô màu ô có lỗi để gửi trả.")


def _kept(review: Review, name: str, *, finished: bool) -> str:
    done = f"Đã ghi sổ: {name}" if review.state == "register" else f"Đã nhận: data/submissions/{name}"
    return done if finished else f"{done} (chưa cất xong)"


def _json(done: Received) -> dict[str, Any]:
    stored = {id(review) for review in done.stored}
    return {
        "received_at": done.dry_run.at.isoformat(),
        "dry_run": not done.wanted,
        "recovered": list(done.dry_run.recovered),
        "submissions": [_review_json(r, stored=id(r) in stored) for r in done.dry_run.reviews],
        "refused": [{"file": r.shown, "message": r.what, "action": r.hint} for r in done.dry_run.refusals],
        "failure": _failure_json(done),
    }


def _failure_json(done: Received) -> dict[str, Any] | None:
    if done.failure is None:
        return None
    return {
        "message": done.failure.what,
        "action": done.failure.hint,
        "unfinished": list(done.unfinished.names) if done.unfinished else [],
        "not_stored": [part.file.shown for review in done.left for part in review.offer.parts],
    }


def _review_json(review: Review, *, stored: bool) -> dict[str, Any]:
    blank = ("",) * len(review.offer.parts)
    return {
        "unit": review.offer.unit.code,
        "month": str(review.offer.month),
        "version": review.version,
        "state": review.state,
        "stored": stored,
        "nil": review.nil,
        "files": [
            {"file": part.file.shown, "kept_as": name, "sha256": digest}
            for part, name, digest in zip(
                review.offer.parts, review.names or blank, review.hashes or blank, strict=True
            )
        ],
        "rows_in": review.rows_in,
        "accepted": review.accepted,
        "rejected": review.rejected,
        "dropped": list(review.dropped),
        "message": review.what,
        "action": review.hint,
        "notices": list(review.notices),
        "findings": list(review.findings),
        "previous": {"version": review.previous, "received_at": review.previous_at} if review.previous else None,
        "changed": review.counts,
        "changes": list(review.changes),
    }
