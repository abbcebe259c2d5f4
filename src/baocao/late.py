"""Modules imported at their first use: importing Altair alone takes longer than a run with nothing to do."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Late:
    """Stands in for a module, which is imported when one of its attributes is first asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(import_module(self._name), attribute)
        setattr(self, attribute, found)
        return found
