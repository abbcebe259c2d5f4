"""What a child did is taken; what it did not, whatever became of it, is done here."""

from __future__ import annotations

import os
import signal
from dataclasses import replace

import pytest
from pandera.errors import SchemaError

from baocao import beside as module
from baocao.beside import Beside
from baocao.execute.warm import control
from baocao.execute.warm.children import Expected
from baocao.intake.schema import empty_records, frame_of
from baocao.kept import keep_records, load_records, stamp_of

NOTE = {"unit": "VP", "month": "2026-01", "row": 1, "kind": "difficulty", "text": "Thiếu máy"}
forking = pytest.mark.skipif(control.way()[0] != "fork", reason="this system cannot fork safely")


def records(**others):
    columns = dict.fromkeys(empty_records().notes.columns, "")
    return replace(empty_records(), notes=frame_of("notes", [columns | {"line": 1} | NOTE | others]))


@pytest.fixture
def warm():
    """What runs beside, with a warm process."""
    control.stop()
    control.start(1, Expected(1, 0))
    one = Beside()
    one.warm()
    yield one
    control.stop()


@pytest.fixture
def here(monkeypatch):
    """What was kept by this process."""
    seen = []

    def keep(folder, key, given):
        if stamp_of(folder) != key:
            seen.append(folder.name)
        keep_records(folder, key, given)

    monkeypatch.setattr(module, "keep_records", keep)
    return seen


@forking
def test_a_child_checks_and_keeps_one_months_records(warm, here, tmp_path):
    warm.keep(tmp_path / "a", "key", records())
    warm.keep(tmp_path / "b", "key", records(text="Thiếu người"))
    warm.check_kept()
    assert here == ["b"]
    assert [load_records(tmp_path / name).notes["text"].item() for name in "ab"] == ["Thiếu máy", "Thiếu người"]


@forking
def test_records_that_break_their_contract_are_seen_though_a_child_checks_them(warm, here, tmp_path):
    warm.keep(tmp_path / "a", "key", records(kind="no kind"))
    with pytest.raises(SchemaError):
        warm.check_kept()
    assert not (tmp_path / "a").exists()


@forking
def test_what_a_lost_child_was_to_keep_is_kept_here(warm, here, tmp_path):
    os.kill(control.start().process, signal.SIGKILL)
    warm.keep(tmp_path / "a", "key", records())
    warm.check_kept()
    warm.wait()
    assert stamp_of(tmp_path / "a") == "key"


def test_without_a_warm_process_all_is_done_here(here, tmp_path):
    control.stop()
    one = Beside()
    one.warm()
    one.keep(tmp_path / "a", "key", records())
    assert here == ["a"]
    one.check_kept()
    one.wait()
    assert here == ["a"]
