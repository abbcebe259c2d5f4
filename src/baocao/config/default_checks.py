"""The checks as the package brings them, for what a site says nothing of its own about."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def default_checks() -> dict[str, Any]:
    """Code → entry, as ``params/checks.yml`` would hold them."""
    text = files("baocao.config").joinpath("checks.yml").read_text(encoding="utf-8")
    entries: dict[str, Any] = yaml.safe_load(text)["checks"]
    return entries
