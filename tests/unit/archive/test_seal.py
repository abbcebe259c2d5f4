"""Sealing: whole or not at all, read-only, and in one chain."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from archives import AT, content, sealed
from baocao.archive.chain import links
from baocao.archive.integrity import Standing, check_integrity, read_closing, standing
from baocao.archive.seal import Approval, finish, seal
from baocao.archive.standalone import CHAIN, MANIFEST, SUMS, sha256
from baocao.closed import REOPENED, revisions, seal_of
from baocao.errors import ExitCode, UserError, error_of_disk
from baocao.months import Month

JANUARY = Month.parse("2026-01")
KILLS = 100


def test_a_full_disk_is_told_as_such_and_leaves_nothing_half_sealed(tmp_path: Path, monkeypatch) -> None:
    def full(_source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(OSError) as refused:  # noqa: PT011
        sealed(tmp_path / "archive", tmp_path / "scratch", "2026-01")
    assert "đĩa đã đầy" in str(error_of_disk(refused.value))
    assert list((tmp_path / "archive" / "2026-01").iterdir()) == []


def test_the_manifest_names_each_file_with_hash_size_kind_and_maker(tmp_path: Path) -> None:
    (link,) = sealed(tmp_path / "archive", tmp_path / "scratch", "2026-01")
    folder = tmp_path / "archive" / link.folder
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    listed = {entry["path"]: entry for entry in manifest["files"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(listed) == there - {MANIFEST, SUMS}
    assert {entry["sha256"] == sha256(folder / name) for name, entry in listed.items()} == {True}
    assert listed["outputs/build/2026-01/data/ledger.csv"]["kind"] == "ledger"
    assert listed["outputs/_book/bao-cao-2026-01.pdf"]["kind"] == "book-pdf"
    assert listed["inputs/data/submissions/2026-01/VP.hoat-dong.csv"]["kind"] == "submissions"
    assert manifest["closed"]["at"] == AT


def test_who_closed_a_month_and_what_was_accepted_with_it_is_read_again_as_it_was_said(tmp_path: Path) -> None:
    said = Approval(AT, "Chủ tịch", "theo biên bản", "họp sớm", ("VP", "BanMay"), errors_read=True)
    link = seal(tmp_path / "archive", JANUARY, 1, content(tmp_path / "content", "2026-01"), said)
    assert read_closing(tmp_path / "archive" / link.folder) == {
        "at": AT,
        "approved_by": "Chủ tịch",
        "note": "theo biên bản",
        "early": "họp sớm",
        "missing": ["BanMay", "VP"],
        "errors_read": True,
    }
    blank = {"at": "", "approved_by": "", "note": "", "early": "", "missing": [], "errors_read": False}
    assert read_closing(tmp_path) == blank
    (link,) = sealed(tmp_path / "other", tmp_path / "scratch", "2026-01")
    assert read_closing(tmp_path / "other" / link.folder) == blank | {"at": AT}


def test_of_a_months_standing_the_faults_of_other_months_are_none(tmp_path: Path) -> None:
    chain, own, other = ((name, "khác") for name in (CHAIN, "2026-01/r1", "2026-02/r1"))
    assert Standing((chain, own, other)).of(JANUARY) == (chain, own)
    assert standing(tmp_path / "none") == Standing((), unfinished=False)


def test_the_sums_are_read_by_sha256sum(tmp_path: Path) -> None:
    (link,) = sealed(tmp_path / "archive", tmp_path / "scratch", "2026-01")
    folder = tmp_path / "archive" / link.folder
    done = subprocess.run(["sha256sum", "--strict", "-c", SUMS], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b": OK") == len([path for path in folder.rglob("*") if path.is_file()]) - 1


def test_each_manifest_holds_the_hash_of_the_one_before(tmp_path: Path) -> None:
    made = sealed(tmp_path / "archive", tmp_path / "scratch", "2026-01", "2026-02", "2026-01")
    assert list(links(tmp_path / "archive")) == made
    read = [json.loads((tmp_path / "archive" / one.folder / MANIFEST).read_text("utf-8")) for one in made]
    assert [one["previous"] for one in read] == [{}, made[0].as_dict(), made[1].as_dict()]
    assert [one["sequence"] for one in read] == [1, 2, 3]


def test_a_sealed_folder_is_read_only_and_is_never_sealed_again(tmp_path: Path) -> None:
    (link,) = sealed(tmp_path / "archive", tmp_path / "scratch", "2026-01")
    folder = tmp_path / "archive" / link.folder
    assert not [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & stat.S_IWUSR]
    with pytest.raises(FileExistsError):
        seal(tmp_path / "archive", JANUARY, 1, content(tmp_path / "again", "2026-01"), Approval(AT))


def test_the_same_content_gives_the_same_seal_whatever_the_folder(tmp_path: Path) -> None:
    one = sealed(tmp_path / "one" / "archive", tmp_path / "one" / "scratch", "2026-01", "2026-02")
    two = sealed(tmp_path / "two" / "archive", tmp_path / "two" / "scratch", "2026-01", "2026-02")
    assert one == two


def test_a_new_seal_does_not_hide_a_damaged_chain(tmp_path: Path) -> None:
    sealed(tmp_path / "archive", tmp_path / "scratch", "2026-01")
    (tmp_path / "archive" / CHAIN).write_text("không phải chuỗi\n", "utf-8")
    with pytest.raises(UserError, match="CHAIN"):
        seal(tmp_path / "archive", Month.parse("2026-02"), 1, content(tmp_path / "x", "2026-02"), Approval(AT))


@pytest.mark.parametrize("kept", [0, 1])
def test_without_lines_of_the_chain_nothing_is_sealed_under_a_number_that_was_given(tmp_path: Path, kept: int) -> None:
    archive = tmp_path / "archive"
    sealed(archive, tmp_path / "scratch", "2026-01", "2026-02", "2026-03")
    lines = (archive / CHAIN).read_text("utf-8").splitlines(keepends=True)
    (archive / CHAIN).write_text("".join(lines[:kept]), "utf-8")
    with pytest.raises(UserError, match="2026-02/r1, 2026-03/r1") as told:
        seal(archive, Month.parse("2026-04"), 1, content(tmp_path / "x", "2026-04"), Approval(AT))
    assert told.value.exit_code == ExitCode.SEAL_BROKEN
    assert (archive / CHAIN).read_text("utf-8").splitlines(keepends=True) == lines[:kept]
    assert not (archive / "2026-04").exists()


@pytest.mark.parametrize(
    "manifest",
    [
        b"\xff",
        b"{",
        b"[]",
        b"{}",
        b'{"sequence": null, "previous": {}}',
        b'{"sequence": 2, "previous": "r1"}',
        b'{"sequence": 2, "previous": {"manifest": "of another seal"}}',
        b'{"sequence": 3, "previous": {}}',
    ],
)
def test_a_seal_that_does_not_follow_the_last_one_is_not_entered_into_the_chain(tmp_path: Path, manifest) -> None:
    archive = tmp_path / "archive"
    sealed(archive, tmp_path / "scratch", "2026-01", "2026-02")
    lines = (archive / CHAIN).read_text("utf-8").splitlines(keepends=True)
    (archive / CHAIN).write_text(lines[0], "utf-8")
    finish(archive)
    assert (archive / CHAIN).read_text("utf-8").splitlines(keepends=True) == lines
    (archive / CHAIN).write_text(lines[0], "utf-8")
    last = archive / "2026-02" / "r1"
    last.chmod(0o755)
    (last / MANIFEST).unlink()
    (last / MANIFEST).write_bytes(manifest)
    with pytest.raises(UserError, match="thiếu bản đã niêm phong: 2026-02/r1"):
        finish(archive)
    assert (archive / CHAIN).read_text("utf-8") == lines[0]


def test_the_reason_for_opening_goes_into_the_next_seal_and_the_month_is_closed_again(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    sealed(archive, tmp_path / "scratch", "2026-01")
    reopened = archive / "2026-01" / REOPENED
    reopened.write_text(json.dumps({"reason": "nộp muộn", "revision": 1}), "utf-8")
    assert not seal_of(archive, JANUARY).closed
    seal(archive, JANUARY, 2, content(tmp_path / "two", "2026-01", 2), Approval(AT))
    assert seal_of(archive, JANUARY).closed
    assert not reopened.exists()
    assert json.loads((archive / "2026-01" / "r2" / REOPENED).read_text("utf-8"))["reason"] == "nộp muộn"
    assert not check_integrity(archive, JANUARY, 2, tmp_path).faults


def _sealing(archive: Path, made: Path, stop: int) -> int:
    """Seal in a child that is killed at its so many-th touch of the disk; returns how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = 0

    def count(event: str, _: object) -> None:
        nonlocal seen
        if event.startswith(("open", "os.", "shutil.")):
            seen += 1
            if seen == stop:
                os.kill(os.getpid(), signal.SIGKILL)

    status = 1
    try:
        sys.addaudithook(count)
        seal(archive, JANUARY, 1, made, Approval(AT))
        (archive.parent / "seen").write_text(str(seen), "utf-8")
        status = 0
    finally:
        os._exit(status)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_kill_at_any_moment_leaves_no_revision_or_a_whole_one_and_the_next_close_finishes(tmp_path: Path) -> None:
    made = content(tmp_path / "content", "2026-01")
    assert _sealing(tmp_path / "archive", made, 0) == 0
    moments = int((tmp_path / "seen").read_text("utf-8"))
    whole = links(tmp_path / "archive")
    chosen = random.Random(5).sample(range(1, moments + 1), KILLS)
    assert len(chosen) == KILLS
    after: set[int] = set()
    for stop in chosen:
        archive = tmp_path / f"killed-{stop}"
        assert _sealing(archive, made, stop) == -signal.SIGKILL
        found = revisions(archive / "2026-01")
        after.add(len(found))
        for revision in found:
            problems = check_integrity(archive, JANUARY, revision, tmp_path).faults
            # The seal itself is whole; the chain does not have it yet.
            named = {file for file, _ in problems if not file.startswith(f".{CHAIN}.")}
            assert named <= {CHAIN, f"2026-01/r1/{MANIFEST}"}
        if found:
            finish(archive)
        else:
            seal(archive, JANUARY, 1, made, Approval(AT))
        assert links(archive) == whole
        assert not check_integrity(archive, JANUARY, 1, tmp_path).faults
        assert sorted(path.relative_to(archive).as_posix() for path in archive.glob("*")) == ["2026-01", CHAIN]
        assert [path.name for path in (archive / "2026-01").iterdir()] == ["r1"]
    assert after == {0, 1}
