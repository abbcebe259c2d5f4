"""Quarto's pre-render step: run the month's notebooks, write its chapters and the chapter list.

With the argument ``post`` it is the post-render step, which makes the pages readable from disk and ends with an error
where a chapter could not be made. Quarto starts it with the ``python3`` on PATH, or with the one that QUARTO_PYTHON
names. It needs the packages of requirements.txt; where that Python lacks them and the project has a ``.venv``, that
one takes over.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = [ROOT / ".venv" / "bin" / "python", ROOT / ".venv" / "Scripts" / "python.exe"]
NEEDED = ("papermill", "pandas", "altair", "pydantic", "python_calamine")

if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
    python = next((path for path in VENV if path.is_file()), None)
    if python and os.environ.get("BAOCAO_VENV") != "1":
        command = [str(python), __file__, *sys.argv[1:]]
        sys.exit(subprocess.run(command, env={**os.environ, "BAOCAO_VENV": "1"}, check=False).returncode)
    sys.exit(
        f"Python đang dùng ({sys.version.split()[0]}) thiếu thư viện: {', '.join(missing)}.\n"
        "→ Chạy “make setup”, rồi “source .venv/bin/activate”, hoặc đặt QUARTO_PYTHON là Python của môi trường đó."
    )

sys.path.insert(0, str(ROOT / "src"))
from baocao.cli.quarto_hooks import post_render, pre_render  # noqa: E402

sys.exit(post_render(ROOT) if sys.argv[1:] == ["post"] else pre_render(ROOT))
