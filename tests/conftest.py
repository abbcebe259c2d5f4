"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's own folder, only to be read."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of a test run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(autouse=True)
def _no_inherited_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    # A month or folder set in the developer's shell must not affect the tests.
    for name in ("REPORT_MONTH", "REPORT_PERIOD", "BAOCAO_ROOT", "BAOCAO_PRERENDERED", "BAOCAO_VENV"):
        monkeypatch.delenv(name, raising=False)
