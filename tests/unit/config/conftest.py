"""A copy of the tiny site whose parameters a test may spoil."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from baocao.config.load import load_config
from baocao.config.models import Config
from baocao.errors import ConfigError

REPOSITORY = Path(__file__).resolve().parents[3]
TINY = REPOSITORY / "tests" / "sites" / "tiny"


@dataclass(frozen=True)
class Site:
    """A site's folder of the test's own."""

    root: Path

    def path(self, name: str) -> Path:
        return self.root / "params" / f"{name}.yml"

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that occurs exactly once."""
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}.yml"
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")

    def load(self) -> Config:
        return load_config(self.root)

    def refusal(self) -> list[str]:
        """The faults listed when the site is loaded."""
        with pytest.raises(ConfigError) as caught:
            self.load()
        return [line[2:] for line in caught.value.what.splitlines() if line.startswith("- ")]


@pytest.fixture
def tiny(tmp_path: Path) -> Site:
    shutil.copytree(TINY / "params", tmp_path / "params")
    return Site(tmp_path)


@pytest.fixture(scope="session")
def ward() -> Config:
    """The repository's own configuration."""
    return load_config(REPOSITORY)


@pytest.fixture(scope="session")
def commune() -> Config:
    """The tiny site's configuration."""
    return load_config(TINY)
