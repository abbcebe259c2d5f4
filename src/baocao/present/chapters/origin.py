"""Where the book comes from: revision, commit, how to make it again, and what changed since the sealed revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from baocao.identity import Earlier, Identity
from baocao.measures.differences import Difference, differences
from baocao.months import Month
from baocao.present.blocks import Column, Prose, Table, callout, paragraphs
from baocao.present.common import Place
from baocao.present.difference_words import DifferenceWords, difference_words
from baocao.present.ledger_words import LedgerWords
from baocao.present.spans import named_runs
from baocao.present.words import submitted, verbatim
from baocao.report import Report
from baocao.text import markdown, number

NOTEBOOK = "method"


def origin(report: Report) -> Prose:
    """Revision, hash, commit, the revisions of earlier months, and the commands that reproduce the book."""
    one = report.identity
    return paragraphs(_what(report), _months(report), "Lệnh lập lại và kiểm tra:", _commands(one))


def _what(report: Report) -> str:
    one = report.identity
    kind = f"bản niêm phong {verbatim(f'r{one.revision}')}" if one.revision else "bản làm việc, chưa khóa"
    seal = "của bản kê đầu vào (inputs.json trong bản niêm phong)" if one.revision else "của dữ liệu đầu vào"
    return (
        f"Sách này là {kind}. Mã băm {seal}: {verbatim(one.inputs) or 'không rõ'}. "
        f"Mã nguồn (git): {verbatim(one.commit) or 'không rõ'}. Mỗi trang ghi các mã này ở dạng rút gọn; "
        "dấu + sau mã nguồn nghĩa là có tệp đã sửa mà chưa ghi vào kho mã nguồn."
    )


def _months(report: Report) -> str:
    """The months that were read; figures may differ from the sealed ones if parameters or code have changed since."""
    is_month, earlier = isinstance(report.month, Month), report.identity.earlier
    if not earlier:
        return "Chưa có tháng nào trước đó để so sánh." if is_month else "Chưa có tháng nào có tệp."
    which = "các tháng trước dùng để so sánh" if is_month else "các tháng của kỳ và các tháng trước"
    named = [
        name for revision, months in groupby(earlier, lambda one: one.revision) for name in _named(revision, months)
    ]
    return f"Số liệu {which} được tính lại từ tệp đã nộp, theo tham số và mã nguồn của sách này: {', '.join(named)}."


def _named(revision: int, months: Iterable[Earlier]) -> Iterator[str]:
    as_sealed = f"cùng tệp với bản {verbatim(f'r{revision}')}" if revision else "chưa khóa, hoặc tệp khác bản đã khóa"
    for name in named_runs(Month.parse(one.month) for one in months):
        yield f"{name} ({as_sealed})"


def _commands(one: Identity) -> str:
    commit = one.commit.rstrip("+")
    lines = [f"git checkout {commit}"] if commit else []
    lines += [f"baocao {command}" for command in one.commands]
    if one.revision:
        lines.append(f"baocao audit {one.month} --revision {one.revision} --with recorded")
    elif not one.commands:
        lines.append(f"baocao report {one.month}")
    return "\n".join(["```", *lines, "```"])


def notice(report: Report) -> str:
    """A remark at the front of a later revision; empty for the first one."""
    one = report.identity
    if not one.revision or not one.compared:
        return ""
    count = len(_changed(report))
    text = f"Bản r{one.revision} thay bản r{one.compared}; {_counted(count)}. Lý do: {submitted(one.reason)}"
    return callout("note", "Bản điều chỉnh", text)


def _counted(count: int) -> str:
    where = " (xem chương Phương pháp và nguồn gốc số liệu)" if count else ""
    return f"{number(count)} số liệu thay đổi{where}" if count else "không số liệu nào thay đổi"


def changes(report: Report) -> Prose:
    """What changed since the sealed revision, figure by figure; empty if there is none."""
    one = report.identity
    if not one.compared or report.earlier_ledger is None:
        return Prose("")
    new = f"bản r{one.revision}" if one.revision else "bản làm việc này"
    reason = f"Lý do mở lại tháng: {submitted(one.reason)}" if one.reason else ""
    found = _changed(report)
    caption = f"Số liệu thay đổi từ bản r{one.compared} đến {new}: {number(len(found))} số."
    table = _table(report, caption, found)
    return paragraphs(f"## Thay đổi so với bản r{one.compared}", reason, table.markdown)


def _changed(report: Report) -> tuple[Difference, ...]:
    if report.earlier_ledger is None:
        return ()
    return tuple(one for one in differences(report.earlier_ledger, report.ledger) if one.is_figure)


def _table(report: Report, caption: str, found: tuple[Difference, ...]) -> Table | Prose:
    columns = [
        Column("Số liệu", 34),
        Column("Đơn vị", 22),
        Column("Kỳ", 12),
        Column("Trước", 12, right=True),
        Column("Nay", 12, right=True),
        Column("Chênh lệch", 12, right=True),
    ]
    words = LedgerWords(report.config)
    rows = [_row(difference_words(words, one)) for one in found]
    return Place(report, NOTEBOOK).table("thay-doi", caption, columns, rows, "Không số liệu nào thay đổi.")


def _row(one: DifferenceWords) -> tuple[str, ...]:
    return tuple(map(markdown, (one.what, one.unit, one.period, one.then, one.now, one.change)))
