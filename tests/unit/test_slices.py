"""Slices: written for a run's notebooks, and opened only in a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao import slices
from baocao.slices import FOLDER_VARIABLE, in_run, open_slice, packed, write_slice


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What is noted as opened; nothing is watched."""
    found: list[tuple[object, ...]] = []
    monkeypatch.setattr(slices, "note_opened", lambda *names: found.append(names))
    monkeypatch.setattr(slices, "watch_files", lambda own: found.append(("watch", *own)))
    monkeypatch.setattr(slices, "watched", lambda report: report)
    monkeypatch.delenv("IPYTHONDIR", raising=False)
    return found


def test_a_slice_is_found_by_month_and_unit_in_a_run_and_the_opening_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: list[tuple[object, ...]]
) -> None:
    for unit in ("", "VP"):
        write_slice(tmp_path, "2026-01", unit, packed(f"slice {unit}"))  # type: ignore[arg-type]
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    assert (in_run(), open_slice("2026-01")) == (False, None)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert in_run()
    assert noted == []
    assert [open_slice("2026-01"), open_slice("2026-01", "VP")] == ["slice ", "slice VP"]
    assert [names for names in noted if names[0] != "watch"] == [("2026-01", ""), ("2026-01", "VP")]
    assert ("watch", str(tmp_path)) in noted


@pytest.mark.parametrize(("month", "unit"), [("", ""), ("2026-02", ""), ("2026-01", "XX"), ("../a/2026-01", "")])
def test_what_the_run_did_not_prepare_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: list[tuple[object, ...]], month: str, unit: str
) -> None:
    for folder in ("a", "b"):
        write_slice(tmp_path / folder, "2026-01", "", packed("x"))  # type: ignore[arg-type]
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "b"))
    assert (open_slice(month, unit), noted) == (None, [])
