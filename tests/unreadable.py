"""Files that nobody may read: a right to read keeps out everybody but the one whom most containers run tests as."""

from __future__ import annotations

import builtins
import io
from pathlib import Path
from typing import Any

import pytest


def forbid(patch: pytest.MonkeyPatch, *names: str) -> None:
    """Let opening submissions of these names be refused."""
    real = io.open

    def refuse(file: Any, *arguments: Any, **options: Any) -> Any:
        path = Path(file) if isinstance(file, str | Path) else Path()
        if path.name in names and path.parent.parent.name == "submissions":
            raise PermissionError(13, "Permission denied", str(path))
        return real(file, *arguments, **options)

    patch.setattr(io, "open", refuse)
    patch.setattr(builtins, "open", refuse)
