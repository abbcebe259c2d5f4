"""How much memory the process of a notebook may hold."""

from __future__ import annotations

import os

MEMORY_VARIABLE = "BAOCAO_WORKER_MEMORY"
"""Names the most memory of a notebook's process in MiB; 0 for no bound."""

MEMORY = 2048
"""The bound where none is named: several times what the project's own notebooks need at their largest."""


def memory_bound() -> int:
    """The most memory of a notebook's process in MiB, 0 for no bound."""
    text = os.environ.get(MEMORY_VARIABLE, "")
    return int(text) if text.isdecimal() else MEMORY
