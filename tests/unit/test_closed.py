"""Whether a month is closed, by what lies in the archive's folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baocao.closed import closed_text, reopen_hint, seal_of
from baocao.months import Month

MONTH = Month(2025, 12)


def sealed(archive: Path, *numbers: int) -> Path:
    for number in numbers:
        folder = archive / str(MONTH) / f"r{number}"
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}")
    return archive


def reopened(archive: Path, text: str) -> Path:
    (archive / str(MONTH) / "reopened.json").write_text(text)
    return archive


def test_a_month_without_an_archive_is_open(tmp_path):
    assert not seal_of(tmp_path / "none", MONTH).closed


def test_a_sealed_month_says_so_and_names_the_command_that_opens_it(tmp_path):
    sealed(tmp_path, 1)
    seal = seal_of(tmp_path, MONTH)
    assert closed_text(seal).startswith("tháng 12 năm 2025 đã khóa (bản niêm phong 1)")
    assert "baocao reopen 2025-12" in reopen_hint(seal.month)
    assert not seal_of(tmp_path, MONTH.plus(1)).closed


def test_a_revision_without_a_manifest_seals_nothing(tmp_path):
    (tmp_path / str(MONTH) / "r1").mkdir(parents=True)
    assert not seal_of(tmp_path, MONTH).closed


@pytest.mark.parametrize(
    ("chain", "revision"),
    [
        ("0001 2025-12 r1 00\n0002 2025-12 r2 00\n", 2),
        ("damaged\n0007 2025-12 r1 00", 1),
        ("0001 2025-11 r1 00\n", 0),
    ],
)
def test_a_month_that_the_chain_names_was_sealed_though_its_folder_is_gone(tmp_path, chain, revision):
    (tmp_path / "CHAIN").write_text(chain, "utf-8")
    seal = seal_of(tmp_path, MONTH)
    assert (seal.revision, seal.closed) == (revision, revision > 0)


@pytest.mark.parametrize(
    ("numbers", "said", "closed"),
    [
        ((1,), {}, False), ((1,), {"revision": 1}, False), ((1, 2), {"revision": 1}, True),
        ((1, 2, 10), {"revision": 10}, False), ((2, 10), {"revision": 9}, True), ((1,), {"revision": None}, True),
    ],
)  # fmt: skip
def test_opening_counts_for_the_revision_that_it_opened(tmp_path, numbers, said, closed):
    assert seal_of(reopened(sealed(tmp_path, *numbers), json.dumps(said)), MONTH).closed is closed


@pytest.mark.parametrize("text", ["", "[]", "{", "1"])
def test_a_file_that_cannot_be_read_opens_nothing(tmp_path, text):
    assert seal_of(reopened(sealed(tmp_path, 1), text), MONTH).closed


def test_opening_a_month_that_was_never_closed_changes_nothing(tmp_path):
    (tmp_path / str(MONTH)).mkdir()
    seal = seal_of(reopened(tmp_path, "{}"), MONTH)
    assert (seal.closed, seal.reopened, seal.revision) == (False, False, 0)
