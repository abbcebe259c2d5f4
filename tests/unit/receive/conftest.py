"""A project with the tiny site and nothing received yet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baocao.workspace import Workspace
from projects import SITES
from receiving import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    root = tmp_path / "site"
    shutil.copytree(SITES / "tiny" / "params", root / "params")
    (tmp_path / "sent").mkdir()
    return Desk(Workspace(root), tmp_path / "sent")
