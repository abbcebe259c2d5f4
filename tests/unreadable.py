"""Unreadable files, simulated, because file permissions do not stop root, as whom most containers run tests."""

from __future__ import annotations

import builtins
import io
from pathlib import Path
from typing import Any

import pytest


def forbid(patch: pytest.MonkeyPatch, *names: str) -> None:
    """Make opening submissions of these names fail."""
    real = io.open

    def refuse(file: Any, *arguments: Any, **options: Any) -> Any:
        path = Path(file) if isinstance(file, str | Path) else Path()
        if path.name in names and path.parent.parent.name == "submissions":
            raise PermissionError(13, "Permission denied", str(path))
        return real(file, *arguments, **options)

    patch.setattr(io, "open", refuse)
    patch.setattr(builtins, "open", refuse)
