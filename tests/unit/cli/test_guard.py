"""How a command ends that was asked to stop."""

from __future__ import annotations

import subprocess
import sys

COMMAND = """
import sys
from baocao.cli.guard import guarded
sys.exit(guarded(lambda: exec("raise KeyboardInterrupt")))
"""


def test_a_command_that_was_stopped_while_text_ran_as_code_ends_with_its_exit_code(tmp_path):
    # A dataclass is made of such text, and each import makes some.
    (tmp_path / "stopped.py").write_text(COMMAND, "utf-8")
    command = [sys.executable, "-m", "stopped"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 130
