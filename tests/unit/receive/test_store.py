"""A receipt that is cut short: either nothing of it is to be seen, or the next one finishes it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from baocao import files
from baocao.errors import UserError
from baocao.intake.register import REGISTER
from baocao.receive import store as store_module
from baocao.receive.store import Entry, is_pending, recover, store
from projects import REPOSITORY
from receiving import Desk, book, line

NAMES = ("2026-01/VP.hoat-dong.csv", "2026-01/VP.kho-khan.csv")


class KilledError(BaseException):
    """Stands for a process that is killed: nothing of the program cleans up after it but its own handlers."""


def entries(work: Path) -> list[Entry]:
    made = []
    for name in NAMES:
        source = work / name.replace("/", "-")
        source.write_bytes(name.encode())
        line_ = dict.fromkeys(("outcome", "original", "sender"), "x") | {
            "received_at": "2026-02-03T09:00:00+07:00", "month": "2026-01", "unit": "VP", "version": "1", "file": name,
            "sha256": files.sha256(source),
        }  # fmt: skip
        made.append(Entry(source, line_))
    return made


def seen(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "submissions"


def test_a_submission_is_stored_whole(folder, tmp_path):
    before = os.umask(0o002)  # colleagues who share the folder
    store(folder, entries(tmp_path))
    os.umask(before)
    assert seen(folder) == {*NAMES, "register.csv"}
    assert os.name == "nt" or not [path for path in folder.rglob("*") if not path.stat().st_mode & stat.S_IWGRP]
    assert len((folder / "register.csv").read_text("utf-8").splitlines()) == 3


@pytest.mark.parametrize("failing", ["copyfile", "write_text"])
def test_before_it_counts_a_failure_leaves_nothing(folder, tmp_path, monkeypatch, failing):
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    owner = store_module.shutil if failing == "copyfile" else files
    monkeypatch.setattr(owner, failing, fail)
    with pytest.raises(UserError, match=r"không ghi được tệp \(đĩa đã đầy\)"):
        store(folder, entries(tmp_path))
    assert list(folder.iterdir()) == []


def test_a_failure_after_it_counts_says_that_it_was_received(folder, tmp_path, monkeypatch):
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(store_module, "recover", fail)
        with pytest.raises(UserError, match=r"đã nhận nhưng chưa cất xong tệp \(không có quyền\)"):
            store(folder, entries(tmp_path))
    assert recover(folder) == NAMES


def test_a_file_that_changes_while_it_is_received_is_not_taken(folder, tmp_path):
    mine = entries(tmp_path)
    assert mine[1].source is not None
    mine[1].source.write_bytes(b"other")
    with pytest.raises(UserError, match="thay đổi trong lúc nhận"):
        store(folder, mine)
    assert list(folder.iterdir()) == []


def test_a_file_that_somebody_places_meanwhile_is_not_overwritten(folder, tmp_path):
    (folder / "2026-01").mkdir(parents=True)
    (folder / NAMES[1]).write_bytes(b"by hand")
    with pytest.raises(UserError, match="ở đây đã có tệp"):
        store(folder, entries(tmp_path))
    assert seen(folder) == {NAMES[1]}
    assert (folder / NAMES[1]).read_bytes() == b"by hand"


@pytest.mark.parametrize("step", range(5))
def test_after_it_counts_a_crash_at_any_step_is_finished_by_the_next_one(folder, tmp_path, monkeypatch, step):
    """Steps: first file, second file, register written, register put in its place, clearing away."""
    done = 0

    def counting(real):
        def call(*arguments, **options):
            nonlocal done
            if done == step:
                raise KilledError
            done += 1
            return real(*arguments, **options)

        return call

    mine = entries(tmp_path)
    real_recover = store_module.recover

    def crashing(place: Path) -> tuple[str, ...]:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", counting(Path.replace))
            patch.setattr(files, "write_bytes", counting(files.write_bytes))
            patch.setattr(store_module.shutil, "rmtree", counting(store_module.shutil.rmtree))
            return real_recover(place)

    monkeypatch.setattr(store_module, "recover", crashing)
    with pytest.raises(KilledError):
        store(folder, mine)
    assert is_pending(folder)
    assert recover(folder) == NAMES
    assert seen(folder) == {*NAMES, "register.csv"}
    assert len((folder / "register.csv").read_text("utf-8").splitlines()) == 3
    assert recover(folder) == ()


def test_a_file_placed_where_a_received_one_belongs_is_not_overwritten_after_a_crash(folder, tmp_path, monkeypatch):
    def killed(_: Path) -> tuple[str, ...]:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(store_module, "recover", killed)
        with pytest.raises(KilledError):
            store(folder, entries(tmp_path))
    placed = folder / NAMES[1]
    placed.parent.mkdir(parents=True)
    placed.write_bytes(b"by hand")
    with pytest.raises(UserError, match="cùng tên với một tệp đã nhận"):
        recover(folder)
    assert (placed.read_bytes(), (folder / NAMES[0]).exists()) == (b"by hand", False)
    placed.unlink()
    assert recover(folder) == NAMES


def test_what_never_counted_is_cleared_away(folder):
    (folder / ".receiving.abc.new").mkdir(parents=True)
    (folder / ".receiving.abc.new" / "0").write_bytes(b"x")
    (folder / ".receiving").mkdir()
    assert recover(folder) == ()
    assert list(folder.iterdir()) == []


def test_the_next_receipt_says_what_it_finished(desk: Desk, monkeypatch):
    def killed(_: Path) -> tuple[str, ...]:
        raise KilledError

    path = desk.put("VP.xlsx", book([line("Họp")]))
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "recover", killed)
        with pytest.raises(KilledError):
            desk.receive(path)
    assert (desk.register(), is_pending(desk.space.submissions)) == ([], True)
    done = desk.receive(path)
    assert done.dry_run.recovered == ("2026-01/VP.xlsx",)
    assert [review.state for review in done.dry_run.reviews] == ["same"]
    assert set(desk.kept()) == {"2026-01/VP.xlsx"}


def test_receipts_that_were_noted_on_two_machines_come_together_in_git(tmp_path):
    register = tmp_path / "data" / "submissions" / REGISTER
    register.parent.mkdir(parents=True)
    shutil.copy(REPOSITORY / ".gitattributes", tmp_path)

    def git(*command: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *who, *command], check=True, capture_output=True)

    def note(line: str) -> None:
        with register.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
        git("add", ".")
        git("commit", "-q", "-m", line)

    git("init", "-q", "-b", "one")
    note("received_at,month")
    git("checkout", "-q", "-b", "other")
    note("B")
    git("checkout", "-q", "one")
    note("A")
    git("merge", "-q", "-m", "M", "other")
    assert register.read_text("utf-8") == "received_at,month\nA\nB\n"
