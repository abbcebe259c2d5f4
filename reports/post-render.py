"""Quarto's post-render step: end with an error, and the list, where a chapter of the month could not be made."""

import runpy
import sys
from pathlib import Path

sys.argv = [str(Path(__file__).with_name("pre-render.py")), "post"]
runpy.run_path(sys.argv[0], run_name="__main__")
