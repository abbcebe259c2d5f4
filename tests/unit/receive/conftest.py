"""A project with the tiny site and nothing received yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from receiving import Desk, fresh_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return fresh_desk(tmp_path)
