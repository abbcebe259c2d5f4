"""``baocao close`` and ``baocao reopen``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from baocao import files
from baocao.archive.chain import Link, links
from baocao.archive.drift import drifts
from baocao.archive.fitness import check_fitness
from baocao.archive.gather import as_json, gather_inputs
from baocao.archive.integrity import in_words
from baocao.archive.remake import copy, current, lay_out, make, outputs
from baocao.archive.seal import Approval, finish, seal
from baocao.archive.standalone import STRAY, chain_faults, seal_faults
from baocao.closed import REOPENED, former_text, reopen_hint, seal_of
from baocao.commit import withheld
from baocao.errors import ExitCode, UserError
from baocao.identity import from_inputs, revised_since
from baocao.lock import project_lock
from baocao.months import Month
from baocao.origin import sources_digest
from baocao.pipeline import Engine, choose_engine
from baocao.scratch import scratch_folder
from baocao.text import month_long
from baocao.workspace import Workspace, check_records

Say = Callable[[str], None]


@dataclass(frozen=True)
class Closed:
    """A sealed revision: its folder, its place in the chain, and whether it was sealed by this call."""

    folder: Path
    link: Link
    fresh: bool


def close(
    space: Workspace,
    month: Month,
    approval: Approval,
    *,
    engine: Engine = "auto",
    workers: int | None = None,
    say: Say = print,
) -> Closed:
    """Check that a month may be closed, make it again from a copy of its inputs, and seal the next revision.

    Everything sealed is made in one go, in a folder with nothing but the sealed inputs, so that it can be reproduced.

    Raises
    ------
    UserError
        If the month may not be closed, is closed already or cannot be made, or a seal of it is missing or changed.
    """
    chosen, because = choose_engine(engine)
    with project_lock(space.root / "build", notice=say):
        known = set(links(space.archive))
        finish(space.archive)
        _refuse_broken(space.archive, month)
        state = seal_of(space.archive, month)
        if state.closed:
            return _finished(space, month, state.revision, known)
        before = sources_digest(space, space.inputs_digest(month))
        check_fitness(space, month, check_records(space, month), approval)
        for told in (*drifts(space, month), *_withheld(space.root)):
            say(told)
        say(f"Lập lại {month_long(month)} bằng {chosen} ({because}) để niêm phong bản r{state.revision + 1}…")
        with scratch_folder("close") as scratch:
            content = scratch / "content"
            gather_inputs(space, month, chosen, content)
            _refuse_changed(space, month, before)
            _make_again(content, month, scratch / "project", workers)
            link = seal(space.archive, month, state.revision + 1, content, approval)
        if later := _carry_former(space.archive, month):
            say(former_text(seal_of(space.archive, month), later))
    return Closed(space.archive / link.folder, link, True)


def _withheld(root: Path) -> list[str]:
    """A message if the seal will not name its commit although there is one."""
    if not (folder := withheld(root)):
        return []
    what = "git không cho đọc kho mã nguồn vì thư mục thuộc người dùng khác; bản niêm phong sẽ ghi mã nguồn không rõ."
    return [f'{folder}: {what}\n→ Để ghi được: git config --global --add safe.directory "{folder}"']


def _refuse_broken(archive: Path, month: Month) -> None:
    """Refuse if a seal of the month is missing or changed: a further seal would hide that, and be compared with it."""
    faults = [fault for fault in chain_faults(archive) if fault[0].split("/")[0] == str(month)]
    if not faults and (newest := seal_of(archive, month).revision):
        name = f"{month}/r{newest}"
        faults = [(f"{name}/{file}", problem) for file, problem in seal_faults(archive / name)]
    named = in_words(faults)
    if faults and all(problem == STRAY for _, problem in faults):
        raise UserError(
            f"bên cạnh bản niêm phong của {month_long(month)} có thứ không ai niêm phong ({named}).",
            where="data/archive",
            hint="Chuyển ra ngoài data/archive/, rồi chạy lại lệnh.",
            exit_code=ExitCode.SEAL_BROKEN,
        )
    if faults:
        raise UserError(
            f"bản niêm phong của {month_long(month)} không còn nguyên ({named}).",
            where="data/archive",
            hint=f"Khôi phục data/archive/ từ bản sao lưu, rồi kiểm tra: baocao audit {month}",
            exit_code=ExitCode.SEAL_BROKEN,
        )


def _finished(space: Workspace, month: Month, revision: int, known: set[Link]) -> Closed:
    """The revision that a killed close had already sealed; if there is none, the month is closed: raises."""
    link = next(one for one in links(space.archive) if (one.month, one.revision) == (str(month), revision))
    if link in known:
        raise UserError(f"{month_long(month)} đã khóa (bản r{revision}).", hint=reopen_hint(month))
    return Closed(space.archive / link.folder, link, False)


def _refuse_changed(space: Workspace, month: Month, before: str) -> None:
    """Refuse if anything that the month is made from has changed since it was checked: other files were then copied."""
    now = Workspace(space.root, space.lender)
    if sources_digest(now, now.inputs_digest(month)) != before:
        raise UserError(
            f"tệp của dự án thay đổi trong lúc khóa {month_long(month)}, nên chưa khóa.",
            hint="Khi không còn ai sửa tệp, chạy lại lệnh.",
            exit_code=ExitCode.FINDINGS,
        )


def _make_again(content: Path, month: Month, project: Path, workers: int | None) -> None:
    """Make the month from the inputs in ``content``, and put the outputs beside them."""
    identity = from_inputs((content / "inputs.json").read_bytes())
    lay_out(content, month, project)
    make(project, identity.commands, current(), workers)
    copy(project, outputs(project, month), content / "outputs")


def _carry_former(archive: Path, month: Month) -> list[Month]:
    """The later closed months whose seals contain other files of this month than its newest seal."""
    own, chained = seal_of(archive, month), sorted({Month.parse(one.month) for one in links(archive)})
    later = [one for one in chained if one > month and seal_of(archive, one).closed]
    return [one for one in later if own in revised_since(archive, one)]


def reopen(space: Workspace, month: Month, reason: str, at: str) -> int:
    """Reopen a closed month for late or corrected submissions.

    Returns
    -------
    int
        The sealed revision that stays valid until the next one replaces it.

    Raises
    ------
    UserError
        If the month is not closed, its seal is missing or changed, or no reason is given.
    """
    if not reason.strip():
        raise UserError("cần ghi lý do mở lại tháng.", where="--reason", hint="Bản sau in lý do này trong sách.")
    with project_lock(space.root / "build"):
        finish(space.archive)
        _refuse_broken(space.archive, month)
        state = seal_of(space.archive, month)
        if not state.closed:
            what = f"đã mở lại từ bản r{state.revision}" if state.reopened else "chưa khóa lần nào"
            raise UserError(f"{month_long(month)} {what}.", hint=f"Khóa tháng: baocao close {month}")
        said = {"month": str(month), "reason": reason.strip(), "revision": state.revision, "time": at}
        files.write_text(space.archive / str(month) / REOPENED, as_json(said))
    return state.revision


def sealed_revision(space: Workspace, month: Month, revision: int | None) -> int:
    """The named sealed revision of a month, or its newest one.

    Raises
    ------
    UserError
        If the month was never closed, or has no such revision.
    """
    newest = seal_of(space.archive, month).revision
    if not newest:
        raise UserError(f"{month_long(month)} chưa khóa lần nào.", hint=f"Khóa tháng: baocao close {month}")
    if revision and revision > newest:
        hint = f"Bản mới nhất là r{newest}: --revision {newest}, hoặc bỏ --revision."
        raise UserError(f"{month_long(month)} không có bản niêm phong r{revision}.", "--revision", hint)
    return revision or newest
