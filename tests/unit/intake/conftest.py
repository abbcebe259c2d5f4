"""A small site with a plan of its own, and a submissions folder to fill."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.config.models import Config
from intake_site import SITE, Inbox


@pytest.fixture(scope="session")
def config() -> Config:
    return Config.model_validate(SITE)


@pytest.fixture
def inbox(tmp_path: Path, config: Config) -> Inbox:
    return Inbox(tmp_path / "submissions", config)
