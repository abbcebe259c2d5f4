"""The configurations that blank workbooks are made for."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.config.load import load_config
from baocao.config.models import Config
from baocao.months import Month
from filled_templates import blank

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def ward() -> Config:
    """The repository's own configuration."""
    return load_config(REPOSITORY)


@pytest.fixture(scope="session")
def commune() -> Config:
    """The tiny site's configuration: calendar months, another plan."""
    return load_config(REPOSITORY / "tests" / "sites" / "tiny")


@pytest.fixture(scope="session")
def lead(ward: Config) -> bytes:
    """The blank workbook of a unit that owes targets, for a month across the year's end."""
    return blank(ward, next(t.reporters[0] for t in ward.targets.targets if t.reporters), Month(2026, 1))
