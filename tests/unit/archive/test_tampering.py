"""Whatever is done to a sealed month, the check names the file."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archives import sealed
from baocao.archive.integrity import Standing, check_integrity, read_closing, standing
from baocao.archive.seal import finish
from baocao.archive.standalone import CHAIN, MANIFEST, REOPENED, SUMS, sha256, sums_text
from baocao.months import Month

SEALED = ("2026-01", "2026-02", "2026-01", "2026-03")
REVISIONS = (("2026-01", 1), ("2026-02", 1), ("2026-01", 2), ("2026-03", 1))
MANY = settings(max_examples=200, deadline=None)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three months, the first with two revisions; not to be written to."""
    base = tmp_path_factory.mktemp("archive")
    sealed(base / "archive", base / "scratch", *SEALED)
    return base / "archive"


@contextmanager
def writable_copy(whole: Path) -> Iterator[Path]:
    """A copy of the archive in which everything may be written to."""
    copy = Path(tempfile.mkdtemp(dir=whole.parent)) / "archive"
    shutil.copytree(whole, copy, copy_function=shutil.copyfile)
    for path in copy.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    try:
        yield copy
    finally:
        shutil.rmtree(copy)


@pytest.fixture(scope="module")
def open_archive(whole: Path) -> Iterator[Path]:
    """A copy that each example leaves as it found it."""
    with writable_copy(whole) as copy:
        yield copy


@contextmanager
def put_back(*paths: Path) -> Iterator[None]:
    """Take back what is done to these files, and remove what is new beside them."""
    contents = {path: path.read_bytes() for path in paths}
    beside = {path.parent: set(path.parent.iterdir()) for path in paths}
    try:
        yield
    finally:
        for folder, before in beside.items():
            for new in set(folder.iterdir()) - before:
                new.unlink()
        for path, data in contents.items():
            path.write_bytes(data)


def named(archive: Path, month: str, revision: int) -> set[str]:
    """The files that the check of a revision names."""
    found = check_integrity(archive, Month.parse(month), revision, archive / "no-signers")
    return {file for file, _ in found.faults}


def flip(path: Path, number: int, other: Path) -> None:
    data = bytearray(path.read_bytes())
    data[number % len(data)] ^= 1 + number % 255
    path.write_bytes(data)


def truncate(path: Path, number: int, other: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: number % len(data)])


def append(path: Path, number: int, other: Path) -> None:
    path.write_bytes(path.read_bytes() + bytes([number % 256]))


def remove(path: Path, number: int, other: Path) -> None:
    path.unlink()


def rename(path: Path, number: int, other: Path) -> None:
    path.rename(path.with_name(f"{path.name}.{number}"))


def swap(path: Path, number: int, other: Path) -> None:
    one, two = path.read_bytes(), other.read_bytes()
    assume(one != two)
    path.write_bytes(two)
    other.write_bytes(one)


DEEDS: tuple[Callable[[Path, int, Path], None], ...] = (flip, truncate, append, remove, rename, swap)


@MANY
@given(
    deed=st.sampled_from(DEEDS),
    revision=st.sampled_from(REVISIONS),
    which=st.integers(0, 10**6),
    second=st.integers(0, 10**6),
    number=st.integers(0, 10**6),
)
def test_every_file_that_was_touched_is_named(
    open_archive: Path,
    deed: Callable[[Path, int, Path], None],
    revision: tuple[str, int],
    which: int,
    second: int,
    number: int,
) -> None:
    archive, (month, newest) = open_archive, revision
    inside = [path for path in sorted((archive / month / f"r{newest}").rglob("*")) if path.is_file()]
    files = [*inside, archive / CHAIN]
    path, other = files[which % len(files)], files[second % len(files)]
    new = path.with_name(f"{path.name}.{number}")
    with put_back(path, other):
        deed(path, number, other)
        said = named(archive, month, newest)
    expected = {swap: [path, other], rename: [path, new]}.get(deed, [path])
    assert {one.relative_to(archive).as_posix() for one in expected} <= said
    assert not named(archive, month, newest)


@MANY
@given(
    name=st.lists(st.text("abc.", min_size=1, max_size=5), min_size=1, max_size=3),
    folder=st.sampled_from(["", "2026-01", "2026-01/r1", "2026-01/r2/outputs/_book", "2026-03/r1/inputs"]),
)
def test_every_file_that_was_added_is_named(open_archive: Path, name: list[str], folder: str) -> None:
    assume(all(part.strip(".") for part in name))
    top = open_archive / folder / name[0]
    path = open_archive.joinpath(folder, *name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    said = {one for month, revision in REVISIONS for one in named(open_archive, month, revision)}
    shutil.rmtree(top) if top.is_dir() else top.unlink()
    added = path.relative_to(open_archive).as_posix()
    assert any(added == one or added.startswith(f"{one}/") for one in said)


def forge(seal: Path, change: Callable[[dict[str, Any]], None] | None = None) -> None:
    """Another figure in a seal, and its manifest and sums written anew so that all of it agrees."""
    month = seal.parent.name
    ledger = seal / "outputs" / "build" / month / "data" / "ledger.csv"
    ledger.write_text(ledger.read_text("utf-8").replace(",12", ",13"), "utf-8")
    manifest = json.loads((seal / MANIFEST).read_text("utf-8"))
    for entry in manifest["files"]:
        if entry["path"].endswith("ledger.csv"):
            entry["sha256"] = sha256(ledger)
    if change:
        change(manifest)
    (seal / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    hashes = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    (seal / SUMS).write_text(sums_text(hashes | {MANIFEST: sha256(seal / MANIFEST)}), "utf-8")


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_month_replaced_together_with_its_manifest_is_named(whole: Path, revision: tuple[str, int]) -> None:
    month, number = revision
    with writable_copy(whole) as archive:
        forge(archive / month / f"r{number}")
        # The seal agrees with itself: only the chain knows better.
        assert named(archive, month, number) == {f"{month}/r{number}/{MANIFEST}", CHAIN}


def test_a_month_replaced_together_with_its_manifest_and_the_chain_is_named_by_the_months_after_it(whole: Path) -> None:
    with writable_copy(whole) as archive:
        before = sha256(archive / "2026-02" / "r1" / MANIFEST)
        forge(archive / "2026-02" / "r1")
        chain = (archive / CHAIN).read_text("utf-8")
        (archive / CHAIN).write_text(chain.replace(before, sha256(archive / "2026-02" / "r1" / MANIFEST)), "utf-8")
        assert named(archive, "2026-02", 1) == {f"2026-01/r2/{MANIFEST}", CHAIN}


def test_the_newest_month_and_the_chain_replaced_together_are_found_out_by_the_hash_that_was_noted(whole: Path) -> None:
    with writable_copy(whole) as archive:
        noted, month = sha256(archive / "2026-03" / "r1" / MANIFEST), Month.parse("2026-03")
        for head in ("", noted, noted[:12].upper()):
            assert not check_integrity(archive, month, 1, archive / "no-signers", head=head).faults
        forge(archive / "2026-03" / "r1")
        chain = (archive / CHAIN).read_text("utf-8")
        (archive / CHAIN).write_text(chain.replace(noted, sha256(archive / "2026-03" / "r1" / MANIFEST)), "utf-8")
        assert not check_integrity(archive, month, 1, archive / "no-signers").faults
        assert check_integrity(archive, month, 1, archive / "no-signers", head=noted).faults
        (archive / CHAIN).unlink()
        gone = check_integrity(archive, month, 1, archive / "no-signers", head=noted).faults
        assert (CHAIN, f"không có bản niêm phong nào mang mã băm {noted}") in gone


def test_a_whole_month_that_was_removed_is_named(whole: Path) -> None:
    with writable_copy(whole) as archive:
        shutil.rmtree(archive / "2026-02")
        assert f"2026-02/r1/{MANIFEST}" in named(archive, "2026-03", 1)
        assert f"2026-02/r1/{MANIFEST}" in [file for file, _ in standing(archive).faults]


def test_what_is_wrong_is_told_in_the_order_of_names(whole: Path) -> None:
    with writable_copy(whole) as archive:
        for path in (archive / "2026-03" / "r1").rglob("*"):
            if path.is_file():
                path.write_bytes(b"x")
        faults = check_integrity(archive, Month.parse("2026-03"), 1, archive / "no-signers").faults
    assert len(faults) > 5
    assert list(faults) == sorted(faults)


def test_a_month_that_is_open_again_breaks_no_seal(whole: Path) -> None:
    with writable_copy(whole) as archive:
        (archive / "2026-02" / REOPENED).write_text('{"revision": 1}', "utf-8")
        assert not {file for month, revision in REVISIONS for file in named(archive, month, revision)}


def test_what_a_killed_sealing_left_breaks_no_seal_and_is_noted(whole: Path) -> None:
    with writable_copy(whole) as archive:
        assert not check_integrity(archive, Month.parse("2026-03"), 1, archive / "no-signers").notes
        (archive / "2026-02" / ".r2.abc.new" / "inputs").mkdir(parents=True)
        for name in (f".{CHAIN}.abc.tmp", f"2026-02/.{REOPENED}.abc.tmp"):
            (archive / name).write_text("x", "utf-8")
        assert not {file for month, revision in REVISIONS for file in named(archive, month, revision)}
        (note,) = check_integrity(archive, Month.parse("2026-03"), 1, archive / "no-signers").notes
        assert "bị ngắt giữa chừng" in note
        assert standing(archive) == Standing((), unfinished=True)
        finish(archive)
        assert standing(archive) == Standing((), unfinished=False)
        assert not check_integrity(archive, Month.parse("2026-03"), 1, archive / "no-signers").notes


@pytest.mark.parametrize(("name", "file"), [("r2", "r2/manifest.json"), ("r02", "r02"), ("reopened", "reopened")])
def test_a_folder_beside_the_seals_is_named(whole: Path, name: str, file: str) -> None:
    with writable_copy(whole) as archive:
        (archive / "2026-02" / name).mkdir()
        assert named(archive, "2026-03", 1) == {f"2026-02/{file}"}


def test_a_name_of_any_bytes_is_told_of_in_text_that_can_be_written(whole: Path) -> None:
    with writable_copy(whole) as archive:
        for folder in (archive, archive / "2026-02", archive / "2026-03" / "r1"):
            (folder / os.fsdecode(b"a\xff\n")).write_bytes(b"")
        said = named(archive, "2026-03", 1)
    assert said == {"a\\udcff\\n", "2026-02/a\\udcff\\n", "2026-03/r1/a\\udcff\\n"}


def test_what_a_forged_manifest_says_commands_no_terminal(whole: Path) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["sequence"] = "\x1b[2J"
        manifest["files"].insert(0, {"path": "\x1b[2J\n", "sha256": ""})

    with writable_copy(whole) as archive:
        forge(archive / "2026-03" / "r1", change)
        (archive / "2026-03" / "r1" / SUMS).write_text("", "utf-8")
        said = check_integrity(archive, Month.parse("2026-03"), 1, archive / "no-signers").faults
    assert len([fault for fault in said if "\\x1b[2J" in "".join(fault)]) == 3
    assert all(text.isprintable() for fault in said for text in fault)


def test_a_manifest_nested_without_end_is_named(whole: Path) -> None:
    with writable_copy(whole) as archive:
        (archive / "2026-03" / "r1" / MANIFEST).write_text("[" * 100_000, "utf-8")
        assert f"2026-03/r1/{MANIFEST}" in named(archive, "2026-03", 1)
        assert read_closing(archive / "2026-03" / "r1")["missing"] == []


def test_a_file_that_became_a_link_to_the_same_content_is_named(whole: Path, tmp_path: Path) -> None:
    with writable_copy(whole) as archive:
        path = archive / "2026-03" / "r1" / "outputs" / "_book" / "index.html"
        shutil.move(path, tmp_path / "outside")
        path.symlink_to(tmp_path / "outside")
        assert "2026-03/r1/outputs/_book/index.html" in named(archive, "2026-03", 1)


def test_a_file_that_the_register_says_came_in_otherwise_is_named(tmp_path: Path) -> None:
    (link,) = sealed(tmp_path / "archive", tmp_path / "scratch", "2026-01")
    seal = tmp_path / "archive" / link.folder
    submissions = seal / "inputs" / "data" / "submissions"
    submissions.chmod(0o755)
    line = "2026-01-13T08:00:00+07:00,2026-01,VP,1,2026-01/VP.hoat-dong.csv,00"
    (submissions / "register.csv").write_text(f"received_at,month,unit,version,file,sha256\n{line}\n", "utf-8")
    said = dict(check_integrity(tmp_path / "archive", Month.parse("2026-01"), 1, tmp_path).faults)
    assert said["2026-01/r1/inputs/data/submissions/2026-01/VP.hoat-dong.csv"] == "khác tệp đã ghi trong sổ tiếp nhận"
