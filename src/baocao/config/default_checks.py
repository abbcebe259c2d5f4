"""The package's own checks, used for every check that a site's ``params/checks.yml`` does not list."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def default_checks() -> dict[str, Any]:
    """Code → entry, in the form of ``params/checks.yml``."""
    text = files("baocao.config").joinpath("checks.yml").read_text(encoding="utf-8")
    entries: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)["checks"]
    return entries
